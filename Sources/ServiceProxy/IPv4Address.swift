/// An IPv4 address. Text from objects goes through this type before it may become part of a rule.
struct IPv4Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    let number: UInt32

    /// Parses dotted decimal; `nil` for anything else, names and IPv6 included.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard part.utf8.allSatisfy({ (48...57).contains($0) }), let byte = UInt8(part) else { return nil }
            number = number << 8 | UInt32(byte)
        }
        self.number = number
    }

    /// Loopback, multicast and the like can be no endpoint and no Service's address.
    var isUnicast: Bool { number >> 24 != 127 && number >> 24 != 0 && number >> 28 < 14 }

    static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    var description: String {
        "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
    }
}

/// An IPv4 range in the form `10.244.0.0/16`.
struct IPv4Range: Hashable, Sendable, CustomStringConvertible {
    let first: IPv4Address
    let length: Int

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = IPv4Address(parts[0]), let length = Int(parts[1]),
            (0...32).contains(length)
        else { return nil }
        self.first = first
        self.length = length
    }

    var description: String { "\(first)/\(length)" }
}
