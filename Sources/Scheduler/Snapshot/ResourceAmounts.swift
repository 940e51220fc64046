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
    /// more; sidecars count beside both; overhead on top (KEP-753).
    package init(requestsOf pod: Pod) {
        if let resources = pod.spec.resources, !resources.requests.isEmpty {
            self.init(resources.requests)
        } else {
            self.init()
        }
        var containers = ResourceAmounts()
        for container in pod.spec.containers {
            containers.add(ResourceAmounts(container.resources?.requests ?? [:]))
        }
        var sidecars = ResourceAmounts()
        var initial = ResourceAmounts()
        for container in pod.spec.initContainers {
            let requests = ResourceAmounts(container.resources?.requests ?? [:])
            if container.restartPolicy == "Always" {
                sidecars.add(requests)
                containers.add(requests)
                initial.raise(to: sidecars)
            } else {
                var together = sidecars
                together.add(requests)
                initial.raise(to: together)
            }
        }
        containers.raise(to: initial)
        let isPodLevel = self != ResourceAmounts()
        if !isPodLevel { self = containers }
        add(ResourceAmounts(pod.spec.overhead))
    }
}
