import Machinery

/// A list: an array of the JSON tree as it is, or values an expression put together.
package enum CELList: Sendable {
    /// The array and the list's own type.
    case json([JSON], DeclaredType)
    case values([CELValue])

    package var count: Int {
        switch self {
        case .json(let elements, _): elements.count
        case .values(let values): values.count
        }
    }

    /// The element at a position that must be within the list.
    package func element(_ index: Int) throws(CELEvaluationError) -> CELValue {
        switch self {
        case .json(let elements, let type): try JSONBridge.value(of: elements[index], type.element)
        case .values(let values): values[index]
        }
    }

    /// All elements as values.
    func elements() throws(CELEvaluationError) -> [CELValue] {
        switch self {
        case .values(let values): return values
        case .json(let elements, let type):
            let type = type.element
            var result: [CELValue] = []
            result.reserveCapacity(elements.count)
            for element in elements { result.append(try JSONBridge.value(of: element, type)) }
            return result
        }
    }

    var kind: DeclaredType.ListKind {
        switch self {
        case .json(_, let type): type.listKind
        case .values: .atomic
        }
    }

    func contains(_ value: CELValue) throws(CELEvaluationError) -> Bool {
        for index in 0..<count where try element(index).isEqual(value) { return true }
        return false
    }
}

extension CELList {
    /// `+`: a set gains what it lacks, a list keyed by members is merged by them, others are joined.
    func adding(_ other: CELList) throws(CELEvaluationError) -> CELList {
        guard count + other.count <= CELLimits.listElements else { throw .costLimitExceeded }
        switch kind {
        case .atomic: return .values(try elements() + other.elements())
        case .set:
            var result = try elements()
            for value in try other.elements() {
                var isNew = true
                for known in result where known.isEqual(value) { isNew = false }
                if isNew { result.append(value) }
            }
            return rewrapped(result)
        case .map(let keys):
            var result = try elements()
            for value in try other.elements() {
                let key = Self.key(of: value, keys)
                if let place = result.firstIndex(where: { Self.key(of: $0, keys) == key }) {
                    result[place] = value
                } else {
                    result.append(value)
                }
            }
            return rewrapped(result)
        }
    }

    /// The same kind of list with other elements, so that what is added to it next merges as well.
    private func rewrapped(_ values: [CELValue]) -> CELList {
        guard case .json(_, let type) = self else { return .values(values) }
        var trees: [JSON] = []
        for value in values {
            guard let tree = try? value.json() else { return .values(values) }
            trees.append(tree)
        }
        return .json(trees, type)
    }

    /// The members that identify an element.
    private static func key(of value: CELValue, _ keys: [String]) -> [JSON?]? {
        switch value {
        case .object(let object): keys.map { object.rawMember($0) }
        case .map(.json(let object, _)): keys.map { object[$0] }
        default: nil
        }
    }

    func isEqual(_ other: CELList) -> Bool {
        guard count == other.count, let left = try? elements(), let right = try? other.elements() else { return false }
        switch kind {
        case .atomic: return zip(left, right).allSatisfy { $0.isEqual($1) }
        case .set: return right.allSatisfy { value in left.contains { $0.isEqual(value) } }
        case .map(let keys):
            return right.allSatisfy { value in
                let key = Self.key(of: value, keys)
                return left.last { Self.key(of: $0, keys) == key }?.isEqual(value) ?? false
            }
        }
    }
}
