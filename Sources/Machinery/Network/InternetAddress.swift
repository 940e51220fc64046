/// An address of the Internet Protocol, version 4 or 6.
///
/// Text is read as strictly as Go's `netip` and Kubernetes' strict validation do: no leading zeros in IPv4, no zones, no
/// shortened forms but `::`. It is written in the canonical form of RFC 5952. Two values are equal when family and bits
/// are, so an IPv4 address differs from the IPv6 address it is mapped into.
package struct InternetAddress: Hashable, Sendable {
    package enum Family: String, Hashable, Sendable, CaseIterable {
        case v4 = "IPv4"
        case v6 = "IPv6"

        /// How many bits an address has.
        package var width: Int {
            switch self {
            case .v4: 32
            case .v6: 128
            }
        }

        /// The largest address, as a number.
        var mask: UInt128 { UInt128.max >> UInt128(128 - width) }
    }

    package let family: Family
    /// The address as a number, the first byte the most significant one.
    package let bits: UInt128

    package init(v4 bits: UInt32) {
        family = .v4
        self.bits = UInt128(bits)
    }

    package init(v6 bits: UInt128) {
        family = .v6
        self.bits = bits
    }

    /// The address with this number in a family; `nil` for a number the family does not reach to.
    package init?(_ family: Family, bits: UInt128) {
        guard bits <= family.mask else { return nil }
        self.family = family
        self.bits = bits
    }

    /// An address from its 4 or 16 bytes in network order; `nil` for any other count.
    package init?(bytes: some Collection<UInt8>) {
        switch bytes.count {
        case 4: family = .v4
        case 16: family = .v6
        default: return nil
        }
        bits = bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// The 4 or 16 bytes in network order.
    package var bytes: [UInt8] {
        stride(from: family.width - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt128($0)) }
    }

    /// The IPv4 address as a number; `nil` for IPv6.
    package var v4: UInt32? { family == .v4 ? UInt32(truncatingIfNeeded: bits) : nil }

    package var is4: Bool { family == .v4 }
    package var is6: Bool { family == .v6 }

    /// Whether this is an IPv4 address written as an IPv6 one, `::ffff:192.0.2.1`.
    package var isMapped: Bool { family == .v6 && bits >> 32 == 0xffff }

    /// A mapped address as the IPv4 address it stands for; others as they are.
    package var unmapped: InternetAddress { isMapped ? InternetAddress(v4: UInt32(truncatingIfNeeded: bits)) : self }
}

extension InternetAddress: Comparable {
    /// IPv4 before IPv6, then by number.
    package static func < (left: Self, right: Self) -> Bool {
        (left.family.width, left.bits) < (right.family.width, right.bits)
    }
}

extension InternetAddress {
    /// The address a number of places further; `nil` where the family ends.
    package func advanced(by distance: UInt128) -> InternetAddress? {
        let (sum, overflow) = bits.addingReportingOverflow(distance)
        return overflow ? nil : InternetAddress(family, bits: sum)
    }

    /// All zeros: no address, or every one of a machine.
    package var isUnspecified: Bool { bits == 0 }

    package var isLoopback: Bool { family == .v4 ? bits >> 24 == 127 : bits == 1 }

    /// Reaches neighbours on one link only: 169.254.0.0/16, fe80::/10.
    package var isLinkLocalUnicast: Bool { family == .v4 ? bits >> 16 == 0xa9fe : bits >> 118 == 0x3fa }

    /// 224.0.0.0/24, ff02::/16.
    package var isLinkLocalMulticast: Bool {
        family == .v4 ? bits >> 8 == 0xe00000 : bits >> 112 & 0xff0f == 0xff02
    }

    /// 224.0.0.0/4, ff00::/8.
    package var isMulticast: Bool { family == .v4 ? bits >> 28 == 0xe : bits >> 120 == 0xff }

    /// An address that packets may be sent to from elsewhere, private ones included; as Go's `IsGlobalUnicast`.
    package var isGlobalUnicast: Bool {
        if family == .v4, bits == UInt128(UInt32.max) { return false }
        return !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
    }

    /// RFC 1918 and RFC 4193.
    package var isPrivate: Bool {
        family == .v4
            ? bits >> 24 == 10 || bits >> 20 == 0xac1 || bits >> 16 == 0xc0a8 : bits >> 121 == 0xfc >> 1
    }
}
