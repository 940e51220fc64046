import KubeAPI
import Machinery

/// Services count by themselves, for the load balancer and for the node ports they take.
struct ServiceQuota: QuotaEvaluator {
    private static let names: Set<String> = [
        "count/services", "services", "services.nodeports", "services.loadbalancers",
    ]

    func handles(_ request: QuotaRequest) -> Bool { request.subresource.isEmpty }
    func counts(_ name: String) -> Bool { Self.names.contains(name) }

    func usage(of object: JSONObject) -> ResourceAmounts {
        let spec = Service(json: object).spec
        var usage: ResourceAmounts = [
            "count/services": 1, "services": 1, "services.nodeports": 0, "services.loadbalancers": 0,
        ]
        switch spec.type {
        case "NodePort": usage["services.nodeports"] = Quantity(Int64(spec.ports.count))
        case "LoadBalancer":
            let takesPorts = spec.allocateLoadBalancerNodePorts ?? true
            let ports = takesPorts ? spec.ports.count : spec.ports.count { ($0.nodePort ?? 0) != 0 }
            usage["services.nodeports"] = Quantity(Int64(ports))
            usage["services.loadbalancers"] = 1
        default: break
        }
        return usage
    }

    func isWithin(_ scope: QuotaScope, _ object: JSONObject) -> Bool { false }
    func omission(in object: JSONObject, required: Set<String>) -> String? { nil }
}
