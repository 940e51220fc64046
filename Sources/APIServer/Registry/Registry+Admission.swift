import KubeAPI
import KubeSchemas
import Machinery
import Store

/// Requests as admission sees them, and objects as admission leaves them.
extension Registry {
    /// Has admission change and judge the body of a subresource, which is of a kind of its own.
    ///
    /// - Parameter old: what the body would replace; `nil` when it is a demand rather than a state.
    /// - Returns: the body as admission left it.
    @discardableResult
    func admit(
        _ operation: AdmissionOperation, namespace: String, name: String, body: JSONObject, old: JSONObject? = nil,
        kind: GroupVersionKind, options: WriteOptions
    ) async throws(StatusError) -> JSONObject {
        var body = body
        body["apiVersion"] = .string(kind.apiVersion)
        body["kind"] = .string(kind.kind)
        var attributes = attributes(
            operation, namespace: namespace, name: name, object: body, old: old, kind: kind, options: options)
        try await admission.admit(&attributes)
        try await admission.validate(attributes)
        return attributes.object ?? body
    }

    /// - Parameter kind: of the objects, where it is not the resource's.
    func attributes(
        _ operation: AdmissionOperation, namespace: String, name: String, object: JSONObject?, old: JSONObject?,
        kind: GroupVersionKind? = nil, deletion: DeleteOptions? = nil, options: WriteOptions
    ) -> AdmissionAttributes {
        AdmissionAttributes(
            operation: operation, resource: resource.gvr, kind: kind ?? resource.gvk, subresource: options.subresource,
            namespace: namespace, name: name, object: object, oldObject: old, user: options.user,
            requestVerb: options.verb, isDryRun: options.isDryRun, warnings: options.warnings,
            objectVersion: kind?.groupVersion ?? working.gvk.groupVersion, versions: versions,
            isWholeObject: kind == nil, registry: self, write: options, deletion: deletion)
    }

    /// What webhooks or policies made of an object, as one of its kind: without what the kind does not know, with
    /// defaults.
    func admitted(
        _ object: JSONObject, as kind: GroupVersionKind, isWholeObject: Bool
    ) throws(StatusError) -> JSONObject {
        if isWholeObject, let version = custom?.family.version(kind.version) {
            return version.schema.defaulted(try version.coerced(object))
        }
        guard let schema = schema(of: kind, isWholeObject: isWholeObject) else { return object }
        var admitted: JSONObject
        do {
            admitted = try SchemaDecoder.decode(object, as: schema).object
        } catch {
            throw StatusError.internalError("\(kind.kind): \(error)")
        }
        SchemaDefaulter.apply(to: &admitted, schema: schema)
        if isWholeObject, kind == working.gvk { strategy.applyObjectDefaults(&admitted) }
        return admitted
    }

    /// The schema of the resource's objects in one of its versions, or of a subresource's body.
    func schema(of kind: GroupVersionKind, isWholeObject: Bool) -> Schema? {
        guard isWholeObject else { return BuiltinSchemas.schema(kind: kind) }
        return versions?.schema(kind.apiVersion) ?? resource.schema
    }

    /// The tree of an object that is read again and again.
    func tree(of stored: StoredObject) throws(StatusError) -> JSONObject {
        // A definition that changed may have others see the object differently.
        guard custom.map({ $0.family.isCurrent(stored) }) ?? true else { return try parse(stored) }
        return try stored.derived.value(DerivedKey(rawValue: 4)) { () throws(StatusError) -> JSONObject in
            try parse(stored)
        }
    }
}
