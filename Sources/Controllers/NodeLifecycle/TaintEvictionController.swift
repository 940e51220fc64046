import Client
import KubeAPI
import Machinery
import Synchronization

/// Deletes pods from nodes whose NoExecute taints they do not tolerate, or tolerate no longer.
struct TaintEvictionController: QueueController {
    final class Memory: Sendable {
        /// Since when a pod's time runs, for taints that do not say when they were added.
        let started = Mutex<[ObjectKey: Timestamp]>([:])
    }

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let nodes: Informer<Node>
    let pods: Informer<Pod>
    let recorder: EventRecorder
    let memory = Memory()

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(name: "noexec_taint_pod_queue")
        nodes = context.informers.informer(Node.self)
        pods = context.informers.informer(Pod.self)
        recorder = context.recorder.named("taint-eviction-controller")
        PodsByNode.addIndex(to: pods)
        nodes.onChange { [queue, pods] change in
            let node = change.object
            if case .updated(let old, let new) = change, Self.noExecute(old) == Self.noExecute(new) { return }
            if case .added = change, Self.noExecute(node).isEmpty { return }
            for pod in PodsByNode.pods(on: node.name, in: pods) { queue.add(pod.key) }
        }
        pods.onChange { [queue, nodes] change in
            let pod = change.object
            if case .updated(let old, let new) = change, old.nodeName == new.nodeName,
                old.json["spec"]?["tolerations"] == new.json["spec"]?["tolerations"]
            {
                return
            }
            guard !pod.nodeName.isEmpty, let node = nodes.get(ObjectKey(namespace: "", name: pod.nodeName)),
                !Self.noExecute(node).isEmpty
            else { return }
            queue.add(pod.key)
        }
    }

    var name: String { "taint-eviction" }

    var sources: [any InformerSource] { [nodes, pods] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let pod = pods.get(key), !pod.isBeingDeleted, !pod.isTerminal,
            let node = nodes.get(ObjectKey(namespace: "", name: pod.nodeName))
        else {
            memory.started.withLock { $0[key] = nil }
            return .done
        }
        let now = context.now
        switch Self.verdict(pod.spec.tolerations, taints: Self.noExecute(node)) {
        case .stay:
            if memory.started.withLock({ $0.removeValue(forKey: key) != nil }) {
                recorder.event(
                    pod, reason: "TaintManagerEviction", message: "Cancelling deletion of Pod \(pod.key)")
            }
            return .done
        case .leave(let patience, let since):
            let start = memory.started.withLock { started in
                let start = started[key] ?? since ?? now
                started[key] = start
                return start
            }
            let left = start + patience - now
            if left > .zero { return .requeue(after: left) }
            try await evict(pod)
            return .done
        }
    }

    private func evict(_ pod: Pod) async throws {
        recorder.event(pod, reason: "TaintManagerEviction", message: "Marking for deletion Pod \(pod.key)")
        try await PodDisruption.mark(
            pod, reason: "DeletionByTaintManager", message: "Taint manager: deleting due to NoExecute taint",
            failing: false, context)
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = pod.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await context.client.delete(Pod.self, pod.key, options)
        } catch {
            if !error.isNotFound, !error.isConflict { throw error }
        }
        memory.started.withLock { $0[pod.key] = nil }
    }

    enum Verdict: Hashable, Sendable {
        case stay
        case leave(after: Duration, since: Timestamp?)
    }

    /// The shortest patience among the tolerations used decides; a taint that is not tolerated, at once.
    static func verdict(_ tolerations: [Toleration], taints: [Taint]) -> Verdict {
        var patience: Duration?
        var since: Timestamp?
        for taint in taints {
            let matching = tolerations.filter { $0.tolerates(taint) }
            guard !matching.isEmpty else { return .leave(after: .zero, since: taint.timeAdded) }
            let limits = matching.compactMap(\.tolerationSeconds).map { Duration.seconds(max($0, 0)) }
            guard let shortest = limits.min() else { continue }
            if patience.map({ shortest < $0 }) ?? true {
                patience = shortest
                since = taint.timeAdded
            }
        }
        return patience.map { .leave(after: $0, since: since) } ?? .stay
    }

    static func noExecute(_ node: Node) -> [Taint] {
        node.spec.taints.filter { $0.effect == "NoExecute" }
    }
}
