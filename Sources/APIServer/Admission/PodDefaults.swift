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
        for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
            let tolerated = pod.spec.tolerations.contains { toleration in
                ((toleration.key ?? "").isEmpty || toleration.key == key)
                    && ((toleration.effect ?? "").isEmpty || toleration.effect == "NoExecute")
            }
            guard !tolerated else { continue }
            var toleration = Toleration()
            toleration.key = key
            toleration.operator = "Exists"
            toleration.effect = "NoExecute"
            toleration.tolerationSeconds = Self.seconds
            pod.spec.tolerations.append(toleration)
        }
        attributes.object = pod.json
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
