/// The annotation in which `kubectl apply` without server-side apply remembers the last configuration.
package enum LastApplied {
    package static let annotation = "kubectl.kubernetes.io/last-applied-configuration"
    /// Only kubectl itself is moved from that annotation to ownership.
    static let manager = "kubectl"

    static func text(in object: JSONObject) -> String? {
        guard let text = object["metadata"]?["annotations"]?[annotation]?.stringValue, !text.isEmpty else { return nil }
        return text
    }

    /// Keeps the annotation in step with a server-side apply, where an object has it.
    static func refresh(in object: inout JSONObject, from applied: JSONObject) {
        guard text(in: object) != nil, case .object(var metadata)? = object["metadata"],
            case .object(var annotations)? = metadata["annotations"]
        else { return }
        let text = String(decoding: withoutAnnotation(applied).encoded(), as: UTF8.self) + "\n"
        annotations[annotation] = .string(text)
        let size = annotations.members.reduce(0) { $0 + $1.key.utf8.count + ($1.value.stringValue?.utf8.count ?? 0) }
        if size > Names.maximumAnnotationBytes { annotations.removeValue(forKey: annotation) }
        metadata["annotations"] = .object(annotations)
        object["metadata"] = .object(metadata)
    }

    private static func withoutAnnotation(_ applied: JSONObject) -> JSONObject {
        guard case .object(var metadata)? = applied["metadata"],
            case .object(var annotations)? = metadata["annotations"], annotations.contains(annotation)
        else { return applied }
        annotations.removeValue(forKey: annotation)
        metadata["annotations"] = .object(annotations)
        var result = applied
        result["metadata"] = .object(metadata)
        return result
    }
}

extension FieldManager {
    /// Fields that client-side apply set and that still have the values it set: kubectl may take them over.
    func allowedByLastApplied(live: JSONObject, manager: String) -> FieldSet {
        guard manager == LastApplied.manager, let text = LastApplied.text(in: live),
            case .object(let last)? = try? JSON(parsing: text), last.string("apiVersion") == kind.apiVersion
        else { return FieldSet() }
        let changed = FieldComparison(last, live, schema: schema)
        return FieldSet(applied: last, schema: schema)
            .subtracting(changed.addedOrModified).subtracting(changed.removed)
    }
}
