import Client
import KubeAPI
import Machinery

/// The informer index of pods by the claims they use.
enum PodsByClaim {
    private static let index = "claims"

    static func addIndex(to pods: Informer<Pod>) {
        pods.addIndex(index) { pod in claims(of: pod).map(\.description) }
    }

    static func pods(using claim: ObjectKey, in pods: Informer<Pod>) -> [Pod] {
        pods.byIndex(index, claim.description)
    }

    /// The claims a pod names, and those made for its ephemeral volumes. Runs for every change of every pod.
    static func claims(of pod: Pod) -> [ObjectKey] {
        guard case .array(let volumes)? = pod.json["spec"]?["volumes"] else { return [] }
        var keys: [ObjectKey] = []
        for case .object(let volume) in volumes {
            if let name = volume["persistentVolumeClaim"]?["claimName"]?.stringValue {
                keys.append(ObjectKey(namespace: pod.namespace, name: name))
            } else if volume.contains("ephemeral"), let name = volume.string("name") {
                keys.append(ObjectKey(namespace: pod.namespace, name: EphemeralClaim.name(pod: pod.name, volume: name)))
            }
        }
        return keys
    }
}

/// The claim that stands for a pod's generic ephemeral volume.
enum EphemeralClaim {
    static func name(pod: String, volume: String) -> String { "\(pod)-\(volume)" }

    /// Why a claim of that name is not the pod's own; `nil` when it is.
    static func objection(_ claim: PersistentVolumeClaim, _ pod: Pod) -> String? {
        let owner = claim.controllerOwner
        guard owner?.uid != pod.uid || owner?.kind != "Pod" else { return nil }
        return "PVC \(claim.key) was not created for pod \(pod.key) (pod is not owner)"
    }
}
