import KubeAPI
import Machinery

/// What pods ask of nodes, and what nodes have left.
struct PodDemand: Sendable {
    /// The main containers together or an init container at its time, whichever is more.
    static func requests(_ pod: Pod, _ resource: String) -> Quantity {
        func of(_ container: Container) -> Quantity {
            container.resources?.requests[resource] ?? container.resources?.limits[resource] ?? .zero
        }
        let sidecars = pod.spec.initContainers.filter { $0.restartPolicy == "Always" }
        let together = (pod.spec.containers + sidecars).reduce(Quantity.zero) { $0 + of($1) }
        let peak = pod.spec.initContainers.map(of).max() ?? .zero
        return (together < peak ? peak : together) + (pod.spec.overhead[resource] ?? .zero)
    }

    /// Lines such as `node a: cpu 4 allocatable, 3500m requested`.
    static func nodes(_ picture: ClusterPicture, _ resource: String) -> [Evidence] {
        picture.nodes.compactMap { node in
            guard let allocatable = node.status.allocatable[resource] else { return nil }
            let used = picture.pods.filter { pod in
                pod.spec.nodeName == node.name && pod.status.phase != "Succeeded" && pod.status.phase != "Failed"
            }.reduce(Quantity.zero) { $0 + requests($1, resource) }
            return Evidence(
                "node \(node.name)", "\(resource): \(allocatable) allocatable, \(used) requested by its pods")
        }
    }
}
