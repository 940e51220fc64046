/// Base64 (RFC 4648, padded) as bytes travel in JSON.
package enum Base64 {
    enum Check {
        case canonical
        /// Valid, but with line breaks in it, which are left out here.
        case spaced(String)
        /// The offset of the first byte that does not fit.
        case invalid(at: Int)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    /// Checks a text without decoding it.
    static func check(_ text: String) -> Check {
        var text = text
        let hasBreaks = text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
        if hasBreaks { text = String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self) }
        if let offset = text.withUTF8(firstInvalid) { return .invalid(at: offset) }
        return hasBreaks ? .spaced(text) : .canonical
    }

    private static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var body = bytes.count
        if body >= 1, bytes[body - 1] == UInt8(ascii: "=") { body -= 1 }
        if body >= 1, body < bytes.count, bytes[body - 1] == UInt8(ascii: "=") { body -= 1 }
        for index in 0..<body where values[Int(bytes[index])] == 0xFF { return index }
        let isWhole = bytes.count % 4 == 0 && bytes.count - body <= 2
        return isWhole ? nil : bytes.count
    }

    /// The bytes of a text; `nil` when it is not base64. Line breaks are passed over.
    package static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { bytes in
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count / 4 * 3)
            var bits: UInt32 = 0
            var count = 0
            var padding = 0
            for byte in bytes {
                if byte == 0x0A || byte == 0x0D { continue }
                if byte == UInt8(ascii: "=") {
                    padding += 1
                    continue
                }
                let value = values[Int(byte)]
                guard value != 0xFF, padding == 0 else { return nil }
                bits = bits << 6 | UInt32(value)
                count += 1
                if count % 4 == 0 {
                    result.append(UInt8(truncatingIfNeeded: bits >> 16))
                    result.append(UInt8(truncatingIfNeeded: bits >> 8))
                    result.append(UInt8(truncatingIfNeeded: bits))
                }
            }
            switch (count % 4, padding) {
            case (0, 0): break
            case (2, 2): result.append(UInt8(truncatingIfNeeded: bits >> 4))
            case (3, 1):
                result.append(UInt8(truncatingIfNeeded: bits >> 10))
                result.append(UInt8(truncatingIfNeeded: bits >> 2))
            default: return nil
            }
            return result
        }
    }

    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { buffer in
            var position = 0
            var bits: UInt32 = 0
            var count = 0
            func put(_ sextets: Int) {
                for index in 0..<4 {
                    let value =
                        index < sextets ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 0x3F)] : UInt8(ascii: "=")
                    buffer[position] = value
                    position += 1
                }
            }
            for byte in bytes {
                bits |= UInt32(byte) << UInt32(16 - 8 * count)
                count += 1
                if count == 3 {
                    put(4)
                    bits = 0
                    count = 0
                }
            }
            if count > 0 { put(count + 1) }
            return position
        }
    }
}
