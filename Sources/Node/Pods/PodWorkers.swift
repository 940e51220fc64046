import CRI
import Client
import DevicePlugins
import KubeAPI
import Machinery
import Synchronization

/// All the pods of the node: a worker each, found by uid, and by the ids of their sandboxes and containers.
package final class PodWorkers: Sendable {
    private struct State {
        var workers: [String: PodWorker] = [:]
        /// The pod of every sandbox and container the runtime has.
        var owners: [String: String] = [:]
        var burstableMilliCPU: Int64 = -1
        /// What the runtime had when the agent started, until its pods come in.
        var found = RuntimeSnapshot()
    }

    let services: PodServices
    private let node: @Sendable () -> Node
    private let pressures: @Sendable () -> Set<NodePressure>
    private let state = Mutex(State())
    private let changes: @Sendable () -> Void

    /// - Parameter node: the node's object as last known, for the check of pods.
    /// - Parameter pressures: what the node is running dry of.
    /// - Parameter changes: told when pods come or go.
    package init(
        services: PodServices, node: @escaping @Sendable () -> Node,
        pressures: @escaping @Sendable () -> Set<NodePressure> = { [] },
        changes: @escaping @Sendable () -> Void = {}
    ) {
        self.pressures = pressures
        self.services = services
        self.node = node
        self.changes = changes
    }

    package var all: [PodWorker] { state.withLock { Array($0.workers.values) } }

    package func worker(uid: String) -> PodWorker? { state.withLock { $0.workers[uid] } }

    package func worker(_ key: ObjectKey) -> PodWorker? {
        state.withLock { state in
            // A pod that is leaving may share its name with the one that follows it.
            let named = state.workers.values.filter { $0.key == key }
            return named.first { !$0.withMachine(\.isDown) } ?? named.first
        }
    }

    /// What the runtime has; to be told once, before the first pod.
    package func setFound(_ snapshot: RuntimeSnapshot) {
        state.withLock { state in
            state.found = snapshot
            for (uid, sandboxes) in snapshot.sandboxes { for record in sandboxes { state.owners[record.id] = uid } }
            for (uid, containers) in snapshot.containers { for record in containers { state.owners[record.id] = uid } }
        }
    }

    // MARK: From the API

    package func handle(_ change: InformerChange<Pod>) {
        switch change {
        case .added(let pod), .updated(_, let pod): update(pod)
        case .deleted(let pod): worker(uid: pod.uid)?.noteGoneFromAPI()
        }
    }

    private func update(_ pod: Pod) {
        if let worker = worker(uid: pod.uid) { return worker.update(pod) }
        let (sandboxes, containers) = state.withLock { state in
            (
                state.found.sandboxes.removeValue(forKey: pod.uid) ?? [],
                state.found.containers.removeValue(forKey: pod.uid) ?? []
            )
        }
        let worker = PodWorker(
            pod: pod, sandboxes: sandboxes, containers: containers, services: services,
            onOwned: { [weak self] id in self?.state.withLock { $0.owners[id] = pod.uid } },
            onGone: { [weak self] worker in self?.remove(worker) })
        var rejection: PodAdmission.Rejection?
        // What runs already was let in before.
        if containers.isEmpty, sandboxes.isEmpty, !pod.hasTerminalPhase, !pod.isBeingDeleted {
            for worker in all where worker.withMachine(\.isDown) { services.devices.release(worker.uid) }
            rejection = admission.check(pod, others: active) ?? services.devices.admit(pod)
        } else if !pod.hasTerminalPhase {
            // What it cannot have any more it finds out when a container of it starts again.
            _ = services.devices.admit(pod)
        }
        state.withLock { $0.workers[pod.uid] = worker }
        if let rejection {
            services.api.event(
                pod, isWarning: true, reason: rejection.reason, message: rejection.message, container: nil)
        }
        updateShares()
        worker.begin(rejection: rejection.map { ($0.reason, $0.message) })
        // A device may have failed before the agent, just started, has heard of the pod.
        evictFromFailedDevice(worker)
        changes()
    }

    private var admission: PodAdmission {
        PodAdmission(
            node: node(), allocatable: services.settings.allocatable.merging(deviceQuantities) { $1 },
            maxPods: services.settings.maxPods, pressures: pressures())
    }

    private var deviceQuantities: [String: Quantity] {
        services.devices.counts.mapValues { Quantity(Int64($0.allocatable)) }
    }

    /// The pods that take part of the node.
    private var active: [Pod] {
        all.filter { !$0.withMachine(\.isDown) }.map(\.pod)
    }

    private func remove(_ worker: PodWorker) {
        state.withLock { state in
            state.workers[worker.uid] = nil
            state.owners = state.owners.filter { $0.value != worker.uid }
        }
        services.devices.release(worker.uid)
        updateShares()
        changes()
    }

    /// Something about devices has changed: pods that have some tell of it.
    func refreshDevices() {
        for worker in all { worker.refreshDevices() }
    }

    /// A pod whose device failed is of no use to anybody; its controller makes another in its place. Called when the API
    /// knows that the device is out, so that the other does not come here for it.
    func evictFromFailedDevices() {
        for worker in all { evictFromFailedDevice(worker) }
    }

    private func evictFromFailedDevice(_ worker: PodWorker) {
        guard !worker.withMachine(\.isDown), let message = services.devices.failure(worker.uid),
            (worker.pod.spec.priority ?? 0) < EvictionCandidate.criticalPriority
        else { return }
        worker.evict(message: message)
    }

    /// The pods that are not over, for those who ask which of them has which device.
    var holders: [PodResourcesServer.Holder] {
        active.map { pod in
            let containers = pod.spec.initContainers.filter(\.isSidecar) + pod.spec.containers
            return PodResourcesServer.Holder(
                uid: pod.uid, name: pod.name, namespace: pod.namespace, containers: containers.map(\.name))
        }
    }

    /// Gives the burstable pods together the CPU weight they ask for.
    private func updateShares() {
        let total = active.filter { QoSClass($0) == .burstable }
            .reduce(Int64(0)) { $0 + (PodResources.requests($1)["cpu"]?.milliValue ?? 0) }
        let isNew = state.withLock { state in
            defer { state.burstableMilliCPU = total }
            return state.burstableMilliCPU != total
        }
        guard isNew else { return }
        do {
            try services.settings.cgroups.setBurstable(milliCPU: total)
        } catch {
            services.log.report("node agent", "CPU weight of burstable pods: \(error)")
        }
    }

    // MARK: From the runtime

    package func owner(of id: String) -> PodWorker? {
        state.withLock { state in state.owners[id].flatMap { state.workers[$0] } }
    }

    /// Pods whose volumes show an object that has changed.
    package func refreshVolumes(of uids: Set<String>) {
        for uid in uids { worker(uid: uid)?.refreshVolumes() }
    }

    /// What the runtime had at start and no pod in the API claimed.
    package func takeUnclaimed() -> RuntimeSnapshot {
        state.withLock { state in
            defer { state.found = RuntimeSnapshot() }
            return state.found
        }
    }
}
