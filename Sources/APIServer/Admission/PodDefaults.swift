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

/// Pods of a priority class get its value; pods of none get the default class's, or 0.
struct PodPriority: MutatingAdmission {
    let name = "Priority"

    private static let system: [String: Int32] = [
        "system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000,
    ]

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource.resource == "pods", attributes.resource.group.isEmpty,
            attributes.subresource.isEmpty, attributes.operation == .create, let object = attributes.object
        else { return }
        var pod = Pod(json: object)
        let className = pod.spec.priorityClassName ?? ""
        let value: Int32
        if className.isEmpty {
            value = 0
        } else if let known = Self.system[className] {
            value = known
        } else {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: pod.name, "no PriorityClass with name \(className) was found")
        }
        if let given = pod.spec.priority, given != value {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: pod.name,
                "the integer value of priority (\(given)) must not be provided in pod spec; "
                    + "priority admission controller computed \(value) from the given PriorityClass name")
        }
        pod.spec.priority = value
        if pod.spec.preemptionPolicy == nil { pod.spec.preemptionPolicy = "PreemptLowerPriority" }
        attributes.object = pod.json
    }
}
