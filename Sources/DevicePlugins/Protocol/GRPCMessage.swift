import HTTPCore
import KubeSchemas
import Machinery

/// Typed messages to and from the bytes of a gRPC call.
package enum GRPCMessage {
    package static func encode(_ message: some MessageView) throws(GRPCError) -> [UInt8] {
        do {
            return try message.json.protobuf(type(of: message).schema)
        } catch {
            throw GRPCError(.internalError, "cannot encode the message: \(error)")
        }
    }

    package static func decode<Message: MessageView>(_ bytes: [UInt8]) throws(GRPCError) -> Message {
        do {
            return Message(json: try JSONObject(protobuf: bytes, schema: Message.schema))
        } catch {
            throw GRPCError(.invalidArgument, "cannot decode \(Message.schema.name): \(error)")
        }
    }
}
