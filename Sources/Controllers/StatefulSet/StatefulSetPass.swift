import KubeAPI
import Machinery

/// One look at a StatefulSet: which pod stands for which ordinal, which are too much, and what an update takes next.
///
/// Pure: it decides, the controller acts.
struct StatefulSetPass: Sendable {
    /// What is at an ordinal that is to have a pod.
    enum Replica: Sendable {
        /// No pod: this one is to be created.
        case missing(Pod)
        case present(Pod)

        var pod: Pod {
            switch self {
            case .missing(let pod), .present(let pod): pod
            }
        }
    }

    let set: StatefulSet
    let pods: StatefulPods
    let now: Timestamp
    /// By ordinal, the lowest first.
    let replicas: [Replica]
    /// Pods of ordinals that are not asked for any more, the highest first.
    let condemned: [Pod]
    /// Pods that were deleted to be updated in this pass.
    var updating = 0
    private let history: StatefulSetHistory
    /// The first pod that is not available: the one an ordered set may remove out of turn.
    private let firstUnavailable: String?

    init(set: StatefulSet, history: StatefulSetHistory, pods claimed: [Pod], now: Timestamp) {
        self.set = set
        self.history = history
        self.now = now
        let maker = StatefulPods(set: set, current: history.current, update: history.update)
        pods = maker
        var byOrdinal: [Int: Pod] = [:]
        for pod in claimed {
            if let ordinal = set.ordinal(of: pod) { byOrdinal[ordinal] = pod }
        }
        let present = byOrdinal
        replicas = set.ordinals.map { ordinal in
            present[ordinal].map(Replica.present) ?? .missing(maker.make(ordinal))
        }
        condemned = present.filter { !set.ordinals.contains($0.key) }.sorted { $0.key > $1.key }.map(\.value)
        let seconds = set.minReadySeconds
        firstUnavailable =
            (replicas.map(\.pod) + condemned.reversed())
            .first { !Self.isAvailable($0, seconds, now) }?.name
    }

    private static func isAvailable(_ pod: Pod, _ minReadySeconds: Int32, _ now: Timestamp) -> Bool {
        !pod.isBeingDeleted && pod.isAvailable(minReadySeconds: minReadySeconds, now: now)
    }

    func isRunningAndReady(_ pod: Pod) -> Bool { pod.phase == "Running" && pod.isReady }

    func isAvailable(_ pod: Pod) -> Bool { Self.isAvailable(pod, set.minReadySeconds, now) }

    /// Whether an ordered set may remove this pod now, all before it being settled.
    func mayRemove(_ pod: Pod) -> Bool {
        !pod.isBeingDeleted && ((isRunningAndReady(pod) && isAvailable(pod)) || pod.name == firstUnavailable)
    }

    /// The pods that the update takes next, the highest ordinal first.
    func victimsOfUpdate(several: Bool) throws(IntOrStringError) -> [Pod] {
        guard set.updatesByRolling else { return [] }
        let candidates = replicas.dropFirst(set.partition).reversed().map(\.pod)
        func isOld(_ pod: Pod) -> Bool { pod.revisionName != history.update.name && !pod.isBeingDeleted }
        guard several else {
            // One at a time: either it is old, or it has to come up before the next.
            let next = candidates.first { isOld($0) || !isAvailable($0) }
            return next.flatMap { isOld($0) ? [$0] : nil } ?? []
        }
        let unavailable = replicas.count { !isAvailable($0.pod) }
        let allowed = try set.maxUnavailable() - unavailable
        return Array(candidates.filter(isOld).prefix(max(allowed, 0)))
    }

    /// When the next ready pod becomes available by the passing of time.
    var untilAvailable: Duration? {
        existing.compactMap { $0.untilAvailable(minReadySeconds: set.minReadySeconds, now: now) }.min()
    }

    private var existing: [Pod] {
        replicas.compactMap { replica in
            switch replica {
            case .missing: nil
            case .present(let pod): pod
            }
        } + condemned
    }

    func status() -> StatefulSetStatus {
        let existing = existing
        let living = existing.filter { !$0.isBeingDeleted }
        let ready = existing.filter(isRunningAndReady)
        let available = ready.count { $0.isAvailable(minReadySeconds: set.minReadySeconds, now: now) }
        let atCurrent = living.count { $0.revisionName == history.current.name }
        let atUpdate = living.count { $0.revisionName == history.update.name }
        var status = set.status
        status.observedGeneration = set.metadata.generation
        status.collisionCount = history.collisionCount
        status.replicas = Int32(clamping: existing.count)
        status.readyReplicas = Self.positive(ready.count)
        status.availableReplicas = Int32(clamping: available)
        status.currentReplicas = Self.positive(max(atCurrent - updating, 0))
        status.updatedReplicas = Self.positive(atUpdate)
        status.currentRevision = history.current.name
        status.updateRevision = history.update.name
        if set.updatesByRolling, atUpdate == set.replicas, ready.count == set.replicas, existing.count == set.replicas {
            status.currentReplicas = status.updatedReplicas
            status.currentRevision = status.updateRevision
        }
        return status
    }

    private static func positive(_ count: Int) -> Int32? { count == 0 ? nil : Int32(clamping: count) }
}
