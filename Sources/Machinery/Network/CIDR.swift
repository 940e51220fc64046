/// A range of addresses in CIDR form (RFC 4632, RFC 4291): an address and how many of its first bits are fixed.
///
/// Bits behind the prefix are kept as written, as Go's `netip.Prefix` does: `10.244.3.7/24` may be an interface's address
/// with its network. `masked` is the range itself; ranges that must not have such bits are checked with `isMasked`.
package struct CIDR: Hashable, Sendable, CustomStringConvertible {
    package let address: InternetAddress
    package let length: Int

    package init?(_ address: InternetAddress, length: Int) {
        guard (0...address.family.width).contains(length) else { return nil }
        self.address = address
        self.length = length
    }

    /// A range of one address.
    package init(only address: InternetAddress) {
        self.address = address
        length = address.family.width
    }

    /// Reads `10.244.0.0/16` or `2001:db8::/64`; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = InternetAddress(parts[0]),
            let length = DecimalText.parse(Array(parts[1].utf8)[...], most: address.family.width)
        else { return nil }
        self.init(address, length: length)
    }

    package var description: String { "\(address)/\(length)" }
    package var family: InternetAddress.Family { address.family }

    /// The bits that differ within the range, as a number.
    private var hostMask: UInt128 {
        let free = family.width - length
        return free == 128 ? .max : (1 << UInt128(free)) - 1
    }

    /// The first address of the range.
    package var first: InternetAddress { place(address.bits & ~hostMask) }
    /// The last address of the range; the broadcast address of an IPv4 network.
    package var last: InternetAddress { place(address.bits | hostMask) }

    /// The range with its first address, which two equal ranges share.
    package var masked: CIDR {
        // Unreachable: the length is the one this range was made with.
        CIDR(first, length: length) ?? self
    }

    package var isMasked: Bool { address == first }

    /// The largest offset within the range: one less than how many addresses there are.
    package var lastOffset: UInt128 { hostMask }

    /// The address at a place in the range; `nil` behind its end.
    package func address(at offset: UInt128) -> InternetAddress? {
        offset <= hostMask ? place(first.bits + offset) : nil
    }

    /// The place of an address in the range.
    package func offset(of address: InternetAddress) -> UInt128? {
        contains(address) ? address.bits - first.bits : nil
    }

    package func contains(_ other: InternetAddress) -> Bool {
        other.family == family && other.bits & ~hostMask == first.bits
    }

    /// Whether all of another range lies within this one.
    package func contains(_ other: CIDR) -> Bool {
        other.length >= length && contains(other.address)
    }

    package func overlaps(_ other: CIDR) -> Bool {
        contains(other.address) && other.length >= length || other.contains(address) && length >= other.length
    }

    private func place(_ bits: UInt128) -> InternetAddress {
        switch family {
        case .v4: InternetAddress(v4: UInt32(truncatingIfNeeded: bits))
        case .v6: InternetAddress(v6: bits)
        }
    }
}
