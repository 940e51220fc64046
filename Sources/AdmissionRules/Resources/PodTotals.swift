import KubeAPI
import Machinery

/// What a pod as a whole asks for, and may not exceed.
///
/// Init containers run one after the other, beside the restartable ones started before: of them the largest moment
/// counts. What is said of the pod as a whole (KEP-2837) goes before what is said of its containers.
package struct PodTotals: Sendable {
    /// What is taken into account besides the specification.
    package enum Basis: Sendable {
        /// Only what is asked for: what limit ranges judge.
        case specification
        /// Also what containers have at the moment, and the runtime's overhead: what quotas count.
        case usage
    }

    package let requests: ResourceAmounts
    package let limits: ResourceAmounts

    package init(_ pod: Pod, _ basis: Basis) {
        let containers = ContainerAmounts(pod, basis)
        let whole = pod.spec.resources ?? ResourceRequirements()
        var requests = containers.total(\.requests)
        var limits = containers.total(\.limits)
        requests.merge(whole.requests.filter { Self.isOfPods($0.key) }) { $1 }
        limits.merge(whole.limits.filter { Self.isOfPods($0.key) }) { $1 }
        if case .usage = basis {
            let overhead = pod.spec.overhead
            requests.add(overhead)
            for (name, amount) in overhead {
                if let limit = limits[name], !limit.isZero { limits[name] = limit + amount }
            }
        }
        self.requests = requests
        self.limits = limits
    }

    /// Whether a pod as a whole can ask for a resource.
    static func isOfPods(_ name: String) -> Bool {
        name == "cpu" || name == "memory" || name.hasPrefix("hugepages-")
    }

    /// Whether resources are asked for, or limited, for the pod as a whole.
    static func areSet(of pod: Pod) -> Bool {
        guard let whole = pod.spec.resources else { return false }
        return whole.requests.keys.contains(where: isOfPods) || whole.limits.keys.contains(where: isOfPods)
    }
}

/// What the containers of a pod ask for, one by one.
private struct ContainerAmounts {
    struct Amounts {
        var requests: ResourceAmounts
        var limits: ResourceAmounts
    }

    private let main: [Amounts]
    private let initial: [(amounts: Amounts, isRestartable: Bool)]

    init(_ pod: Pod, _ basis: PodTotals.Basis) {
        var statuses: [String: ContainerStatus] = [:]
        var isInfeasible = false
        if case .usage = basis {
            for status in pod.status.containerStatuses + pod.status.initContainerStatuses {
                statuses[status.name] = status
            }
            isInfeasible = pod.status.conditions.contains {
                $0.type == "PodResizePending" && $0.reason == "Infeasible"
            }
        }
        main = pod.spec.containers.map { Self.amounts(of: $0, statuses[$0.name], isInfeasible: isInfeasible) }
        initial = pod.spec.initContainers.map { container in
            let isRestartable = container.restartPolicy == "Always"
            let status = isRestartable ? statuses[container.name] : nil
            return (Self.amounts(of: container, status, isInfeasible: isInfeasible), isRestartable)
        }
    }

    private static func amounts(of container: Container, _ status: ContainerStatus?, isInfeasible: Bool) -> Amounts {
        let wanted = container.resources ?? ResourceRequirements()
        guard let status, let actual = status.resources else {
            return Amounts(requests: wanted.requests, limits: wanted.limits)
        }
        let had = actual.requests.raised(to: status.allocatedResources)
        // A resize that cannot happen counts for nothing.
        guard !isInfeasible else { return Amounts(requests: had, limits: actual.limits) }
        return Amounts(requests: wanted.requests.raised(to: had), limits: wanted.limits.raised(to: actual.limits))
    }

    func total(_ part: KeyPath<Amounts, ResourceAmounts>) -> ResourceAmounts {
        var total: ResourceAmounts = [:]
        for amounts in main { total.add(amounts[keyPath: part]) }
        var restartable: ResourceAmounts = [:]
        var peak: ResourceAmounts = [:]
        for container in initial {
            let amounts = container.amounts[keyPath: part]
            if container.isRestartable {
                total.add(amounts)
                restartable.add(amounts)
                peak = peak.raised(to: restartable)
            } else {
                peak = peak.raised(to: amounts.adding(restartable))
            }
        }
        return total.raised(to: peak)
    }
}
