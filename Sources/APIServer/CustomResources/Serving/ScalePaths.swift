import Machinery

/// Where a custom object keeps what its scale subresource shows.
struct ScalePaths: Sendable {
    let specReplicas: [String]
    let statusReplicas: [String]
    let labelSelector: [String]

    init(_ json: JSONObject) {
        specReplicas = Self.path(json.string("specReplicasPath"))
        statusReplicas = Self.path(json.string("statusReplicasPath"))
        labelSelector = Self.path(json.string("labelSelectorPath"))
    }

    private static func path(_ text: String?) -> [String] { (text ?? "").split(separator: ".").map(String.init) }

    static func name(_ path: [String]) -> String { "." + path.joined(separator: ".") }

    /// The value at a path of plain members.
    static func value(_ object: JSONObject, _ path: [String]) -> JSON? {
        var value = JSON.object(object)
        for name in path {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }

    /// Sets a value, with the objects that lead to it.
    static func set(_ object: inout JSONObject, _ path: ArraySlice<String>, _ value: JSON) {
        guard let name = path.first else { return }
        if path.count == 1 {
            object[name] = value
        } else {
            var inner = object[name]?.objectValue ?? JSONObject()
            set(&inner, path.dropFirst(), value)
            object[name] = .object(inner)
        }
    }

    func validateSpec(_ object: JSONObject) -> [FieldError] { Self.replicas(object, specReplicas) }

    func validateStatus(_ object: JSONObject) -> [FieldError] {
        var errors = Self.replicas(object, statusReplicas)
        if !labelSelector.isEmpty, let value = Self.value(object, labelSelector), value.stringValue == nil {
            let name = Self.name(labelSelector)
            errors.append(
                FieldError(.invalid, field: name, value: "", detail: "\(name) accessor error: \(value) is not a string")
            )
        }
        return errors
    }

    private static func replicas(_ object: JSONObject, _ path: [String]) -> [FieldError] {
        guard let value = value(object, path) else { return [] }
        let name = name(path)
        func error(_ value: JSON, _ detail: String) -> [FieldError] {
            [FieldError(.invalid, field: name, value: value, detail: detail)]
        }
        guard case .int(let count) = value else { return error(0, "\(name) accessor error: \(value) is not an int64") }
        if count < 0 { return error(value, "should be a non-negative integer") }
        if count > Int64(Int32.max) { return error(value, "should be less than or equal to \(Int32.max)") }
        return []
    }
}
