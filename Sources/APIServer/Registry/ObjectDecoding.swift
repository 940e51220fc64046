import KubeSchemas
import Machinery

/// Turns bodies into objects of a kind.
enum ObjectDecoding {
    /// Parses a body by its content type; JSON, YAML and protobuf are taken.
    ///
    /// - Parameter kind: what the body should be, for messages.
    static func parse(
        _ bytes: [UInt8], contentType: String, kind: String = "JSON"
    ) throws(StatusError) -> (value: JSON, duplicates: [String]) {
        let media = contentType.prefix { $0 != ";" }.trimmingSpaces()
        switch media {
        case "", "application/json":
            do {
                let document = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
                    try JSONParser.parse(buffer, keys: BuiltinSchemas.keys)
                }
                return (document.value, document.duplicates)
            } catch {
                throw StatusError.badRequest(
                    "the object provided is unrecognized (must be of type \(kind)): couldn't get version/kind; "
                        + "json parse error: \(error)")
            }
        case "application/yaml", "text/yaml", "application/x-yaml":
            return try parseYAML(bytes)
        case ContentType.protobuf:
            return (.object(try parseProtobuf(bytes)), [])
        case ContentType.cbor:
            do {
                return (try CBORReader.parse(bytes), [])
            } catch {
                throw StatusError.badRequest("the object provided is unrecognized (must be of type \(kind)): \(error)")
            }
        default:
            throw StatusError.unsupportedMediaType(
                accepted: [ContentType.json, ContentType.yaml, ContentType.protobuf, ContentType.cbor])
        }
    }

    static func parseYAML(_ bytes: [UInt8]) throws(StatusError) -> (value: JSON, duplicates: [String]) {
        do {
            let document = try YAMLParser.parse(bytes)
            return (document.value, document.duplicates)
        } catch {
            throw StatusError.badRequest("error converting YAML to JSON: \(error)")
        }
    }

    /// Reads a `runtime.Unknown` envelope: its kind names the schema of the message inside.
    private static func parseProtobuf(_ bytes: [UInt8]) throws(StatusError) -> JSONObject {
        do {
            let envelope = try ProtobufEnvelope(parsing: bytes)
            guard let schema = FormEncoding.schema(apiVersion: envelope.apiVersion, kind: envelope.kind) else {
                throw StatusError.badRequest(
                    "no kind \"\(envelope.kind)\" is registered for version \"\(envelope.apiVersion)\"")
            }
            var object = try JSONObject(protobuf: envelope.raw, schema: schema)
            object["apiVersion"] = .string(envelope.apiVersion)
            object["kind"] = .string(envelope.kind)
            return object
        } catch let error as StatusError {
            throw error
        } catch {
            throw StatusError.badRequest("the object provided is unrecognized (must be of type protobuf): \(error)")
        }
    }

    /// Checks kind and version, types and unknown fields; the result has only known fields and canonical scalars.
    static func decode(
        _ object: JSONObject, duplicates: [String], schema: Schema, kind: GroupVersionKind, options: WriteOptions
    ) throws(StatusError) -> JSONObject {
        try checkKind(object, kind)
        let admission = try SchemaDecoder.admit(
            object, duplicates: duplicates, as: schema, kind: kind, validation: options.fieldValidation)
        admission.warnings.forEach(options.warnings.add)
        var decoded = admission.object
        decoded["apiVersion"] = .string(kind.apiVersion)
        decoded["kind"] = .string(kind.kind)
        return decoded
    }

    static func checkKind(_ object: JSONObject, _ kind: GroupVersionKind) throws(StatusError) {
        let apiVersion = object.string("apiVersion") ?? ""
        let name = object.string("kind") ?? ""
        guard apiVersion.isEmpty || apiVersion == kind.apiVersion else {
            throw StatusError.badRequest(
                "the API version in the data (\(apiVersion)) does not match the expected API version "
                    + "(\(kind.apiVersion))")
        }
        guard name.isEmpty || name == kind.kind else {
            throw StatusError.badRequest(
                "\(name) in version \"\(GroupVersion(apiVersion: apiVersion)?.version ?? apiVersion)\" cannot be "
                    + "handled as a \(kind.kind): expected kind \(kind.kind), but got \(name)")
        }
    }
}
