import Client
import KubeAPI
import Machinery

/// Taints nodes that are kept for pods that use their devices, so that nothing else lands there: see `DedicatedNodes`.
///
/// A taint stays when the devices are away: what comes back with them finds no strangers. Whoever wants it gone takes
/// the annotation off as well.
struct DedicatedNodeController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<String>
    let nodes: Informer<Node>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(String.self, name: "dedicated_nodes")
        nodes = context.informers.informer(Node.self)
        nodes.onChange { [queue] change in
            if case .deleted = change { return }
            if !Self.missing(change.object).isEmpty { queue.add(change.object.name) }
        }
    }

    var name: String { "dedicated-nodes" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [nodes] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard var node = nodes.get(ObjectKey(namespace: "", name: key)), !node.isBeingDeleted else { return .done }
        let missing = Self.missing(node)
        guard !missing.isEmpty else { return .done }
        for resource in missing {
            var taint = Taint()
            taint.key = resource
            taint.value = DedicatedNodes.taintValue
            taint.effect = "NoSchedule"
            node.spec.taints.append(taint)
        }
        do throws(StatusError) {
            _ = try await context.client.update(node)
        } catch {
            if error.isNotFound { return .done }
            throw error
        }
        return .done
    }

    /// Resources that the node is kept for and has, but is not tainted for.
    private static func missing(_ node: Node) -> [String] {
        DedicatedNodes.resources(node).filter { resource in
            (node.status.capacity[resource] ?? .zero) > .zero
                && !node.spec.taints.contains { $0.key == resource && $0.effect == "NoSchedule" }
        }
    }
}
