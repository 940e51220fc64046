import KubeSchemas
import Machinery

/// Messages as protobuf.
enum MessageCodec {
    static func encode(_ message: some MessageView) throws(CRIError) -> [UInt8] {
        do {
            return try message.json.protobuf(type(of: message).schema)
        } catch {
            throw CRIError(code: .invalidArgument, message: "cannot encode the message: \(error)")
        }
    }

    static func decode<Message: MessageView>(_ bytes: [UInt8]) throws(CRIError) -> Message {
        do {
            return Message(json: try JSONObject(protobuf: bytes, schema: Message.schema))
        } catch {
            throw CRIError(code: .unknown, message: "cannot decode \(Message.schema.name): \(error)")
        }
    }
}
