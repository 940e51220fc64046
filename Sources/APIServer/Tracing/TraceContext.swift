import PKI

/// Which trace a request belongs to: the `traceparent` field of W3C Trace Context.
package struct TraceContext: Hashable, Sendable {
    /// 16 bytes, not all zero.
    package let trace: [UInt8]
    /// 8 bytes, not all zero.
    package let span: [UInt8]
    package let isSampled: Bool

    init(trace: [UInt8], span: [UInt8], isSampled: Bool) {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
    }

    /// `00-TRACE-SPAN-FLAGS` in lower-case hexadecimal; a later version's field is read as far as it is like that.
    package init?(traceparent: String) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let version = Self.bytes(parts[0], 1)?[0], version != 0xFF,
            version != 0 || parts.count == 4, let trace = Self.bytes(parts[1], 16), trace.contains(where: { $0 != 0 }),
            let span = Self.bytes(parts[2], 8), span.contains(where: { $0 != 0 }), let flags = Self.bytes(parts[3], 1)
        else { return nil }
        self.init(trace: trace, span: span, isSampled: flags[0] & 1 == 1)
    }

    package var traceparent: String {
        "00-\(Self.text(trace))-\(Self.text(span))-0\(isSampled ? 1 : 0)"
    }

    private static func bytes(_ text: Substring, _ count: Int) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == count * 2 else { return nil }
        var result: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digit(digits[index]), let low = digit(digits[index + 1]) else { return nil }
            result.append(high << 4 | low)
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }
}
