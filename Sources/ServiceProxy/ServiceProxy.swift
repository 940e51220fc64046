import Client
import KubeAPI
import LinuxHost
import Machinery
import Synchronization

/// Makes Services' addresses work on a node: keeps one nftables table in step with Services and EndpointSlices.
///
/// At the start the whole table is replaced at once; connections under way are not touched. After that every burst of
/// changes becomes one transaction with only what changed. When nothing changes, nothing runs, but for a look at
/// whether the table is still there, every few minutes. What the kernel refuses is answered with a new whole table,
/// with growing delays while that fails too.
///
/// IPv4 only. Zone hints of endpoints and `healthCheckNodePort` are not looked at.
package final class ServiceProxy: Sendable {
    private struct State {
        var dirty: Set<ObjectKey> = []
        var isReady = false
        var readyHandlers: [@Sendable () -> Void] = []
    }

    private enum Wake {
        case changed, check
    }

    /// How long a burst of changes is gathered.
    private static let gathering = Duration.milliseconds(50)
    private static let checkInterval = Duration.seconds(300)
    private static let retryDelays: [Duration] = [.milliseconds(100), .seconds(1), .seconds(5), .seconds(30)]
    private static let serviceIndex = "serviceProxy.service"

    private let services: Informer<Service>
    private let slices: Informer<EndpointSlice>
    private let nodeName: String
    private let clusterNetwork: CIDR
    private let nodeAddresses: [InternetAddress]
    private let bridge: String
    private let rules: any RuleApplier
    private let flows: any FlowTable
    private let clock: DelayClock
    private let log: FailureLog
    private let state = Mutex(State())
    /// One mark of each sort is enough: they say "look", not what changed.
    private let changes: AsyncStream<Wake>
    private let changed: AsyncStream<Wake>.Continuation

    /// - Parameters:
    ///   - clusterNetwork: the range of all pods, as in `10.244.0.0/16`.
    ///   - nodeAddresses: where NodePorts answer, beside 127.0.0.1.
    ///   - bridge: the device local pods hang on.
    /// - Throws: `ServiceProxyError` for a range or address that is not IPv4.
    package init(
        informers: InformerFactory, nodeName: String, clusterNetwork: String, nodeAddresses: [String],
        bridge: String = "gantry0", rules: any RuleApplier = NftCommand(), flows: any FlowTable = KernelFlowTable(),
        clock: some Clock<Duration> = ContinuousClock(), log: FailureLog = .standardError
    ) throws(ServiceProxyError) {
        guard let range = CIDR(clusterNetwork)?.masked, range.family == .v4 else {
            throw ServiceProxyError("the cluster network \(clusterNetwork) is not an IPv4 range")
        }
        try Self.check(device: bridge)
        var addresses: [InternetAddress] = []
        for text in nodeAddresses {
            guard let address = InternetAddress(text), address.is4 else {
                throw ServiceProxyError("the node address \(text) is not an IPv4 address")
            }
            if address.isServable, !addresses.contains(address) { addresses.append(address) }
        }
        services = informers.informer(Service.self)
        slices = informers.informer(EndpointSlice.self)
        slices.addIndex(Self.serviceIndex) { slice in Self.service(of: slice).map { [$0.description] } ?? [] }
        self.nodeName = nodeName
        self.clusterNetwork = range
        self.nodeAddresses = addresses
        self.bridge = bridge
        self.rules = rules
        self.flows = flows
        self.clock = DelayClock(clock)
        self.log = log
        (changes, changed) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
    }

    private static func check(device: String) throws(ServiceProxyError) {
        let isName = device.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                || byte == 95
        }
        guard isName, (1...15).contains(device.utf8.count) else {
            throw ServiceProxyError("\(device) is no device's name")
        }
    }

    private static func service(of slice: EndpointSlice) -> ObjectKey? {
        slice.labels["kubernetes.io/service-name"].map { ObjectKey(namespace: slice.namespace, name: $0) }
    }

    /// Whether the table stands for all that was there at the start.
    package var isReady: Bool { state.withLock { $0.isReady } }

    /// Calls the handler once the table first stands; at once when it does already.
    package func onFirstSync(_ handler: @escaping @Sendable () -> Void) {
        let isReady = state.withLock { state in
            if !state.isReady { state.readyHandlers.append(handler) }
            return state.isReady
        }
        if isReady { handler() }
    }

    /// Keeps the table until the task is cancelled. The table stays then, and so does all traffic.
    package func run() async throws {
        let serviceHandler = services.onChange { [self] change in markDirty(change.object.key) }
        defer { services.removeHandler(serviceHandler) }
        let sliceHandler = slices.onChange { [self] change in
            if case .updated(let old, _) = change, let key = Self.service(of: old) { markDirty(key) }
            if let key = Self.service(of: change.object) { markDirty(key) }
        }
        defer { slices.removeHandler(sliceHandler) }
        try await services.waitForSync()
        try await slices.waitForSync()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in try await keep() }
            group.addTask { [self] in
                while true {
                    try await clock.sleep(for: Self.checkInterval)
                    // A change that waits to be looked at shows a missing table just as well.
                    changed.yield(.check)
                    if state.withLock({ !$0.dirty.isEmpty }) { changed.yield(.changed) }
                }
            }
            _ = try await group.next()
            group.cancelAll()
        }
    }

    /// Takes away everything the proxy made in the kernel.
    ///
    /// - Throws: `ServiceProxyError`.
    package static func remove(bridge: String = "gantry0") async throws(ServiceProxyError) {
        try check(device: bridge)
        // First the switch, then the rule that makes it harmless.
        let loopback = loopbackSwitch(bridge)
        do throws(KernelSwitchError) {
            if loopback.value == "1" { try loopback.set("0") }
        } catch {
            throw ServiceProxyError(error.description)
        }
        try await NftCommand().apply(TableFrame.removal)
    }

    // MARK: Following changes

    private func markDirty(_ key: ObjectKey) {
        if state.withLock({ $0.dirty.insert(key).inserted }) { changed.yield(.changed) }
    }

    private func keep() async throws {
        var table = ServiceTable(frame: frame())
        var places = DatagramPlaces(nodeAddresses: nodeAddresses)
        _ = table.update(takeChanges(&places))
        try await replace(table)
        forgetStale(&places)
        becomeReady()
        for await wake in changes {
            switch wake {
            case .changed:
                try await clock.sleep(for: Self.gathering)
                let script = table.update(takeChanges(&places))
                if let script { try await apply(script, table) }
                // Only now: what was forgotten earlier would have met the old rules again.
                forgetStale(&places)
            case .check:
                if await !rules.isTablePresent() {
                    log.report("service proxy", "the table \(TableFrame.name) was gone, making it anew")
                    try await replace(table)
                }
            }
        }
        try Task.checkCancellation()
    }

    private func apply(_ script: String, _ table: ServiceTable) async throws {
        do {
            try await rules.apply(script)
        } catch {
            log.report("service proxy", "a change was refused, making the table anew: \(error)")
            try await replace(table)
        }
    }

    private func forgetStale(_ places: inout DatagramPlaces) {
        guard let isStale = places.takeStaleness() else { return }
        do {
            _ = try flows.forgetDatagrams(where: isStale)
        } catch {
            log.report("service proxy", "datagrams may go on to endpoints that are gone: \(error)")
        }
    }

    /// The rules of all Services that changed since the last call.
    private func takeChanges(_ places: inout DatagramPlaces) -> [ObjectKey: ServiceRules?] {
        let keys = state.withLock { state in
            defer { state.dirty = [] }
            return state.dirty
        }
        var changes: [ObjectKey: ServiceRules?] = [:]
        for key in keys {
            let model = services.get(key).flatMap { service in
                ServiceModel(
                    service, slices: slices.byIndex(Self.serviceIndex, key.description), nodeName: nodeName)
            }
            places.update(key, model)
            changes.updateValue(model.map { ServiceRules($0, clusterNetwork: clusterNetwork) }, forKey: key)
        }
        return changes
    }

    /// Makes the whole table, as often as it takes.
    private func replace(_ table: ServiceTable) async throws {
        var attempt = 0
        while true {
            do throws(ServiceProxyError) {
                try await rules.apply(table.replacement())
                return openLoopback()
            } catch {
                log.report("service proxy", "cannot make the table: \(error)")
                try await clock.sleep(for: Self.retryDelays[min(attempt, Self.retryDelays.count - 1)])
                attempt += 1
            }
        }
    }

    private func frame() -> TableFrame {
        TableFrame(
            nodeAddresses: nodeAddresses, bridge: bridge,
            bridgeBypassesRules: KernelSwitch("net/bridge/bridge-nf-call-iptables").value != "1")
    }

    private static func loopbackSwitch(_ bridge: String) -> KernelSwitch {
        KernelSwitch("net/ipv4/conf/\(bridge)/route_localnet")
    }

    /// Lets packets from 127.0.0.1 leave to local pods; the table guards against the other direction by now.
    private func openLoopback() {
        let loopback = Self.loopbackSwitch(bridge)
        guard rules is NftCommand, loopback.value != nil else { return }
        do {
            try loopback.set("1")
        } catch {
            log.report("service proxy", "NodePorts will not answer on 127.0.0.1: \(error)")
        }
    }

    private func becomeReady() {
        let handlers = state.withLock { state in
            state.isReady = true
            defer { state.readyHandlers = [] }
            return state.readyHandlers
        }
        for handler in handlers { handler() }
    }
}
