import KubeAPI
import Machinery

struct NetworkPolicyStrategy: Strategy {
    func applyDefaults(_ policy: inout NetworkPolicy) {
        guard policy.json["spec"] != nil else { return }
        if policy.spec.policyTypes.isEmpty {
            // A policy that does not say is about what comes in, and about what goes out where it has rules for that.
            policy.spec.policyTypes = policy.spec.egress.isEmpty ? ["Ingress"] : ["Ingress", "Egress"]
        }
        func complete(_ ports: [NetworkPolicyPort]) -> [NetworkPolicyPort] {
            ports.map { port in
                var port = port
                if port.protocol == nil { port.protocol = "TCP" }
                return port
            }
        }
        if policy.spec.ingress.contains(where: { !$0.ports.isEmpty }) {
            policy.spec.ingress = policy.spec.ingress.map { rule in
                var rule = rule
                if !rule.ports.isEmpty { rule.ports = complete(rule.ports) }
                return rule
            }
        }
        if policy.spec.egress.contains(where: { !$0.ports.isEmpty }) {
            policy.spec.egress = policy.spec.egress.map { rule in
                var rule = rule
                if !rule.ports.isEmpty { rule.ports = complete(rule.ports) }
                return rule
            }
        }
    }

    func validate(_ policy: NetworkPolicy) -> [FieldError] { NetworkPolicyValidation.validate(policy) }

    var columns: [TableColumn] {
        [.name, TableColumn("Pod-Selector", description: "The pods it is about."), .age]
    }

    func cells(_ policy: NetworkPolicy, now: Timestamp) -> [JSON] {
        let selector = policy.spec.json["podSelector"]?.objectValue.map(LabelSelector.init(json:))
        return [
            .string(policy.name), TableCell.selector(selector),
            TableCell.age(policy.metadata.creationTimestamp, now: now),
        ]
    }
}
