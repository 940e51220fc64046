import KubeSchemas
import Machinery

/// Objects in the media types that clients may ask for.
enum FormEncoding {
    static func response(
        _ object: JSONObject, _ encoding: ResponseForm.Encoding, status: Int = 200
    ) throws(StatusError) -> ServerResponse {
        switch encoding {
        case .json: return .object(object, status: status)
        case .yaml:
            return ServerResponse(
                status: status, contentType: ContentType.yaml, body: .bytes(JSON.object(object).yaml()))
        case .protobuf:
            return ServerResponse(
                status: status, contentType: ContentType.protobuf, body: .bytes(try protobuf(object)))
        case .cbor:
            return ServerResponse(
                status: status, contentType: ContentType.cbor, body: .bytes(CBORWriter.document(.object(object))))
        }
    }

    /// The object in its protobuf envelope.
    static func protobuf(_ object: JSONObject) throws(StatusError) -> [UInt8] {
        let apiVersion = object.string("apiVersion") ?? ""
        let kind = object.string("kind") ?? ""
        guard let schema = schema(apiVersion: apiVersion, kind: kind) else {
            throw StatusError.notAcceptable(accepted: [ContentType.json, ContentType.yaml])
        }
        return ProtobufEnvelope(apiVersion: apiVersion, kind: kind, raw: try message(object, schema)).encoded
    }

    static func message(_ object: JSONObject, _ schema: Schema) throws(StatusError) -> [UInt8] {
        do {
            return try object.protobuf(schema)
        } catch {
            throw StatusError.internalError("encoding \(schema.name) as protobuf: \(error)")
        }
    }

    /// The type that a document says it is; option kinds, `Status` and the like belong to every group.
    static func schema(apiVersion: String, kind: String) -> Schema? {
        if let groupVersion = GroupVersion(apiVersion: apiVersion),
            let schema = BuiltinSchemas.schema(
                kind: GroupVersionKind(group: groupVersion.group, version: groupVersion.version, kind: kind))
        {
            return schema
        }
        return PartialMetadata.schemas[kind]
            ?? BuiltinSchemas.schema(definition: "io.k8s.apimachinery.pkg.apis.meta.v1.\(kind)")
    }

    /// An error in the form its client asked for; JSON when that is impossible.
    static func error(_ error: StatusError, accept: String) -> ServerResponse {
        let plain = ServerResponse.error(error)
        guard !accept.isEmpty, accept != ContentType.json, let form = try? ResponseForm.negotiate(accept: accept),
            form.encoding != .json, var response = try? response(error.json, form.encoding, status: error.code)
        else {
            // What cannot be negotiated is told in JSON, which every client reads.
            return plain
        }
        response.headers = plain.headers
        return response
    }
}

/// A list as a protobuf message, item by item.
struct ProtobufList {
    private let kind: GroupVersionKind
    private let items: [[UInt8]]
    private let metadata: [UInt8]

    /// - Parameter schema: of the list; its fields are numbered alike in all kinds of lists: metadata 1, items 2.
    init(
        _ objects: [JSONObject], item schema: Schema, kind: GroupVersionKind, metadata: JSONObject
    ) throws(StatusError) {
        self.kind = kind
        var items: [[UInt8]] = []
        items.reserveCapacity(objects.count)
        for object in objects { items.append(try FormEncoding.message(object, schema)) }
        self.items = items
        guard let list = BuiltinSchemas.schema(definition: "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta") else {
            throw StatusError.internalError("the schema of ListMeta is missing")
        }
        self.metadata = try FormEncoding.message(metadata, list)
    }

    var response: ServerResponse {
        var writer = ProtobufWriter(reserving: items.reduce(256) { $0 + $1.count + 8 })
        writer.data(1, metadata)
        for item in items { writer.data(2, item) }
        let envelope = ProtobufEnvelope(apiVersion: kind.apiVersion, kind: kind.kind, raw: writer.bytes)
        return ServerResponse(contentType: ContentType.protobuf, body: .bytes(envelope.encoded))
    }
}
