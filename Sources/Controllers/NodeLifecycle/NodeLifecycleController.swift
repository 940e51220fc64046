import Client
import KubeAPI
import Machinery
import Synchronization

/// Notices nodes that fell silent or ill: sets their conditions to unknown and taints them, and takes it back.
///
/// A healthy node costs one timer per grace period; its heartbeats only move a time in memory.
struct NodeLifecycleController: QueueController {
    static let leaseNamespace = "kube-node-lease"

    final class Memory: Sendable {
        let heartbeats = Mutex(NodeHeartbeats())
        /// Nodes whose pods' readiness was already taken back.
        let silenced = Mutex<Set<String>>([])
        let known = Mutex<Set<String>>([])
        let zones = Mutex(ZoneHealth())
        /// When a node of each zone was last emptied.
        let lastEvictions = Mutex<[String: Duration]>([:])
    }

    let context: ControllerContext
    let queue: WorkQueue<String>
    let nodes: Informer<Node>
    let leases: Informer<Lease>
    let pods: Informer<Pod>
    let recorder: EventRecorder
    let timing: NodeLifecycleTiming
    let clock: DelayClock
    let memory = Memory()

    init(_ context: ControllerContext, timing: NodeLifecycleTiming = NodeLifecycleTiming()) {
        self.context = context
        self.timing = timing
        let clock = DelayClock(context.clock)
        self.clock = clock
        queue = context.queue(String.self, name: "node_lifecycle_controller")
        nodes = context.informers.informer(Node.self)
        leases = context.informers.informer(Lease.self)
        pods = context.informers.informer(Pod.self)
        recorder = context.recorder.named("node-controller")
        PodsByNode.addIndex(to: pods)
        nodes.onChange { [queue, memory] change in
            let node = change.object
            if case .deleted = change {
                memory.heartbeats.withLock { $0.forget(node.name) }
                memory.zones.withLock { $0.forget(node.name) }
                queue.add(node.name)
                return
            }
            memory.heartbeats.withLock { $0.observe(node, now: clock.now) }
            memory.zones.withLock { $0.observe(node) }
            if case .updated(let old, let new) = change, !Self.concerns(old, new) { return }
            queue.add(node.name)
        }
        leases.onChange { [queue, memory, nodes] change in
            guard change.object.namespace == Self.leaseNamespace else { return }
            if case .deleted = change { return }
            memory.heartbeats.withLock { $0.observe(change.object, now: clock.now) }
            // A node that was given up and speaks again is looked at now.
            let name = change.object.name
            if nodes.get(ObjectKey(namespace: "", name: name))?.readyStatus == "Unknown" { queue.add(name) }
        }
    }

    /// Whether more changed than the time of a heartbeat.
    private static func concerns(_ old: Node, _ new: Node) -> Bool {
        if old.json["spec"] != new.json["spec"] { return true }
        func facts(_ node: Node) -> [String] { node.status.conditions.flatMap { [$0.type, $0.status] } }
        return facts(old) != facts(new)
    }

    var name: String { "node-lifecycle" }

    var sources: [any InformerSource] { [nodes, leases, pods] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard var node = nodes.get(ObjectKey(namespace: "", name: key)) else {
            noteRemoval(key)
            return .done
        }
        noteArrival(node)
        guard !node.isBeingDeleted else { return .done }
        let silence = clock.now - (memory.heartbeats.withLock { $0.last(key) } ?? clock.now)
        let grace = node.condition("Ready") == nil ? timing.startupGracePeriod : timing.gracePeriod
        if silence >= grace { node = try await markUnknown(node) }
        let isReady = node.readyStatus == "True"
        let wait = try await updateTaints(node)
        try await updatePods(of: node, isReady: isReady)
        if let wait { return .requeue(after: wait) }
        // Timers of silent nodes rest: their next word wakes them.
        return silence >= grace ? .done : .requeue(after: grace - silence)
    }

    private func noteArrival(_ node: Node) {
        guard memory.known.withLock({ $0.insert(node.name).inserted }) else { return }
        recorder.event(
            node, reason: "RegisteredNode",
            message: "Node \(node.name) event: Registered Node \(node.name) in Controller")
    }

    private func noteRemoval(_ name: String) {
        memory.silenced.withLock { _ = $0.remove(name) }
        guard memory.known.withLock({ $0.remove(name) != nil }) else { return }
        var reference = ObjectReference()
        reference.apiVersion = "v1"
        reference.kind = "Node"
        reference.name = name
        recorder.event(
            about: reference, reason: "RemovingNode",
            message: "Node \(name) event: Removing Node \(name) from Controller")
    }

    /// Writes that nothing is known of the node any more.
    private func markUnknown(_ node: Node) async throws -> Node {
        let now = context.now
        var conditions = node.status.conditions
        var changed = false
        for type in ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"] {
            if let index = conditions.firstIndex(where: { $0.type == type }) {
                guard conditions[index].status != "Unknown" else { continue }
                conditions[index].status = "Unknown"
                conditions[index].reason = "NodeStatusUnknown"
                conditions[index].message = "Kubelet stopped posting node status."
                conditions[index].lastTransitionTime = now
            } else {
                var condition = NodeCondition()
                condition.type = type
                condition.status = "Unknown"
                condition.reason = "NodeStatusNeverUpdated"
                condition.message = "Kubelet never posted node status."
                condition.lastHeartbeatTime = node.metadata.creationTimestamp
                condition.lastTransitionTime = now
                conditions.append(condition)
            }
            changed = true
        }
        guard changed else { return node }
        var updated = node
        updated.status.conditions = conditions
        let written = try await context.client.updateStatus(updated)
        if node.condition("Ready")?.status == "True" { noteNotReady(node) }
        return written
    }

    private func noteNotReady(_ node: Node) {
        recorder.event(
            node, reason: "NodeNotReady", message: "Node \(node.name) status is now: NodeNotReady")
    }
}
