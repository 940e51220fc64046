import KubeAPI
import Machinery

/// Builds the API's paths: `/api/v1/namespaces/default/pods/web/status`.
enum ResourcePath {
    static func collection(_ resource: GroupVersionResource, namespace: String?) -> String {
        var path = group(resource.groupVersion)
        if let namespace, !namespace.isEmpty { path += "/namespaces/" + escape(namespace) }
        return path + "/" + escape(resource.resource)
    }

    static func object(_ resource: GroupVersionResource, _ key: ObjectKey, subresource: String? = nil) -> String {
        var path = collection(resource, namespace: key.namespace) + "/" + escape(key.name)
        if let subresource {
            // A subresource may go on below itself (`proxy/metrics`), so its slashes stand.
            for segment in subresource.split(separator: "/") { path += "/" + escape(String(segment)) }
        }
        return path
    }

    static func group(_ version: GroupVersion) -> String {
        version.group.isEmpty
            ? "/api/" + escape(version.version) : "/apis/" + escape(version.group) + "/" + escape(version.version)
    }

    /// Percent-encodes what RFC 3986 does not allow in a path segment.
    static func escape(_ segment: String) -> String {
        if segment.utf8.allSatisfy(isSegmentByte) { return segment }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in segment.utf8 {
            if isSegmentByte(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSegmentByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"),
            UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","),
            UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
