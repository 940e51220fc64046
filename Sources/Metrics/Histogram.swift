/// The buckets of a histogram: upper bounds in a unit of integers, so that no sum is rounded and none needs a lock.
package struct HistogramBuckets: Sendable {
    /// Upper bounds, rising.
    let bounds: [UInt64]
    /// How many of the integers are one of the unit that is shown.
    let scale: Double

    /// Durations, kept in nanoseconds and shown in seconds.
    package static func seconds(_ bounds: [Double]) -> HistogramBuckets {
        HistogramBuckets(bounds: bounds.map { UInt64(($0 * 1e9).rounded()) }, scale: 1e9)
    }

    /// Sizes in bytes, or counts.
    package static func counts(_ bounds: [UInt64]) -> HistogramBuckets {
        HistogramBuckets(bounds: bounds, scale: 1)
    }
}

/// How often which amounts were seen.
package final class Histogram: Sendable {
    package let buckets: HistogramBuckets
    /// One number for each bucket, one for what is above all, and the sum.
    private let cells: AtomicCells

    package init(_ buckets: HistogramBuckets) {
        self.buckets = buckets
        cells = AtomicCells(buckets.bounds.count + 2)
    }

    package func observe(_ amount: UInt64) {
        var index = 0
        while index < buckets.bounds.count, amount > buckets.bounds[index] { index += 1 }
        cells.add(1, at: index)
        cells.add(amount, at: cells.count - 1)
    }

    package func observe(_ duration: Duration) {
        let attoseconds = duration.attoseconds
        guard attoseconds >= 0 else { return observe(0) }
        // Up to eighteen seconds, which is nearly always, one word does.
        if let short = UInt64(exactly: attoseconds) { return observe(short / 1_000_000_000) }
        observe(UInt64(clamping: attoseconds / 1_000_000_000))
    }

    /// Counts up to each bound, and of all.
    var cumulative: (buckets: [UInt64], total: UInt64) {
        var sum: UInt64 = 0
        var result: [UInt64] = []
        for index in buckets.bounds.indices {
            sum += cells[index]
            result.append(sum)
        }
        return (result, sum + cells[buckets.bounds.count])
    }

    var sum: Double { Double(cells[cells.count - 1]) / buckets.scale }
    package var count: UInt64 { cumulative.total }
}
