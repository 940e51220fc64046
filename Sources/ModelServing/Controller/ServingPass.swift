import Client
import Inference
import KubeAPI
import Machinery

/// One look at a ModelService: what there is, and the status that comes of it.
struct ServingPass: Sendable {
    let service: ModelService
    /// The revision that the spec asks for.
    let wanted: Revision
    /// By revision.
    let deployments: [String: Deployment]
    let now: Timestamp
    /// The same on a clock that never goes back.
    let moment: Duration
    var status: ModelServiceStatus
    /// Why the server refuses the objects that the spec asks for.
    var refusal: String?
    /// How many replicas the version that serves should have.
    var desired = 0
    /// When to look again, if nothing happens before.
    private var next: Duration?

    init(_ service: ModelService, _ deployments: [Deployment], now: Timestamp, moment: Duration) {
        self.service = service
        wanted = Revision(service)
        self.deployments = Dictionary(
            deployments.filter { !$0.isBeingDeleted && $0.controllerOwner?.uid == service.uid }
                .map { ($0.name, $0) }
        ) { first, _ in first }
        self.now = now
        self.moment = moment
        status = service.status
    }

    mutating func lookAgain(after delay: Duration) { next = min(next ?? delay, delay) }

    var outcome: ReconcileOutcome { next.map { .requeue(after: $0) } ?? .done }

    func key(_ revision: String) -> ObjectKey { ObjectKey(namespace: service.namespace, name: revision) }

    /// How many replicas a revision's Deployment asks for.
    func replicas(_ revision: String) -> Int { deployments[revision].map { Int($0.spec.replicas ?? 1) } ?? 0 }

    func ready(_ revision: String) -> Int { Int(deployments[revision]?.status.readyReplicas ?? 0) }

    /// How many replicas the new version should have, to take the share of the next step on.
    var needed: Int {
        let spec = service.spec
        let steps = spec.rollout.steps
        guard let rollout = status.rollout, let from = rollout.fromRevision else { return 1 }
        let index = rollout.phase == .starting ? 0 : rollout.step + 1
        let percent = steps.indices.contains(index) ? steps[index] : 100
        let share = (replicas(from) * percent + 99) / 100
        return min(max(share, 1), spec.maximum)
    }

    /// The shares of the requests, the version that serves first.
    var weights: [(revision: String, weight: Int)] {
        let percent = status.rollout?.percent ?? 0
        guard let current = status.currentRevision else {
            // The first version: its requests wait until it is ready.
            return status.rollout.map { [($0.revision.name, 100)] } ?? []
        }
        guard let rollout = status.rollout, rollout.revision.name != current else { return [(current, 100)] }
        return [(current, 100 - percent), (rollout.revision.name, percent)]
    }

    /// What a revision is at the moment.
    enum Role: Sendable {
        /// It serves.
        case current
        /// It is being rolled out.
        case candidate
        /// It served once, or was rolled back.
        case retired
    }

    func role(of revision: String) -> Role {
        if revision == status.currentRevision { return .current }
        return revision == status.rollout?.revision.name ? .candidate : .retired
    }

    /// Retired revisions without replicas that are more than are kept, the oldest ones.
    var forgotten: [String] {
        let retired = deployments.values.filter { deployment in
            role(of: deployment.name) == .retired && deployment.name != wanted.name
                && (deployment.spec.replicas ?? 1) == 0 && (deployment.status.replicas ?? 0) == 0
        }
        let newestFirst = retired.sorted { left, right in
            let moments = [left, right].map { $0.metadata.creationTimestamp ?? Timestamp(seconds: 0) }
            return (moments[1], right.name) < (moments[0], left.name)
        }
        return newestFirst.dropFirst(service.spec.rollout.historyLimit).map(\.name)
    }
}
