/// A resource that counts in a score, and how much.
package struct WeightedResource: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case cpu
        case memory
        case ephemeralStorage
        case other(String)
    }

    package let kind: Kind
    package let weight: Int64

    package init(_ name: String, weight: Int64 = 1) {
        kind =
            switch name {
            case "cpu": .cpu
            case "memory": .memory
            case "ephemeral-storage": .ephemeralStorage
            default: .other(name)
            }
        self.weight = weight
    }

    package static let standard = [WeightedResource("cpu"), WeightedResource("memory")]

    /// - Parameter padded: containers that ask for nothing count as asking for a little.
    func request(_ pod: PodInfo, padded: Bool) -> Int64 {
        switch kind {
        case .cpu: padded ? pod.nonZeroMilliCPU : pod.requests.milliCPU
        case .memory: padded ? pod.nonZeroMemory : pod.requests.memory
        case .ephemeralStorage: pod.requests.ephemeralStorage
        case .other(let name): pod.requests.others[name] ?? 0
        }
    }

    /// What there is on a node, and what is taken; `nil` where the resource does not count for this pod.
    @inline(__always)
    func amounts(
        _ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, padded: Bool
    ) -> (allocatable: Int64, allocated: Int64, requested: Int64)? {
        switch kind {
        case .cpu:
            let allocatable = cluster.nodes[node].allocatable.milliCPU
            if allocatable == 0 { return nil }
            return padded
                ? (allocatable, cluster.nodes[node].nonZeroMilliCPU, pod.nonZeroMilliCPU)
                : (allocatable, cluster.nodes[node].requested.milliCPU, pod.requests.milliCPU)
        case .memory:
            let allocatable = cluster.nodes[node].allocatable.memory
            if allocatable == 0 { return nil }
            return padded
                ? (allocatable, cluster.nodes[node].nonZeroMemory, pod.nonZeroMemory)
                : (allocatable, cluster.nodes[node].requested.memory, pod.requests.memory)
        case .ephemeralStorage:
            let allocatable = cluster.nodes[node].allocatable.ephemeralStorage
            if allocatable == 0 { return nil }
            return (
                allocatable, cluster.nodes[node].requested.ephemeralStorage, pod.requests.ephemeralStorage
            )
        case .other(let name):
            let request = pod.requests.others[name] ?? 0
            let allocatable = cluster.nodes[node].allocatable.others[name] ?? 0
            if request == 0 || allocatable == 0 { return nil }
            return (allocatable, cluster.nodes[node].requested.others[name] ?? 0, request)
        }
    }
}

/// How full nodes are rated.
package enum FitStrategy: Hashable, Sendable {
    case leastAllocated([WeightedResource])
    case mostAllocated([WeightedResource])
    case requestedToCapacityRatio([WeightedResource], shape: UtilizationShape)

    var resources: [WeightedResource] {
        switch self {
        case .leastAllocated(let resources), .mostAllocated(let resources),
            .requestedToCapacityRatio(let resources, _):
            resources
        }
    }
}

/// A score for each degree of use: straight lines between points.
package struct UtilizationShape: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        /// In per cent.
        package let utilization: Int64
        /// 0…100.
        package let score: Int64

        package init(utilization: Int64, score: Int64) {
            self.utilization = utilization
            self.score = score
        }
    }

    /// By rising utilization; never empty.
    package let points: [Point]

    package init?(_ points: [Point]) {
        guard !points.isEmpty, zip(points, points.dropFirst()).allSatisfy({ $0.utilization < $1.utilization })
        else { return nil }
        self.points = points
    }

    func score(_ utilization: Int64) -> Int64 {
        for index in points.indices where utilization <= points[index].utilization {
            guard index > 0 else { return points[0].score }
            let before = points[index - 1]
            let after = points[index]
            return before.score
                + (after.score - before.score) * (utilization - before.utilization)
                / (after.utilization - before.utilization)
        }
        return points[points.count - 1].score
    }
}
