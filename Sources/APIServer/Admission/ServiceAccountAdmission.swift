import KubeAPI
import Machinery

/// Gives every pod a service account, its image pull secrets, and a volume with the account's token.
struct ServiceAccountAdmission: MutatingAdmission {
    let name = "ServiceAccount"
    let account: @Sendable (_ namespace: String, _ name: String) -> ServiceAccount?

    private static let tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount"
    private static let tokenSeconds: Int64 = 3607

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.operation == .create, attributes.resource.resource == "pods",
            attributes.resource.group.isEmpty, attributes.subresource.isEmpty, let object = attributes.object
        else { return }
        var pod = Pod(json: object)
        // Pods that mirror a file on the node have no account.
        guard pod.metadata.annotations["kubernetes.io/config.mirror"] == nil else { return }
        // Taken out, so that one copy is changed in place.
        var spec = pod.spec
        let given = spec.serviceAccountName ?? ""
        let name = given.isEmpty ? "default" : given
        if given.isEmpty { spec.serviceAccountName = name }
        spec.serviceAccount = name
        guard let account = account(attributes.namespace, name) else {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: pod.metadata.name ?? pod.metadata.generateName ?? "",
                "error looking up service account \(attributes.namespace)/\(name): "
                    + "serviceaccount \"\(name)\" not found")
        }
        if spec.imagePullSecrets.isEmpty { spec.imagePullSecrets = account.imagePullSecrets }
        if spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true { mountToken(&spec) }
        pod.spec = spec
        attributes.object = pod.json
    }

    private func mountToken(_ spec: inout PodSpec) {
        let volumes = spec.volumes
        let existing = volumes.first { $0.name.hasPrefix("kube-api-access-") }?.name
        let volume = existing ?? GeneratedName.make(prefix: "kube-api-access-")
        var mounted = false
        spec.containers = spec.containers.map { mount(volume, in: $0, &mounted) }
        let first = spec.initContainers
        if !first.isEmpty { spec.initContainers = first.map { mount(volume, in: $0, &mounted) } }
        if mounted, existing == nil { spec.volumes = volumes + [Self.volume(named: volume)] }
    }

    private func mount(_ volume: String, in container: Container, _ mounted: inout Bool) -> Container {
        let mounts = container.volumeMounts
        guard !mounts.contains(where: { $0.mountPath == Self.tokenPath }) else { return container }
        var container = container
        let mount = VolumeMount(
            json: ["mountPath": .string(Self.tokenPath), "name": .string(volume), "readOnly": true])
        container.volumeMounts = mounts + [mount]
        mounted = true
        return container
    }

    private static func volume(named name: String) -> Volume {
        Volume(json: ["name": .string(name), "projected": projected])
    }

    /// What is in the volume: the same for every pod.
    private static let projected: JSON = [
        "defaultMode": 420,
        "sources": [
            ["serviceAccountToken": ["expirationSeconds": .int(tokenSeconds), "path": "token"]],
            ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
            [
                "downwardAPI": [
                    "items": [
                        [
                            "path": "namespace",
                            "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"],
                        ]
                    ]
                ]
            ],
        ],
    ]
}
