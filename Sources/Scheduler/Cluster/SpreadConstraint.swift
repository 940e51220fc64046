import KubeAPI
import Machinery

/// A wish, or a demand, that pods of a kind be spread evenly (KEP-895).
package struct SpreadConstraint: Hashable, Sendable {
    package var topologyKey: String
    package var maxSkew: Int64
    package var minDomains: Int64
    package var isRequired: Bool
    package var selector: Selector
    package var matchLabelKeys: [String]
    package var honorsNodeAffinity: Bool
    package var honorsTaints: Bool

    package init(_ constraint: TopologySpreadConstraint) {
        topologyKey = constraint.topologyKey
        maxSkew = Int64(constraint.maxSkew)
        minDomains = Int64(constraint.minDomains ?? 1)
        isRequired = constraint.whenUnsatisfiable == "DoNotSchedule"
        selector = Selector.readable(constraint.labelSelector)
        matchLabelKeys = constraint.matchLabelKeys
        honorsNodeAffinity = constraint.nodeAffinityPolicy != "Ignore"
        honorsTaints = constraint.nodeTaintsPolicy == "Honor"
    }

    package init(topologyKey: String, maxSkew: Int64, isRequired: Bool) {
        self.topologyKey = topologyKey
        self.maxSkew = maxSkew
        self.isRequired = isRequired
        minDomains = 1
        selector = .nothing
        matchLabelKeys = []
        honorsNodeAffinity = true
        honorsTaints = false
    }

    /// The selector with the pod's own values of `matchLabelKeys`.
    package func selector(for pod: PodInfo) -> Selector {
        let extra = matchLabelKeys.compactMap { key in
            pod.labels[key].map { Selector.Requirement(trusted: key, .in, [$0]) }
        }
        return extra.isEmpty || selector.isNothing ? selector : Selector(selector.requirements + extra)
    }
}
