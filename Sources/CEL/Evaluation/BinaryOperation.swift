import Machinery

/// The operators between two values, with the language's overflow rules: nothing wraps around.
enum BinaryOperation: Sendable {
    case add
    case subtract
    case multiply
    case divide
    case modulo
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual

    static let byName: [String: BinaryOperation] = [
        Operators.add: .add, Operators.subtract: .subtract, Operators.multiply: .multiply,
        Operators.divide: .divide, Operators.modulo: .modulo, Operators.less: .less,
        Operators.lessOrEqual: .lessOrEqual, Operators.greater: .greater, Operators.greaterOrEqual: .greaterOrEqual,
    ]

    func apply(_ left: CELValue, _ right: CELValue) throws(CELEvaluationError) -> CELValue {
        switch self {
        case .less: return .bool(try left.compare(right) < 0)
        case .lessOrEqual: return .bool(try left.compare(right) <= 0)
        case .greater: return .bool(try left.compare(right) > 0)
        case .greaterOrEqual: return .bool(try left.compare(right) >= 0)
        case .add, .subtract, .multiply, .divide, .modulo: break
        }
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try integer(left, right, "integer overflow"))
        case (.uint(let left), .uint(let right)):
            return .uint(try integer(left, right, "unsigned integer overflow"))
        case (.double(let left), .double(let right)): return .double(try floating(left, right))
        default: return try other(left, right)
        }
    }

    private func integer<Number: FixedWidthInteger>(
        _ left: Number, _ right: Number, _ overflow: String
    ) throws(CELEvaluationError) -> Number {
        let outcome: (partialValue: Number, overflow: Bool)
        switch self {
        case .add: outcome = left.addingReportingOverflow(right)
        case .subtract: outcome = left.subtractingReportingOverflow(right)
        case .multiply: outcome = left.multipliedReportingOverflow(by: right)
        case .divide:
            if right == 0 { throw CELEvaluationError("division by zero") }
            outcome = left.dividedReportingOverflow(by: right)
        default:
            if right == 0 { throw CELEvaluationError("modulus by zero") }
            outcome = left.remainderReportingOverflow(dividingBy: right)
        }
        if outcome.overflow { throw CELEvaluationError(overflow) }
        return outcome.partialValue
    }

    private func floating(_ left: Double, _ right: Double) throws(CELEvaluationError) -> Double {
        switch self {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return left / right
        default: throw CELEvaluationError("no such overload")
        }
    }

    private func other(_ left: CELValue, _ right: CELValue) throws(CELEvaluationError) -> CELValue {
        switch (self, left, right) {
        case (.add, .string(let left), .string(let right)): return .string(left + right)
        case (.add, .bytes(let left), .bytes(let right)): return .bytes(left + right)
        case (.add, .list(let left), .list(let right)): return .list(try left.adding(right))
        case (.add, .duration(let left), .duration(let right)):
            return .duration(try Moments.checked(left.addingReportingOverflow(right)))
        case (.subtract, .duration(let left), .duration(let right)):
            return .duration(try Moments.checked(left.subtractingReportingOverflow(right)))
        case (.add, .timestamp(let moment), .duration(let span)), (.add, .duration(let span), .timestamp(let moment)):
            return .timestamp(try Moments.add(moment, span))
        case (.subtract, .timestamp(let moment), .duration(let span)):
            guard span != .min else { throw CELEvaluationError("duration overflow") }
            return .timestamp(try Moments.add(moment, -span))
        case (.subtract, .timestamp(let later), .timestamp(let earlier)):
            return .duration(try Moments.difference(later, earlier))
        default: throw CELEvaluationError("no such overload")
        }
    }
}

/// Arithmetic with moments and spans, within the years 1 to 9999 and ±292 years.
enum Moments {
    static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    static func checked(_ outcome: (partialValue: Int64, overflow: Bool)) throws(CELEvaluationError) -> Int64 {
        if outcome.overflow { throw CELEvaluationError("duration overflow") }
        return outcome.partialValue
    }

    static func make(seconds: Int64, nanoseconds: Int64) throws(CELEvaluationError) -> Timestamp {
        let total = Int128(seconds) * 1_000_000_000 + Int128(nanoseconds)
        var (whole, part) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
        if part < 0 {
            part += 1_000_000_000
            whole -= 1
        }
        guard let narrow = Int64(exactly: whole), Self.seconds.contains(narrow) else {
            throw CELEvaluationError("timestamp overflow")
        }
        return Timestamp(seconds: narrow, nanoseconds: Int32(part))
    }

    static func add(_ moment: Timestamp, _ span: Int64) throws(CELEvaluationError) -> Timestamp {
        let (seconds, rest) = span.quotientAndRemainder(dividingBy: 1_000_000_000)
        return try make(seconds: moment.seconds + seconds, nanoseconds: Int64(moment.nanoseconds) + rest)
    }

    static func difference(_ later: Timestamp, _ earlier: Timestamp) throws(CELEvaluationError) -> Int64 {
        let nanoseconds =
            Int128(later.seconds - earlier.seconds) * 1_000_000_000
            + Int128(later.nanoseconds - earlier.nanoseconds)
        guard let narrow = Int64(exactly: nanoseconds) else { throw CELEvaluationError("timestamp overflow") }
        return narrow
    }
}
