import KubeAPI
import KubeSchemas
import Machinery
import Store

/// The verbs over HTTP terms: parameters and bodies in, bodies out.
extension APIServer {
    func get(_ request: ServerRequest, _ registry: Registry) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        if let revision = request.query["resourceVersion"].flatMap(UInt64.init), revision > 0 {
            try await registry.wait(until: revision)
        } else if request.query["resourceVersion"] != "0" {
            try await registry.confirm()
        }
        let stored = try registry.stored(request.info.namespace, request.info.name)
        return try await ObjectResponse.make(
            stored: stored, form: form, registry: registry, now: clock.now, request: request)
    }

    func list(_ request: ServerRequest, _ registry: Registry) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        let query = try ListQuery(request.query, registry: registry, name: request.info.name)
        let page = try await registry.list(namespace: request.info.namespace, query)
        try registry.checkReadable(page.objects)
        return try await ListResponse.make(page, form: form, registry: registry, now: clock.now, request: request)
    }

    func create(_ request: ServerRequest, _ registry: Registry) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        let options = try WriteOptions(request, now: clock.now)
        let body = try await request.collectBody()
        let document = try ObjectDecoding.parse(
            body, contentType: request.contentType, kind: registry.resource.gvk.kind)
        let object = try await registry.receive(document.value, duplicates: document.duplicates, options: options)
        let namespace = registry.resource.isNamespaced ? request.info.namespace : ""
        let bytes = try await registry.createNamed(object, namespace: namespace, options: options)
        return try await ObjectResponse.make(
            bytes: bytes, form: form, registry: registry, now: clock.now, request: request, status: 201)
    }

    func update(
        _ request: ServerRequest, _ registry: Registry, scope: UpdateScope
    ) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        let options = try WriteOptions(request, now: clock.now)
        let body = try await request.collectBody()
        let document = try ObjectDecoding.parse(
            body, contentType: request.contentType, kind: registry.resource.gvk.kind)
        let object = try await registry.receive(document.value, duplicates: document.duplicates, options: options)
        try await registry.confirm()
        let result = try await registry.update(
            object, namespace: request.info.namespace, name: request.info.name, scope: scope, options: options)
        return try await ObjectResponse.make(
            bytes: result.bytes, form: form, registry: registry, now: clock.now, request: request,
            status: result.isCreated ? 201 : 200)
    }

    func patch(
        _ request: ServerRequest, _ registry: Registry, scope: UpdateScope
    ) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        let accepted = Registry.PatchType.accepted(isCustom: registry.resource.isCustom)
        guard let type = Registry.PatchType(contentType: request.contentType),
            type != .strategic || !registry.resource.isCustom
        else { throw StatusError.unsupportedMediaType(accepted: accepted) }
        let options = try WriteOptions(request, now: clock.now)
        let body = try await request.collectBody()
        let force = ["true", "1"].contains(request.query["force"] ?? "")
        try await registry.confirm()
        let result = try await registry.patch(
            body, type: type, namespace: request.info.namespace, name: request.info.name, scope: scope, force: force,
            options: options)
        return try await ObjectResponse.make(
            bytes: result.bytes, form: form, registry: registry, now: clock.now, request: request,
            status: result.isCreated ? 201 : 200)
    }

    func delete(_ request: ServerRequest, _ registry: Registry) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        var options = try WriteOptions(request, now: clock.now)
        let deletion = try await DeleteRequest.options(request)
        try options.adopt(dryRun: deletion.dryRun)
        try await registry.confirm()
        let outcome = try await registry.delete(
            request.info.namespace, request.info.name, deletion, options: options)
        switch outcome {
        case .pending(let bytes):
            return try await ObjectResponse.make(
                bytes: bytes, form: form, registry: registry, now: clock.now, request: request)
        case .deleted(let bytes) where registry.strategy.returnsDeletedObject:
            return try await ObjectResponse.make(
                bytes: bytes, form: form, registry: registry, now: clock.now, request: request)
        case .deleted(let bytes):
            // The store's own bytes; an answer without the uid is better than none after a deletion that took place.
            let uid = (try? JSON(parsing: bytes))?["metadata"]?["uid"]?.stringValue ?? ""
            return try ObjectResponse.encode(
                DeleteRequest.success(registry.resource.gvr.groupResource, request.info.name, uid: uid), form: form)
        }
    }

    func deleteCollection(_ request: ServerRequest, _ registry: Registry) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        var options = try WriteOptions(request, now: clock.now)
        let query = try ListQuery(request.query, registry: registry, name: request.info.name)
        let deletion = try await DeleteRequest.options(request)
        try options.adopt(dryRun: deletion.dryRun)
        let page = try await registry.list(namespace: request.info.namespace, query)
        for object in page.objects {
            do {
                _ = try await registry.delete(object.key.namespace, object.key.name, deletion, options: options)
            } catch {
                // Gone already is what was asked for.
                guard error.reason == .notFound else { throw error }
            }
        }
        return try await ListResponse.make(page, form: form, registry: registry, now: clock.now, request: request)
    }
}

/// Reading deletion options, which come as a body, as query parameters, or not at all.
enum DeleteRequest {
    static func options(_ request: ServerRequest) async throws(StatusError) -> DeleteOptions {
        let body = try await request.collectBody()
        var options = DeleteOptions()
        if !body.isEmpty {
            let document = try ObjectDecoding.parse(body, contentType: request.contentType)
            return try decode(document.value, duplicates: document.duplicates)
        }
        if let text = request.query["gracePeriodSeconds"] {
            guard let seconds = Int64(text) else {
                throw StatusError.badRequest("strconv.ParseInt: parsing \"\(text)\": invalid syntax")
            }
            options.gracePeriodSeconds = seconds
        }
        options.propagationPolicy = request.query["propagationPolicy"]
        if let orphan = request.query["orphanDependents"] { options.orphanDependents = orphan == "true" }
        return options
    }

    private static func decode(_ body: JSON, duplicates: [String]) throws(StatusError) -> DeleteOptions {
        guard case .object(let object) = body else {
            throw StatusError.badRequest("delete options are not a JSON object")
        }
        let kind = object.string("kind") ?? "DeleteOptions"
        guard kind == "DeleteOptions", let schema = BuiltinSchemas.schema(definition: definition) else {
            throw StatusError.badRequest("decoded object cannot be converted to DeleteOptions")
        }
        let admission = try SchemaDecoder.admit(
            object, duplicates: duplicates, as: schema,
            kind: GroupVersionKind(group: "", version: "v1", kind: "DeleteOptions"), validation: .ignore)
        return DeleteOptions(json: admission.object)
    }

    private static let definition = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"

    static func success(_ resource: GroupResource, _ name: String, uid: String) -> JSONObject {
        var details: JSONObject = ["name": .string(name), "kind": .string(resource.resource)]
        details.set("group", resource.group.isEmpty ? nil : resource.group)
        details.set("uid", uid.isEmpty ? nil : uid)
        return [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Success",
            "details": .object(details),
        ]
    }
}
