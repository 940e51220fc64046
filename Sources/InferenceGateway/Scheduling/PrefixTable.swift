/// Which replicas have seen which beginnings of prompts, as far as a table of fixed size remembers.
///
/// A hash has one of four places in its row; a new one takes the place that was used the longest ago. A hash of another
/// prompt that is taken for the same only costs a choice that is not the best.
struct PrefixTable: Sendable {
    /// How many replicas are told apart; others have no affinity.
    static let maximumReplicas = 64
    private static let width = 4

    private struct Entry {
        var hash: UInt64 = 0
        /// A bit for each replica.
        var replicas: UInt64 = 0
        var used: UInt64 = 0
    }

    /// Made when the first prompt comes that is long enough to have a beginning.
    private var entries: [Entry] = []
    private let rows: Int
    private var uses: UInt64 = 0

    /// - Parameter capacity: hashes to remember; rounded up to a power of two.
    init(capacity: Int = 16_384) {
        var rows = 16
        while rows * Self.width < capacity { rows *= 2 }
        self.rows = rows
    }

    /// How many blocks of a prompt each replica has seen, from the beginning on without a gap, for those that have any.
    func depths(_ prefix: PromptPrefix) -> [(replica: Int, blocks: Int)] {
        guard !entries.isEmpty else { return [] }
        var alive = UInt64.max
        var depths: [(replica: Int, blocks: Int)] = []
        for (depth, hash) in prefix.blocks.enumerated() {
            let here = entries[place(hash)...].prefix(Self.width).first { $0.hash == hash }?.replicas ?? 0
            if depth > 0 { Self.collect(alive & ~here, depth, into: &depths) }
            alive &= here
            if alive == 0 { return depths }
        }
        if !prefix.blocks.isEmpty { Self.collect(alive, prefix.blocks.count, into: &depths) }
        return depths
    }

    mutating func note(_ prefix: PromptPrefix, replica: Int) {
        guard replica < Self.maximumReplicas, !prefix.blocks.isEmpty else { return }
        if entries.isEmpty { entries = Array(repeating: Entry(), count: rows * Self.width) }
        uses += 1
        for hash in prefix.blocks {
            let row = place(hash)
            var oldest = row
            var found: Int?
            for index in row..<(row + Self.width) {
                if entries[index].hash == hash { found = index }
                if entries[index].used < entries[oldest].used { oldest = index }
            }
            let index = found ?? oldest
            if found == nil { entries[index] = Entry(hash: hash) }
            entries[index].replicas |= 1 << UInt64(replica)
            entries[index].used = uses
        }
    }

    /// A replica is gone; its number will be another's.
    mutating func forget(replica: Int) {
        guard replica < Self.maximumReplicas else { return }
        for index in entries.indices { entries[index].replicas &= ~(1 << UInt64(replica)) }
    }

    private func place(_ hash: UInt64) -> Int { (Int(truncatingIfNeeded: hash >> 32) & (rows - 1)) * Self.width }

    private static func collect(_ bits: UInt64, _ blocks: Int, into depths: inout [(replica: Int, blocks: Int)]) {
        var bits = bits
        while bits != 0 {
            depths.append((bits.trailingZeroBitCount, blocks))
            bits &= bits - 1
        }
    }
}
