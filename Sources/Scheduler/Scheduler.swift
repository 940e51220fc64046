import Client
import KubeAPI
import Machinery
import Synchronization

/// Places pods on nodes: one decision after the other over what is known, bindings side by side.
package final class Scheduler: Sendable {
    package static let name = "default-scheduler"
    /// How many bindings may be under way.
    private static let maximumBindings = 64
    /// How many pods may wait to be told that they fit nowhere, and how many are told at a time.
    private static let maximumReports = 8192
    private static let maximumWriters = 16

    /// A pod that fits nowhere, and why.
    private struct StatusReport: Sendable {
        var key: ObjectKey
        var uid: String
        var message: String
    }

    private let client: Client
    private let profile: Profile
    private let events: EventRecorder
    private let pods: Informer<Pod>
    private let nodes: Informer<Node>
    private let queue = SchedulingQueue()
    private let reports: AsyncStream<StatusReport>
    private let report: AsyncStream<StatusReport>.Continuation
    private let cluster = Mutex(ClusterState())
    private let clock: any WallClock
    private let log: FailureLog

    package init(
        client: Client, informers: InformerFactory, profile: Profile = .standard,
        clock: any WallClock = SystemWallClock(), log: FailureLog = .standardError
    ) {
        self.client = client
        self.profile = profile
        self.clock = clock
        self.log = log
        events = EventRecorder(client: client, component: Self.name, log: log)
        (reports, report) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumReports))
        pods = informers.informer(Pod.self)
        nodes = informers.informer(Node.self)
        nodes.onChange { [weak self] in self?.nodeChanged($0) }
        pods.onChange { [weak self] in self?.podChanged($0) }
    }

    /// Schedules until cancelled. The informers are the caller's to run.
    package func run() async throws {
        try await nodes.waitForSync()
        try await pods.waitForSync()
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [events] in await events.run() }
                group.addTask { try await self.retryForgotten() }
                group.addTask { await self.writeReports() }
                var bindings = 0
                try await withThrowingDiscardingTaskGroup { binders in
                    let slots = BindingSlots(limit: Self.maximumBindings)
                    while let info = await queue.next() {
                        guard let node = schedule(info) else { continue }
                        await slots.take()
                        bindings += 1
                        binders.addTask {
                            await self.bind(info, to: node)
                            slots.give()
                        }
                    }
                }
                group.cancelAll()
            }
        } onCancel: {
            queue.close()
        }
    }

    /// Pods that no event woke are tried again once in a while.
    private func retryForgotten() async throws {
        while true {
            try await Task.sleep(for: SchedulingQueue.maximumUnschedulableTime)
            queue.moveAll()
        }
    }

    private func nodeChanged(_ change: InformerChange<Node>) {
        switch change {
        case .added(let node):
            cluster.withLock { $0.updateNode(node) }
            queue.moveAll()
        case .updated(let old, let node):
            cluster.withLock { $0.updateNode(node) }
            // A heartbeat changes nothing that scheduling looks at.
            if old.spec != node.spec || old.metadata.labels != node.metadata.labels
                || old.status.allocatable != node.status.allocatable
            {
                queue.moveAll()
            }
        case .deleted(let node):
            cluster.withLock { $0.removeNode(node.name) }
        }
    }

    private func podChanged(_ change: InformerChange<Pod>) {
        switch change {
        case .added(let pod), .updated(_, let pod):
            let phase = pod.status.phase ?? ""
            let node = pod.spec.nodeName ?? ""
            if phase == "Succeeded" || phase == "Failed" {
                release(pod)
            } else if !node.isEmpty {
                let info = self.info(pod)
                cluster.withLock { $0.confirm(info, on: node) }
                queue.remove(uid: pod.uid)
            } else if pod.spec.schedulerName ?? Self.name == Self.name, !pod.isBeingDeleted {
                var onlyLabelsChanged = false
                if case .updated(let old, _) = change, old.spec == pod.spec {
                    if old.metadata.json["labels"] == pod.metadata.json["labels"] { return }
                    onlyLabelsChanged = true
                }
                enqueue(pod, onlyLabelsChanged: onlyLabelsChanged)
            } else {
                queue.remove(uid: pod.uid)
            }
        case .deleted(let pod):
            release(pod)
        }
    }

    private func enqueue(_ pod: Pod, onlyLabelsChanged: Bool) {
        guard !cluster.withLock({ $0.isPlaced(uid: pod.uid) }) else { return }
        let verdict = profile.preEnqueue.lazy.map { $0.preEnqueue(pod) }.first { $0 != .success }
        queue.add(info(pod), isGated: verdict != nil, onlyLabelsChanged: onlyLabelsChanged)
    }

    private func info(_ pod: Pod) -> PodInfo {
        PodInfo(pod) { [pods] in pods.get($0) }
    }

    private func release(_ pod: Pod) {
        queue.remove(uid: pod.uid)
        let wasPlaced = cluster.withLock { cluster in
            let placed = cluster.isPlaced(uid: pod.uid)
            cluster.removePod(uid: pod.uid)
            return placed
        }
        if wasPlaced { queue.moveAll() }
    }

    /// Decides for one pod, and counts it on its node at once; `nil` when it fits nowhere.
    private func schedule(_ info: PodInfo) -> String? {
        let decision = cluster.withLock { cluster -> Profile.Decision in
            let decision = profile.decide(info, cluster.snapshot)
            if case .node(let name) = decision { cluster.assume(info, on: name) }
            return decision
        }
        switch decision {
        case .node(let name):
            return name
        case .unschedulable(let diagnosis):
            queue.giveBack(info, dependsOnLabels: diagnosis.dependsOnLabels)
            let message = diagnosis.message
            events.event(info.pod, type: .warning, reason: "FailedScheduling", message: message)
            if case .dropped = report.yield(StatusReport(key: info.key, uid: info.uid, message: message)) {
                // It will be told with the next try.
                log.report("scheduler", "too many pods fit nowhere to tell each; left out \(info.key)")
            }
            return nil
        }
    }

    private func bind(_ info: PodInfo, to node: String) async {
        var binding = Binding(json: ["apiVersion": "v1", "kind": "Binding"])
        binding.metadata.name = info.key.name
        binding.metadata.namespace = info.key.namespace
        binding.metadata.uid = info.uid
        binding.target.kind = "Node"
        binding.target.name = node
        do {
            _ = try await client.createSubresource(
                of: Pod.self, info.key, "binding", binding, returning: Status.self)
            queue.done(uid: info.uid)
            events.event(
                info.pod, type: .normal, reason: "Scheduled",
                message: "Successfully assigned \(info.key) to \(node)")
        } catch {
            cluster.withLock { $0.forget(uid: info.uid) }
            switch error.reason {
            case .notFound:
                queue.done(uid: info.uid)
            case .conflict where pods.get(info.key)?.spec.nodeName != nil:
                queue.done(uid: info.uid)
            default:
                log.report("scheduler", "binding \(info.key) to \(node): \(error)")
                queue.giveBack(info)
                queue.moveAll()
            }
        }
    }

    /// Writes what there is to tell, a bounded number at a time, until cancelled.
    private func writeReports() async {
        await withDiscardingTaskGroup { writers in
            let slots = BindingSlots(limit: Self.maximumWriters)
            for await next in reports {
                await slots.take()
                writers.addTask {
                    await self.write(next)
                    slots.give()
                }
            }
        }
    }

    /// Tells in the pod's status why it waits; only when that is news.
    private func write(_ report: StatusReport) async {
        guard let pod = pods.get(report.key), pod.uid == report.uid else { return }
        let current = pod.status.conditions.first { $0.type == "PodScheduled" }
        if current?.status == "False", current?.reason == "Unschedulable", current?.message == report.message { return }
        var condition = PodCondition()
        condition.type = "PodScheduled"
        condition.status = "False"
        condition.reason = "Unschedulable"
        condition.message = report.message
        condition.lastTransitionTime =
            current?.status == "False" ? current?.lastTransitionTime : clock.now.inSeconds
        let patch: JSONObject = [
            "metadata": ["uid": .string(report.uid)], "status": ["conditions": [.object(condition.json)]],
        ]
        do {
            _ = try await client.patch(Pod.self, report.key, .strategic(.object(patch)), subresource: "status")
        } catch {
            // A pod that is gone or was replaced needs no explanation.
            guard error.reason != .notFound, error.reason != .conflict else { return }
            log.report("scheduler", "status of \(report.key): \(error)")
        }
    }
}

/// Places for requests under way.
private final class BindingSlots: Sendable {
    private struct State {
        var free: Int
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>

    init(limit: Int) {
        state = Mutex(State(free: limit))
    }

    /// Called by one task only.
    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state -> Bool in
                guard state.free > 0 else {
                    state.waiter = continuation
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func give() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.free += 1
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }
}
