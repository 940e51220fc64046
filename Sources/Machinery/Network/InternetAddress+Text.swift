extension InternetAddress: CustomStringConvertible {
    /// Reads `192.0.2.1` or `2001:db8::1`; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        // The longest: eight groups of four digits would be 39, with an embedded IPv4 address 45.
        guard (2...45).contains(bytes.count) else { return nil }
        if bytes.contains(UInt8(ascii: ":")) {
            guard let bits = Self.parse6(bytes[...]) else { return nil }
            self.init(v6: bits)
        } else {
            guard let bits = Self.parse4(bytes[...]) else { return nil }
            self.init(v4: bits)
        }
    }

    private static func parse4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard let byte = DecimalText.parse(part, most: 255) else { return nil }
            bits = bits << 8 | UInt32(byte)
        }
        return bits
    }

    private static func parse6(_ bytes: ArraySlice<UInt8>) -> UInt128? {
        let colon = UInt8(ascii: ":")
        guard let gap = bytes.indices.dropLast().first(where: { bytes[$0] == colon && bytes[$0 + 1] == colon }) else {
            guard let groups = groups(bytes, mayEndInIPv4: true), groups.count == 8 else { return nil }
            return number(groups)
        }
        guard let left = groups(bytes[..<gap], mayEndInIPv4: false),
            let right = groups(bytes[(gap + 2)...], mayEndInIPv4: true),
            // The gap stands for one group at least.
            left.count + right.count < 8
        else { return nil }
        return number(left + Array(repeating: 0, count: 8 - left.count - right.count) + right)
    }

    private static func number(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// The groups between colons; none of empty text.
    private static func groups(_ bytes: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> [UInt16]? {
        if bytes.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let bits = parse4(part) else { return nil }
                groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
            } else {
                guard let group = group(part) else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func group(_ bytes: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(bytes.count) else { return nil }
        var group: UInt16 = 0
        for byte in bytes {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 128 else { return nil }
            group = group << 4 | UInt16(digit)
        }
        return group
    }

    /// The canonical text: RFC 5952 for IPv6.
    package var description: String {
        switch family {
        case .v4: Self.text4(bits)
        case .v6: isMapped ? "::ffff:" + Self.text4(bits) : text6
        }
    }

    private static func text4(_ bits: UInt128) -> String {
        "\(bits >> 24 & 255).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }

    private var text6: String {
        let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: bits >> UInt128($0)) }
        let gap = Self.longestZeros(groups)
        func join(_ groups: ArraySlice<UInt16>) -> String {
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard let gap else { return join(groups[...]) }
        return join(groups[..<gap.lowerBound]) + "::" + join(groups[gap.upperBound...])
    }

    /// The first of the longest runs of zeros; one group alone is not shortened.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > max(1, best?.count ?? 0) { best = start..<end }
            start = end + 1
        }
        return best
    }
}

/// Decimal numbers in addresses: digits only, no sign, no leading zero.
enum DecimalText {
    static func parse(_ bytes: ArraySlice<UInt8>, most: Int) -> Int? {
        guard let first = bytes.first, (1...3).contains(bytes.count),
            first != UInt8(ascii: "0") || bytes.count == 1
        else { return nil }
        var number = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number <= most ? number : nil
    }
}
