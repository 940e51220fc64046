import HTTPClient
import HTTPCore
import KubeSchemas

/// Asks a node's agent which pod has which device, as exporters of metrics do.
package final class PodResourcesClient: Sendable {
    private static let timeout: Duration = .seconds(10)

    private let connection: GRPCConnection

    package init(socket: String) { connection = GRPCConnection(.unix(path: socket)) }

    package func shutDown() { connection.shutDown() }

    package func list() async throws(GRPCError) -> [PodResourcesV1.PodResources] {
        let response: PodResourcesV1.ListPodResourcesResponse = try await call(
            PodResourcesProtocol.list, PodResourcesV1.ListPodResourcesRequest())
        return response.podResources
    }

    package func allocatable() async throws(GRPCError) -> [PodResourcesV1.ContainerDevices] {
        let response: PodResourcesV1.AllocatableResourcesResponse = try await call(
            PodResourcesProtocol.allocatable, PodResourcesV1.AllocatableResourcesRequest())
        return response.devices
    }

    package func get(_ name: String, _ namespace: String) async throws(GRPCError) -> PodResourcesV1.PodResources {
        var request = PodResourcesV1.GetPodResourcesRequest()
        request.podName = name
        request.podNamespace = namespace
        let response: PodResourcesV1.GetPodResourcesResponse = try await call(PodResourcesProtocol.get, request)
        guard let resources = response.podResources else {
            throw GRPCError(.internalError, "an answer without a pod")
        }
        return resources
    }

    private func call<Response: MessageView>(
        _ path: String, _ message: some MessageView
    ) async throws(GRPCError) -> Response {
        let bytes = try GRPCMessage.encode(message)
        return try GRPCMessage.decode(try await connection.unary(path, bytes, deadline: .now + Self.timeout))
    }
}
