/// A set of completion indexes in the text form of a Job's status: `1,3-5,7`.
package struct IndexIntervals: Hashable, Sendable, CustomStringConvertible {
    /// Sorted, apart from each other by at least one index.
    package private(set) var ranges: [ClosedRange<Int>] = []

    package init() {}

    package init(_ indexes: some Sequence<Int>) {
        for index in Set(indexes).sorted() {
            if let last = ranges.last, last.upperBound + 1 == index {
                ranges[ranges.count - 1] = last.lowerBound...index
            } else {
                ranges.append(index...index)
            }
        }
    }

    /// Reads the text; parts that make no sense, or lie beyond the number of completions, are left out.
    package init(parsing text: String, completions: Int) {
        var indexes: [ClosedRange<Int>] = []
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends.first, let low = first, low >= 0, low < completions else { continue }
            let high = min((ends.count > 1 ? ends[1] : low) ?? -1, completions - 1)
            if high >= low { indexes.append(low...high) }
        }
        for range in indexes.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, last.upperBound + 1 >= range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
    }

    package var isEmpty: Bool { ranges.isEmpty }
    package var count: Int { ranges.reduce(0) { $0 + $1.count } }

    package func contains(_ index: Int) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].contains(index) { return true }
            if ranges[middle].upperBound < index { low = middle + 1 } else { high = middle }
        }
        return false
    }

    /// With more indexes.
    package func inserting(_ indexes: some Sequence<Int>) -> IndexIntervals {
        let added = IndexIntervals(indexes)
        guard !added.isEmpty else { return self }
        guard !isEmpty else { return added }
        var merged = IndexIntervals()
        for range in (ranges + added.ranges).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.ranges.last, last.upperBound + 1 >= range.lowerBound {
                merged.ranges[merged.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.ranges.append(range)
            }
        }
        return merged
    }

    /// Two neighbours are written as such, three and more as a range.
    package var description: String {
        ranges.map { range in
            switch range.count {
            case 1: "\(range.lowerBound)"
            case 2: "\(range.lowerBound),\(range.upperBound)"
            default: "\(range.lowerBound)-\(range.upperBound)"
            }
        }.joined(separator: ",")
    }
}
