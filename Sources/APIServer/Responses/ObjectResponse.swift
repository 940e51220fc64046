import KubeSchemas
import Machinery
import Store

/// One object in the form the client asked for. The plain form is the bytes at rest, untouched.
enum ObjectResponse {
    static func make(
        stored: StoredObject, form: ResponseForm, registry: Registry, now: Timestamp, request: ServerRequest
    ) async throws(StatusError) -> ServerResponse {
        try await make(
            bytes: registry.resting(stored).bytes, form: form, registry: registry, now: now, request: request)
    }

    static func make(
        bytes: [UInt8], form: ResponseForm, registry: Registry, now: Timestamp, request: ServerRequest,
        status: Int = 200
    ) async throws(StatusError) -> ServerResponse {
        switch form.shape {
        case .object:
            let bytes = try await registry.servedBytes(bytes)
            if form.encoding == .json { return .json(bytes, status: status) }
            return try encode(try parse(bytes), form: form, status: status)
        case .partialMetadata:
            let object = try await registry.servedForm(parse(bytes))
            return try encode(PartialMetadata.make(object), form: form, status: status)
        case .table:
            let object = try parse(bytes)
            let table = try TableBuilder(registry, now: now, include: request.query["includeObject"])
            let metadata: JSONObject = ["resourceVersion": object["metadata"]?["resourceVersion"] ?? ""]
            return try encode(
                table.table([try await registry.tableSubject(object)], metadata: metadata), form: form, status: status)
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

    static func encode(
        _ object: JSONObject, form: ResponseForm, status: Int = 200
    ) throws(StatusError) -> ServerResponse {
        try FormEncoding.response(object, form.encoding, status: status)
    }
}

/// A list in the form the client asked for.
enum ListResponse {
    static func make(
        _ page: Registry.Page, form: ResponseForm, registry: Registry, now: Timestamp, request: ServerRequest
    ) async throws(StatusError) -> ServerResponse {
        let metadata = registry.listMetadata(page)
        if form.shape == .table {
            let table = try TableBuilder(registry, now: now, include: request.query["includeObject"])
            var subjects: [TableSubject] = []
            subjects.reserveCapacity(page.objects.count)
            for stored in page.objects { subjects.append(try await registry.tableSubject(registry.parse(stored))) }
            return try ObjectResponse.encode(table.table(subjects, metadata: metadata), form: form)
        }
        let served = try await registry.served(page.objects)
        if form.shape == .object, form.encoding == .json {
            return ServerResponse(body: .list(registry.body(of: page, objects: served)))
        }
        var objects: [JSONObject] = []
        objects.reserveCapacity(served.count)
        for object in served { objects.append(try registry.parse(object)) }
        if form.shape == .partialMetadata {
            return try ObjectResponse.encode(PartialMetadata.list(objects, metadata: metadata), form: form)
        }
        let kind = registry.resource.listKind
        if form.encoding == .protobuf {
            return try ProtobufList(objects, item: registry.resource.schema, kind: kind, metadata: metadata).response
        }
        return try ObjectResponse.encode(
            [
                "kind": .string(kind.kind), "apiVersion": .string(kind.apiVersion), "metadata": .object(metadata),
                "items": .array(objects.map(JSON.object)),
            ], form: form)
    }
}

/// `PartialObjectMetadata`: an object of which only the metadata is sent.
enum PartialMetadata {
    /// The two types by kind; OpenAPI and discovery do not know them, as no resource has them.
    static let schemas: [String: Schema] = {
        guard let meta = BuiltinSchemas.schema(definition: "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"),
            let listMeta = BuiltinSchemas.schema(definition: "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta")
        else { return [:] }
        let item = Schema(
            name: "PartialObjectMetadata", definition: "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata",
            fields: [SchemaField(name: "metadata", type: .object(SchemaReference(meta)), protobufPath: [1])])
        let list = Schema(
            name: "PartialObjectMetadataList",
            definition: "io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadataList",
            fields: [
                SchemaField(name: "metadata", type: .object(SchemaReference(listMeta)), protobufPath: [1]),
                SchemaField(
                    name: "items", type: .list(of: .object(SchemaReference(item)), ListSemantics()), protobufPath: [2]),
            ])
        return [item.name: item, list.name: list]
    }()

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
