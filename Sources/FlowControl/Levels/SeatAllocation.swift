/// Divides seats among levels: each gets its target times one common factor, within its bounds.
package enum SeatAllocation {
    package struct Claim: Sendable {
        let lower: Double
        let upper: Double
        let target: Double

        /// A level without demand still counts a little, so that the factor stays finite.
        private static let leastTarget = 0.001

        package init(lower: Double, upper: Double, target: Double) {
            self.lower = lower
            self.upper = max(lower, upper)
            self.target = max(Self.leastTarget, target)
        }

        func allotment(_ factor: Double) -> Double { min(upper, max(lower, factor * target)) }
    }

    /// The sum of allotments grows with the factor in straight lines between the claims' bounds: the bounds around the
    /// wanted sum are looked up, and the factor lies between them in proportion. A sum outside of what the bounds allow
    /// gives the nearest that they do.
    package static func divide(_ sum: Double, among claims: [Claim]) -> (allotments: [Double], factor: Double) {
        func total(_ factor: Double) -> Double { claims.reduce(0) { $0 + $1.allotment(factor) } }
        let bends = claims.flatMap { [$0.lower / $0.target, $0.upper / $0.target] }.sorted()
        var low = 0
        var high = bends.count
        while low < high {
            let middle = (low + high) / 2
            if total(bends[middle]) < sum { low = middle + 1 } else { high = middle }
        }
        let factor: Double
        if low == bends.count {
            factor = bends.last ?? 0
        } else if low == 0 {
            factor = bends.first ?? 0
        } else {
            let (from, upTo) = (total(bends[low - 1]), total(bends[low]))
            let part = upTo > from ? (sum - from) / (upTo - from) : 0
            factor = bends[low - 1] + part * (bends[low] - bends[low - 1])
        }
        return (claims.map { $0.allotment(factor) }, factor)
    }
}
