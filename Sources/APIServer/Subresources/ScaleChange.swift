import KubeSchemas
import Machinery

/// A change of a Scale as it was sent: parsed once, applied as often as conflicts need.
struct ScaleChange: Sendable {
    private let patchType: Registry.PatchType?
    private let value: JSON
    private let options: WriteOptions

    init(_ request: ServerRequest, body: [UInt8], options: WriteOptions) throws(StatusError) {
        self.options = options
        guard request.info.verb == "patch" else {
            patchType = nil
            value = try ObjectDecoding.parse(body, contentType: request.contentType).value
            return
        }
        guard let type = Registry.PatchType(contentType: request.contentType) else {
            throw StatusError.unsupportedMediaType(accepted: Registry.PatchType.accepted)
        }
        patchType = type
        value =
            type == .apply
            ? try ObjectDecoding.parseYAML(body).value
            : try ObjectDecoding.parse(body, contentType: ContentType.json).value
    }

    /// The Scale that comes of the present one.
    func apply(to current: JSONObject) throws(StatusError) -> JSONObject {
        guard let schema = BuiltinSchemas.schema(kind: ScaleSubresource.kind) else {
            throw StatusError.internalError("the schema of Scale is missing")
        }
        let object: JSONObject
        switch patchType {
        case nil:
            guard case .object(let sent) = value else {
                throw StatusError.badRequest("the object provided is not a JSON object")
            }
            object = sent
        case .json: object = try JSONPatchDocument(json: value).applied(to: current)
        case .merge, .apply: object = try MergePatch.apply(value, to: current)
        case .strategic: object = try StrategicMergePatch.applyToFields(value, of: current, schema: schema)
        }
        return try ObjectDecoding.decode(
            object, duplicates: [], schema: schema, kind: ScaleSubresource.kind, options: options)
    }
}
