import HTTPCore
import HTTPServing

/// Tells monitoring on the node which pod has which device: the kubelet's pod resources API (KEP-606, KEP-2403).
///
/// What exporters of GPU metrics ask for the pod's labels. Devices only: processors, memory and claims are not told of.
package struct PodResourcesServer: Sendable {
    /// A pod that is not over, as far as this API tells of it.
    package struct Holder: Sendable {
        package var uid: String
        package var name: String
        package var namespace: String
        /// Those that run as long as the pod.
        package var containers: [String]

        package init(uid: String, name: String, namespace: String, containers: [String]) {
            self.uid = uid
            self.name = name
            self.namespace = namespace
            self.containers = containers
        }
    }

    private let socket: String
    private let devices: DeviceManager
    private let onReady: @Sendable () -> Void
    private let pods: @Sendable () -> [Holder]

    /// - Parameter onReady: called when it can be asked.
    package init(
        socket: String, devices: DeviceManager, onReady: @escaping @Sendable () -> Void = {},
        pods: @escaping @Sendable () -> [Holder]
    ) {
        self.onReady = onReady
        self.socket = socket
        self.devices = devices
        self.pods = pods
    }

    /// Answers until the task is cancelled.
    package func run() async throws {
        var listening = HTTPServerConfiguration(addresses: [.unix(path: socket)])
        listening.eventLoops = 1
        listening.limits.drainDeadline = .milliseconds(100)
        listening.limits.connections = 64
        listening.onReady = { [onReady] _ in onReady() }
        let service = GRPCService([
            PodResourcesProtocol.list: .unary { _ throws(GRPCError) in try list() },
            PodResourcesProtocol.allocatable: .unary { _ throws(GRPCError) in try allocatable() },
            PodResourcesProtocol.get: .unary { message throws(GRPCError) in try get(message) },
        ])
        try await HTTPServer(listening, handler: service).run()
    }

    private func list() throws(GRPCError) -> [UInt8] {
        var response = PodResourcesV1.ListPodResourcesResponse()
        response.podResources = pods().map(resources)
        return try GRPCMessage.encode(response)
    }

    private func allocatable() throws(GRPCError) -> [UInt8] {
        var response = PodResourcesV1.AllocatableResourcesResponse()
        response.devices = devices.healthy.map(Self.message)
        return try GRPCMessage.encode(response)
    }

    private func get(_ message: [UInt8]) throws(GRPCError) -> [UInt8] {
        let request: PodResourcesV1.GetPodResourcesRequest = try GRPCMessage.decode(message)
        let found = pods().first { $0.name == request.podName && $0.namespace == request.podNamespace }
        guard let found else {
            throw GRPCError(.unknown, "pod \(request.podName) in namespace \(request.podNamespace) not found")
        }
        var response = PodResourcesV1.GetPodResourcesResponse()
        response.podResources = resources(found)
        return try GRPCMessage.encode(response)
    }

    private func resources(_ pod: Holder) -> PodResourcesV1.PodResources {
        let held = devices.held(pod.uid)
        var resources = PodResourcesV1.PodResources()
        resources.name = pod.name
        resources.namespace = pod.namespace
        resources.containers = pod.containers.map { name in
            var container = PodResourcesV1.ContainerResources()
            container.name = name
            container.devices = (held[name] ?? []).map(Self.message)
            return container
        }
        return resources
    }

    /// A message for each device, as the kubelet does: each has its own topology.
    private static func message(_ device: HeldDevice) -> PodResourcesV1.ContainerDevices {
        var devices = PodResourcesV1.ContainerDevices()
        devices.resourceName = device.resource
        devices.deviceIDs = [device.device]
        guard !device.numaNodes.isEmpty else { return devices }
        var topology = PodResourcesV1.TopologyInfo()
        topology.nodes = device.numaNodes.map { id in
            var node = PodResourcesV1.NUMANode()
            node.id = id
            return node
        }
        devices.topology = topology
        return devices
    }
}
