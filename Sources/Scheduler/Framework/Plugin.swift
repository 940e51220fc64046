import KubeAPI

/// A rule of scheduling. The names of the extension points, and of the plugins, are those of kube-scheduler.
package protocol Plugin: Sendable {
    var name: String { get }
    /// Whether its verdict on a pod may change with the pod's own labels.
    var looksAtOwnLabels: Bool { get }
}

extension Plugin {
    /// Plugins that only look at the pod's spec say so.
    package var looksAtOwnLabels: Bool { true }
}

/// Decides whether a pod may be queued at all.
package protocol PreEnqueuePlugin: Plugin {
    func preEnqueue(_ pod: Pod) -> FilterStatus
}

/// Computes, once per pod, what the plugin's filter and score need, or rules the pod out everywhere.
package protocol PreFilterPlugin: Plugin {
    func preFilter(_ pod: PodInfo, _ snapshot: NodeSnapshot, _ state: inout CycleState) -> FilterStatus
}

/// Decides whether a pod may run on a node.
package protocol FilterPlugin: Plugin {
    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus
}

/// Rates the nodes that may run a pod.
package protocol ScorePlugin: Plugin {
    var weight: Int64 { get }
    func score(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> Int64
    /// Brings the plugin's scores to the range 0…100.
    func normalize(_ scores: inout [Int64])
}

extension ScorePlugin {
    package func normalize(_ scores: inout [Int64]) {}
}

/// The highest score a node can get of one plugin.
package let maximumNodeScore: Int64 = 100

package enum FilterStatus: Sendable, Hashable {
    case success
    /// The pod does not fit, but would if other pods went away.
    case unschedulable([String])
    /// The pod does not fit, whatever other pods do.
    case unresolvable([String])

    package var reasons: [String] {
        switch self {
        case .success: []
        case .unschedulable(let reasons), .unresolvable(let reasons): reasons
        }
    }
}

/// What plugins hand from one extension point to the next within one pod's cycle.
package struct CycleState: Sendable {
    package var requiredNodeAffinity: NodeAffinityTerms?
    package var spreading: TopologySpreading?

    package init() {}
}
