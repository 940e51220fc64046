import KubeAPI
import Machinery

/// Tolerations that let pods ride out a short absence of their node.
struct DefaultTolerationSeconds: MutatingAdmission {
    let name = "DefaultTolerationSeconds"
    private static let seconds: Int64 = 300

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource.resource == "pods", attributes.resource.group.isEmpty,
            attributes.subresource.isEmpty, attributes.operation == .create, let object = attributes.object
        else { return }
        var pod = Pod(json: object)
        let present = pod.spec.tolerations
        let missing = Self.defaults.filter { standard in
            !present.contains { toleration in
                ((toleration.key ?? "").isEmpty || toleration.key == standard.key)
                    && ((toleration.effect ?? "").isEmpty || toleration.effect == "NoExecute")
            }
        }
        guard !missing.isEmpty else { return }
        pod.spec.tolerations = present + missing
        attributes.object = pod.json
    }

    private static let defaults = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map { key in
        Toleration(
            json: [
                "key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": .int(seconds),
            ])
    }
}

/// New nodes are not scheduled to until the node lifecycle controller has seen them ready.
struct TaintNodesByCondition: MutatingAdmission {
    let name = "TaintNodesByCondition"

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource.resource == "nodes", attributes.resource.group.isEmpty,
            attributes.subresource.isEmpty, attributes.operation == .create, let object = attributes.object
        else { return }
        var node = Node(json: object)
        let key = "node.kubernetes.io/not-ready"
        guard !node.spec.taints.contains(where: { $0.key == key && $0.effect == "NoSchedule" }) else { return }
        var taint = Taint()
        taint.key = key
        taint.effect = "NoSchedule"
        node.spec.taints.append(taint)
        attributes.object = node.json
    }
}
