import Machinery

/// What the node watches to see whether it runs dry, by Kubernetes' names.
package enum EvictionSignal: String, Hashable, Sendable, CaseIterable {
    case memoryAvailable = "memory.available"
    case nodeFilesystemAvailable = "nodefs.available"
    case nodeFilesystemInodesFree = "nodefs.inodesFree"
    case imageFilesystemAvailable = "imagefs.available"
    case imageFilesystemInodesFree = "imagefs.inodesFree"
    case processesAvailable = "pid.available"

    package var pressure: NodePressure {
        switch self {
        case .memoryAvailable: .memory
        case .processesAvailable: .processes
        case .nodeFilesystemAvailable, .nodeFilesystemInodesFree, .imageFilesystemAvailable,
            .imageFilesystemInodesFree:
            .disk
        }
    }

    package var resource: ScarceResource {
        switch self {
        case .memoryAvailable: .memory
        case .nodeFilesystemAvailable, .imageFilesystemAvailable: .disk
        case .nodeFilesystemInodesFree, .imageFilesystemInodesFree: .inodes
        case .processesAvailable: .processes
        }
    }
}

/// The node's conditions of running dry; the raw value is the condition's type.
package enum NodePressure: String, Hashable, Sendable, CaseIterable, Comparable {
    case memory = "MemoryPressure"
    case disk = "DiskPressure"
    case processes = "PIDPressure"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What pods are told they were evicted for.
package enum ScarceResource: String, Hashable, Sendable {
    case memory
    case disk = "ephemeral-storage"
    case inodes
    case processes = "pids"
}

/// How much of something there is left at one moment.
package struct EvictionObservation: Hashable, Sendable {
    package var available: Int64
    package var capacity: Int64

    package init(available: Int64, capacity: Int64) {
        self.available = available
        self.capacity = capacity
    }
}

/// Below what the node evicts pods, without a grace period.
package struct EvictionThreshold: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case absolute(Int64)
        case percent(Int64)
    }

    package let signal: EvictionSignal
    package let value: Value

    package init(_ signal: EvictionSignal, _ value: Value) {
        self.signal = signal
        self.value = value
    }

    package func quantity(of capacity: Int64) -> Int64 {
        switch value {
        case .absolute(let value): value
        case .percent(let percent): capacity / 100 * percent + capacity % 100 * percent / 100
        }
    }

    package func isMet(by observation: EvictionObservation) -> Bool {
        observation.available < quantity(of: observation.capacity)
    }

    /// The usual node agent's defaults, and a floor for process ids, for which it has none. The most urgent first.
    package static let standard = [
        EvictionThreshold(.memoryAvailable, .absolute(100 << 20)),
        EvictionThreshold(.nodeFilesystemAvailable, .percent(10)),
        EvictionThreshold(.nodeFilesystemInodesFree, .percent(5)),
        EvictionThreshold(.imageFilesystemAvailable, .percent(15)),
        EvictionThreshold(.imageFilesystemInodesFree, .percent(5)),
        EvictionThreshold(.processesAvailable, .percent(5)),
    ]
}
