import Machinery

/// Kubernetes' list functions, cel-go's extension for lists, and sets.
enum ListLibrary {
    typealias Failure = CELEvaluationError

    static let comparable: [CELType] = [.int, .uint, .double, .bool, .duration, .timestamp, .string, .bytes]

    /// The short names of types in signatures and overloads.
    private static func shortName(_ type: CELType) -> String { type.description }

    static let kubernetes: FunctionTable = {
        var table = FunctionTable()
        for type in comparable {
            let name = shortName(type)
            table.add(
                "isSorted",
                .one("list_\(name)_is_sorted_bool", "list(\(name)).() bool") { value throws(Failure) in
                    .bool(try isSorted(value))
                })
            table.add(
                "max",
                .one("list_\(name)_max_\(name)", "list(\(name)).() \(name)") { value throws(Failure) in
                    try extreme(value, "max") { $0 > 0 }
                })
            table.add(
                "min",
                .one("list_\(name)_min_\(name)", "list(\(name)).() \(name)") { value throws(Failure) in
                    try extreme(value, "min") { $0 < 0 }
                })
        }
        addSums(&table)
        table.add(
            "indexOf",
            .two("list_a_index_of_int", "list(A).(A) int") { list, item throws(Failure) in
                .int(try indices(list).first { $0.value.isEqual(item) }.map { Int64($0.offset) } ?? -1)
            })
        table.add(
            "lastIndexOf",
            .two("list_a_last_index_of_int", "list(A).(A) int") { list, item throws(Failure) in
                .int(try indices(list).last { $0.value.isEqual(item) }.map { Int64($0.offset) } ?? -1)
            })
        return table
    }()

    private static func addSums(_ table: inout FunctionTable) {
        let zeros: [(CELType, CELValue)] = [
            (.int, .int(0)), (.uint, .uint(0)), (.double, .double(0)), (.duration, .duration(0)),
        ]
        for (type, zero) in zeros {
            let name = shortName(type)
            table.add(
                "sum",
                .one("list_\(name)_sum_\(name)", "list(\(name)).() \(name)") { value throws(Failure) in
                    var total = zero
                    for element in try elements(value) { total = try BinaryOperation.add.apply(total, element) }
                    return total
                })
        }
    }

    private static func elements(_ value: CELValue) throws(Failure) -> [CELValue] {
        guard case .list(let list) = value else { throw Failure("no such overload") }
        return try list.elements()
    }

    private static func indices(_ value: CELValue) throws(Failure) -> [(offset: Int, value: CELValue)] {
        Array(try elements(value).enumerated().map { ($0.offset, $0.element) })
    }

    private static func isSorted(_ value: CELValue) throws(Failure) -> Bool {
        let values = try elements(value)
        for index in values.indices.dropFirst() where try values[index - 1].compare(values[index]) > 0 { return false }
        return true
    }

    private static func extreme(
        _ value: CELValue, _ name: String, _ isBetter: (Int) -> Bool
    ) throws(Failure) -> CELValue {
        var best: CELValue?
        for element in try elements(value) {
            guard let known = best else {
                best = element
                continue
            }
            if isBetter(try element.compare(known)) { best = element }
        }
        guard let best else { throw Failure("\(name) called on empty list") }
        return best
    }

    // MARK: cel-go's extension

