import KubeAPI
import Machinery

/// On which nodes a DaemonSet's pods belong.
enum DaemonScheduling {
    struct Verdict: Hashable, Sendable {
        /// A pod is to be made here.
        let shouldRun: Bool
        /// A pod that is here may stay.
        let shouldContinue: Bool
    }

    static func verdict(for node: Node, _ daemonSet: DaemonSet) -> Verdict {
        let spec = daemonSet.spec.template.spec
        if let name = spec.nodeName, !name.isEmpty, name != node.name {
            return Verdict(shouldRun: false, shouldContinue: false)
        }
        guard NodeMatching.matches(spec, node) else { return Verdict(shouldRun: false, shouldContinue: false) }
        let tolerations = spec.tolerations + self.tolerations(hostNetwork: spec.hostNetwork == true)
        let untolerated = node.spec.taints.filter { taint in
            taint.effect != "PreferNoSchedule" && !tolerations.contains { $0.tolerates(taint) }
        }
        guard !untolerated.isEmpty else { return Verdict(shouldRun: true, shouldContinue: true) }
        return Verdict(shouldRun: false, shouldContinue: !untolerated.contains { $0.effect == "NoExecute" })
    }

    /// What every daemon pod tolerates: daemons run where nothing else does.
    static func tolerations(hostNetwork: Bool) -> [Toleration] {
        var kept: [(String, String)] = [
            ("node.kubernetes.io/not-ready", "NoExecute"), ("node.kubernetes.io/unreachable", "NoExecute"),
            ("node.kubernetes.io/disk-pressure", "NoSchedule"), ("node.kubernetes.io/memory-pressure", "NoSchedule"),
            ("node.kubernetes.io/pid-pressure", "NoSchedule"), ("node.kubernetes.io/unschedulable", "NoSchedule"),
        ]
        if hostNetwork { kept.append(("node.kubernetes.io/network-unavailable", "NoSchedule")) }
        return kept.map { key, effect in
            var toleration = Toleration()
            toleration.key = key
            toleration.operator = "Exists"
            toleration.effect = effect
            return toleration
        }
    }

    /// The template bound to one node by name, and tolerating what daemons do.
    static func bind(_ template: PodTemplateSpec, to node: String) -> PodTemplateSpec {
        var template = template
        for toleration in tolerations(hostNetwork: template.spec.hostNetwork == true)
        where !template.spec.tolerations.contains(where: { $0.json == toleration.json }) {
            template.spec.tolerations.append(toleration)
        }
        var requirement = NodeSelectorRequirement()
        requirement.key = "metadata.name"
        requirement.operator = "In"
        requirement.values = [node]
        var affinity = template.spec.affinity ?? Affinity()
        var nodeAffinity = affinity.nodeAffinity ?? NodeAffinity()
        var required = nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? NodeSelector()
        var terms = required.nodeSelectorTerms
        if terms.isEmpty { terms = [NodeSelectorTerm()] }
        for index in terms.indices { terms[index].matchFields = [requirement] }
        required.nodeSelectorTerms = terms
        nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution = required
        affinity.nodeAffinity = nodeAffinity
        template.spec.affinity = affinity
        return template
    }
}

extension Pod {
    /// The node a daemon pod is on, or meant for while the scheduler has not placed it.
    var targetNode: String {
        if !nodeName.isEmpty { return nodeName }
        let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
        for term in required?.nodeSelectorTerms ?? [] {
            for field in term.matchFields where field.key == "metadata.name" && field.operator == "In" {
                if field.values.count == 1 { return field.values[0] }
            }
        }
        return ""
    }
}
