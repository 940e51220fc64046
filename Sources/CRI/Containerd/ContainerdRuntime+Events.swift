import HTTPClient
import HTTPCore
import KubeSchemas
import Machinery

extension ContainerdRuntime {
    /// A task that is deleted has ended and was reaped: containerd's CRI plugin does so to every container and sandbox
    /// whose process ends, and updates its own records right after. Commands run inside containers delete no task.
    private static let taskDeleted = "/tasks/delete"

    package func watchEvents(
        onConnected: @escaping @Sendable () -> Void, _ handler: @escaping @Sendable (RuntimeEvent) -> Void
    ) async throws(CRIError) {
        var request = ContainerdV1.SubscribeRequest()
        request.filters = [
            "namespace==\(Self.namespace),topic==\"\(Self.taskDeleted)\"",
            "namespace==\(Self.namespace),topic~=\"/images/\"",
        ]
        let message = try MessageCodec.encode(request)
        do {
            let messages = try await events.serverStreaming(
                "/containerd.services.events.v1.Events/Subscribe", message,
                metadata: ["containerd-namespace": Self.namespace])
            onConnected()
            for try await message in messages {
                guard let event = try Self.event(message) else { continue }
                handler(event)
            }
        } catch let error as CRIError {
            throw error
        } catch let error as GRPCError {
            throw CRIError(error)
        } catch {
            throw CRIError(code: .unknown, message: "\(error)")
        }
    }

    private static func event(_ message: [UInt8]) throws(CRIError) -> RuntimeEvent? {
        let envelope: ContainerdV1.Envelope = try MessageCodec.decode(message)
        if envelope.topic.hasPrefix("/images/") { return .imagesChanged }
        guard envelope.topic == taskDeleted, let event = envelope.event, let bytes = Base64.decode(event.value) else {
            return nil
        }
        let deleted: ContainerdV1.TaskDelete = try MessageCodec.decode(bytes)
        return deleted.containerId.isEmpty ? nil : .stopped(id: deleted.containerId)
    }
}
