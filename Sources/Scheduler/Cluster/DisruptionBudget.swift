import KubeAPI
import Machinery

/// How many pods of a set may be disrupted now.
package struct DisruptionBudget: Sendable {
    package let namespace: String
    package let selector: Selector
    package let allowed: Int32
    /// Pods whose disruption counts already.
    package let disrupted: Set<String>

    package init(_ budget: PodDisruptionBudget) {
        namespace = budget.namespace
        selector = Selector.readable(budget.spec.selector)
        allowed = budget.status.disruptionsAllowed ?? 0
        disrupted = Set(budget.status.disruptedPods?.objectValue?.members.map(\.key) ?? [])
    }

    func covers(_ pod: PodInfo) -> Bool {
        namespace == pod.key.namespace && !pod.labels.isEmpty && !selector.isEverything
            && selector.matches(pod.labels) && !disrupted.contains(pod.key.name)
    }
}
