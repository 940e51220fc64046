import Machinery

/// A map: an object of the JSON tree whose members all have one type, or entries an expression put together.
package enum CELMap: Sendable {
    case json(JSONObject, DeclaredType)
    indirect case entries(MapEntries)
    /// A map that answers for absent keys: the attributes of a device by domain.
    indirect case withDefault(MapEntries, CELValueBox)

    package var count: Int {
        switch self {
        case .json(let object, _): object.count
        case .entries(let entries), .withDefault(let entries, _): entries.keys.count
        }
    }

    /// The value of a key; keys that are numbers match numbers of other types.
    package func find(_ key: CELValue) throws(CELEvaluationError) -> CELValue? {
        switch self {
        case .json(let object, let type):
            guard case .string(let name) = key else { return nil }
            guard let found = object[name] else { return nil }
            return try JSONBridge.value(of: found, type)
        case .entries(let entries): return entries.find(key)
        case .withDefault(let entries, let fallback): return entries.find(key) ?? fallback.value
        }
    }

    func hasKey(_ key: CELValue) -> Bool {
        switch (self, key) {
        case (.json(let object, _), .string(let name)): object.contains(name)
        case (.json, _): false
        case (.entries(let entries), _), (.withDefault(let entries, _), _): entries.find(key) != nil
        }
    }

    package var keys: [CELValue] {
        switch self {
        case .json(let object, _): object.members.map { .string($0.key) }
        case .entries(let entries), .withDefault(let entries, _): entries.keys
        }
    }

    func isEqual(_ other: CELMap) -> Bool {
        guard count == other.count else { return false }
        for key in keys {
            guard let value = try? find(key), let otherValue = try? other.find(key), value.isEqual(otherValue) else {
                return false
            }
        }
        return true
    }
}

/// A value on the heap, where an enum may not hold itself.
package final class CELValueBox: Sendable {
    package let value: CELValue
    package init(_ value: CELValue) { self.value = value }
}

/// Entries in the order they were written.
package struct MapEntries: Sendable {
    package private(set) var keys: [CELValue] = []
    private var values: [CELValue] = []
    private var places: [MapKey: Int] = [:]

    package init() {}

    package init(_ pairs: [(CELValue, CELValue)]) {
        for (key, value) in pairs { set(key, value) }
    }

    /// Sets an entry.
    ///
    /// - Returns: `false` when a value of that type cannot be a key.
    @discardableResult
    package mutating func set(_ key: CELValue, _ value: CELValue) -> Bool {
        guard let mapKey = MapKey(key) else { return false }
        if let place = places[mapKey] {
            values[place] = value
        } else {
            places[mapKey] = keys.count
            keys.append(key)
            values.append(value)
        }
        return true
    }

    func find(_ key: CELValue) -> CELValue? {
        MapKey(key).flatMap { places[$0] }.map { values[$0] }
    }
}

/// A key by its value: 1, 1u and 1.0 are one key, and texts are compared by their bytes.
enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case string([UInt8])

    init?(_ value: CELValue) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .uint(value)
        case .double(let value):
            if let whole = Int64(exactly: value) {
                self = .int(whole)
            } else if let whole = UInt64(exactly: value) {
                self = .uint(whole)
            } else {
                return nil
            }
        case .string(let value): self = .string(Array(value.utf8))
        default: return nil
        }
    }
}
