/// A set of code points, as sorted ranges that do not touch.
struct ScalarSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>]

    static let maximum: UInt32 = 0x10FFFF
    static let all = ScalarSet([0...maximum])

    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    init(_ scalar: UInt32) { ranges = [scalar...scalar] }

    var inverted: ScalarSet {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= Self.maximum { result.append(next...Self.maximum) }
        return ScalarSet(result)
    }

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    /// With all that differs only in case.
    var folded: ScalarSet {
        var added: [ClosedRange<UInt32>] = []
        for range in ranges {
            for scalar in CaseFolding.members(in: range) {
                for other in CaseFolding.equivalents[scalar] ?? [] { added.append(other...other) }
            }
        }
        return added.isEmpty ? self : ScalarSet(ranges + added)
    }

    static let digits = ScalarSet([0x30...0x39])
    static let words = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let notNewline = ScalarSet(0x0A).inverted

    /// `[:alpha:]` and the like.
    static let posix: [String: ScalarSet] = [
        "alnum": ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A]), "alpha": ScalarSet([0x41...0x5A, 0x61...0x7A]),
        "ascii": ScalarSet([0...0x7F]), "blank": ScalarSet([0x09...0x09, 0x20...0x20]),
        "cntrl": ScalarSet([0...0x1F, 0x7F...0x7F]), "digit": digits, "graph": ScalarSet([0x21...0x7E]),
        "lower": ScalarSet([0x61...0x7A]), "print": ScalarSet([0x20...0x7E]),
        "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
        "space": ScalarSet([0x09...0x0D, 0x20...0x20]), "upper": ScalarSet([0x41...0x5A]), "word": words,
        "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66]),
    ]
}

/// Which code points differ only in case.
enum CaseFolding {
    /// For each code point with cases, all others of its group.
    static let equivalents: [UInt32: [UInt32]] = {
        var groups: [UInt32: [UInt32]] = [:]
        for value in 0..<UInt32(0x1E944) {
            guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseMapped else { continue }
            groups[key(scalar), default: []].append(value)
        }
        var result: [UInt32: [UInt32]] = [:]
        for group in groups.values where group.count > 1 {
            for member in group { result[member] = group.filter { $0 != member } }
        }
        return result
    }()

    private static let sorted: [UInt32] = equivalents.keys.sorted()

    /// The code points of a range that have cases.
    static func members(in range: ClosedRange<UInt32>) -> ArraySlice<UInt32> {
        if range.upperBound < 0x41 { return [] }
        let low = sorted.partitioned { $0 >= range.lowerBound }
        let high = sorted.partitioned { $0 > range.upperBound }
        return sorted[low..<high]
    }

    private static func key(_ scalar: Unicode.Scalar) -> UInt32 {
        func single(_ text: String, _ fallback: Unicode.Scalar) -> Unicode.Scalar {
            let scalars = text.unicodeScalars
            return scalars.count == 1 ? scalars.first ?? fallback : fallback
        }
        let upper = single(scalar.properties.uppercaseMapping, scalar)
        return single(upper.properties.lowercaseMapping, upper).value
    }
}

extension Array {
    /// The first index whose element fulfils a condition that all later ones fulfil too.
    fileprivate func partitioned(_ isBehind: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
