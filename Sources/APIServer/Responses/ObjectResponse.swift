import KubeSchemas
import Machinery
import Store

/// One object in the form the client asked for. The plain form is the bytes at rest, untouched.
enum ObjectResponse {
    static func make(
        stored: StoredObject, form: ResponseForm, registry: Registry, now: Timestamp, request: ServerRequest
    ) throws(StatusError) -> ServerResponse {
        try make(bytes: stored.bytes, form: form, registry: registry, now: now, request: request)
    }

    static func make(
        bytes: [UInt8], form: ResponseForm, registry: Registry, now: Timestamp, request: ServerRequest,
        status: Int = 200
    ) throws(StatusError) -> ServerResponse {
        if form.shape == .object, form.encoding == .json { return .json(bytes, status: status) }
        let object = try parse(bytes)
        switch form.shape {
        case .object:
            return encode(object, form: form, status: status)
        case .partialMetadata:
            return encode(PartialMetadata.make(object), form: form, status: status)
        case .table:
            let table = try TableBuilder(registry, now: now, include: request.query["includeObject"])
            let metadata: JSONObject = ["resourceVersion": object["metadata"]?["resourceVersion"] ?? ""]
            return encode(table.table([object], metadata: metadata), form: form, status: status)
        }
    }

    static func parse(_ bytes: [UInt8]) throws(StatusError) -> JSONObject {
        do {
            guard case .object(let object) = try JSON(parsing: bytes, keys: BuiltinSchemas.keys) else {
                throw StatusError.internalError("an object at rest is not an object")
            }
            return object
        } catch let error as StatusError {
            throw error
        } catch {
            throw StatusError.internalError("an object at rest cannot be read: \(error)")
        }
    }

    static func encode(_ object: JSONObject, form: ResponseForm, status: Int = 200) -> ServerResponse {
        switch form.encoding {
        case .json: return .object(object, status: status)
        case .yaml:
            return ServerResponse(
                status: status, contentType: ContentType.yaml, body: .bytes(JSON.object(object).yaml()))
        }
    }
}

/// A list in the form the client asked for.
enum ListResponse {
    static func make(
        _ page: Registry.Page, form: ResponseForm, registry: Registry, now: Timestamp, request: ServerRequest
    ) throws(StatusError) -> ServerResponse {
        if form.shape == .object, form.encoding == .json {
            return ServerResponse(body: .list(registry.body(of: page)))
        }
        var objects: [JSONObject] = []
        objects.reserveCapacity(page.objects.count)
        for stored in page.objects { objects.append(try registry.parse(stored)) }
        let metadata = registry.listMetadata(page)
        switch form.shape {
        case .table:
            let table = try TableBuilder(registry, now: now, include: request.query["includeObject"])
            return ObjectResponse.encode(table.table(objects, metadata: metadata), form: form)
        case .partialMetadata:
            return ObjectResponse.encode(PartialMetadata.list(objects, metadata: metadata), form: form)
        case .object:
            let kind = registry.resource.listKind
            return ObjectResponse.encode(
                [
                    "kind": .string(kind.kind), "apiVersion": .string(kind.apiVersion), "metadata": .object(metadata),
                    "items": .array(objects.map(JSON.object)),
                ], form: form)
        }
    }
}

/// `PartialObjectMetadata`: an object of which only the metadata is sent.
enum PartialMetadata {
    static func make(_ object: JSONObject) -> JSONObject {
        [
            "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
            "metadata": object["metadata"] ?? .object(JSONObject()),
        ]
    }

    static func list(_ objects: [JSONObject], metadata: JSONObject) -> JSONObject {
        [
            "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": .object(metadata),
            "items": .array(objects.map { .object(make($0)) }),
        ]
    }
}
