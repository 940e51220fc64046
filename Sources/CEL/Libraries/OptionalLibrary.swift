import Machinery

/// Values that may be absent: `optional.of(x)`, `a.?b`, `orValue`.
enum OptionalLibrary {
    typealias Failure = CELEvaluationError

    static let functions: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "optional.of", .one("optional_of", "(V) optional(V)") { value throws(Failure) in .optional(value) })
        table.add(
            "optional.ofNonZeroValue",
            .one("optional_ofNonZeroValue", "(V) optional(V)") { value throws(Failure) in
                value.isZero ? .optional(nil) : .optional(value)
            })
        table.add("optional.none", .many("optional_none", "() optional(V)") { _ throws(Failure) in .optional(nil) })
        table.add(
            "value",
            .one("optional_value", "optional(V).() V") { value throws(Failure) in
                guard case .optional(let wrapped?) = value else { throw Failure("optional.none() dereference") }
                return wrapped
            })
        table.add(
            "hasValue",
            .one("optional_hasValue", "optional(V).() bool") { value throws(Failure) in
                guard case .optional(let wrapped) = value else { return .bool(false) }
                return .bool(wrapped != nil)
            })
        table.add("or", Overload("optional_or_optional", "optional(V).(optional(V)) optional(V)", .builtIn))
        table.add("orValue", Overload("optional_orValue_value", "optional(V).(V) V", .builtIn))
        addSelections(&table)
        addLists(&table)
        return table
    }()

    private static func addSelections(_ table: inout FunctionTable) {
        table.add(
            Operators.optionalSelect, Overload("select_optional_field", "(dyn, string) optional(V)", .builtIn))
        table.add(
            Operators.optionalIndex,
            Overload("list_optindex_optional_int", "(list(V), int) optional(V)", .builtIn),
            Overload("optional_list_optindex_optional_int", "(optional(list(V)), int) optional(V)", .builtIn),
            Overload("map_optindex_optional_value", "(map(K, V), K) optional(V)", .builtIn),
            Overload("optional_map_optindex_optional_value", "(optional(map(K, V)), K) optional(V)", .builtIn))
        table.add(
            Operators.index,
            Overload("optional_list_index_int", "(optional(list(V)), int) optional(V)", .builtIn),
            Overload("optional_map_index_value", "(optional(map(K, V)), K) optional(V)", .builtIn))
    }

    private static func addLists(_ table: inout FunctionTable) {
        let end: @Sendable (CELValue, Bool) throws(Failure) -> CELValue = { value, isFirst throws(Failure) in
            guard case .list(let list) = value, list.count > 0 else { return .optional(nil) }
            return .optional(try list.element(isFirst ? 0 : list.count - 1))
        }
        table.add(
            "first", .one("list_first", "list(V).() optional(V)") { value throws(Failure) in try end(value, true) })
        table.add(
            "last", .one("list_last", "list(V).() optional(V)") { value throws(Failure) in try end(value, false) })
        let unwrap: Overload.Unary = { value throws(Failure) in
            guard case .list(let list) = value else { return value }
            var result: [CELValue] = []
            for element in try list.elements() {
                guard case .optional(let wrapped) = element else {
                    throw Failure("value \(element.shown) is not optional")
                }
                if let wrapped { result.append(wrapped) }
            }
            return .list(.values(result))
        }
        table.add("optional.unwrap", .one("optional_unwrap", "(list(optional(V))) list(V)", unwrap))
        table.add("unwrapOpt", .one("optional_unwrapOpt", "list(optional(V)).() list(V)", unwrap))
    }
}

extension CELValue {
    /// Empty, zero, false or null: what `optional.ofNonZeroValue` takes for nothing.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .duration(let value): value == 0
        case .timestamp(let value): value.seconds == Moments.seconds.lowerBound && value.nanoseconds == 0
        case .list(let value): value.count == 0
        case .map(let value): value.count == 0
        case .object(let value): value.count == 0
        case .optional(let value): value == nil
        case .type, .opaque: false
        }
    }
}
