import HTTPClient
import HTTPCore
import KubeSchemas
import Synchronization

/// One driver that has registered: what it has, and what it is asked.
final class PluginConnection: Sendable {
    /// What drivers may take for an answer.
    private static let timeout: Duration = .seconds(30)
    /// Tries to reach a driver that has just registered, over about ten seconds.
    private static let attempts = 50
    /// A node with thousands of devices still fits.
    private static let maxMessageBytes = 8 << 20

    let resource: String
    private let options: Mutex<DevicePluginV1beta1.DevicePluginOptions>
    /// Tells it from an earlier one of the same resource.
    let number: UInt64
    private let calls: GRPCConnection
    /// Streams last as long as the driver: on a connection of their own, so that ending one does not end the other.
    private let stream: GRPCConnection

    init(_ request: DevicePluginV1beta1.RegisterRequest, socket: String, number: UInt64) {
        resource = request.resourceName
        options = Mutex(request.options ?? DevicePluginV1beta1.DevicePluginOptions())
        self.number = number
        calls = GRPCConnection(.unix(path: socket), maxMessageBytes: Self.maxMessageBytes)
        stream = GRPCConnection(.unix(path: socket), maxMessageBytes: Self.maxMessageBytes)
    }

    func shutDown() {
        calls.shutDown()
        stream.shutDown()
    }

    /// Asks which of the calls the driver wants. One that registers before it listens is waited for; one that does not
    /// know the call said all when it registered.
    func askForOptions(_ pause: (Duration) async throws -> Void) async throws {
        for attempt in 0... {
            do throws(GRPCError) {
                let answer: DevicePluginV1beta1.DevicePluginOptions = try await call(
                    DevicePluginProtocol.options, DevicePluginV1beta1.Empty())
                return options.withLock { $0 = answer }
            } catch {
                switch error.code {
                case .unimplemented: return
                case .unavailable where attempt < Self.attempts: break
                default: throw error
                }
            }
            try await pause(.milliseconds(200))
        }
    }

    /// Hears of the driver's devices until it goes away.
    func watch(_ heard: ([String: KnownDevice]) throws -> Void) async throws {
        let empty = try GRPCMessage.encode(DevicePluginV1beta1.Empty())
        for try await message in try await stream.serverStreaming(DevicePluginProtocol.listAndWatch, empty) {
            let response: DevicePluginV1beta1.ListAndWatchResponse = try GRPCMessage.decode(message)
            var devices: [String: KnownDevice] = [:]
            for device in response.devices where !device.id.isEmpty {
                devices[device.id] = KnownDevice(
                    isHealthy: device.health == DevicePluginProtocol.healthy,
                    numaNodes: (device.topology?.nodes ?? []).map(\.id).sorted())
            }
            try heard(devices)
        }
    }

    /// The devices the driver would choose; none where it leaves that to the agent.
    func preferred(_ choice: DeviceTable.Choice, count: Int) async throws(GRPCError) -> [String] {
        guard options.withLock(\.getPreferredAllocationAvailable), choice.available.count > count else { return [] }
        var request = DevicePluginV1beta1.ContainerPreferredAllocationRequest()
        request.availableDeviceIDs = choice.available
        request.mustIncludeDeviceIDs = choice.mustInclude
        request.allocationSize = Int32(clamping: count)
        var message = DevicePluginV1beta1.PreferredAllocationRequest()
        message.containerRequests = [request]
        let response: DevicePluginV1beta1.PreferredAllocationResponse = try await call(
            DevicePluginProtocol.preferredAllocation, message)
        return response.containerResponses.first?.deviceIDs ?? []
    }

    func allocate(
        _ devices: [String]
    ) async throws(GRPCError) -> DevicePluginV1beta1.ContainerAllocateResponse {
        var request = DevicePluginV1beta1.ContainerAllocateRequest()
        request.devicesIDs = devices
        var message = DevicePluginV1beta1.AllocateRequest()
        message.containerRequests = [request]
        let response: DevicePluginV1beta1.AllocateResponse = try await call(DevicePluginProtocol.allocate, message)
        guard let first = response.containerResponses.first, response.containerResponses.count == 1 else {
            throw GRPCError(.internalError, "the driver of \(resource) answered for another number of containers")
        }
        return first
    }

    /// Before each start of a container, where the driver asked for it.
    func preStart(_ devices: [String]) async throws(GRPCError) {
        guard options.withLock(\.preStartRequired) else { return }
        var message = DevicePluginV1beta1.PreStartContainerRequest()
        message.devicesIDs = devices
        let _: DevicePluginV1beta1.PreStartContainerResponse = try await call(DevicePluginProtocol.preStart, message)
    }

    private func call<Response: MessageView>(
        _ path: String, _ message: some MessageView
    ) async throws(GRPCError) -> Response {
        let bytes = try GRPCMessage.encode(message)
        return try GRPCMessage.decode(try await calls.unary(path, bytes, deadline: .now + Self.timeout))
    }
}
