import NIOCore

/// A stream's headers. Names are lower-case; several values of one name are separated by NUL on the wire.
package struct SPDYHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var entries: [String: [String]] = [:]

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    /// The first value of `name`, in any case.
    package subscript(name: String) -> String? { entries[name.lowercased()]?.first }

    package mutating func add(_ name: String, _ value: String) {
        entries[name.lowercased(), default: []].append(value)
    }

    /// The uncompressed name/value block (SPDY/3, section 2.6.10).
    func encoded() -> ByteBuffer {
        var block = ByteBuffer()
        block.writeInteger(UInt32(entries.count))
        for (name, values) in entries.sorted(by: { $0.key < $1.key }) {
            block.writeInteger(UInt32(name.utf8.count))
            block.writeString(name)
            let value = values.joined(separator: "\0")
            block.writeInteger(UInt32(value.utf8.count))
            block.writeString(value)
        }
        return block
    }

    /// Reads an uncompressed name/value block.
    init(block: ByteBuffer) throws(SPDYError) {
        var block = block
        guard let count = block.readInteger(as: UInt32.self) else {
            throw SPDYError(.badHeaders, "header block without a count")
        }
        for _ in 0..<count {
            guard let name = block.readLengthPrefixedString(), let value = block.readLengthPrefixedString() else {
                throw SPDYError(.badHeaders, "header block is truncated")
            }
            guard !name.isEmpty else { throw SPDYError(.badHeaders, "header without a name") }
            guard entries[name.lowercased()] == nil else {
                throw SPDYError(.badHeaders, "header \(name) comes twice")
            }
            for part in value.split(separator: "\0", omittingEmptySubsequences: false) { add(name, String(part)) }
        }
        guard block.readableBytes == 0 else {
            throw SPDYError(.badHeaders, "header block has \(block.readableBytes) bytes too many")
        }
    }
}

extension ByteBuffer {
    /// A string after its length in four bytes; nil when the bytes are not there.
    fileprivate mutating func readLengthPrefixedString() -> String? {
        guard let length = readInteger(as: UInt32.self), let length = Int(exactly: length) else { return nil }
        return readString(length: length)
    }
}
