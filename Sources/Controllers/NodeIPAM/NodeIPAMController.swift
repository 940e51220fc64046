import Client
import KubeAPI
import Machinery
import Synchronization

/// What the controller that hands out pod ranges has to know.
package struct NodeIPAMConfiguration: Sendable {
    /// All pods of the cluster.
    package var clusterNetworks: [CIDR]
    /// Prefix lengths of a node's part, by family.
    package var partLength: [InternetAddress.Family: Int]
    /// Ranges that a node brings along, so that no other is given them before it has joined.
    package var kept: [String: [CIDR]]

    package init(
        clusterNetworks: [CIDR], partLength: [InternetAddress.Family: Int] = [.v4: 24, .v6: 64],
        kept: [String: [CIDR]] = [:]
    ) {
        self.clusterNetworks = clusterNetworks
        self.partLength = partLength
        self.kept = kept
    }
}

/// Gives every Node that has none its part of the pod network: `spec.podCIDR` and `spec.podCIDRs`.
///
/// What is taken is what Nodes have; nothing is recorded elsewhere. A range comes free when its Node is deleted.
struct NodeIPAMController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<String>
    let nodes: Informer<Node>
    let recorder: EventRecorder
    let ranges: Ranges

    /// Shared with the informer's handler; one pool for each cluster network.
    final class Ranges: Sendable {
        let pools: Mutex<[NodeRanges]>

        init(_ configuration: NodeIPAMConfiguration) {
            pools = Mutex(
                configuration.clusterNetworks.compactMap { network in
                    let length = configuration.partLength[network.family] ?? network.family.width
                    var pool = NodeRanges(network: network, partLength: length)
                    for (node, kept) in configuration.kept { kept.forEach { pool?.keep($0, for: node) } }
                    return pool
                })
        }

        func occupy(_ node: Node) {
            let given = node.spec.podCIDRs.isEmpty ? [node.spec.podCIDR ?? ""] : node.spec.podCIDRs
            pools.withLock { pools in
                for range in given.compactMap({ CIDR($0) }) {
                    for index in pools.indices { pools[index].occupy(range, by: node.name) }
                }
            }
        }

        func release(_ name: String) {
            pools.withLock { pools in
                for index in pools.indices { pools[index].release(name) }
            }
        }

        /// A part of each network; `nil` when one of them is used up.
        func allocate(for name: String) -> [CIDR]? {
            pools.withLock { pools in
                var given: [CIDR] = []
                for index in pools.indices {
                    guard let range = pools[index].allocate(for: name) else { return nil }
                    given.append(range)
                }
                return given
            }
        }
    }

    init(_ context: ControllerContext, configuration: NodeIPAMConfiguration) {
        self.context = context
        queue = context.queue(String.self, backoff: Backoff(initial: .milliseconds(50), limit: .seconds(60)))
        nodes = context.informers.informer(Node.self)
        recorder = context.recorder.named("cidrAllocator")
        let ranges = Ranges(configuration)
        self.ranges = ranges
        nodes.onChange { [queue] change in
            switch change {
            case .deleted(let node):
                ranges.release(node.name)
            case .added(let node), .updated(_, let node):
                if Self.hasRange(node) { ranges.occupy(node) } else { queue.add(node.name) }
            }
        }
    }

    private static func hasRange(_ node: Node) -> Bool {
        !node.spec.podCIDRs.isEmpty || !(node.spec.podCIDR ?? "").isEmpty
    }

    var name: String { "node-ipam" }
    /// One at a time: the order in which nodes come is the order of their ranges.
    var workers: Int { 1 }

    /// Every Node's range is noted before the first is given.
    var sources: [any InformerSource] { [nodes] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let node = nodes.get(ObjectKey(namespace: "", name: key)), !node.isBeingDeleted, !Self.hasRange(node)
        else { return .done }
        guard let given = ranges.allocate(for: key), let first = given.first else {
            recorder.event(
                node, reason: "CIDRNotAvailable", message: "Node \(key) status is now: CIDRNotAvailable")
            // A range comes free when a node goes, of which no event tells this one.
            return .requeue(after: .seconds(30))
        }
        let patch: JSON = [
            "metadata": ["uid": .string(node.uid)],
            "spec": [
                "podCIDR": .string(first.description), "podCIDRs": .array(given.map { .string($0.description) }),
            ],
        ]
        do {
            _ = try await context.client.patch(Node.self, node.key, .strategic(patch))
        } catch {
            if error.isNotFound { ranges.release(key) }
            throw error
        }
        return .done
    }
}
