import KubeSchemas
import Machinery

/// Whole documents: what is read can be written, and written again gives the same bytes.
enum Documents {
    static func json(_ bytes: [UInt8]) {
        guard let value = accepted({ () throws(JSONError) in try JSON(parsing: bytes) }) else { return }
        let written = value.encoded()
        let again = accepted { () throws(JSONError) in try JSON(parsing: written) }
        // Not the same value: `1.0` is written as `1`, as Go writes it, and read as an integer from then on.
        promise(
            again?.encoded() == written,
            "JSON reads differently when written: \(String(decoding: written, as: UTF8.self))")
        // Field names that are known, and owners that are passed over, change nothing else.
        for depth in [0, 1, 2] {
            _ = accepted { () throws(JSONError) in
                try JSON(parsing: bytes, keys: BuiltinSchemas.keys, managedFieldsDepth: depth)
            }
        }
    }

    static func yaml(_ bytes: [UInt8]) {
        guard let documents = accepted({ () throws(YAMLError) in try YAMLParser.documents(bytes) }) else { return }
        for document in documents {
            let written = document.value.yaml()
            let again = accepted { () throws(YAMLError) in try YAMLParser.parse(written).value }
            // Aliases may stand for more than a document may have when written out.
            guard let again else { continue }
            promise(
                again.encoded() == document.value.encoded(), "YAML reads differently when written: \(document.value)")
        }
    }

    static func cbor(_ bytes: [UInt8]) {
        guard let value = accepted({ () throws(CBORError) in try CBORReader.parse(bytes) }) else { return }
        let again = accepted { () throws(CBORError) in try CBORReader.parse(CBORWriter.document(value)) }
        promise(again == value, "CBOR reads differently when written: \(value)")
    }

    private static let schemas: [Schema] = [
        ("", "Pod"), ("apps", "Deployment"), ("", "Secret"), ("apiextensions.k8s.io", "CustomResourceDefinition"),
        ("", "Service"), ("batch", "CronJob"), ("networking.k8s.io", "NetworkPolicy"),
    ].compactMap { group, kind in
        BuiltinSchemas.schema(kind: GroupVersionKind(group: group, version: "v1", kind: kind))
    }

    static func protobuf(_ bytes: [UInt8]) {
        if let envelope = accepted({ () throws(ProtobufError) in try ProtobufEnvelope(parsing: bytes) }) {
            _ = accepted { () throws(ProtobufError) in try ProtobufEnvelope(parsing: envelope.encoded) }
        }
        guard let first = bytes.first else { return }
        let schema = schemas[Int(first) % schemas.count]
        let message = Array(bytes.dropFirst())
        guard let object = accepted({ () throws(ProtobufError) in try JSONObject(protobuf: message, schema: schema) }),
            let written = accepted({ () throws(ProtobufError) in try object.protobuf(schema) })
        else { return }
        let again = accepted { () throws(ProtobufError) in try JSONObject(protobuf: written, schema: schema) }
        promise(again == object, "\(schema.name) reads differently when written: \(JSON.object(object))")
    }
}
