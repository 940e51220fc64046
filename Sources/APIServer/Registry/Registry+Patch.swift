import KubeAPI
import Machinery
import Store

extension Registry {
    package enum PatchType: Sendable {
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
    }

    /// Changes an object by a patch of any of Kubernetes' four kinds.
    ///
    /// - Parameter merge: for subresources, takes from the patched object what they may change.
    package func patch(
        _ body: [UInt8], type: PatchType, namespace: String, name: String, scope: UpdateScope, force: Bool,
        options: WriteOptions,
        merge: (@Sendable (_ sent: JSONObject, _ old: JSONObject) throws(StatusError) -> JSONObject)? = nil
    ) async throws(StatusError) -> UpdateResult {
        if type == .apply {
            return try await apply(
                body, namespace: namespace, name: name, scope: scope, force: force, options: options)
        }
        guard !force else {
            throw StatusError.invalidOptions("PatchOptions", field: "force", detail: "may not be specified for non-apply patch")
        }
        let document = try ObjectDecoding.parse(body, contentType: ContentType.json)
        let schema = resource.schema
        let kind = resource.gvk
        let prepared = try PreparedPatch(type, document.value, schema: schema)
        let object = try await change(namespace, name, scope: scope, options: options) { old throws(StatusError) in
            let patched = try prepared.apply(to: old)
            let decoded = try ObjectDecoding.decode(
                patched, duplicates: document.duplicates, schema: schema, kind: kind, options: options)
            return try merge?(decoded, old) ?? decoded
        }
        return UpdateResult(bytes: object, isCreated: false)
    }

    /// A patch parsed once, applied as often as conflicts need.
    private struct PreparedPatch: Sendable {
        private enum Form: Sendable {
            case json(JSONPatch)
            case merge(JSON)
            case strategic(JSON, Schema)
        }

        private let form: Form

        init(_ type: PatchType, _ value: JSON, schema: Schema) throws(StatusError) {
            switch type {
            case .json: form = .json(try JSONPatch(value))
            case .merge: form = .merge(value)
            case .strategic, .apply: form = .strategic(value, schema)
            }
        }

        func apply(to object: JSONObject) throws(StatusError) -> JSONObject {
            let result: JSON
            switch form {
            case .json(let patch): result = try patch.apply(to: .object(object))
            case .merge(let value): result = JSONMergePatch.apply(value, to: .object(object))
            case .strategic(let value, let schema):
                result = try StrategicMergePatch.apply(value, to: .object(object), schema: schema)
            }
            guard case .object(let patched) = result else {
                throw StatusError.badRequest("the patched object is not a JSON object")
            }
            return patched
        }
    }

    /// Server-side apply: the applied fields become the manager's, conflicts are refused unless forced.
    private func apply(
        _ body: [UInt8], namespace: String, name: String, scope: UpdateScope, force: Bool, options: WriteOptions
    ) async throws(StatusError) -> UpdateResult {
        guard !options.fieldManager.isEmpty else {
            throw StatusError.invalidOptions(
                "PatchOptions", field: "fieldManager", detail: "Required value: is required for apply patch")
        }
        let document = try ObjectDecoding.parse(body, contentType: ContentType.yaml)
        let configuration = try decode(document.value, duplicates: document.duplicates, options: options)
        guard (configuration["metadata"]?["managedFields"]) == nil else {
            throw StatusError.badRequest("metadata.managedFields must be nil")
        }
        let given = configuration["metadata"]?["name"]?.stringValue ?? name
        guard given == name else {
            throw StatusError.badRequest(
                "the name of the object (\(given)) does not match the name on the URL (\(name))")
        }
        let schema = resource.schema
        let apiVersion = resource.gvk.apiVersion
        if scope == .main, (try? stored(namespace, name)) == nil {
            return try await applyNew(configuration, namespace: namespace, name: name, options: options)
        }
        let object = try await change(
            namespace, name, scope: scope, options: options, ownership: .applied
        ) { old throws(StatusError) in
            try FieldOwnership.apply(
                configuration, to: old, schema: schema, manager: options.fieldManager, apiVersion: apiVersion,
                subresource: options.subresource, force: force, now: options.now)
        }
        return UpdateResult(bytes: object, isCreated: false)
    }

    private func applyNew(
        _ configuration: JSONObject, namespace: String, name: String, options: WriteOptions
    ) async throws(StatusError) -> UpdateResult {
        guard (configuration["metadata"]?["uid"]?.stringValue ?? "").isEmpty else {
            throw StatusError.conflict(
                resource.gvr.groupResource, name, detail: "uid mismatch: the provided object specified uid, and no existing object was found")
        }
        let object = try await create(
            configuration, namespace: namespace, name: name, options: options, ownership: .applied)
        return UpdateResult(bytes: object, isCreated: true)
    }
}
