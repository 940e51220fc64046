import KubeAPI
import Machinery

/// Sums over a pod's containers.
package enum PodResources {
    /// What the pod asks of the node: the main containers and sidecars together, or an init container at its time,
    /// whichever is more; overhead on top. Pod-level requests stand where they are given.
    package static func requests(_ pod: Pod) -> [String: Quantity] {
        var total = sum(pod) { container in
            var requests = container.resources?.requests ?? [:]
            for (name, limit) in container.resources?.limits ?? [:] where requests[name] == nil {
                requests[name] = limit
            }
            return requests
        }
        for (name, quantity) in pod.spec.resources?.requests ?? [:] { total[name] = quantity }
        for (name, quantity) in pod.spec.overhead { total[name, default: .zero] += quantity }
        return total
    }

    /// The limit of a resource over all containers; `nil` when any of them has none.
    package static func limit(_ pod: Pod, _ name: String) -> Quantity? {
        if let limit = pod.spec.resources?.limits[name] { return limit }
        let containers = pod.spec.containers + pod.spec.initContainers
        guard containers.allSatisfy({ $0.resources?.limits[name].map { !$0.isZero } ?? false }) else { return nil }
        return sum(pod) { container in
            container.resources?.limits[name].map { [name: $0] } ?? [:]
        }[name]
    }

    private static func sum(_ pod: Pod, _ of: (Container) -> [String: Quantity]) -> [String: Quantity] {
        var total: [String: Quantity] = [:]
        for container in pod.spec.containers {
            for (name, quantity) in of(container) { total[name, default: .zero] += quantity }
        }
        var sidecars: [String: Quantity] = [:]
        var peak: [String: Quantity] = [:]
        for container in pod.spec.initContainers {
            var needed = of(container)
            if container.isSidecar {
                for (name, quantity) in needed { sidecars[name, default: .zero] += quantity }
                needed = sidecars
            } else {
                for (name, quantity) in sidecars { needed[name, default: .zero] += quantity }
            }
            for (name, quantity) in needed where (peak[name] ?? .zero) < quantity { peak[name] = quantity }
        }
        for (name, quantity) in sidecars { total[name, default: .zero] += quantity }
        for (name, quantity) in peak where (total[name] ?? .zero) < quantity { total[name] = quantity }
        return total
    }
}
