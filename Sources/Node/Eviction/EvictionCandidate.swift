import KubeAPI
import Machinery

/// A pod as the node weighs it when something runs dry.
package struct EvictionCandidate: Sendable {
    package struct ContainerUse: Hashable, Sendable {
        package var name: String
        package var usage: Int64
        package var request: Int64

        package init(name: String, usage: Int64, request: Int64) {
            self.name = name
            self.usage = usage
            self.request = request
        }
    }

    /// The priority from which on a pod is the system's own, and never evicted.
    static let criticalPriority: Int32 = 2_000_000_000

    package let uid: String
    package let priority: Int32
    /// Of the scarce resource.
    package let request: Int64
    /// `nil` where nobody knows.
    package let usage: Int64?
    package let containers: [ContainerUse]

    package init(uid: String, priority: Int32, request: Int64, usage: Int64?, containers: [ContainerUse] = []) {
        self.uid = uid
        self.priority = priority
        self.request = request
        self.usage = usage
        self.containers = containers
    }

    package var isCritical: Bool { priority >= Self.criticalPriority }

    /// The order in which pods are to go, the first to go first, as Kubernetes ranks them: pods that use more than they
    /// asked for, then the least important, then those that use most beyond what they asked for. Pods nobody knows the
    /// usage of go before all. For process ids there are no requests: importance, then number.
    package static func ranked(_ candidates: [EvictionCandidate], for resource: ScarceResource) -> [EvictionCandidate] {
        func key(_ candidate: EvictionCandidate) -> (Int, Int, Int32, Int64) {
            guard let usage = candidate.usage else { return (0, 0, candidate.priority, 0) }
            if resource == .processes { return (1, 0, candidate.priority, -usage) }
            // Kubernetes compares inodes with the request for storage too; a request for bytes says nothing of inodes.
            let request = resource == .inodes ? 0 : candidate.request
            return (1, usage > request ? 0 : 1, candidate.priority, request - usage)
        }
        // Those of equal rank stay in the order they came in.
        return candidates.enumerated().map { (key($0.element), $0.offset, $0.element) }
            .sorted { ($0.0.0, $0.0.1, $0.0.2, $0.0.3, $0.1) < ($1.0.0, $1.0.1, $1.0.2, $1.0.3, $1.1) }
            .map { $0.2 }
    }

    /// What the evicted pod's status and event say.
    package func message(_ shortage: EvictionState.Shortage) -> String {
        let resource = shortage.threshold.signal.resource
        func text(_ number: Int64) -> String {
            Quantity(number, format: resource == .memory || resource == .disk ? .binarySI : .decimalSI).description
        }
        let limit = shortage.threshold.quantity(of: shortage.observation.capacity)
        var message =
            "The node was low on resource: \(resource.rawValue). Threshold quantity: \(text(limit)), available: "
            + "\(text(shortage.observation.available)). "
        guard resource == .memory || resource == .disk else { return message }
        for container in containers where container.usage > container.request {
            message +=
                "Container \(container.name) was using \(text(container.usage)), request is \(text(container.request)), "
                + "has larger consumption of \(resource.rawValue). "
        }
        return message
    }
}
