import DevicePlugins
import HTTPCore
import Synchronization

/// A driver of made-up devices, which notes what it is asked for.
package final class PlayedDriver: DeviceDriver {
    package let resource: String
    package let options: DevicePluginV1beta1.DevicePluginOptions
    /// In the order of the calls: `allocate a b`, `preStart a b`, `preferred 1 of a b must c`.
    private let calls = Mutex<[String]>([])
    private let refusal = Mutex<GRPCError?>(nil)
    private let favourites: [String]

    package init(_ resource: String = "test.example/gpu", favourites: [String] = [], preStart: Bool = false) {
        self.resource = resource
        self.favourites = favourites
        var options = DevicePluginV1beta1.DevicePluginOptions()
        options.preStartRequired = preStart
        options.getPreferredAllocationAvailable = !favourites.isEmpty
        self.options = options
    }

    package var asked: [String] { calls.withLock { $0 } }

    /// From now on `allocate` fails like that.
    package func refuse(_ error: GRPCError?) { refusal.withLock { $0 = error } }

    package func allocate(_ devices: [String]) async throws(GRPCError) -> DevicePluginV1beta1.ContainerAllocateResponse
    {
        calls.withLock { $0.append("allocate " + devices.joined(separator: " ")) }
        if let error = refusal.withLock({ $0 }) { throw error }
        var response = DevicePluginV1beta1.ContainerAllocateResponse()
        response.envs = ["VISIBLE": devices.joined(separator: ",")]
        response.annotations = ["test.example/devices": devices.joined(separator: ",")]
        response.mounts = [mount("/usr/lib/driver", "/opt/driver")]
        response.devices = devices.map(spec)
        var cdi = DevicePluginV1beta1.CDIDevice()
        cdi.name = "test.example/gpu=\(devices.first ?? "")"
        response.cdiDevices = [cdi]
        return response
    }

    private func mount(_ inside: String, _ outside: String) -> DevicePluginV1beta1.Mount {
        var mount = DevicePluginV1beta1.Mount()
        mount.containerPath = inside
        mount.hostPath = outside
        mount.readOnly = true
        return mount
    }

    private func spec(_ device: String) -> DevicePluginV1beta1.DeviceSpec {
        var spec = DevicePluginV1beta1.DeviceSpec()
        spec.containerPath = "/dev/\(device)"
        spec.hostPath = "/dev/null"
        spec.permissions = "rw"
        return spec
    }

    package func preferred(
        _ request: DevicePluginV1beta1.ContainerPreferredAllocationRequest
    ) async throws(GRPCError) -> [String] {
        calls.withLock {
            $0.append(
                "preferred \(request.allocationSize) of " + request.availableDeviceIDs.joined(separator: " ")
                    + " must " + request.mustIncludeDeviceIDs.joined(separator: " "))
        }
        return favourites
    }

    package func preStart(_ devices: [String]) async throws(GRPCError) {
        calls.withLock { $0.append("preStart " + devices.joined(separator: " ")) }
    }
}

/// `a` healthy, `!a` not; `a@1` near memory domain 1.
package func devices(_ names: String...) -> [DevicePluginV1beta1.Device] {
    names.map { text in
        let parts = text.drop { $0 == "!" }.split(separator: "@")
        var device = DevicePluginV1beta1.Device()
        device.id = String(parts[0])
        device.health = text.hasPrefix("!") ? "Unhealthy" : "Healthy"
        if parts.count > 1, let number = Int64(parts[1]) {
            var node = DevicePluginV1beta1.NUMANode()
            node.id = number
            var topology = DevicePluginV1beta1.TopologyInfo()
            topology.nodes = [node]
            device.topology = topology
        }
        return device
    }
}

extension DevicePluginServer {
    /// Lets a driver run for as long as the body takes.
    package static func run<Value: Sendable>(
        _ driver: PlayedDriver, _ devices: [DevicePluginV1beta1.Device], folder: String,
        endpoint: String = "driver.sock", _ body: @escaping @Sendable (DevicePluginServer) async throws -> Value
    ) async throws -> Value {
        let server = DevicePluginServer(driver, folder: folder, endpoint: endpoint) { _ in }
        server.set(devices)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask { try await body(server) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}
