import Machinery

/// What a list or watch is narrowed to.
struct ObjectFilter: Sendable {
    let namespace: String?
    let labels: Selector
    let fields: FieldSelector

    init(namespace: String?, query: [(name: String, value: String)]) throws(StatusError) {
        self.namespace = namespace
        do {
            labels = try Selector(parsing: query.first { $0.name == "labelSelector" }?.value ?? "")
            fields = try FieldSelector(parsing: query.first { $0.name == "fieldSelector" }?.value ?? "")
        } catch {
            throw StatusError.badRequest("\(error)")
        }
    }

    func matches(_ object: JSONObject) -> Bool {
        let metadata = object["metadata"]?.objectValue ?? JSONObject()
        if let namespace, metadata.string("namespace") != namespace { return false }
        guard labels.matches(metadata["labels"]?.objectValue ?? JSONObject()) else { return false }
        return fields.matches { field in
            var value = JSON.object(object)
            for part in field.split(separator: ".") { value = value[String(part)] ?? .null }
            return value.stringValue ?? ""
        }
    }
}
