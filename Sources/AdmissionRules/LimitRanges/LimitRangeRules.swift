import KubeAPI
import Machinery

/// What the limit ranges of a namespace make of pods and claims: defaults, and refusals worded as Kubernetes words
/// them.
package enum LimitRangeRules {
    private static let annotation = "kubernetes.io/limit-ranger"

    // MARK: Defaults

    /// Gives containers that say nothing of a resource the range's defaults, and notes so in an annotation.
    package static func applyDefaults(of range: LimitRange, to pod: inout Pod) {
        var limits: ResourceAmounts = [:]
        var requests: ResourceAmounts = [:]
        for item in range.spec.limits where item.type == "Container" {
            limits.merge(item.default) { $1 }
            requests.merge(item.defaultRequest) { $1 }
        }
        guard !limits.isEmpty || !requests.isEmpty else { return }
        var notes: [String] = []
        func filled(_ containers: [Container], _ noun: String) -> [Container] {
            containers.map { container in
                var container = container
                notes += fill(&container, requests: requests, limits: limits, noun)
                return container
            }
        }
        let main = filled(pod.spec.containers, "container")
        let initial = filled(pod.spec.initContainers, "init container")
        guard !notes.isEmpty else { return }
        pod.spec.containers = main
        if !initial.isEmpty { pod.spec.initContainers = initial }
        pod.metadata.annotations[annotation] = "LimitRanger plugin set: " + notes.joined(separator: "; ")
    }

    private static func fill(
        _ container: inout Container, requests: ResourceAmounts, limits: ResourceAmounts, _ noun: String
    ) -> [String] {
        var resources = container.resources ?? ResourceRequirements()
        let newRequests = requests.filter { resources.requests[$0.key] == nil }
        let newLimits = limits.filter { resources.limits[$0.key] == nil }
        guard !newRequests.isEmpty || !newLimits.isEmpty else { return [] }
        resources.requests.merge(newRequests) { old, _ in old }
        resources.limits.merge(newLimits) { old, _ in old }
        container.resources = resources
        func note(_ amounts: ResourceAmounts, _ part: String) -> [String] {
            amounts.isEmpty
                ? [] : ["\(amounts.keys.sorted().joined(separator: ", ")) \(part) for \(noun) \(container.name)"]
        }
        return note(newRequests, "request") + note(newLimits, "limit")
    }

    // MARK: Refusals

    /// What is wrong with a pod; `nil` if nothing.
    package static func violation(of range: LimitRange, by pod: Pod) -> String? {
        var violations: [String] = []
        for item in range.spec.limits {
            let constraints = constraints(item, maximum: .maximum)
            switch item.type {
            case "Container":
                for container in pod.spec.containers + pod.spec.initContainers {
                    let resources = container.resources ?? ResourceRequirements()
                    violations += constraints.compactMap {
                        $0.violation(requests: resources.requests, limits: resources.limits)
                    }
                }
            case "Pod":
                let totals = PodTotals(pod, .specification)
                violations += constraints.compactMap {
                    $0.violation(requests: totals.requests, limits: totals.limits)
                }
            default: continue
            }
        }
        return aggregated(violations)
    }

    /// What is wrong with a claim; `nil` if nothing.
    package static func violation(of range: LimitRange, by claim: PersistentVolumeClaim) -> String? {
        let requests = claim.spec.resources?.requests ?? [:]
        let violations = range.spec.limits.filter { $0.type == "PersistentVolumeClaim" }.flatMap { item in
            constraints(item, maximum: .maximumRequest).filter { $0.rule != .ratio }
                .compactMap { $0.violation(requests: requests, limits: [:]) }
        }
        return aggregated(violations)
    }

    private static func constraints(_ item: LimitRangeItem, maximum: LimitConstraint.Rule) -> [LimitConstraint] {
        func constraints(_ rule: LimitConstraint.Rule, _ amounts: ResourceAmounts) -> [LimitConstraint] {
            amounts.sorted { $0.key < $1.key }.map {
                LimitConstraint(rule: rule, resource: $0.key, type: item.type, amount: $0.value)
            }
        }
        return constraints(.minimum, item.min) + constraints(maximum, item.max)
            + constraints(.ratio, item.maxLimitRequestRatio)
    }

    /// One text for several, each told once.
    private static func aggregated(_ violations: [String]) -> String? {
        var unique: [String] = []
        for violation in violations where !unique.contains(violation) { unique.append(violation) }
        guard unique.count > 1 else { return unique.first }
        return "[\(unique.joined(separator: ", "))]"
    }
}
