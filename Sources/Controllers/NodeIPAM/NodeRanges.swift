import Machinery

/// The pod network cut into parts of one size, and which node has which.
struct NodeRanges: Sendable {
    let network: CIDR
    /// How many parts there are; a network larger than this is used up to here.
    let count: Int

    private let partLength: Int
    private var owners: [Int: String] = [:]
    private var parts: [String: Int] = [:]
    /// Parts that are kept for a node before it has joined.
    private var kept: [Int: String] = [:]
    /// No part below is free.
    private var firstFree = 0

    private static let maximumCount = 1 << 16

    /// `nil` when the network has no room for a part of that size.
    init?(network: CIDR, partLength: Int) {
        guard partLength >= network.length, partLength <= network.family.width else { return nil }
        self.network = network.masked
        self.partLength = partLength
        count = 1 << min(partLength - network.length, Self.maximumCount.trailingZeroBitCount)
    }

    private func range(_ index: Int) -> CIDR? {
        let shift = UInt128(network.family.width - partLength)
        return network.address(at: UInt128(index) << shift).flatMap { CIDR($0, length: partLength) }
    }

    /// The parts that a range touches; none for ranges of other networks.
    private func indices(_ range: CIDR) -> Range<Int> {
        guard network.overlaps(range) else { return 0..<0 }
        guard let offset = network.offset(of: range.first) else { return 0..<count }
        let shift = UInt128(network.family.width - partLength)
        let first = Int(clamping: offset >> shift)
        let last = Int(clamping: (offset + min(range.lastOffset, network.lastOffset)) >> shift)
        return first..<min(last + 1, count)
    }

    /// Keeps a range for a node, which brings it along itself.
    mutating func keep(_ range: CIDR, for node: String) {
        for index in indices(range) { kept[index] = node }
    }

    /// Notes what a Node has.
    mutating func occupy(_ range: CIDR, by node: String) {
        for index in indices(range) where owners[index] == nil {
            owners[index] = node
            parts[node] = parts[node] ?? index
        }
    }

    mutating func release(_ node: String) {
        parts[node] = nil
        for (index, owner) in owners where owner == node {
            owners[index] = nil
            firstFree = min(firstFree, index)
        }
    }

    /// The node's part, the lowest free one for a node that has none; `nil` when all are taken.
    mutating func allocate(for node: String) -> CIDR? {
        if let index = parts[node] { return range(index) }
        if let index = kept.first(where: { $0.value == node && owners[$0.key] == nil })?.key {
            return take(index, for: node)
        }
        while firstFree < count, owners[firstFree] != nil || kept[firstFree] != nil { firstFree += 1 }
        return firstFree < count ? take(firstFree, for: node) : nil
    }

    private mutating func take(_ index: Int, for node: String) -> CIDR? {
        owners[index] = node
        parts[node] = index
        return range(index)
    }
}
