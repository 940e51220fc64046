import KubeAPI
import Machinery

/// A Deployment's ReplicaSets, told apart: the one of the present template, if it exists, and the old ones.
struct RevisionSet: Sendable {
    private(set) var newest: ReplicaSet?
    /// Oldest first.
    private(set) var old: [ReplicaSet]

    init(_ deployment: Deployment, _ sets: [ReplicaSet]) {
        let byAge = sets.sorted(by: Self.isOlder)
        // Should several have the present template, the oldest is the one.
        newest = byAge.first { set in
            TemplateHash.isSame(set.spec.template ?? PodTemplateSpec(), deployment.spec.template)
        }
        let newestUID = newest?.uid
        old = byAge.filter { $0.uid != newestUID }
    }

    var all: [ReplicaSet] { old + (newest.map { [$0] } ?? []) }
    var active: [ReplicaSet] { all.filter { $0.replicas > 0 } }
    /// The sum of the sizes asked for.
    var totalReplicas: Int { all.reduce(0) { $0 + $1.replicas } }
    var totalOldReplicas: Int { old.reduce(0) { $0 + $1.replicas } }
    var totalAvailable: Int { all.reduce(0) { $0 + $1.availableReplicas } }
    var highestOldRevision: Int64 { old.map { DeploymentAnnotations.revision(of: $0) }.max() ?? 0 }

    mutating func replace(_ set: ReplicaSet) {
        if newest?.uid == set.uid { newest = set }
        if let index = old.firstIndex(where: { $0.uid == set.uid }) { old[index] = set }
    }

    mutating func setNewest(_ set: ReplicaSet) {
        newest = set
        old.removeAll { $0.uid == set.uid }
    }

    /// Whether the Deployment's size changed since its active ReplicaSets were last scaled.
    func wasResized(to replicas: Int) -> Bool {
        active.contains { set in
            guard let desired = DeploymentAnnotations.count(DeploymentAnnotations.desiredReplicas, of: set) else {
                return false
            }
            return desired != replicas
        }
    }

    static func isOlder(_ left: ReplicaSet, _ right: ReplicaSet) -> Bool {
        let leftTime = left.metadata.creationTimestamp
        let rightTime = right.metadata.creationTimestamp
        if let leftTime, let rightTime, leftTime != rightTime { return leftTime < rightTime }
        return left.name < right.name
    }
}

extension ReplicaSet {
    var availableReplicas: Int { Int(status.availableReplicas ?? 0) }
}
