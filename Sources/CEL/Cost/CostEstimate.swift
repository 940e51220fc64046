/// The least and the most an expression can cost; sums and products stop at the largest number.
package struct CostEstimate: Hashable, Sendable {
    package var minimum: UInt64
    package var maximum: UInt64

    package init(minimum: UInt64, maximum: UInt64) {
        self.minimum = minimum
        self.maximum = maximum
    }

    package init(_ fixed: UInt64) {
        self.init(minimum: fixed, maximum: fixed)
    }

    package static let zero = CostEstimate(0)
    static let unknownSize = CostEstimate(minimum: 0, maximum: .max)

    package static func + (left: CostEstimate, right: CostEstimate) -> CostEstimate {
        CostEstimate(
            minimum: left.minimum.saturatingAdd(right.minimum), maximum: left.maximum.saturatingAdd(right.maximum))
    }

    package static func * (left: CostEstimate, right: CostEstimate) -> CostEstimate {
        CostEstimate(
            minimum: left.minimum.saturatingMultiply(right.minimum),
            maximum: left.maximum.saturatingMultiply(right.maximum))
    }

    /// Scaled and rounded up.
    func scaled(by factor: Double) -> CostEstimate {
        CostEstimate(minimum: minimum.scaledUp(by: factor), maximum: maximum.scaledUp(by: factor))
    }

    func union(_ other: CostEstimate) -> CostEstimate {
        CostEstimate(minimum: min(minimum, other.minimum), maximum: max(maximum, other.maximum))
    }
}

extension UInt64 {
    package func saturatingAdd(_ other: UInt64) -> UInt64 {
        let (sum, overflowed) = addingReportingOverflow(other)
        return overflowed ? .max : sum
    }

    package func saturatingMultiply(_ other: UInt64) -> UInt64 {
        let (product, overflowed) = multipliedReportingOverflow(by: other)
        return overflowed ? .max : product
    }

    func scaledUp(by factor: Double) -> UInt64 {
        let scaled = (Double(self) * factor).rounded(.up)
        return scaled >= 18_446_744_073_709_551_616 ? .max : UInt64(scaled)
    }
}
