import KubeAPI
import Machinery

/// How the agent is set up.
package struct NodeConfiguration: Sendable {
    package var nodeName: String
    package var dataFolder: String
    /// The address that others reach this node at; `nil` finds the one the machine's routes prefer.
    package var nodeAddress: String?
    package var clusterDomain = "cluster.local"
    package var clusterDNS: [String] = []
    /// What the agent tells the world it is.
    package var version: String
    package var labels: [String: String] = [:]
    package var taints: [Taint] = []
    package var podCIDR: String?
    package var maxPods = 110
    /// Kept from pods for the system and the agent.
    package var reserved: [String: Quantity] = [:]
    /// Where the node's own API listens.
    package var serverPort = 10250
    package var leaseRenewal: Duration = .seconds(10)
    package var leaseDurationSeconds: Int32 = 40
    /// How often the status is written although nothing changed.
    package var statusInterval: Duration = .seconds(300)
    /// How often the runtime's health are looked at.
    package var checkInterval: Duration = .seconds(10)
    package var logMaxBytes: Int64 = 10 << 20
    package var logMaxFiles = 5
    package var imageHighPercent = 85
    package var imageLowPercent = 80
    /// Below what pods are evicted; none for nodes that only pretend to run them.
    package var evictionThresholds = EvictionThreshold.standard
    /// Where drivers of devices and monitoring look for the kubelet; `nil`: the node takes no devices.
    package var kubeletFolder: KubeletFolder?
    /// Resources of drivers that the node is kept for, see `DedicatedNodes`.
    package var dedicatedTo: [String] = []
    /// Whether the runtime leaves control groups to systemd.
    package var systemdCgroups = false
    /// Where control groups are mounted.
    package var cgroupRoot = "/sys/fs/cgroup"

    package init(nodeName: String, dataFolder: String, version: String) {
        self.nodeName = nodeName
        self.dataFolder = dataFolder
        self.version = version
    }

    /// What is kept free so that the node itself does not run dry.
    static let memoryThreshold = Quantity(100 << 20, format: .binarySI)

    /// What pods may use of what the machine has.
    package func allocatable(_ capacity: [String: Quantity]) -> [String: Quantity] {
        var allocatable = capacity
        for (name, quantity) in capacity {
            var kept = reserved[name] ?? .zero
            if name == "memory" { kept += Self.memoryThreshold }
            if name == "ephemeral-storage" { kept += Quantity(quantity.value / 10, format: .binarySI) }
            let left = quantity - kept
            allocatable[name] = left < .zero ? Quantity(0, format: quantity.format) : left
        }
        return allocatable
    }
}
