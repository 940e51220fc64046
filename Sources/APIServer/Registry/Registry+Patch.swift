import KubeAPI
import Machinery
import Store

extension Registry {
    enum PatchType: Sendable {
        case json
        case merge
        case strategic
        case apply

        init?(contentType: String) {
            switch contentType.prefix(while: { $0 != ";" }).trimmingSpaces() {
            case "application/json-patch+json": self = .json
            case "application/merge-patch+json": self = .merge
            case "application/strategic-merge-patch+json": self = .strategic
            case "application/apply-patch+yaml": self = .apply
            default: return nil
            }
        }

        static let accepted = [
            "application/json-patch+json", "application/merge-patch+json",
            "application/strategic-merge-patch+json", "application/apply-patch+yaml",
        ]

        /// Custom resources have no strategic merge: nothing in their schema says how.
        static func accepted(isCustom: Bool) -> [String] {
            isCustom ? accepted.filter { $0 != "application/strategic-merge-patch+json" } : accepted
        }
    }

    /// Changes an object by a patch of any of Kubernetes' four kinds.
    ///
    /// - Parameter merge: for subresources, takes from the patched object what they may change.
    func patch(
        _ body: [UInt8], type: PatchType, namespace: String, name: String, scope: UpdateScope, force: Bool,
        options: WriteOptions,
        merge: (@Sendable (_ sent: JSONObject, _ old: JSONObject) throws(StatusError) -> JSONObject)? = nil
    ) async throws(StatusError) -> UpdateResult {
        if type == .apply {
            return try await apply(
                body, namespace: namespace, name: name, scope: scope, force: force, options: options)
        }
        guard !force else {
            throw invalidPatchOptions(.forbidden(FieldPath("force"), "may not be specified for non-apply patch"))
        }
        let document = try ObjectDecoding.parse(body, contentType: ContentType.json)
        let prepared = try PreparedPatch(type, document.value, schema: resource.schema)
        let object = try await change(namespace, name, scope: scope, options: options) {
            old async throws(StatusError) in
            let patched = try prepared.apply(to: try await servedForm(old))
            let sent = try await receive(.object(patched), duplicates: document.duplicates, options: options)
            return try merge?(sent, old) ?? sent
        }
        return UpdateResult(bytes: object, isCreated: false)
    }

    private func invalidPatchOptions(_ error: FieldError) -> StatusError {
        StatusError.invalid(group: "meta.k8s.io", kind: "PatchOptions", name: "", [error])
    }

    /// A patch parsed once, applied as often as conflicts need.
    private struct PreparedPatch: Sendable {
        private enum Form: Sendable {
            case json(JSONPatchDocument)
            case merge(JSON)
            case strategic(JSON, Schema)
        }

        private let form: Form

        init(_ type: PatchType, _ value: JSON, schema: Schema) throws(StatusError) {
            switch type {
            case .json: form = .json(try JSONPatchDocument(json: value))
            case .merge: form = .merge(value)
            case .strategic, .apply: form = .strategic(value, schema)
            }
        }

        func apply(to object: JSONObject) throws(StatusError) -> JSONObject {
            switch form {
            case .json(let patch): try patch.applied(to: object)
            case .merge(let value): try MergePatch.apply(value, to: object)
            case .strategic(let value, let schema):
                try StrategicMergePatch.applyToFields(value, of: object, schema: schema)
            }
        }
    }

    /// Server-side apply: the applied fields become the manager's, conflicts are refused unless forced.
    private func apply(
        _ body: [UInt8], namespace: String, name: String, scope: UpdateScope, force: Bool, options: WriteOptions
    ) async throws(StatusError) -> UpdateResult {
        guard options.namesFieldManager else {
            throw invalidPatchOptions(.required(FieldPath("fieldManager"), "is required for apply patch"))
        }
        let document = try ObjectDecoding.parse(body, contentType: ContentType.yaml)
        let configuration: JSONObject
        if let custom {
            configuration = try custom.configuration(
                document.value, duplicates: document.duplicates, options: options)
        } else {
            configuration = try decode(document.value, duplicates: document.duplicates, options: options)
        }
        let given = configuration["metadata"]?["name"]?.stringValue ?? name
        guard given == name else {
            throw StatusError.badRequest(
                "the name of the object (\(given)) does not match the name on the URL (\(name))")
        }
        if scope == .main, find(namespace, name) == nil {
            return try await applyNew(configuration, namespace: namespace, name: name, options: options)
        }
        let object = try await change(
            namespace, name, scope: scope, options: options, ownership: .applied
        ) { old async throws(StatusError) in
            let applied = try await applying(
                configuration, to: old, manager: options.fieldManager, force: force,
                subresource: options.subresource)
            return try custom?.coerced(applied) ?? applied
        }
        return UpdateResult(bytes: object, isCreated: false)
    }

    private func applyNew(
        _ configuration: JSONObject, namespace: String, name: String, options: WriteOptions
    ) async throws(StatusError) -> UpdateResult {
        let uid = configuration["metadata"]?["uid"]?.stringValue ?? ""
        guard uid.isEmpty else {
            throw StatusError.conflict(
                resource.gvr.groupResource, name: name,
                "uid mismatch: the provided object specified uid \(uid), "
                    + "and no existing object was found")
        }
        let applied = try fieldManager("").apply(
            live: nil, applied: configuration, manager: options.fieldManager, force: false)
        let object = try await create(
            try await workingForm(sent: custom?.coerced(applied) ?? applied), namespace: namespace, name: name,
            options: options,
            ownership: .applied)
        return UpdateResult(bytes: object, isCreated: true)
    }
}
