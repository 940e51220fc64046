import KubeAPI
import Machinery

extension Strategy {
    /// Takes an update of the status subresource over an object: its status, and of its metadata what the kind lets such
    /// an update change. All else stays as it was.
    func restoreAllButStatus(_ object: inout Object, from old: Object) {
        let status = object.json["status"]
        var metadata = object.json["metadata"]?.objectValue ?? JSONObject()
        let existing = old.json["metadata"]?.objectValue ?? JSONObject()
        for member in StatusMetadata.kept(Object.kind) { metadata[member] = existing[member] }
        object.json = old.json
        object.json["status"] = status
        object.json["metadata"] = .object(metadata)
    }
}

/// What of an object's metadata an update of its status leaves alone.
///
/// Older kinds let it change labels, annotations, finalizers and owners, and clients (node agents and controllers among
/// them) have come to rely on it; for newer kinds and custom resources a status update is one of the status only.
enum StatusMetadata {
    private static let all = ["labels", "annotations", "finalizers", "ownerReferences"]

    /// By `group/Kind`, the kinds whose metadata follows, with what is excepted.
    private static let changeable: [String: [String]] = {
        var kinds: [String: [String]] = [
            // Old node agents corrupted owners, which breaks garbage collection.
            "/Pod": ["ownerReferences"],
            "apps/Deployment": ["labels"],
        ]
        let whole = [
            "/Namespace", "/Node", "/PersistentVolume", "/PersistentVolumeClaim", "/ReplicationController",
            "/ResourceQuota", "/Service", "apps/DaemonSet", "apps/ReplicaSet", "apps/StatefulSet",
            "autoscaling/HorizontalPodAutoscaler", "batch/CronJob", "batch/Job",
            "certificates.k8s.io/CertificateSigningRequest", "networking.k8s.io/Ingress",
            "policy/PodDisruptionBudget", "apiextensions.k8s.io/CustomResourceDefinition",
        ]
        for kind in whole { kinds[kind] = [] }
        return kinds
    }()

    static func kept(_ kind: GroupVersionKind) -> [String] {
        changeable["\(kind.group)/\(kind.kind)"] ?? all
    }
}
