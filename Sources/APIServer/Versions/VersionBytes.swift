import Machinery

/// The version of an object in canonical JSON, read and replaced without parsing the rest.
package enum VersionBytes {
    private static let opening = Array("{\"apiVersion\":\"".utf8)

    /// The `apiVersion`, when it is the first member, as it is but for kinds with a field that sorts before it.
    package static func apiVersion(_ bytes: [UInt8]) -> String? {
        range(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The same object under another `apiVersion`; `nil` where only parsing can tell.
    package static func relabel(_ bytes: [UInt8], _ apiVersion: String) -> [UInt8]? {
        guard let range = range(bytes) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count - range.count + apiVersion.utf8.count)
        result.append(contentsOf: opening)
        result.append(contentsOf: apiVersion.utf8)
        result.append(contentsOf: bytes[range.upperBound...])
        return result
    }

    private static func range(_ bytes: [UInt8]) -> Range<Int>? {
        guard bytes.starts(with: opening), let end = bytes[opening.count...].firstIndex(of: UInt8(ascii: "\""))
        else { return nil }
        return opening.count..<end
    }
}
