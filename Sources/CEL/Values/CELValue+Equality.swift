import Machinery

extension CELValue {
    /// Equality of the language: numbers of different types are equal when their amounts are, and values of types that
    /// have nothing in common are unequal, not wrong.
    package func isEqual(_ other: CELValue) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)): return UTF8Order.isEqual(left, right)
        case (.bytes(let left), .bytes(let right)): return left == right
        case (.duration(let left), .duration(let right)): return left == right
        case (.timestamp(let left), .timestamp(let right)): return left == right
        case (.type(let left), .type(let right)): return left.name == right.name
        case (.list(let left), .list(let right)): return left.isEqual(right)
        case (.map(let left), .map(let right)): return left.isEqual(right)
        case (.object(let left), .object(let right)): return left.isEqual(right)
        case (.optional(let left?), .optional(let right?)): return left.isEqual(right)
        case (.optional(nil), .optional(nil)): return true
        case (.opaque(let left), .opaque(let right)):
            return left.celType == right.celType && left.isEqual(right)
        // A tree seen with and without its schema.
        case (.object(.json(let left, _)), .map(.json(let right, _))),
            (.map(.json(let left, _)), .object(.json(let right, _))):
            return left == right
        default:
            guard isNumber, other.isNumber else { return false }
            return NumberOrder.compare(self, other) == 0
        }
    }

    var isNumber: Bool {
        switch self {
        case .int, .uint, .double: true
        default: false
        }
    }
}

/// The order of numbers of any two types.
enum NumberOrder {
    /// Negative, zero or positive; `nil` when one is not a number at all (NaN).
    static func compare(_ left: CELValue, _ right: CELValue) -> Int? {
        switch (left, right) {
        case (.int(let left), .int(let right)): order(left, right)
        case (.uint(let left), .uint(let right)): order(left, right)
        case (.double(let left), .double(let right)): left.isNaN || right.isNaN ? nil : order(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? -1 : order(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? 1 : order(left, UInt64(right))
        case (.double(let left), .int(let right)): compare(left, whole: right)
        case (.int(let left), .double(let right)): compare(right, whole: left).map { -$0 }
        case (.double(let left), .uint(let right)): compare(left, whole: right)
        case (.uint(let left), .double(let right)): compare(right, whole: left).map { -$0 }
        default: nil
        }
    }

    private static func compare(_ left: Double, whole right: some FixedWidthInteger) -> Int? {
        if left.isNaN { return nil }
        if left >= 18_446_744_073_709_551_616 { return 1 }
        if left < -9_223_372_036_854_775_808 { return -1 }
        // Beyond 2⁵³ the whole number is rounded, as cel-go does.
        return order(left, Double(right))
    }

    private static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
        left < right ? -1 : (left == right ? 0 : 1)
    }
}
