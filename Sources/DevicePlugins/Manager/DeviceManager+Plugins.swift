import HTTPCore
import HTTPServing

/// Drivers come, tell of their devices, and go.
extension DeviceManager {
    /// Listens for drivers until the task is cancelled.
    package func run() async throws {
        var listening = HTTPServerConfiguration(
            addresses: [.unix(path: folder + "/" + DevicePluginProtocol.agentSocket)])
        listening.eventLoops = 1
        listening.limits.drainDeadline = .milliseconds(100)
        let service = GRPCService([
            DevicePluginProtocol.register: .unary { [self] message throws(GRPCError) in try register(message) }
        ])
        try removeSockets()
        let server = HTTPServer(listening, handler: service)
        let remembered = state.withLock { Array($0.table.resources.keys) }
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask { for await _ in self.unsaved { await self.write() } }
            if !remembered.isEmpty { group.addTask { await self.forget(remembered) } }
            for await plugin in registrations {
                group.addTask { await self.follow(plugin) }
            }
        }
    }

    /// Drivers learn of a new agent by their socket's end, as with the kubelet, or by the agent's new one.
    private func removeSockets() throws {
        for name in try FolderListing.sockets(folder) { try FolderListing.remove(folder + "/" + name) }
    }

    private func register(_ message: [UInt8]) throws(GRPCError) -> [UInt8] {
        let request: DevicePluginV1beta1.RegisterRequest = try GRPCMessage.decode(message)
        if let problem = PluginRegistration.check(request) { throw problem }
        let socket = folder + "/" + request.endpoint
        let (plugin, earlier) = try state.withLock { state throws(GRPCError) in
            guard
                state.plugins[request.resourceName] != nil || state.plugins.count < PluginRegistration.maxPlugins
            else { throw GRPCError(.resourceExhausted, "\(state.plugins.count) drivers are registered already") }
            let plugin = PluginConnection(request, socket: socket, number: state.nextNumber)
            state.nextNumber += 1
            return (plugin, state.plugins.updateValue(plugin, forKey: plugin.resource))
        }
        earlier?.shutDown()
        guard case .enqueued = registered.yield(plugin) else {
            throw GRPCError(.resourceExhausted, "too many drivers register at a time")
        }
        return try GRPCMessage.encode(DevicePluginV1beta1.Empty())
    }

    /// Hears of a driver's devices until it is gone, and for a while waits for it to come back.
    private func follow(_ plugin: PluginConnection) async {
        do {
            try await plugin.askForOptions(pause)
            try await plugin.watch { devices in
                guard setDevices(of: plugin, devices) else { throw CancellationError() }
            }
            report("\(plugin.resource): its driver ended the stream of devices")
        } catch {
            if !Task.isCancelled, isCurrent(plugin) { report("\(plugin.resource): its driver went away: \(error)") }
        }
        plugin.shutDown()
        guard !Task.isCancelled, lose(plugin) else { return }
        // Only the end of the agent cuts this short.
        guard (try? await pause(Self.absence)) != nil else { return }
        let isRemoved = state.withLock { state in
            guard state.plugins[plugin.resource]?.number == plugin.number else { return false }
            state.plugins[plugin.resource] = nil
            state.table.remove(plugin.resource)
            return true
        }
        if isRemoved { devicesChanged() }
    }

    private func isCurrent(_ plugin: PluginConnection) -> Bool {
        state.withLock { $0.plugins[plugin.resource]?.number == plugin.number }
    }

    /// False where another driver of that resource has registered since.
    private func setDevices(of plugin: PluginConnection, _ devices: [String: KnownDevice]) -> Bool {
        let (isCurrent, isNews) = state.withLock { state in
            guard state.plugins[plugin.resource]?.number == plugin.number else { return (false, false) }
            let known = state.table.resources[plugin.resource]
            guard known?.devices != devices || known?.source != .driver else { return (true, false) }
            state.table.set(plugin.resource, devices)
            return (true, true)
        }
        if isNews { devicesChanged() }
        return isCurrent
    }

    private func lose(_ plugin: PluginConnection) -> Bool {
        let isCurrent = state.withLock { state in
            guard state.plugins[plugin.resource]?.number == plugin.number else { return false }
            state.table.lose(plugin.resource)
            return true
        }
        if isCurrent { devicesChanged() }
        return isCurrent
    }

    /// Drivers that do not come back after a start of the agent are gone.
    private func forget(_ resources: [String]) async {
        // As above.
        guard (try? await pause(Self.memory)) != nil else { return }
        let isChanged = state.withLock { state in
            let lost = resources.filter { resource in
                guard case .memory? = state.table.resources[resource]?.source else { return false }
                return true
            }
            for resource in lost { state.table.remove(resource) }
            return !lost.isEmpty
        }
        if isChanged { devicesChanged() }
    }
}
