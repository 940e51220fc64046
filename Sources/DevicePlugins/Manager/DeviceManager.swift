import HTTPCore
import Synchronization

/// The devices of a node: drivers register here, pods get theirs from here.
///
/// Speaks the device plugin interface (KEP-3573) as the kubelet does, in the kubelet's folder, so that drivers made for
/// it work unmodified. What pods have is written down before a container starts with it, and is theirs until they are
/// gone, whatever ends meanwhile: this agent, a driver or the runtime.
package final class DeviceManager: Sendable {
    /// How long a driver that went away may take to come back before its resource is no longer told of; as the kubelet.
    static let absence: Duration = .seconds(300)
    /// How long what an earlier run of the agent knew counts without its driver.
    static let memory: Duration = .seconds(60)

    struct State: Sendable {
        var table = DeviceTable()
        var plugins: [String: PluginConnection] = [:]
        var nextNumber: UInt64 = 1
    }

    let folder: String
    let state = Mutex(State())
    private let checkpoint: CheckpointFile
    let pause: @Sendable (Duration) async throws -> Void
    let report: @Sendable (String) -> Void
    private let changed: @Sendable () -> Void
    let registrations: AsyncStream<PluginConnection>
    let registered: AsyncStream<PluginConnection>.Continuation
    /// Rung when who has what is to be written down.
    let unsaved: AsyncStream<Void>
    private let isUnsaved: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - folder: where the agent's socket is, and those of drivers.
    ///   - checkpoint: the file in which is kept who has what.
    ///   - changed: called when the number or the health of devices changes.
    /// - Throws: what keeps the file from being read: the node must not give devices out twice.
    package init(
        folder: String = DevicePluginProtocol.standardFolder, checkpoint: String, clock: some Clock<Duration>,
        report: @escaping @Sendable (String) -> Void, changed: @escaping @Sendable () -> Void
    ) throws {
        self.folder = folder
        let file = DeviceCheckpoint(path: checkpoint)
        let table = try file.read()
        state.withLock { $0.table = table }
        self.checkpoint = CheckpointFile(file)
        pause = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
        self.report = report
        self.changed = changed
        (registrations, registered) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(256))
        (unsaved, isUnsaved) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: For the node

    /// The node's resources that come from drivers.
    package var counts: [String: DeviceCount] {
        state.withLock { state in
            state.table.resources.keys.reduce(into: [:]) { $0[$1] = state.table.count($1) }
        }
    }

    /// Sets aside what a pod needs; says why where it cannot.
    package func reserve(_ pod: String, _ needs: [String: Int]) -> DeviceShortage? {
        state.withLock { $0.table.reserve(pod, needs) }
    }

    /// Whether a pod's container gets the resource from a driver.
    package func manages(_ resource: String, of pod: String) -> Bool {
        state.withLock { $0.table.manages(resource, of: pod) }
    }

    /// What each container of a pod has.
    package func held(_ pod: String) -> [String: [HeldDevice]] { state.withLock { $0.table.held(pod) } }

    /// The node's devices that are well.
    var healthy: [HeldDevice] { state.withLock(\.table.healthy) }

    /// A pod is over: others may have its devices.
    package func release(_ pod: String) {
        guard state.withLock({ $0.table.release(pod) }) else { return }
        save()
    }

    /// Pods that are not on the node any more have nothing.
    package func release(allBut pods: Set<String>) {
        let isChanged = state.withLock { state in
            let gone = Set(state.table.holdings.keys).subtracting(pods)
            return gone.count { state.table.release($0) } > 0
        }
        if isChanged { save() }
    }

    /// Gives a container its devices, or the same again where it starts anew.
    ///
    /// Throws `DeviceShortage`, `GRPCError` as the driver says it, or what keeps it from being written down.
    package func grant(_ pod: String, _ request: DeviceRequest) async throws -> DeviceGrant {
        let (plugin, present) = state.withLock { state in
            (state.plugins[request.resource], state.table.grant(pod, request))
        }
        if let present, present.response != nil {
            // A driver that is away is not needed for what it has answered already.
            try await plugin?.preStart(present.devices)
            return present
        }
        guard let plugin, state.withLock({ $0.table.resources[request.resource]?.source == .driver }) else {
            throw GRPCError(.unavailable, "no driver of \(request.resource) has told of its devices")
        }
        let preferred = try await self.preferred(pod, request, plugin)
        var grant = try state.withLock { state throws(DeviceShortage) in
            try state.table.take(pod, request, preferred: preferred)
        }
        do {
            let response = try await plugin.allocate(grant.devices)
            state.withLock { $0.table.answer(pod, request, response) }
            grant.response = response
            try await checkpoint.write { self.state.withLock(\.table) }
        } catch {
            state.withLock { $0.table.giveBack(pod, request) }
            throw error
        }
        try await plugin.preStart(grant.devices)
        return grant
    }

    private func preferred(
        _ pod: String, _ request: DeviceRequest, _ plugin: PluginConnection
    ) async throws -> [String] {
        let choice = try state.withLock { state throws(DeviceShortage) in try state.table.choice(pod, request) }
        guard let choice else { return [] }
        do {
            return try await plugin.preferred(choice, count: request.count)
        } catch {
            // It is advice only.
            report("\(request.resource): its driver names no preference: \(error)")
            return []
        }
    }

    func devicesChanged() {
        save()
        changed()
    }

    /// Has what is known written down soon: nothing waits for it, and a later write holds it too.
    private func save() { isUnsaved.yield() }

    func write() async {
        do {
            try await checkpoint.write { self.state.withLock(\.table) }
        } catch {
            report("who has which device is not written down: \(error)")
        }
    }
}

/// One writer at a time, each with the newest state.
private actor CheckpointFile {
    private let file: DeviceCheckpoint

    init(_ file: DeviceCheckpoint) { self.file = file }

    func write(_ table: @Sendable () -> DeviceTable) throws { try file.write(table()) }
}
