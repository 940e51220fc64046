import DevicePlugins
import HTTPCore

/// A node's GPUs as the resource `nvidia.com/gpu`: what NVIDIA's device plugin does, over any source of GPUs.
package struct GPUDriver: DeviceDriver {
    package static let resource = "nvidia.com/gpu"

    private let source: any GPUSource

    package init(_ source: any GPUSource) { self.source = source }

    package var resource: String { Self.resource }

    package var options: DevicePluginV1beta1.DevicePluginOptions {
        var options = DevicePluginV1beta1.DevicePluginOptions()
        options.getPreferredAllocationAvailable = false
        options.preStartRequired = false
        return options
    }

    package func allocate(
        _ devices: [String]
    ) async throws(GRPCError) -> DevicePluginV1beta1.ContainerAllocateResponse {
        var chosen: [GPUDevice] = []
        for id in devices {
            guard let device = source.devices.first(where: { $0.uuid == id }) else { throw Self.unknown(id) }
            chosen.append(device)
        }
        return try await source.access(chosen)
    }

    package func preferred(
        _ request: DevicePluginV1beta1.ContainerPreferredAllocationRequest
    ) async throws(GRPCError) -> [String] { [] }

    package func preStart(_ devices: [String]) async throws(GRPCError) {}

    /// The devices as the node's agent hears of them.
    package var listed: [DevicePluginV1beta1.Device] {
        source.devices.map { device in
            var entry = DevicePluginV1beta1.Device()
            entry.id = device.uuid
            entry.health =
                source.isHealthy(device) ? DevicePluginProtocol.healthy : DevicePluginProtocol.unhealthy
            if let number = device.numaNode {
                var node = DevicePluginV1beta1.NUMANode()
                node.id = number
                var topology = DevicePluginV1beta1.TopologyInfo()
                topology.nodes = [node]
                entry.topology = topology
            }
            return entry
        }
    }

    /// Speaks with the node's agent until the task is cancelled.
    package func run(
        folder: String, endpoint: String = "nvidia-gpu.sock", report: @escaping @Sendable (String) -> Void
    ) async throws {
        let server = DevicePluginServer(self, folder: folder, endpoint: endpoint, report: report)
        server.set(listed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask { try await source.watch { server.set(listed) } }
            try await group.next()
            group.cancelAll()
        }
    }
}
