/// A typed face over a JSON object: generated models conform, and read and write the members they name.
///
/// A view holds nothing but the tree, so unknown members survive, and turning bytes into a model costs one parse.
public protocol JSONView: Hashable, Sendable {
    var json: JSONObject { get set }
    init(json: JSONObject)
}

extension JSONView {
    @inlinable public init() { self.init(json: JSONObject()) }

    /// The view of a value; of anything but an object, an empty view.
    @inlinable public init(_ value: JSON?) { self.init(json: value?.objectValue ?? JSONObject()) }
}

/// Accessors that generated models are made of. The generic ones are public and inlinable, as only such ones are made
/// for each model; the one for all would look its types up at every call.
extension JSONObject {
    package func string(_ key: String) -> String? { self[key]?.stringValue }
    package func bool(_ key: String) -> Bool? { self[key]?.boolValue }
    package func int64(_ key: String) -> Int64? { self[key]?.intValue }
    package func int32(_ key: String) -> Int32? { self[key]?.intValue.flatMap(Int32.init(exactly:)) }
    package func double(_ key: String) -> Double? { self[key]?.doubleValue }
    @inlinable public func view<View: JSONView>(_ key: String) -> View? {
        self[key]?.objectValue.map(View.init(json:))
    }

    @inlinable public func views<View: JSONView>(_ key: String) -> [View] {
        guard case .array(let elements)? = self[key] else { return [] }
        var views: [View] = []
        views.reserveCapacity(elements.count)
        for element in elements {
            if case .object(let object) = element { views.append(View(json: object)) }
        }
        return views
    }

    package func strings(_ key: String) -> [String] {
        self[key]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    package func integers(_ key: String) -> [Int64] {
        self[key]?.arrayValue?.compactMap(\.intValue) ?? []
    }

    package func values(_ key: String) -> [JSON] { self[key]?.arrayValue ?? [] }

    package func stringMap(_ key: String) -> [String: String] {
        guard let object = self[key]?.objectValue else { return [:] }
        var result: [String: String] = [:]
        result.reserveCapacity(object.count)
        for member in object.members {
            if let value = member.value.stringValue { result[member.key] = value }
        }
        return result
    }

    @inlinable public func viewMap<View: JSONView>(_ key: String) -> [String: View] {
        guard let object = self[key]?.objectValue else { return [:] }
        var result: [String: View] = [:]
        for member in object.members {
            if let value = member.value.objectValue { result[member.key] = View(json: value) }
        }
        return result
    }

    package mutating func set(_ key: String, _ value: String?) { self[key] = value.map(JSON.string) }
    package mutating func set(_ key: String, _ value: Bool?) { self[key] = value.map(JSON.bool) }
    package mutating func set(_ key: String, _ value: Int64?) { self[key] = value.map(JSON.int) }
    package mutating func set(_ key: String, _ value: Int32?) { self[key] = value.map { .int(Int64($0)) } }
    package mutating func set(_ key: String, _ value: Double?) { self[key] = value.map(JSON.double) }
    @inlinable
    public mutating func set(_ key: String, _ value: (some JSONView)?) { self[key] = value.map { .object($0.json) } }

    /// Lists and maps: empty ones are absent, as Kubernetes' `omitempty` has it.
    @inlinable
    public mutating func set(_ key: String, _ values: [some JSONView]) {
        self[key] = values.isEmpty ? nil : .array(values.map { .object($0.json) })
    }

    package mutating func set(_ key: String, _ values: [String]) {
        self[key] = values.isEmpty ? nil : .array(values.map(JSON.string))
    }

    package mutating func set(_ key: String, _ values: [Int64]) {
        self[key] = values.isEmpty ? nil : .array(values.map(JSON.int))
    }

    package mutating func set(_ key: String, _ values: [JSON]) {
        self[key] = values.isEmpty ? nil : .array(values)
    }

    package mutating func set(_ key: String, _ values: [String: String]) {
        self[key] = values.isEmpty ? nil : .object(JSONObject(values.map { ($0.key, JSON.string($0.value)) }))
    }

    @inlinable
    public mutating func set(_ key: String, _ values: [String: some JSONView]) {
        self[key] = values.isEmpty ? nil : .object(JSONObject(values.map { ($0.key, JSON.object($0.value.json)) }))
    }
}
