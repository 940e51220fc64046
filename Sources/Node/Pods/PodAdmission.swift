import DevicePlugins
import KubeAPI
import Machinery

/// The node's own last check of a pod that the scheduler, or somebody else, has put on it.
package struct PodAdmission: Sendable {
    package struct Rejection: Hashable, Sendable {
        package let reason: String
        package let message: String
    }

    package let node: Node
    package let allocatable: [String: Quantity]
    package let maxPods: Int
    package let pressures: Set<NodePressure>

    package init(
        node: Node, allocatable: [String: Quantity], maxPods: Int, pressures: Set<NodePressure> = []
    ) {
        self.pressures = pressures
        self.node = node
        self.allocatable = allocatable
        self.maxPods = maxPods
    }

    /// - Parameter others: the pods that are on the node and not over.
    package func check(_ pod: Pod, others: [Pod]) -> Rejection? {
        if let rejection = checkPressure(pod) { return rejection }
        if let name = pod.spec.os?.name, name != "linux" {
            return Rejection(
                reason: "PodOSNotSupported",
                message: "Failed to admit pod as the OS field doesn't match node OS")
        }
        if !NodeSelection.matches(pod, node: node) {
            return rejected(
                "NodeAffinity", "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector")
        }
        for taint in node.spec.taints where taint.effect == "NoExecute" {
            guard !pod.spec.tolerations.contains(where: { $0.tolerates(taint) }) else { continue }
            return rejected(
                "TaintToleration", "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate")
        }
        if others.count >= maxPods {
            return rejected(
                "OutOfpods",
                "Node didn't have enough resource: pods, requested: 1, used: \(others.count), capacity: \(maxPods)")
        }
        if let rejection = checkResources(pod, others: others) { return rejection }
        return checkPorts(pod, others: others)
    }

    /// A node that runs dry takes only what it cannot do without; one short of memory alone also pods that said how much
    /// they need, as they go last.
    private func checkPressure(_ pod: Pod) -> Rejection? {
        guard !pressures.isEmpty, (pod.spec.priority ?? 0) < EvictionCandidate.criticalPriority else { return nil }
        if pressures == [.memory] {
            if QoSClass(pod) != .bestEffort { return nil }
            var taint = Taint()
            taint.key = "node.kubernetes.io/memory-pressure"
            taint.effect = "NoSchedule"
            if pod.spec.tolerations.contains(where: { $0.tolerates(taint) }) { return nil }
        }
        let names = pressures.sorted().map(\.rawValue).joined(separator: " ")
        return rejected(PodMachine.evictionReason, "The node had condition: [\(names)]. ")
    }

    private func rejected(_ reason: String, _ message: String) -> Rejection {
        Rejection(reason: reason, message: "Pod was rejected: " + message)
    }

    private func checkResources(_ pod: Pod, others: [Pod]) -> Rejection? {
        let requests = PodResources.requests(pod).filter { !$0.value.isZero }
        guard !requests.isEmpty else { return nil }
        var used: [String: Quantity] = [:]
        for other in others {
            for (name, quantity) in PodResources.requests(other) where requests[name] != nil {
                used[name, default: .zero] += quantity
            }
        }
        for (name, wanted) in requests.sorted(by: { $0.key < $1.key }) {
            guard let capacity = capacity(name) else { continue }
            let taken = used[name] ?? .zero
            guard taken + wanted > capacity else { continue }
            func number(_ quantity: Quantity) -> Int64 { name == "cpu" ? quantity.milliValue : quantity.value }
            return rejected(
                "OutOf\(name)",
                "Node didn't have enough resource: \(name), requested: \(number(wanted)), used: \(number(taken)), "
                    + "capacity: \(number(capacity))"
            )
        }
        return nil
    }

    /// What there is of a resource. Extended ones are announced on the Node by whoever provides them; one that nobody
    /// has announced yet, or that this node has not heard of yet, is the scheduler's to judge: `nil`.
    private func capacity(_ name: String) -> Quantity? {
        if let own = allocatable[name] { return own }
        return node.status.allocatable[name] ?? (PluginRegistration.isExtendedResource(name) ? nil : .zero)
    }

    private func checkPorts(_ pod: Pod, others: [Pod]) -> Rejection? {
        let wanted = Self.hostPorts(pod)
        guard !wanted.isEmpty else { return nil }
        for other in others {
            for taken in Self.hostPorts(other) where wanted.contains(where: { $0.collides(with: taken) }) {
                return rejected(
                    "NodePorts",
                    "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports")
            }
        }
        return nil
    }

    private struct HostPort: Hashable {
        let number: Int32
        let kind: String
        let address: String

        func collides(with other: HostPort) -> Bool {
            number == other.number && kind == other.kind
                && (address == other.address || address == "0.0.0.0" || other.address == "0.0.0.0")
        }
    }

    private static func hostPorts(_ pod: Pod) -> [HostPort] {
        (pod.spec.initContainers.filter(\.isSidecar) + pod.spec.containers).flatMap(\.ports).compactMap { port in
            let number = port.hostPort ?? (pod.usesHostNetwork ? port.containerPort : 0)
            guard number > 0 else { return nil }
            let address = port.hostIP ?? ""
            return HostPort(
                number: number, kind: port.protocol ?? "TCP", address: address.isEmpty ? "0.0.0.0" : address)
        }
    }
}

extension Toleration {
    func tolerates(_ taint: Taint) -> Bool {
        if let effect, !effect.isEmpty, effect != taint.effect { return false }
        if let key, !key.isEmpty, key != taint.key { return false }
        switch self.operator ?? "Equal" {
        case "Exists": return true
        default: return (key ?? "").isEmpty ? false : (value ?? "") == (taint.value ?? "")
        }
    }
}

/// Whether a node is one that a pod wants.
enum NodeSelection {
    static func matches(_ pod: Pod, node: Node) -> Bool {
        let labels = node.labels
        guard pod.spec.nodeSelector.allSatisfy({ labels[$0.key] == $0.value }) else { return false }
        guard let required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution else {
            return true
        }
        return required.nodeSelectorTerms.contains { term in
            guard !term.matchExpressions.isEmpty || !term.matchFields.isEmpty else { return false }
            return term.matchExpressions.allSatisfy { matches($0, labels[$0.key]) }
                && term.matchFields.allSatisfy { matches($0, $0.key == "metadata.name" ? node.name : nil) }
        }
    }

    private static func matches(_ requirement: NodeSelectorRequirement, _ value: String?) -> Bool {
        switch requirement.operator {
        case "In": return value.map { requirement.values.contains($0) } ?? false
        case "NotIn": return value.map { !requirement.values.contains($0) } ?? true
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        case "Gt", "Lt":
            guard let value, let number = Int64(value), let text = requirement.values.first, let bound = Int64(text)
            else {
                return false
            }
            return requirement.operator == "Gt" ? number > bound : number < bound
        default: return false
        }
    }
}
