import CRI
import Client
import DevicePlugins
import KubeAPI
import Machinery
import Synchronization

/// Registers the node, and keeps its status and its Lease current.
///
/// The status is written when something changed, and every few minutes without; the Lease every ten seconds tells that
/// the node lives.
package final class NodeReporter: Sendable {
    private struct State {
        var node: Node?
        var health = NodeHealth(problem: "the node agent is starting")
        /// As the evictor last found them.
        var pressures: Set<NodePressure> = []
        var writtenAt: Duration?
        var lease: Lease?
        var images: [ContainerImage] = []
        /// Resources of drivers that the status told of: one that goes away is told as none.
        var deviceResources: Set<String> = []
        /// Whether the status is to tell of other devices.
        var devicesAreStale = false
        /// The range the cluster gave, as last seen.
        var podCIDR: String?
    }

    /// Images in the status, the largest first, as with the kubelet.
    private static let maxImages = 50

    private let configuration: NodeConfiguration
    private let facts: MachineFacts
    private let addresses: [String]
    private let runtime: any ContainerRuntime
    private let client: Client
    private let clock: NodeClock
    private let log: FailureLog
    /// The node's resources that come from drivers.
    private let devices: @Sendable () -> [String: DeviceCount]
    /// Called when the API knows of a change of them.
    private let devicesTold: @Sendable () -> Void
    private let bell = Doorbell()
    private let imagesAreStale = Mutex(true)
    private let state = Mutex(State())

    package init(
        configuration: NodeConfiguration, facts: MachineFacts, addresses: [String], runtime: any ContainerRuntime,
        client: Client, clock: NodeClock, devices: @escaping @Sendable () -> [String: DeviceCount] = { [:] },
        devicesTold: @escaping @Sendable () -> Void = {},
        log: FailureLog = .standardError
    ) {
        self.configuration = configuration
        self.devices = devices
        self.devicesTold = devicesTold
        self.facts = facts
        self.addresses = addresses
        self.runtime = runtime
        self.client = client
        self.clock = clock
        self.log = log
    }

    /// The node's object as last known.
    package var node: Node {
        state.withLock { $0.node } ?? Node(name: configuration.nodeName)
    }

    /// Takes what the API has of the node: labels and taints that others set.
    package func observe(_ node: Node) {
        state.withLock { state in
            state.node = node
            if let cidr = node.spec.podCIDR, !cidr.isEmpty { state.podCIDR = cidr }
        }
    }

    package var problem: String? { state.withLock { $0.health.problem } }

    /// What the node is running dry of.
    var pressures: Set<NodePressure> { state.withLock { $0.pressures } }

    func note(_ pressures: Set<NodePressure>) {
        let isNews = state.withLock { state in
            defer { state.pressures = pressures }
            return state.pressures != pressures
        }
        if isNews { bell.ring() }
    }

    package func noteImagesChanged() {
        imagesAreStale.withLock { $0 = true }
        bell.ring()
    }

    func noteDevicesChanged() {
        state.withLock { $0.devicesAreStale = true }
        bell.ring()
    }

    /// Runs until the task is cancelled.
    package func run() async {
        await register()
        await withDiscardingTaskGroup { group in
            group.addTask { await self.keepStatus() }
            group.addTask { await self.keepLease() }
        }
    }

    // MARK: Registration

    private func register() async {
        let backoff = Backoff(initial: .milliseconds(20), limit: .seconds(7))
        var failures = 0
        while !Task.isCancelled {
            do {
                return try await tryToRegister()
            } catch {
                log.report("node agent", "registering node \(configuration.nodeName): \(error)")
            }
            guard (try? await clock.sleep(for: backoff.jittered(afterFailures: failures))) != nil else { return }
            failures += 1
        }
    }

    private var ownLabels: [String: String] {
        var labels = features.labels.merging(configuration.labels) { $1 }
        for prefix in ["kubernetes.io", "beta.kubernetes.io"] {
            labels["\(prefix)/arch"] = facts.architecture
            labels["\(prefix)/os"] = "linux"
        }
        labels["kubernetes.io/hostname"] = configuration.nodeName.lowercased()
        return labels
    }

    private var ownAnnotations: [String: String] {
        var annotations = [
            LocalPath.folderAnnotation: NodePaths(dataFolder: configuration.dataFolder).localVolumes,
            "volumes.kubernetes.io/controller-managed-attach-detach": "true",
        ]
        if !configuration.dedicatedTo.isEmpty {
            annotations[DedicatedNodes.annotation] = configuration.dedicatedTo.joined(separator: ",")
        }
        return annotations
    }

    private var features: NodeFeatures {
        guard let folder = configuration.kubeletFolder else { return NodeFeatures(folders: []) }
        let shared = folder == .standard ? [NodeFeatures.standardFolder] : []
        return NodeFeatures(folders: shared + [folder.features])
    }

    private func tryToRegister() async throws {
        // The runtime is asked first, so that the very first status can say Ready.
        let (version, health) = await (runtimeVersion(), NodeHealth.check(runtime, pressures: pressures))
        state.withLock { $0.health = health }
        var node = Node(name: configuration.nodeName)
        node.metadata.labels = ownLabels
        node.metadata.annotations = ownAnnotations
        node.spec.taints = configuration.taints
        // A node that was deleted while it runs comes back with the range its pods have.
        if let cidr = configuration.podCIDR ?? state.withLock({ $0.podCIDR }) {
            node.spec.podCIDR = cidr
            node.spec.podCIDRs = [cidr]
        }
        node.status = await status(previous: NodeStatus(), runtimeVersion: version)
        let wanted = node
        do {
            let created = try await client.create(node)
            state.withLock { $0.node = created }
            if created.status.conditions.isEmpty { try await write(wanted.status, over: created) }
        } catch let error as StatusError where error.reason == .alreadyExists {
            let known = try await client.get(Node.self, ObjectKey(namespace: "", name: configuration.nodeName))
            state.withLock { $0.node = known }
            try await adjust(known)
            let status = await status(previous: known.status, runtimeVersion: version)
            try await write(status, over: known)
        }
        state.withLock { $0.writtenAt = clock.now }
        devicesTold()
    }

    /// Sets what of labels, annotations and addresses an earlier registration had otherwise.
    private func adjust(_ node: Node) async throws(StatusError) {
        let labels = ownLabels.filter { node.labels[$0.key] != $0.value }
        let annotations = ownAnnotations.filter { node.annotations[$0.key] != $0.value }
        var patch = JSONObject()
        if !labels.isEmpty || !annotations.isEmpty {
            var metadata = ObjectMeta()
            metadata.labels = labels
            metadata.annotations = annotations
            patch["metadata"] = .object(metadata.json)
        }
        if let cidr = configuration.podCIDR, (node.spec.podCIDR ?? "").isEmpty {
            patch["spec"] = ["podCIDR": .string(cidr), "podCIDRs": [.string(cidr)]]
        }
        guard !patch.isEmpty else { return }
        try await client.change(Node.self, node.key, .strategic(.object(patch)))
    }

    // MARK: Status

    private func runtimeVersion() async -> String {
        // A runtime that does not answer is told of by the health check, which asks it at the same time.
        guard let version = try? await runtime.version() else { return "" }
        return "\(version.runtimeName)://\(version.runtimeVersion)"
    }

    private func status(previous: NodeStatus, runtimeVersion: String?) async -> NodeStatus {
        var status = NodeStatus()
        var capacity = facts.capacity
        capacity["pods"] = Quantity(Int64(configuration.maxPods))
        status.capacity = capacity
        status.allocatable = configuration.allocatable(capacity)
        addDevices(to: &status)
        var entries = addresses.map { ("InternalIP", $0) }
        entries.append(("Hostname", facts.hostname))
        status.addresses = entries.map { type, address in
            var entry = NodeAddress()
            entry.type = type
            entry.address = address
            return entry
        }
        var endpoint = DaemonEndpoint()
        endpoint.json["Port"] = .int(Int64(configuration.serverPort))
        var endpoints = NodeDaemonEndpoints()
        endpoints.kubeletEndpoint = endpoint
        status.daemonEndpoints = endpoints
        var info = NodeSystemInfo()
        info.architecture = facts.architecture
        info.bootID = facts.bootID
        info.kernelVersion = facts.kernelVersion
        info.kubeletVersion = configuration.version
        info.kubeProxyVersion = ""
        info.machineID = facts.machineID
        info.operatingSystem = "linux"
        info.osImage = facts.osImage
        info.systemUUID = facts.systemUUID
        let earlierRuntime = previous.nodeInfo?.containerRuntimeVersion ?? ""
        info.containerRuntimeVersion = runtimeVersion.flatMap { $0.isEmpty ? nil : $0 } ?? earlierRuntime
        status.nodeInfo = info
        status.images = await images()
        status.conditions = state.withLock { $0.health }.conditions(previous: previous.conditions, now: clock.time)
        return status
    }

    private func addDevices(to status: inout NodeStatus) {
        let counts = devices()
        let told = state.withLock { state in
            state.devicesAreStale = false
            state.deviceResources.formUnion(counts.keys)
            return state.deviceResources
        }
        for name in told {
            status.capacity[name] = Quantity(Int64(counts[name]?.capacity ?? 0))
            status.allocatable[name] = Quantity(Int64(counts[name]?.allocatable ?? 0))
        }
    }

    private func images() async -> [ContainerImage] {
        let isStale = imagesAreStale.withLock { isStale in
            defer { isStale = false }
            return isStale
        }
        guard isStale else { return state.withLock { $0.images } }
        do {
            let known = try await runtime.listImages().sorted { $0.size > $1.size }.prefix(Self.maxImages)
            let images = known.map { image in
                var entry = ContainerImage()
                entry.names = Array((image.repoDigests + image.repoTags).prefix(5))
                entry.sizeBytes = image.size
                return entry
            }.filter { !$0.names.isEmpty }
            state.withLock { $0.images = images }
            return images
        } catch {
            imagesAreStale.withLock { $0 = true }
            return state.withLock { $0.images }
        }
    }

    private func keepStatus() async {
        let unwell = Backoff(initial: .milliseconds(50), limit: .seconds(2))
        var unwellChecks = 0
        while !Task.isCancelled {
            let isUnwell = state.withLock { $0.health.problem != nil }
            unwellChecks = isUnwell ? unwellChecks + 1 : 0
            // A node that is not ready is looked at often: containerd tells of its network by its status only.
            let wait = isUnwell ? unwell.delay(afterFailures: unwellChecks / 20) : configuration.checkInterval
            await bell.wait(atMost: wait, clock: clock)
            if Task.isCancelled { return }
            do {
                try await refreshStatus()
            } catch {
                if Task.isCancelled { return }
                log.report("node agent", "status of node \(configuration.nodeName): \(error)")
                guard (try? await clock.sleep(for: .seconds(1))) != nil else { return }
            }
        }
    }

    private func refreshStatus() async throws {
        let health = await NodeHealth.check(runtime, pressures: pressures)
        let (isChanged, writtenAt, devicesChanged) = state.withLock { state in
            defer { state.health = health }
            return (state.health != health, state.writtenAt, state.devicesAreStale)
        }
        let isDue = writtenAt.map { clock.now - $0 >= configuration.statusInterval } ?? true
        let imagesChanged = imagesAreStale.withLock { $0 }
        guard isChanged || isDue || imagesChanged || devicesChanged || isOutdated(health) else { return }
        let known = node
        let runtimeVersion =
            isChanged || known.status.nodeInfo?.containerRuntimeVersion.isEmpty != false
            ? await runtimeVersion() : nil
        do {
            // Drivers leave labels before they register.
            if devicesChanged { try await adjust(known) }
            try await write(await status(previous: known.status, runtimeVersion: runtimeVersion), over: known)
        } catch {
            // What was not written is told anew.
            if devicesChanged { state.withLock { $0.devicesAreStale = true } }
            throw error
        }
        state.withLock { $0.writtenAt = clock.now }
        if devicesChanged { devicesTold() }
    }

    /// Whether somebody else changed a condition: the node controller marks nodes it has not heard of.
    private func isOutdated(_ health: NodeHealth) -> Bool {
        let ready = node.status.conditions.first { $0.type == "Ready" }?.status
        return ready != (health.problem == nil ? "True" : "False")
    }

    /// Patches what differs; a node that was deleted is registered again.
    private func write(_ wanted: NodeStatus, over node: Node) async throws {
        var changes = JSONObject()
        for (key, value) in wanted.json where node.status.json[key] != value { changes[key] = value }
        if let addresses = changes["addresses"]?.arrayValue {
            changes["addresses"] = .array(addresses + [["$patch": "replace"]])
        }
        do {
            let stored = try await client.patch(
                Node.self, ObjectKey(namespace: "", name: configuration.nodeName),
                .strategic(["status": .object(changes)]), subresource: "status")
            state.withLock { $0.node = stored }
        } catch {
            guard error.reason == .notFound else { throw error }
            state.withLock { $0.node = nil }
            try await tryToRegister()
        }
    }

    // MARK: Lease

    private func keepLease() async {
        while !Task.isCancelled {
            do {
                try await renewLease()
                guard (try? await clock.sleep(for: configuration.leaseRenewal)) != nil else { return }
            } catch {
                if Task.isCancelled { return }
                log.report("node agent", "lease of node \(configuration.nodeName): \(error)")
                state.withLock { $0.lease = nil }
                guard (try? await clock.sleep(for: .milliseconds(500))) != nil else { return }
            }
        }
    }

    private func renewLease() async throws {
        let key = ObjectKey(namespace: "kube-node-lease", name: configuration.nodeName)
        var lease: Lease
        if let known = state.withLock({ $0.lease }) {
            lease = known
        } else {
            do {
                lease = try await client.get(Lease.self, key)
            } catch {
                guard error.reason == .notFound else { throw error }
                lease = Lease(name: key.name, namespace: key.namespace)
            }
        }
        let node = node
        if !node.uid.isEmpty {
            var owner = node.controllerReference
            owner.controller = nil
            owner.blockOwnerDeletion = nil
            lease.metadata.ownerReferences = [owner]
        }
        lease.spec.holderIdentity = configuration.nodeName
        lease.spec.leaseDurationSeconds = configuration.leaseDurationSeconds
        lease.spec.renewTime = clock.time.inMicroseconds
        let stored = lease.resourceVersion.isEmpty ? try await client.create(lease) : try await client.update(lease)
        state.withLock { $0.lease = stored }
    }
}
