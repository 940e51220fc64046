import KubeAPI
import Machinery

/// In which order an owner gives up pods: those whose loss costs least come first.
///
/// Unassigned before assigned, pending before unknown before running, not ready before ready, lower deletion cost
/// first, those that share a node with more of their kind first, ready for a shorter time first, more restarts first,
/// younger first. Times are compared by magnitude, so that pods of about the same age are taken evenly.
struct PodRanking: Sendable {
    static let deletionCostAnnotation = "controller.kubernetes.io/pod-deletion-cost"

    private struct Rank {
        let pod: Pod
        let isAssigned: Bool
        let phase: Int
        let isReady: Bool
        let cost: Int32
        let neighbours: Int
        let readySince: Timestamp?
        let restarts: Int32
        let created: Timestamp?
    }

    /// - Parameter related: all active pods of the same kind, by which sharing of nodes is counted.
    static func order(_ pods: [Pod], related: [Pod], now: Timestamp) -> [Pod] {
        var perNode: [String: Int] = [:]
        for pod in related where !pod.nodeName.isEmpty { perNode[pod.nodeName, default: 0] += 1 }
        let ranks = pods.map { pod in
            Rank(
                pod: pod, isAssigned: !pod.nodeName.isEmpty, phase: phaseRank(pod.phase), isReady: pod.isReady,
                cost: pod.json["metadata"]?["annotations"]?[deletionCostAnnotation]?.stringValue.flatMap(Int32.init)
                    ?? 0,
                neighbours: perNode[pod.nodeName] ?? 0, readySince: pod.readySince, restarts: pod.maximumRestarts,
                created: pod.metadata.creationTimestamp)
        }
        return ranks.sorted { isBefore($0, $1, now: now) }.map(\.pod)
    }

    private static func phaseRank(_ phase: String) -> Int {
        switch phase {
        case "Pending": 0
        case "Unknown": 1
        case "Running": 2
        default: 0
        }
    }

    private static func isBefore(_ left: Rank, _ right: Rank, now: Timestamp) -> Bool {
        if left.isAssigned != right.isAssigned { return !left.isAssigned }
        if left.phase != right.phase { return left.phase < right.phase }
        if left.isReady != right.isReady { return !left.isReady }
        if left.cost != right.cost { return left.cost < right.cost }
        if left.neighbours != right.neighbours { return left.neighbours > right.neighbours }
        if left.isReady, right.isReady, left.readySince != right.readySince {
            let leftAge = magnitude(of: left.readySince, now: now)
            let rightAge = magnitude(of: right.readySince, now: now)
            return leftAge != rightAge ? leftAge < rightAge : left.pod.uid < right.pod.uid
        }
        if left.restarts != right.restarts { return left.restarts > right.restarts }
        if left.created != right.created {
            let leftAge = magnitude(of: left.created, now: now)
            let rightAge = magnitude(of: right.created, now: now)
            return leftAge != rightAge ? leftAge < rightAge : left.pod.uid < right.pod.uid
        }
        return left.pod.uid < right.pod.uid
    }

    /// The age's power of two; an unknown age is the youngest.
    private static func magnitude(of moment: Timestamp?, now: Timestamp) -> Int {
        guard let moment else { return -1 }
        let seconds = max((now - moment).components.seconds, 0)
        return seconds == 0 ? 0 : 64 - seconds.leadingZeroBitCount
    }
}
