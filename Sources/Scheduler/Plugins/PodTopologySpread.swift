import KubeAPI
import Machinery

/// How the pods that a constraint counts are spread over its domains at the moment.
package struct TopologySpreading: Sendable {
    struct Constraint: Sendable {
        let key: String
        let maxSkew: Int64
        let minDomains: Int64
        let isRequired: Bool
        let selector: Selector
        let selectsItself: Bool
        var counts: [String: Int64] = [:]
    }

    var constraints: [Constraint]
}

/// Spreads pods over zones, nodes or other domains: as the pod says, or by default evenly over nodes and zones with
/// its siblings.
struct PodTopologySpread: PreFilterPlugin, FilterPlugin, ScorePlugin {
    let name = "PodTopologySpread"
    let weight: Int64 = 2

    private static let defaults: [(key: String, maxSkew: Int32)] = [
        ("kubernetes.io/hostname", 3), ("topology.kubernetes.io/zone", 5),
    ]

    func preFilter(_ pod: PodInfo, _ snapshot: NodeSnapshot, _ state: inout CycleState) -> FilterStatus {
        var constraints = constraints(of: pod)
        guard !constraints.isEmpty else { return .success }
        let affinity = state.requiredNodeAffinity ?? NodeAffinityTerms(pod.pod)
        for node in snapshot.nodes where affinity.matches(name: node.name, labels: node.labels) {
            for index in constraints.indices {
                guard let domain = node.labels[constraints[index].key] else { continue }
                let count = node.pods.values.filter { other in
                    other.key.namespace == pod.key.namespace && !other.isBeingDeleted
                        && constraints[index].selector.matches(other.labels)
                }.count
                constraints[index].counts[domain, default: 0] += Int64(count)
            }
        }
        state.spreading = TopologySpreading(constraints: constraints)
        return .success
    }

    private func constraints(of pod: PodInfo) -> [TopologySpreading.Constraint] {
        let own = pod.pod.spec.topologySpreadConstraints
        if own.isEmpty {
            // Siblings are told by the labels that the pod's owner gave all of them.
            guard pod.pod.controllerOwner != nil, !pod.labels.isEmpty else { return [] }
            let requirements = pod.labels.map { Selector.Requirement(trusted: $0.key, .in, [$0.value]) }
            return Self.defaults.map { key, skew in
                TopologySpreading.Constraint(
                    key: key, maxSkew: Int64(skew), minDomains: 1, isRequired: false,
                    selector: Selector(requirements), selectsItself: true)
            }
        }
        return own.compactMap { constraint in
            // Validation has refused selectors that cannot be read.
            guard var selector = try? Selector(labelSelector: constraint.labelSelector?.json) else { return nil }
            let extra = constraint.matchLabelKeys.compactMap { key in
                pod.labels[key].map { Selector.Requirement(trusted: key, .in, [$0]) }
            }
            if !extra.isEmpty { selector = Selector(selector.requirements + extra) }
            return TopologySpreading.Constraint(
                key: constraint.topologyKey, maxSkew: Int64(constraint.maxSkew),
                minDomains: Int64(constraint.minDomains ?? 1),
                isRequired: constraint.whenUnsatisfiable == "DoNotSchedule", selector: selector,
                selectsItself: selector.matches(pod.labels))
        }
    }

    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus {
        for constraint in state.spreading?.constraints ?? [] where constraint.isRequired {
            guard let domain = node.labels[constraint.key] else {
                return .unresolvable(["node(s) didn't match pod topology spread constraints (missing required label)"])
            }
            let least =
                Int64(constraint.counts.count) < constraint.minDomains ? 0 : constraint.counts.values.min() ?? 0
            let count = (constraint.counts[domain] ?? 0) + (constraint.selectsItself ? 1 : 0)
            if count - least > constraint.maxSkew {
                return .unschedulable(["node(s) didn't match pod topology spread constraints"])
            }
        }
        return .success
    }

    func score(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> Int64 {
        (state.spreading?.constraints ?? []).filter { !$0.isRequired }.reduce(0) { total, constraint in
            guard let domain = node.labels[constraint.key] else { return total }
            return total + (constraint.counts[domain] ?? 0)
        }
    }

    func normalize(_ scores: inout [Int64]) { Scores.scaleReversed(&scores) }
}
