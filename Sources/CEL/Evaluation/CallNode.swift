/// A call of a library function.
final class CallNode: PlanNode {
    private let function: String
    private let overloads: [Overload]
    private let arguments: [any PlanNode]
    private let cost: CallCost

    init(_ function: String, _ overloads: [Overload], _ arguments: [any PlanNode], _ cost: CallCost) {
        self.function = function
        self.overloads = overloads
        self.arguments = arguments
        self.cost = cost
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        switch arguments.count {
        case 1:
            let argument = try arguments[0].outcomeCharging(frame, cost)
            return try finish(frame, invoke(argument), argument, nil)
        case 2:
            let (left, right) = try arguments[0].both(arguments[1], frame, cost)
            return try finish(frame, invoke(left, right), left, right)
        default:
            var values: [CELValue] = []
            values.reserveCapacity(arguments.count)
            for argument in arguments { values.append(try argument.evaluate(frame)) }
            return try finish(frame, invoke(values), values.first, values.dropFirst().first)
        }
    }

    private typealias Outcome = Result<CELValue, CELEvaluationError>

    /// Charges the call, also one that failed, and answers.
    private func finish(
        _ frame: EvaluationFrame, _ outcome: Outcome, _ first: CELValue?, _ second: CELValue?
    ) throws(CELEvaluationError) -> CELValue {
        switch outcome {
        case .success(.opaque(let pending as PendingCheck)):
            try frame.charge(cost.actual(first, second, nil))
            return try pending.answer(frame)
        case .success(let value):
            try frame.charge(cost.actual(first, second, value))
            return value
        case .failure(let error):
            try frame.charge(cost.actual(first, second, nil))
            throw error
        }
    }

    private func invoke(_ argument: CELValue) -> Outcome {
        for overload in overloads where overload.guards.count == 1 && overload.guards[0].accepts(argument) {
            guard case .unary(let body) = overload.implementation else { continue }
            do { return .success(try body(argument)) } catch { return .failure(error) }
        }
        return noSuchOverload
    }

    private func invoke(_ left: CELValue, _ right: CELValue) -> Outcome {
        for overload in overloads
        where overload.guards.count == 2 && overload.guards[0].accepts(left) && overload.guards[1].accepts(right) {
            guard case .binary(let body) = overload.implementation else { continue }
            do { return .success(try body(left, right)) } catch { return .failure(error) }
        }
        return noSuchOverload
    }

    private func invoke(_ values: [CELValue]) -> Outcome {
        for overload in overloads where overload.guards.count == values.count {
            guard zip(overload.guards, values).allSatisfy({ $0.accepts($1) }),
                case .variadic(let body) = overload.implementation
            else { continue }
            do { return .success(try body(values)) } catch { return .failure(error) }
        }
        return noSuchOverload
    }

    private var noSuchOverload: Outcome { .failure(CELEvaluationError("no such overload: \(function)")) }
}

extension PlanNode {
    /// The argument of a call of one; a call whose argument fails costs as if that had no size.
    func outcomeCharging(_ frame: EvaluationFrame, _ cost: CallCost) throws(CELEvaluationError) -> CELValue {
        switch try outcome(frame) {
        case .success(let value): return value
        case .failure(let error):
            try frame.charge(cost.ofFailure)
            throw error
        }
    }

    /// Both arguments of a call of two: the second is evaluated, and costs, also when the first fails.
    func both(
        _ other: any PlanNode, _ frame: EvaluationFrame, _ cost: CallCost
    ) throws(CELEvaluationError) -> (CELValue, CELValue) {
        let first = try outcome(frame)
        let second = try other.outcome(frame)
        switch (first, second) {
        case (.success(let left), .success(let right)): return (left, right)
        case (.failure(let error), _), (_, .failure(let error)):
            try frame.charge(cost.ofFailure)
            throw error
        }
    }
}
