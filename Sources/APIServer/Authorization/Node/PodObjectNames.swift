import KubeAPI
import Machinery

/// The names of all API objects that a pod refers to, in its own namespace, whatever the volume or variable: what the
/// node it runs on may read.
struct PodObjectNames: Sendable {
    private(set) var secrets: Set<String> = []
    private(set) var configMaps: Set<String> = []
    private(set) var claims: Set<String> = []
    private(set) var resourceClaims: Set<String> = []
    let serviceAccount: String

    init(_ pod: Pod) {
        let spec = pod.json["spec"]?.objectValue ?? JSONObject()
        serviceAccount = spec.string("serviceAccountName") ?? ""
        for reference in spec.values("imagePullSecrets") { Self.insert(reference["name"], &secrets) }
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            for container in spec.values(list) { addContainer(container) }
        }
        for volume in spec.values("volumes") { addVolume(volume, pod: pod.name) }
        addResourceClaims(spec, status: pod.json["status"]?.objectValue ?? JSONObject())
    }

    private static func insert(_ name: JSON?, _ names: inout Set<String>) {
        if let name = name?.stringValue, !name.isEmpty { names.insert(name) }
    }

    private mutating func addContainer(_ container: JSON) {
        for source in container["envFrom"]?.arrayValue ?? [] {
            Self.insert(source["secretRef"]?["name"], &secrets)
            Self.insert(source["configMapRef"]?["name"], &configMaps)
        }
        for variable in container["env"]?.arrayValue ?? [] {
            Self.insert(variable["valueFrom"]?["secretKeyRef"]?["name"], &secrets)
            Self.insert(variable["valueFrom"]?["configMapKeyRef"]?["name"], &configMaps)
        }
    }

    private mutating func addVolume(_ volume: JSON, pod: String) {
        Self.insert(volume["secret"]?["secretName"], &secrets)
        Self.insert(volume["azureFile"]?["secretName"], &secrets)
        Self.insert(volume["csi"]?["nodePublishSecretRef"]?["name"], &secrets)
        for source in ["cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos"] {
            Self.insert(volume[source]?["secretRef"]?["name"], &secrets)
        }
        Self.insert(volume["configMap"]?["name"], &configMaps)
        for source in volume["projected"]?["sources"]?.arrayValue ?? [] {
            Self.insert(source["secret"]?["name"], &secrets)
            Self.insert(source["configMap"]?["name"], &configMaps)
        }
        if let claim = volume["persistentVolumeClaim"] {
            Self.insert(claim["claimName"], &claims)
        } else if volume["ephemeral"] != nil, let name = volume["name"]?.stringValue {
            claims.insert("\(pod)-\(name)")
        }
    }

    /// Claims the pod names, and those made for it from templates, which its status names.
    private mutating func addResourceClaims(_ spec: JSONObject, status: JSONObject) {
        for claim in spec.values("resourceClaims") { Self.insert(claim["resourceClaimName"], &resourceClaims) }
        for claim in status.values("resourceClaimStatuses") {
            Self.insert(claim["resourceClaimName"], &resourceClaims)
        }
        Self.insert(status["extendedResourceClaimStatus"]?["resourceClaimName"], &resourceClaims)
    }

    /// The first kind of object that the pod refers to, in the words of a refusal; `nil` where it needs none.
    ///
    /// Pods that mirror a file on their node must not: a node that could make them would read whatever it names.
    static func firstReference(_ pod: Pod) -> String? {
        let names = PodObjectNames(pod)
        if !names.serviceAccount.isEmpty { return "serviceaccounts" }
        if !names.secrets.isEmpty { return "secrets" }
        if !names.configMaps.isEmpty { return "configmaps" }
        let spec = pod.json["spec"]?.objectValue ?? JSONObject()
        if !spec.values("resourceClaims").isEmpty { return "resourceclaims" }
        return spec.values("volumes").lazy.compactMap(reference).first
    }

    private static func reference(_ volume: JSON) -> String? {
        let kinds: [(key: String, words: String)] = [
            ("configMap", "configmaps (via configmap volumes)"), ("secret", "secrets (via secret volumes)"),
            ("csi", "csidrivers (via CSI volumes)"), ("glusterfs", "endpoints (via glusterFS volumes)"),
            ("persistentVolumeClaim", "persistentvolumeclaims"),
            ("ephemeral", "persistentvolumeclaims (via ephemeral volumes)"),
            ("azureFile", "secrets (via azureFile volumes)"),
        ]
        if let kind = kinds.first(where: { volume[$0.key] != nil }) { return kind.words }
        let sources: [(key: String, words: String)] = [
            ("configMap", "configmaps (via projected volumes)"), ("secret", "secrets (via projected volumes)"),
            ("serviceAccountToken", "serviceaccounts (via projected volumes)"),
            ("clusterTrustBundle", "clustertrustbundles"), ("podCertificate", "podcertificates"),
        ]
        for source in volume["projected"]?["sources"]?.arrayValue ?? [] {
            if let kind = sources.first(where: { source[$0.key] != nil }) { return kind.words }
        }
        return nil
    }
}
