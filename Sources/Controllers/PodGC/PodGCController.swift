import Client
import KubeAPI
import Machinery

/// Deletes pods nobody else will: of nodes that are gone or out of service, those never placed and already being
/// deleted, and ended ones beyond a number.
struct PodGCController: QueueController {
    enum Work: Hashable, Sendable {
        /// A node that pods name, and that does not exist.
        case node(String)
        /// A node that somebody vouches is down: its pods will never say that they have ended.
        case outOfService(String)
        /// Being deleted without ever having been placed.
        case unplaced(ObjectKey)
        /// Too many ended pods.
        case ended
    }

    /// A node that is missing may only be late, or be made anew under its name.
    private static let quarantine = Duration.seconds(40)

    let context: ControllerContext
    let queue: WorkQueue<Work>
    let pods: Informer<Pod>
    let nodes: Informer<Node>
    /// How many ended pods are kept; zero or less keeps all.
    let endedLimit: Int

    private static let endedIndex = "ended"

    init(_ context: ControllerContext, endedLimit: Int = 12_500) {
        self.context = context
        self.endedLimit = endedLimit
        queue = context.queue(Work.self, name: "orphaned_pods_nodes")
        pods = context.informers.informer(Pod.self)
        nodes = context.informers.informer(Node.self)
        PodsByNode.addIndex(to: pods)
        pods.addIndex(Self.endedIndex) { $0.isTerminal ? ["ended"] : [] }
        nodes.onChange { [queue] change in
            let node = change.object
            if case .deleted = change { return queue.addAfter(.node(node.name), Self.quarantine) }
            if Self.isOutOfService(node) { queue.add(.outOfService(node.name)) }
        }
        pods.onChange { [queue, nodes] change in
            if case .deleted = change { return }
            let pod = change.object
            if pod.isBeingDeleted, !pod.nodeName.isEmpty,
                let node = nodes.get(ObjectKey(namespace: "", name: pod.nodeName)), Self.isOutOfService(node)
            {
                queue.add(.outOfService(node.name))
            }
            let ended: Bool
            if case .updated(let old, _) = change {
                if pod.nodeName.isEmpty, pod.isBeingDeleted { queue.add(.unplaced(pod.key)) }
                ended = pod.isTerminal && !old.isTerminal
                if old.nodeName == pod.nodeName, !ended { return }
            } else {
                if pod.nodeName.isEmpty, pod.isBeingDeleted { queue.add(.unplaced(pod.key)) }
                ended = pod.isTerminal
            }
            if ended { queue.add(.ended) }
            if !pod.nodeName.isEmpty, nodes.get(ObjectKey(namespace: "", name: pod.nodeName)) == nil {
                queue.addAfter(.node(pod.nodeName), Self.quarantine)
            }
        }
    }

    var name: String { "pod-garbage-collector" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [pods, nodes] }

    func reconcile(_ key: Work) async throws -> ReconcileOutcome {
        switch key {
        case .node(let name): try await collectOrphans(of: name)
        case .outOfService(let name): try await collectStranded(on: name)
        case .unplaced(let key):
            if let pod = pods.get(key), pod.isBeingDeleted, pod.nodeName.isEmpty { try await delete(pod) }
        case .ended: try await collectEnded()
        }
        return .done
    }

    private func collectOrphans(of name: String) async throws {
        let key = ObjectKey(namespace: "", name: name)
        let orphans = PodsByNode.pods(on: name, in: pods)
        guard !orphans.isEmpty, nodes.get(key) == nil else { return }
        // The copy may be behind: only the server knows that a node is gone.
        do throws(StatusError) {
            _ = try await context.client.get(Node.self, key)
            return
        } catch {
            if !error.isNotFound { throw error }
        }
        for pod in orphans {
            try await PodDisruption.mark(
                pod, reason: "DeletionByPodGC", message: "PodGC: node no longer exists", failing: true, context)
            try await delete(pod)
        }
    }

    private static func isOutOfService(_ node: Node) -> Bool {
        node.readyStatus != "True" && node.spec.taints.contains { $0.key == "node.kubernetes.io/out-of-service" }
    }

    private func collectStranded(on name: String) async throws {
        guard let node = nodes.get(ObjectKey(namespace: "", name: name)), Self.isOutOfService(node) else { return }
        for pod in PodsByNode.pods(on: name, in: pods) where pod.isBeingDeleted {
            if !pod.isTerminal { try await PodDisruption.patch(pod, ["phase": "Failed"], context) }
            try await delete(pod)
        }
    }

    private func collectEnded() async throws {
        guard endedLimit > 0 else { return }
        let ended = pods.byIndex(Self.endedIndex, "ended").filter { !$0.isBeingDeleted }
        guard ended.count > endedLimit else { return }
        // Evicted pods first, then the oldest.
        let order = ended.sorted { left, right in
            let isLeftEvicted = left.status.reason == "Evicted"
            let isRightEvicted = right.status.reason == "Evicted"
            if isLeftEvicted != isRightEvicted { return isLeftEvicted }
            guard let leftTime = left.metadata.creationTimestamp, let rightTime = right.metadata.creationTimestamp
            else { return left.name < right.name }
            return leftTime < rightTime
        }
        for pod in order.prefix(ended.count - endedLimit) { try await delete(pod) }
    }

    /// Without grace: nothing is left that could use it.
    private func delete(_ pod: Pod) async throws {
        var options = DeleteOptions()
        options.gracePeriodSeconds = 0
        var preconditions = Preconditions()
        preconditions.uid = pod.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await context.client.delete(Pod.self, pod.key, options)
        } catch {
            if !error.isNotFound, !error.isConflict { throw error }
        }
    }
}