    static let extended: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "slice",
            .many("list_slice", "list(T).(int, int) list(T)") { values throws(Failure) in
                guard case .int(let start) = values[1], case .int(let end) = values[2] else { return values[0] }
                return try slice(elements(values[0]), start, end)
            })
        table.add(
            "flatten",
            .one("list_flatten", "list(list(T)).() list(T)") { value throws(Failure) in
                .list(.values(try flatten(elements(value), 1)))
            },
            .two("list_flatten_int", "list(dyn).(int) list(dyn)") { value, depth throws(Failure) in
                guard case .int(let levels) = depth, levels >= 0 else { throw Failure("level must be non-negative") }
                return .list(.values(try flatten(elements(value), levels)))
            })
        table.add(
            "lists.range",
            .one("lists_range", "(int) list(int)") { value throws(Failure) in
                guard case .int(let count) = value else { return value }
                guard count <= maximumRange else { throw Failure("lists.range: \(count) elements are too many") }
                return .list(.values((0..<max(0, count)).map { .int($0) }))
            })
        table.add(
            "reverse",
            .one("list_reverse", "list(T).() list(T)") { value throws(Failure) in
                .list(.values(try elements(value).reversed()))
            })
        table.add(
            "distinct",
            .one("list_distinct", "list(T).() list(T)") { value throws(Failure) in
                .list(.values(try distinct(elements(value))))
            })
        addSorts(&table)
        return table
    }()

    /// More than an evaluation may cost, so that only the cost limit is felt.
    private static let maximumRange = Int64(CELLimits.costPerCall)

    private static func addSorts(_ table: inout FunctionTable) {
        for type in comparable {
            let name = shortName(type)
            table.add(
                "sort",
                .one("list_\(type.name)_sort", "list(\(name)).() list(\(name))") { value throws(Failure) in
                    let values = try elements(value)
                    return .list(.values(try sorted(values, by: values)))
                })
            table.add(
                "@sortByAssociatedKeys",
                .two("list_\(type.name)_sortByAssociatedKeys", "list(T).(list(\(name))) list(T)") {
                    value, keys throws(Failure) in
                    .list(.values(try sorted(elements(value), by: elements(keys))))
                })
        }
    }

    private static func slice(_ values: [CELValue], _ start: Int64, _ end: Int64) throws(Failure) -> CELValue {
        if start < 0 || end < 0 {
            throw Failure("cannot slice(\(start), \(end)), negative indexes not supported")
        }
        if start > end {
            throw Failure(
                "cannot slice(\(start), \(end)), start index must be less than or equal to end index")
        }
        if end > values.count { throw Failure("cannot slice(\(start), \(end)), list is length \(values.count)") }
        return .list(.values(Array(values[Int(start)..<Int(end)])))
    }

    private static func flatten(_ values: [CELValue], _ depth: Int64) throws(Failure) -> [CELValue] {
        var result: [CELValue] = []
        for value in values {
            if depth > 0, case .list(let inner) = value {
                result += try flatten(inner.elements(), depth - 1)
            } else {
                result.append(value)
            }
        }
        return result
    }

    private static func distinct(_ values: [CELValue]) -> [CELValue] {
        var known: Set<MapKey> = []
        var result: [CELValue] = []
        for value in values {
            if let key = MapKey(value) {
                if known.insert(key).inserted { result.append(value) }
            } else if !result.contains(where: { $0.isEqual(value) }) {
                result.append(value)
            }
        }
        return result
    }

    private static func sorted(_ values: [CELValue], by keys: [CELValue]) throws(Failure) -> [CELValue] {
        guard values.count == keys.count else {
            throw Failure(
                "@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got "
                    + "\(values.count) and \(keys.count) elements respectively")
        }
        guard let first = keys.first else { return values }
        for key in keys where key.runtimeType != first.runtimeType {
            throw Failure("list elements must have the same type")
        }
        _ = try first.compare(first)
        let order = keys.indices.sorted { left, right in
            let order = (try? keys[left].compare(keys[right])) ?? 0
            return order != 0 ? order < 0 : left < right
        }
        return order.map { values[$0] }
    }

    // MARK: Sets

    static let sets: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "sets.contains",
            .two("list_sets_contains_list", "(list(T), list(T)) bool") { list, part throws(Failure) in
                .bool(contains(try elements(list), try elements(part)))
            })
        table.add(
            "sets.equivalent",
            .two("list_sets_equivalent_list", "(list(T), list(T)) bool") { list, other throws(Failure) in
                let left = try elements(list)
                let right = try elements(other)
                return .bool(contains(left, right) && contains(right, left))
            })
        table.add(
            "sets.intersects",
            .two("list_sets_intersects_list", "(list(T), list(T)) bool") { list, other throws(Failure) in
                let left = try elements(list)
                return .bool(try elements(other).contains { value in left.contains { $0.isEqual(value) } })
            })
        return table
    }()

    private static func contains(_ list: [CELValue], _ part: [CELValue]) -> Bool {
        part.allSatisfy { value in list.contains { $0.isEqual(value) } }
    }
}
