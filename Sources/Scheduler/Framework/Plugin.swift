import Client
import KubeAPI
import Machinery

/// A rule of scheduling. The names of the extension points, and of the plugins, are those of kube-scheduler.
///
/// Nodes are told by their slots in `ClusterState`. Everything up to Permit runs under the scheduler's one lock and
/// never waits; PreBind, Bind and PostBind run beside it.
package protocol Plugin: Sendable {
    var name: PluginName { get }
    /// The events after which a pod that this plugin refused may fit.
    var events: ClusterEvents { get }
    /// Whether an event of that kind may let this pod fit.
    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool
}

extension Plugin {
    package var events: ClusterEvents { [] }
    package func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool { true }
}

/// Decides whether a pod may be queued at all.
package protocol PreEnqueuePlugin: Plugin {
    func preEnqueue(_ pod: PodInfo, in cluster: borrowing ClusterState) -> FilterStatus
    /// What may let a pod in that was refused just now; the plugin's events, where it knows no better.
    func opening(for pod: PodInfo, in cluster: borrowing ClusterState) -> Waker
}

extension PreEnqueuePlugin {
    package func opening(for pod: PodInfo, in cluster: borrowing ClusterState) -> Waker { Waker(events) }
}

/// Orders the pods that wait to be tried. All profiles share one.
package protocol QueueSortPlugin: Plugin {}

/// Computes, once per pod, what the plugin's filter needs, or rules the pod out everywhere.
package protocol PreFilterPlugin: Plugin {
    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome
    /// Another pod came to a node, or left it, in a trial.
    func podChanged(
        _ other: PodInfo, on node: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState)
}

extension PreFilterPlugin {
    package func podChanged(
        _ other: PodInfo, on node: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState
    ) {}
}

/// Decides whether a pod may run on a node.
package protocol FilterPlugin: Plugin {
    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus
}

/// Makes room for a pod that fits nowhere.
package protocol PostFilterPlugin: Plugin {
    func postFilter(
        _ pod: PodInfo, _ diagnosis: Diagnosis, _ profile: Profile, in cluster: inout ClusterState,
        _ state: CycleState, _ search: inout Profile.Search
    ) -> PostFilterOutcome
}

/// Computes, once per pod, what the plugin's score needs.
package protocol PreScorePlugin: Plugin {
    /// - Returns: whether scores are of interest; otherwise they all are 0.
    func preScore(_ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState) -> Bool
}

/// Rates the nodes that may run a pod.
package protocol ScorePlugin: Plugin {
    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64
    /// Brings the plugin's scores, in the order of the nodes, to the range 0…100.
    func normalize(_ scores: inout [Int64], _ nodes: [Int], _ state: CycleState)
    /// Adds the scores of all nodes, weighted. There is one way to do this; it is a requirement for the sake of a
    /// loop per plugin that knows its plugin.
    func addScores(
        _ pod: PodInfo, _ nodes: [Int], in cluster: borrowing ClusterState, _ state: CycleState, weight: Int64,
        to totals: inout [Int64])
}

extension ScorePlugin {
    package func normalize(_ scores: inout [Int64], _ nodes: [Int], _ state: CycleState) {}

    package func addScores(
        _ pod: PodInfo, _ nodes: [Int], in cluster: borrowing ClusterState, _ state: CycleState, weight: Int64,
        to totals: inout [Int64]
    ) {
        var scores = [Int64](unsafeUninitializedCapacity: nodes.count) { buffer, count in
            for index in nodes.indices { buffer[index] = score(pod, nodes[index], in: cluster, state) }
            count = nodes.count
        }
        normalize(&scores, nodes, state)
        for index in scores.indices { totals[index] += scores[index] * weight }
    }
}

/// Keeps what a pod will need on its node, from the decision until the binding.
package protocol ReservePlugin: Plugin {
    func reserve(_ pod: PodInfo, _ node: Int, in cluster: inout ClusterState, _ state: inout CycleState)
        -> FilterStatus
    /// Takes it back; must bear being called without `reserve`.
    func unreserve(_ pod: PodInfo, in cluster: inout ClusterState, _ state: CycleState)
}

/// Lets a pod pass to its binding, or holds it up.
package protocol PermitPlugin: Plugin {
    func permit(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> PermitOutcome
}

/// Does what must be done in the API before a pod is bound.
package protocol PreBindPlugin: Plugin {
    /// Whether there is anything to do for this pod.
    func isNeeded(_ pod: PodInfo, _ state: CycleState) -> Bool
    func preBind(_ pod: PodInfo, to node: String, _ context: BindingContext, _ state: CycleState) async -> FilterStatus
}

/// Binds the pod.
package protocol BindPlugin: Plugin {
    func bind(_ pod: PodInfo, to node: String, _ context: BindingContext) async throws(StatusError)
}

/// Learns of a pod that was bound.
package protocol PostBindPlugin: Plugin {
    func postBind(_ pod: PodInfo, to node: String, _ context: BindingContext) async
}

/// What plugins beside the lock may use.
package struct BindingContext: Sendable {
    package let client: Client
    /// Waits until the condition holds for the cluster, which is looked at after each change of volumes and claims.
    /// False when the time was over first.
    package let until:
        @Sendable (Duration, @escaping @Sendable (borrowing ClusterState) -> FilterStatus?) async -> FilterStatus
    /// Notes what the API was told in what is known of the cluster.
    package let note: @Sendable (@escaping @Sendable (inout ClusterState) -> Void) -> Void
    /// Tells users of a pod: the reason, and a message.
    package let event: @Sendable (PodInfo, String, String) -> Void

    package init(
        client: Client,
        note: @escaping @Sendable (@escaping @Sendable (inout ClusterState) -> Void) -> Void,
        event: @escaping @Sendable (PodInfo, String, String) -> Void,
        until:
            @escaping @Sendable (Duration, @escaping @Sendable (borrowing ClusterState) -> FilterStatus?) async ->
            FilterStatus
    ) {
        self.client = client
        self.note = note
        self.event = event
        self.until = until
    }
}

/// The highest score a node can get of one plugin.
package let maximumNodeScore: Int64 = 100
