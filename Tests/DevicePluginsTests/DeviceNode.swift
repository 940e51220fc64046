import DevicePlugins
import DeviceTestSupport
import Foundation

/// A node's manager of devices in a folder of its own, and drivers that come and go.
final class DeviceNode: Sendable {
    let folder: String
    let manager: DeviceManager
    let changes: AsyncStream<Void>

    /// - Parameter folder: of an earlier node, whose checkpoint this one finds.
    init(folder: String? = nil) throws {
        let folder = folder ?? "/tmp/gantry-devices-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.folder = folder
        let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.changes = changes
        manager = try DeviceManager(
            folder: folder, checkpoint: folder + "/devices.json", clock: ContinuousClock(),
            report: { _ in }, changed: { changed.yield() })
    }

    /// Lets the manager run for as long as the body takes.
    func run<Value: Sendable>(_ body: @escaping @Sendable (DeviceNode) async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await self.manager.run()
                return nil
            }
            group.addTask { try await body(self) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Lets a driver run for as long as the body takes.
    func with<Value: Sendable>(
        _ driver: PlayedDriver, _ devices: [DevicePluginV1beta1.Device], endpoint: String = "driver.sock",
        _ body: @escaping @Sendable (DevicePluginServer) async throws -> Value
    ) async throws -> Value {
        try await DevicePluginServer.run(driver, devices, folder: folder, endpoint: endpoint, body)
    }

    /// Waits until the resource has as many devices, `capacity/allocatable`.
    func until(_ capacity: Int, _ allocatable: Int, of resource: String = "test.example/gpu") async {
        func isThere() -> Bool {
            manager.counts[resource] == DeviceCount(capacity: capacity, allocatable: allocatable)
        }
        if isThere() { return }
        for await _ in changes where isThere() { return }
    }

    func remove() throws { try FileManager.default.removeItem(atPath: folder) }
}

extension DeviceRequest {
    static func gpu(_ container: String = "c", _ count: Int = 1, isPassedOn: Bool = false) -> DeviceRequest {
        DeviceRequest(container: container, resource: "test.example/gpu", count: count, isPassedOn: isPassedOn)
    }
}

extension DeviceNode {
    /// Waits until the driver confirms all that a pod has.
    func untilHealthy(_ pod: String) async {
        func isThere() -> Bool { manager.held(pod).values.joined().allSatisfy { $0.health == .healthy } }
        if isThere() { return }
        for await _ in changes where isThere() { return }
    }

    /// Lets monitoring ask for as long as the body takes.
    func withPodResources(
        _ holders: [PodResourcesServer.Holder],
        _ body: @escaping @Sendable (PodResourcesClient) async throws -> Void
    ) async throws {
        let socket = folder + "/pods.sock"
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        let server = PodResourcesServer(socket: socket, devices: manager, onReady: { isReady.finish() }) { holders }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                for await _ in ready {}
                let client = PodResourcesClient(socket: socket)
                defer { client.shutDown() }
                try await body(client)
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
