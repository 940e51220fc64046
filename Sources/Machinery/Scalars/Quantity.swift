/// An exact amount of a resource: `100m` of CPU, `1536Mi` of memory, `3` GPUs.
///
/// Held as a whole number of nano units, which is the finest amount Kubernetes knows; finer input is rounded up (away
/// from zero). Magnitudes stop at 10²⁸ units, binary ones at 2⁶³-1, instead of overflowing. Two quantities are equal
/// when their amounts are, however they were written; the format only decides how the text looks.
package struct Quantity: Sendable {
    /// The family of suffixes an amount is printed with.
    package enum Format: Sendable, Hashable {
        /// `n u m k M G T P E`
        case decimalSI
        /// `Ki Mi Gi Ti Pi Ei`
        case binarySI
        /// `e3`, `e6`, …
        case decimalExponent
    }

    static let nanosPerUnit: Int128 = 1_000_000_000
    static let maximumNanos: Int128 = 10_000_000_000_000_000_000_000_000_000 * nanosPerUnit

    /// The amount in billionths of a unit.
    package let nanos: Int128
    package let format: Format

    package init(nanos: Int128, format: Format = .decimalSI) {
        self.nanos = min(max(nanos, -Self.maximumNanos), Self.maximumNanos)
        self.format = format
    }

    package init(_ units: Int64, format: Format = .decimalSI) {
        self.init(nanos: Int128(units) * Self.nanosPerUnit, format: format)
    }

    package init(milli: Int64, format: Format = .decimalSI) {
        self.init(nanos: Int128(milli) * 1_000_000, format: format)
    }

    package static let zero = Quantity(0)

    package var isZero: Bool { nanos == 0 }

    /// Whole units, rounded away from zero and clamped to what fits.
    package var value: Int64 { scaled(by: Self.nanosPerUnit) }
    /// Thousandths of a unit, rounded away from zero and clamped: what CPU is counted in.
    package var milliValue: Int64 { scaled(by: 1_000_000) }
    /// Billionths of a unit, clamped.
    package var nanoValue: Int64 { Int64(clamping: nanos) }

    private func scaled(by divisor: Int128) -> Int64 {
        if let small = Int64(exactly: nanos) {
            let narrow = Int64(truncatingIfNeeded: divisor)
            let (quotient, remainder) = small.quotientAndRemainder(dividingBy: narrow)
            return quotient + remainder.signum()
        }
        let (quotient, remainder) = nanos.quotientAndRemainder(dividingBy: divisor)
        return Int64(clamping: quotient + remainder.signum())
    }

    /// The amount as a floating-point number, for metrics and scores.
    package var approximateValue: Double { Double(nanos) / 1e9 }
}

extension Quantity: Hashable, Comparable {
    package static func == (left: Quantity, right: Quantity) -> Bool { left.nanos == right.nanos }
    package static func < (left: Quantity, right: Quantity) -> Bool { left.nanos < right.nanos }
    package func hash(into hasher: inout Hasher) { hasher.combine(nanos) }
}

extension Quantity {
    /// Sums stop at the largest magnitude; the result is printed like the left side, unless that is zero.
    package static func + (left: Quantity, right: Quantity) -> Quantity {
        Quantity(nanos: left.nanos + right.nanos, format: left.isZero ? right.format : left.format)
    }

    package static func - (left: Quantity, right: Quantity) -> Quantity {
        Quantity(nanos: left.nanos - right.nanos, format: left.isZero ? right.format : left.format)
    }

    package static func += (left: inout Quantity, right: Quantity) { left = left + right }
    package static func -= (left: inout Quantity, right: Quantity) { left = left - right }
    package static prefix func - (quantity: Quantity) -> Quantity {
        Quantity(nanos: -quantity.nanos, format: quantity.format)
    }

    package static func * (quantity: Quantity, factor: Int64) -> Quantity {
        let (product, overflowed) = quantity.nanos.multipliedReportingOverflow(by: Int128(factor))
        guard overflowed else { return Quantity(nanos: product, format: quantity.format) }
        let isNegative = (quantity.nanos < 0) != (factor < 0)
        return Quantity(nanos: isNegative ? -maximumNanos : maximumNanos, format: quantity.format)
    }
}

extension Quantity {
    /// A string, or a bare number, as Kubernetes takes it.
    package init?(json: JSON) {
        switch json {
        case .string(let text):
            guard let parsed = try? Quantity(parsing: text) else { return nil }
            self = parsed
        case .int(let number): self.init(number)
        case .double(let number):
            guard let parsed = try? Quantity(parsing: "\(number)") else { return nil }
            self = parsed
        case .null, .bool, .array, .object: return nil
        }
    }

    package var json: JSON { .string(description) }
}
