import HTTPClient
import HTTPCore
import HTTPServing
import Synchronization

/// A driver's end of the device plugin interface: a socket of its own, and the registration with the agent.
///
/// Registers again whenever the agent's socket is made anew, and listens again when somebody removes its own socket, as
/// an agent does that starts.
package final class DevicePluginServer: Sendable {
    private struct State {
        var devices: [DevicePluginV1beta1.Device] = []
        var listeners: [UInt64: AsyncStream<[DevicePluginV1beta1.Device]>.Continuation] = [:]
        var nextListener: UInt64 = 1
    }

    private let driver: any DeviceDriver
    private let folder: String
    private let endpoint: String
    private let state = Mutex(State())
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - folder: where the agent's socket is.
    ///   - endpoint: the name of this driver's socket in it.
    ///   - report: told of what goes wrong, and of registrations.
    package init(
        _ driver: any DeviceDriver, folder: String, endpoint: String, report: @escaping @Sendable (String) -> Void
    ) {
        self.driver = driver
        self.folder = folder
        self.endpoint = endpoint
        self.report = report
    }

    /// Says what devices there are, and how they are.
    package func set(_ devices: [DevicePluginV1beta1.Device]) {
        let listeners = state.withLock { state in
            state.devices = devices
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield(devices) }
    }

    /// Serves until the task is cancelled.
    package func run() async throws {
        while !Task.isCancelled { try await serve() }
    }

    /// Listens and registers until its socket is removed.
    private func serve() async throws {
        let watch = try FolderWatch(folder)
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        var listening = HTTPServerConfiguration(addresses: [.unix(path: folder + "/" + endpoint)])
        listening.eventLoops = 1
        listening.limits.drainDeadline = .milliseconds(100)
        listening.limits.connections = 16
        listening.onReady = { _ in isReady.finish() }
        let server = HTTPServer(listening, handler: GRPCService(methods))
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask {
                for await _ in ready {}
                try await self.keepRegistered(watch)
            }
            try await group.next()
            group.cancelAll()
            // What ends because of that has nothing to say.
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError), !Task.isCancelled { throw error }
            }
        }
    }

    /// Returns when the driver's own socket is gone.
    private func keepRegistered(_ watch: FolderWatch) async throws {
        await register()
        for await event in watch.events {
            switch event {
            case .made(DevicePluginProtocol.agentSocket): await register()
            case .removed(endpoint): return
            case .made, .removed: break
            }
        }
    }

    /// One that finds no agent waits for its socket to be made.
    private func register() async {
        var request = DevicePluginV1beta1.RegisterRequest()
        request.version = DevicePluginProtocol.version
        request.endpoint = endpoint
        request.resourceName = driver.resource
        request.options = driver.options
        let agent = GRPCConnection(.unix(path: folder + "/" + DevicePluginProtocol.agentSocket))
        defer { agent.shutDown() }
        do {
            let message = try GRPCMessage.encode(request)
            _ = try await agent.unary(DevicePluginProtocol.register, message, deadline: .now + .seconds(10))
            report("registered \(driver.resource) with the node's agent")
        } catch {
            if !Task.isCancelled { report("not registered with the node's agent: \(error)") }
        }
    }

    // MARK: Calls

    private var methods: [String: GRPCService.Method] {
        [
            DevicePluginProtocol.options: .unary { [driver] _ throws(GRPCError) in
                try GRPCMessage.encode(driver.options)
            },
            DevicePluginProtocol.listAndWatch: .serverStreaming { [self] _, answers throws(GRPCError) in
                try await list(answers)
            },
            DevicePluginProtocol.allocate: .unary { [driver] message throws(GRPCError) in
                try await Self.allocate(message, driver)
            },
            DevicePluginProtocol.preferredAllocation: .unary { [driver] message throws(GRPCError) in
                try await Self.preferred(message, driver)
            },
            DevicePluginProtocol.preStart: .unary { [driver] message throws(GRPCError) in
                let request: DevicePluginV1beta1.PreStartContainerRequest = try GRPCMessage.decode(message)
                try await driver.preStart(request.devicesIDs)
                return try GRPCMessage.encode(DevicePluginV1beta1.PreStartContainerResponse())
            },
        ]
    }

    private func list(_ answers: GRPCAnswers) async throws(GRPCError) {
        // Only the newest list matters to one that is slow.
        let (lists, continuation) = AsyncStream.makeStream(
            of: [DevicePluginV1beta1.Device].self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            defer { state.nextListener += 1 }
            state.listeners[state.nextListener] = continuation
            continuation.yield(state.devices)
            return state.nextListener
        }
        defer { state.withLock { _ = $0.listeners.removeValue(forKey: number) } }
        for await devices in lists {
            var response = DevicePluginV1beta1.ListAndWatchResponse()
            response.devices = devices
            try await answers.send(try GRPCMessage.encode(response))
        }
    }

    private static func allocate(_ message: [UInt8], _ driver: any DeviceDriver) async throws(GRPCError) -> [UInt8] {
        let request: DevicePluginV1beta1.AllocateRequest = try GRPCMessage.decode(message)
        var response = DevicePluginV1beta1.AllocateResponse()
        for container in request.containerRequests {
            response.containerResponses.append(try await driver.allocate(container.devicesIDs))
        }
        return try GRPCMessage.encode(response)
    }

    private static func preferred(_ message: [UInt8], _ driver: any DeviceDriver) async throws(GRPCError) -> [UInt8] {
        let request: DevicePluginV1beta1.PreferredAllocationRequest = try GRPCMessage.decode(message)
        var response = DevicePluginV1beta1.PreferredAllocationResponse()
        for container in request.containerRequests {
            var answer = DevicePluginV1beta1.ContainerPreferredAllocationResponse()
            answer.deviceIDs = try await driver.preferred(container)
            response.containerResponses.append(answer)
        }
        return try GRPCMessage.encode(response)
    }
}
