import KubeAPI
import Machinery

/// Amounts of resources as plain integers: CPU in thousandths, everything else in units.
package struct ResourceAmounts: Sendable, Hashable {
    package var milliCPU: Int64 = 0
    package var memory: Int64 = 0
    package var ephemeralStorage: Int64 = 0
    /// Extended resources and huge pages.
    package var others: [String: Int64] = [:]

    package init() {}

    package init(_ quantities: [String: Quantity]) {
        for (name, quantity) in quantities {
            switch name {
            case "cpu": milliCPU = quantity.milliValue
            case "memory": memory = quantity.value
            case "ephemeral-storage": ephemeralStorage = quantity.value
            case "pods": continue
            default: others[name] = quantity.value
            }
        }
    }

    package mutating func add(_ other: ResourceAmounts, sign: Int64 = 1) {
        milliCPU += sign * other.milliCPU
        memory += sign * other.memory
        ephemeralStorage += sign * other.ephemeralStorage
        for (name, amount) in other.others { others[name, default: 0] += sign * amount }
    }

    mutating func raise(to other: ResourceAmounts) {
        milliCPU = max(milliCPU, other.milliCPU)
        memory = max(memory, other.memory)
        ephemeralStorage = max(ephemeralStorage, other.ephemeralStorage)
        for (name, amount) in other.others { others[name] = max(others[name] ?? 0, amount) }
    }

    /// What a pod asks for: its containers together, or what its most demanding init container needs, whichever is
    /// more; sidecars count beside both; overhead on top (KEP-753). What the pod asks for as a whole comes before
    /// that (KEP-2837).
    ///
    /// - Parameters cpu, memory: what a container counts that does not say.
    package init(requestsOf spec: PodSpec, cpu: Int64 = 0, memory: Int64 = 0) {
        func amounts(_ container: Container) -> ResourceAmounts {
            let requests = container.resources?.requests ?? [:]
            var amounts = ResourceAmounts(requests)
            if requests["cpu"] == nil { amounts.milliCPU = cpu }
            if requests["memory"] == nil { amounts.memory = memory }
            return amounts
        }
        self.init()
        for container in spec.containers { add(amounts(container)) }
        var sidecars = ResourceAmounts()
        var initial = ResourceAmounts()
        for container in spec.initContainers {
            let requests = amounts(container)
            if container.restartPolicy == "Always" {
                sidecars.add(requests)
                add(requests)
                initial.raise(to: sidecars)
            } else {
                var together = sidecars
                together.add(requests)
                initial.raise(to: together)
            }
        }
        raise(to: initial)
        if let whole = spec.resources?.requests, !whole.isEmpty { override(with: whole) }
        let overhead = spec.overhead
        if !overhead.isEmpty { add(ResourceAmounts(overhead)) }
    }

    /// What a placed pod takes where that is more than its spec asks for: a container that is being made smaller
    /// keeps what it was given until the node has taken it back (KEP-1287). `nil` where the spec tells all.
    init?(occupiedBy pod: Pod, _ demands: PodDemands) {
        let statuses = pod.status.containerStatuses
        guard !(pod.spec.nodeName ?? "").isEmpty,
            statuses.contains(where: { !$0.allocatedResources.isEmpty || $0.resources != nil })
        else { return nil }
        let isInfeasible = pod.status.conditions.contains {
            $0.type == "PodResizePending" && $0.reason == "Infeasible"
        }
        var spec = pod.spec
        spec.containers = spec.containers.map { container in
            guard let status = statuses.first(where: { $0.name == container.name }) else { return container }
            var requests = isInfeasible ? [:] : container.resources?.requests ?? [:]
            for given in [status.allocatedResources, status.resources?.requests ?? [:]] {
                requests.merge(given) { max($0, $1) }
            }
            var container = container
            var resources = container.resources ?? ResourceRequirements()
            resources.requests = requests
            container.resources = resources
            return container
        }
        let amounts = ResourceAmounts(requestsOf: spec)
        if amounts == demands.requests { return nil }
        self = amounts
    }

    private mutating func override(with whole: [String: Quantity]) {
        for (name, quantity) in whole {
            switch name {
            case "cpu": milliCPU = quantity.milliValue
            case "memory": memory = quantity.value
            default: others[name] = quantity.value
            }
        }
    }

    /// The amount of one resource, CPU in thousandths.
    package subscript(name: String) -> Int64 {
        switch name {
        case "cpu": milliCPU
        case "memory": memory
        case "ephemeral-storage": ephemeralStorage
        default: others[name] ?? 0
        }
    }

    package var isEmpty: Bool {
        milliCPU == 0 && memory == 0 && ephemeralStorage == 0 && others.allSatisfy { $0.value == 0 }
    }
}
