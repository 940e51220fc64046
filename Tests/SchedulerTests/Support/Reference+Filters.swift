import Scheduler

/// What plugins should say, written down the long way round: loops over pods and nodes, nothing kept.
struct Reference {
    let cluster: SampleCluster
    let pod: SamplePod

    static let defaultCPU = 100
    static let defaultMemory = 200 * 1024 * 1024
    var nodes: [SampleNode] { cluster.nodes }

    func verdicts(_ plugin: PluginName) -> [FilterStatus]? {
        switch plugin {
        case .nodeUnschedulable: nodes.map(unschedulable)
        case .taintToleration: nodes.map(taints)
        case .nodeAffinity: nodes.map(affinity)
        case .nodePorts: nodes.indices.map(ports)
        case .nodeResourcesFit: nodes.indices.map(fit)
        case .interPodAffinity: nodes.indices.map(podAffinity)
        case .podTopologySpread: nodes.indices.map(spread)
        default: nil
        }
    }

    private func unschedulable(_ node: SampleNode) -> FilterStatus {
        let taint = SampleTaint(key: "node.kubernetes.io/unschedulable", value: "", effect: "NoSchedule")
        return !node.isCordoned || pod.tolerations.contains { $0.bears(taint) }
            ? .success : .unresolvable("node(s) were unschedulable")
    }

    func bearsHardTaints(_ node: SampleNode) -> Bool {
        node.taints.allSatisfy { taint in
            taint.effect == "PreferNoSchedule" || pod.tolerations.contains { $0.bears(taint) }
        }
    }

    private func taints(_ node: SampleNode) -> FilterStatus {
        bearsHardTaints(node) ? .success : .unresolvable("node(s) had untolerated taint(s)")
    }

    func matchesAffinity(_ node: SampleNode) -> Bool {
        for (key, value) in pod.selector where node.labels[key] != value { return false }
        return pod.required.isEmpty || pod.required.contains { term in term.allSatisfy { $0.holds(node.labels) } }
    }

    private func affinity(_ node: SampleNode) -> FilterStatus {
        matchesAffinity(node) ? .success : .unresolvable("node(s) didn't match Pod's node affinity/selector")
    }

    private func ports(_ node: Int) -> FilterStatus {
        let any = [nil, "0.0.0.0"]
        for other in cluster.pods(on: node) where pod.port != nil && other.port == pod.port {
            if other.address == pod.address || any.contains(other.address) || any.contains(pod.address) {
                return .unschedulable("node(s) didn't have free ports for the requested pod ports")
            }
        }
        return .success
    }

    private func fit(_ node: Int) -> FilterStatus {
        let others = cluster.pods(on: node)
        var reasons: [String] = []
        var isHopeless = false
        if others.count + 1 > nodes[node].pods { reasons.append("Too many pods") }
        func check(_ name: String, _ wanted: Int, _ used: Int, _ capacity: Int) {
            guard wanted > 0, wanted > capacity - used else { return }
            reasons.append("Insufficient \(name)")
            isHopeless = isHopeless || wanted > capacity
        }
        check("cpu", pod.cpu ?? 0, others.reduce(0) { $0 + ($1.cpu ?? 0) }, nodes[node].cpu)
        check("memory", pod.memory ?? 0, others.reduce(0) { $0 + ($1.memory ?? 0) }, nodes[node].memory)
        check("example.com/gadget", pod.gadgets, others.reduce(0) { $0 + $1.gadgets }, nodes[node].gadgets)
        guard let first = reasons.first else { return .success }
        let all = Reasons(first, Array(reasons.dropFirst()))
        return isHopeless ? .unresolvable(all) : .unschedulable(all)
    }

    // MARK: Affinity between pods

    private func podAffinity(_ node: Int) -> FilterStatus {
        let labels = nodes[node].labels
        if !isNearWanted(labels) { return .unresolvable("node(s) didn't match pod affinity rules") }
        for (other, place) in cluster.placed {
            for term in pod.far {
                guard let domain = labels[term.topology], nodes[place].labels[term.topology] == domain else { continue }
                if term.covers(other, of: pod, teams: cluster.teams) {
                    return .unschedulable("node(s) didn't match pod anti-affinity rules")
                }
            }
        }
        for (other, place) in cluster.placed {
            for term in other.far {
                guard let domain = labels[term.topology], nodes[place].labels[term.topology] == domain else { continue }
                if term.covers(pod, of: other, teams: cluster.teams) {
                    return .unschedulable("node(s) didn't satisfy existing pods anti-affinity rules")
                }
            }
        }
        return .success
    }

    private func isNearWanted(_ labels: [String: String]) -> Bool {
        if pod.near.isEmpty { return true }
        func isWanted(_ other: SamplePod) -> Bool {
            pod.near.allSatisfy { $0.covers(other, of: pod, teams: cluster.teams) }
        }
        let wanted = cluster.placed.filter { isWanted($0.pod) }
        guard pod.near.allSatisfy({ labels[$0.topology] != nil }) else { return false }
        let areThere = pod.near.allSatisfy { term in
            wanted.contains { nodes[$0.node].labels[term.topology] == labels[term.topology] }
        }
        if areThere { return true }
        let isAnywhere = wanted.contains { other in
            pod.near.contains { nodes[other.node].labels[$0.topology] != nil }
        }
        return !isAnywhere && isWanted(pod)
    }

    // MARK: Spreading

    func isCounted(_ other: SamplePod, _ constraint: SampleConstraint) -> Bool {
        other.namespace == pod.namespace && !other.isBeingDeleted && constraint.expression.holds(other.labels)
    }

    func isEligible(_ node: SampleNode, _ constraint: SampleConstraint, among all: [SampleConstraint]) -> Bool {
        all.allSatisfy { node.labels[$0.topology] != nil }
            && (constraint.ignoresAffinity || matchesAffinity(node))
            && (!constraint.honorsTaints || bearsHardTaints(node))
    }

    private func spread(_ node: Int) -> FilterStatus {
        let hard = pod.constraints.filter(\.isRequired)
        for constraint in hard {
            guard let domain = nodes[node].labels[constraint.topology] else {
                return .unresolvable("node(s) didn't match pod topology spread constraints (missing required label)")
            }
            var counts: [String: Int] = [:]
            for (index, other) in nodes.enumerated() where isEligible(other, constraint, among: hard) {
                let count = cluster.pods(on: index).filter { isCounted($0, constraint) }.count
                counts[other.labels[constraint.topology] ?? "", default: 0] += count
            }
            let least = counts.count < constraint.minDomains ?? 1 ? 0 : counts.values.min() ?? 0
            let own = constraint.expression.holds(pod.labels) ? 1 : 0
            if (counts[domain] ?? 0) + own - least > constraint.skew {
                return .unschedulable("node(s) didn't match pod topology spread constraints")
            }
        }
        return .success
    }
}
