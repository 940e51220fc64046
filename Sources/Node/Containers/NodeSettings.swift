import Machinery

/// What containers and pods are made with, the same for all pods of the node.
package struct NodeSettings: Sendable {
    package var nodeName: String
    /// The node's own addresses, the main one first.
    package var hostAddresses: [String]
    package var clusterDomain: String
    /// Where the cluster's names are answered; empty before DNS has an address.
    package var clusterDNS: [String]
    package var paths: NodePaths
    package var cgroups: CgroupHierarchy
    /// The host's resolver configuration, as text.
    package var hostResolver: @Sendable () -> String
    package var allocatable: [String: Quantity]
    package var memoryCapacity: Int64
    package var maxPods: Int

    package init(
        nodeName: String, hostAddresses: [String], clusterDomain: String, clusterDNS: [String], paths: NodePaths,
        cgroups: CgroupHierarchy, allocatable: [String: Quantity], memoryCapacity: Int64, maxPods: Int = 250,
        hostResolver: @escaping @Sendable () -> String = { Files.text("/etc/resolv.conf") ?? "" }
    ) {
        self.nodeName = nodeName
        self.hostAddresses = hostAddresses
        self.clusterDomain = clusterDomain
        self.clusterDNS = clusterDNS
        self.paths = paths
        self.cgroups = cgroups
        self.allocatable = allocatable
        self.memoryCapacity = memoryCapacity
        self.maxPods = maxPods
        self.hostResolver = hostResolver
    }
}
