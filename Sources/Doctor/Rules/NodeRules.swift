import KubeAPI
import Machinery

/// Nodes that are not well, and their devices.
enum NodeRules {
    private static let pressures: [(type: String, cause: Cause, words: String)] = [
        ("MemoryPressure", .memoryPressure, "runs out of memory"),
        ("DiskPressure", .diskPressure, "runs out of disk space"),
        ("PIDPressure", .processPressure, "runs out of process ids"),
        ("NetworkUnavailable", .nodeNetwork, "has no pod network"),
    ]

    static func examine(_ node: Node, in picture: ClusterPicture) -> [Finding] {
        readiness(node) + pressure(node) + devices(node, picture)
    }

    static func quote(_ node: Node, _ type: String) -> Evidence {
        let condition = node.condition(type)
        let words = [condition?.status, condition?.reason, condition?.message].compactMap { $0 }
        return Evidence("condition \(type) of node \(node.name)", words.joined(separator: " "))
    }

    private static func readiness(_ node: Node) -> [Finding] {
        guard let ready = node.condition("Ready"), ready.status != "True" else { return [] }
        let isSilent = ready.status == "Unknown"
        return [
            Finding(
                isSilent ? .nodeUnreachable : .nodeNotReady, node.objectName,
                isSilent
                    ? "Node \(node.name) has stopped answering: the machine, its agent or the way to it is down."
                    : "Node \(node.name) cannot run pods.",
                evidence: [quote(node, "Ready")],
                next: [
                    "kubectl describe node \(node.name)",
                    "kubectl get pods -A --field-selector=spec.nodeName=\(node.name)",
                ])
        ]
    }

    private static func pressure(_ node: Node) -> [Finding] {
        pressures.filter { node.condition($0.type)?.status == "True" }.map { type, cause, words in
            Finding(
                cause, node.objectName, "Node \(node.name) \(words); new pods stay away.",
                evidence: [quote(node, type)],
                next: ["kubectl describe node \(node.name)", "kubectl top node \(node.name)"])
        }
    }

    /// A device plugin's resources: what it does not count as allocatable is broken, and all of it means that the
    /// plugin is away.
    private static func devices(_ node: Node, _ picture: ClusterPicture) -> [Finding] {
        node.status.capacity.sorted { $0.key < $1.key }.compactMap { name, capacity in
            guard name.contains("/"), !name.contains("kubernetes.io/") else { return nil }
            let allocatable = node.status.allocatable[name] ?? .zero
            guard allocatable < capacity else { return nil }
            let evidence = [
                Evidence("node \(node.name)", "\(name): capacity \(capacity), allocatable \(allocatable)")
            ]
            let next = [
                "kubectl describe node \(node.name)",
                "kubectl get pods -A --field-selector=spec.nodeName=\(node.name)",
            ]
            guard allocatable.isZero else {
                return Finding(
                    .gpuUnhealthy, node.objectName,
                    "\(capacity - allocatable) of \(capacity) \(name) on node \(node.name) are unhealthy.",
                    evidence: evidence, next: next)
            }
            return Finding(
                .gpuDriverAway, node.objectName,
                "None of the \(capacity) \(name) on node \(node.name) can be used: its driver is away, or all are "
                    + "unhealthy.",
                evidence: evidence, next: next)
        }
    }
}

extension Node {
    func condition(_ type: String) -> NodeCondition? { status.conditions.first { $0.type == type } }
}
