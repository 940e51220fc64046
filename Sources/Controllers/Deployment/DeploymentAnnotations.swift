import KubeAPI
import Machinery

/// The annotations by which Deployments and their ReplicaSets keep track of revisions and sizes.
enum DeploymentAnnotations {
    static let revision = "deployment.kubernetes.io/revision"
    static let revisionHistory = "deployment.kubernetes.io/revision-history"
    static let desiredReplicas = "deployment.kubernetes.io/desired-replicas"
    static let maxReplicas = "deployment.kubernetes.io/max-replicas"
    static let lastApplied = "kubectl.kubernetes.io/last-applied-configuration"
    static let templateHash = "pod-template-hash"
    /// The history kept in one annotation, in bytes.
    private static let historyLimit = 2000

    /// What a ReplicaSet does not take over from its Deployment.
    private static let own: Set<String> = [
        lastApplied, revision, revisionHistory, desiredReplicas, maxReplicas, "deprecated.deployment.rollback.to",
    ]

    static func revision(of object: some KubeObject) -> Int64 {
        object.json["metadata"]?["annotations"]?[revision]?.stringValue.flatMap(Int64.init) ?? 0
    }

    static func count(_ annotation: String, of replicaSet: ReplicaSet) -> Int? {
        replicaSet.json["metadata"]?["annotations"]?[annotation]?.stringValue.flatMap(Int.init)
    }

    /// The annotations of the newest ReplicaSet: the Deployment's own, the revision, and earlier revisions it had.
    static func annotations(
        of present: [String: String], taking deployment: Deployment, revision newRevision: Int64
    ) -> [String: String] {
        var annotations = present
        for (key, value) in deployment.metadata.annotations where !own.contains(key) { annotations[key] = value }
        let oldText = present[revision]
        let old = oldText.flatMap(Int64.init) ?? 0
        guard old < newRevision else { return annotations }
        annotations[revision] = String(newRevision)
        if let oldText, old > 0 {
            var history = (present[revisionHistory] ?? "").split(separator: ",").map(String.init)
            if history.first == "0" { history.removeFirst() }
            history.append(oldText)
            while history.joined(separator: ",").utf8.count > historyLimit { history.removeFirst() }
            annotations[revisionHistory] = history.joined(separator: ",")
        }
        return annotations
    }

    static func setSizes(_ annotations: inout [String: String], _ arithmetic: RolloutArithmetic) {
        annotations[desiredReplicas] = String(arithmetic.replicas)
        annotations[maxReplicas] = String(arithmetic.maximumTotal)
    }
}
