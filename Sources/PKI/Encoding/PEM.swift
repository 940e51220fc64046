/// PEM text (RFC 7468): labelled blocks of base 64 between `-----BEGIN` and `-----END` lines.
package enum PEM {
    package struct Block: Hashable, Sendable {
        package let label: String
        package let der: [UInt8]

        package init(label: String, der: [UInt8]) {
            self.label = label
            self.der = der
        }
    }

    /// The largest text read: a bundle of every public root authority has a quarter of this.
    package static let maximumSize = 1 << 20

    /// All blocks in order. Text outside of blocks is skipped, as every reader of PEM does; a block that is opened but
    /// not closed, closed by another label, or not base64 is `malformed`. Encrypted blocks are `unsupported`.
    package static func parse(_ text: [UInt8]) throws(PKIError) -> [Block] {
        guard text.count <= maximumSize else {
            throw PKIError(.tooLarge, "PEM text has \(text.count) bytes; the limit is \(maximumSize)")
        }
        var blocks: [Block] = []
        var open: (label: ArraySlice<UInt8>, body: [UInt8])?
        for line in text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let line = trimmed(line)
            if let label = marker("-----BEGIN ", line) {
                guard open == nil else { throw PKIError(.malformed, "PEM block begins within another") }
                open = (label, [])
            } else if let label = marker("-----END ", line) {
                guard let block = open, block.label.elementsEqual(label) else {
                    throw PKIError(.malformed, "PEM block ends that did not begin")
                }
                let name = String(decoding: label, as: UTF8.self)
                do {
                    blocks.append(Block(label: name, der: try Base64.standard.decode(block.body)))
                } catch {
                    throw PKIError(.malformed, "PEM block \(name)", cause: error)
                }
                open = nil
            } else if open != nil {
                if line.contains(UInt8(ascii: ":")) {
                    // RFC 1421 headers: their only living use is legacy encryption.
                    throw PKIError(.unsupported, "PEM block has headers; encrypted keys are not supported")
                }
                open?.body.append(contentsOf: line)
            }
        }
        guard open == nil else { throw PKIError(.malformed, "PEM block is not closed") }
        return blocks
    }

    package static func parse(_ text: some StringProtocol) throws(PKIError) -> [Block] {
        try parse(Array(text.utf8))
    }

    /// One block, in lines of 64 characters, ending with a new line.
    package static func encode(_ block: Block) -> String {
        let body = Base64.standard.encodeToBytes(block.der)
        var text = Array("-----BEGIN \(block.label)-----\n".utf8)
        text.reserveCapacity(text.count * 2 + body.count + body.count / 64 + 8)
        var start = 0
        while start < body.count {
            let end = min(start + 64, body.count)
            text.append(contentsOf: body[start..<end])
            text.append(UInt8(ascii: "\n"))
            start = end
        }
        text.append(contentsOf: "-----END \(block.label)-----\n".utf8)
        return String(decoding: text, as: UTF8.self)
    }

    private static func marker(_ prefix: StaticString, _ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let dashes = 5
        let length = prefix.utf8CodeUnitCount
        guard line.count >= length + dashes,
            line.prefix(length).elementsEqual(UnsafeBufferPointer(start: prefix.utf8Start, count: length)),
            line.suffix(dashes).allSatisfy({ $0 == UInt8(ascii: "-") })
        else { return nil }
        return line.dropFirst(length).dropLast(dashes)
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        guard let first = line.firstIndex(where: { !isBlank($0) }),
            let last = line.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return line[first...last]
    }
}
