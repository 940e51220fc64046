import Machinery

extension CELValue {
    /// The order of two values.
    ///
    /// - Throws: when the types have no order, and for NaN.
    func compare(_ other: CELValue) throws(CELEvaluationError) -> Int {
        switch (self, other) {
        case (.string(let left), .string(let right)): return UTF8Order.compare(left, right)
        case (.bool(let left), .bool(let right)): return left == right ? 0 : (right ? -1 : 1)
        case (.bytes(let left), .bytes(let right)):
            return left == right ? 0 : (left.lexicographicallyPrecedes(right) ? -1 : 1)
        case (.duration(let left), .duration(let right)): return left < right ? -1 : (left == right ? 0 : 1)
        case (.timestamp(let left), .timestamp(let right)): return left < right ? -1 : (left == right ? 0 : 1)
        default:
            guard isNumber, other.isNumber else { throw CELEvaluationError("no such overload") }
            guard let order = NumberOrder.compare(self, other) else {
                throw CELEvaluationError("NaN values cannot be ordered")
            }
            return order
        }
    }
}
