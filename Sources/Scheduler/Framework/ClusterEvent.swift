/// Kinds of changes that may let a waiting pod fit.
package struct ClusterEvents: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    // Pods that have a node.
    package static let podAdded = ClusterEvents(rawValue: 1 << 0)
    package static let podRelabeled = ClusterEvents(rawValue: 1 << 1)
    package static let podShrunk = ClusterEvents(rawValue: 1 << 2)
    package static let podDeleted = ClusterEvents(rawValue: 1 << 3)
    // Pods that have none.
    package static let waitingPodAdded = ClusterEvents(rawValue: 1 << 4)
    package static let waitingPodDeleted = ClusterEvents(rawValue: 1 << 5)
    // The waiting pod itself.
    package static let ownLabels = ClusterEvents(rawValue: 1 << 6)
    package static let ownTolerations = ClusterEvents(rawValue: 1 << 7)
    package static let ownGates = ClusterEvents(rawValue: 1 << 8)
    package static let ownRequests = ClusterEvents(rawValue: 1 << 9)
    package static let ownClaims = ClusterEvents(rawValue: 1 << 10)
    package static let ownOther = ClusterEvents(rawValue: 1 << 11)
    // Nodes.
    package static let nodeAdded = ClusterEvents(rawValue: 1 << 12)
    package static let nodeAllocatable = ClusterEvents(rawValue: 1 << 13)
    package static let nodeLabels = ClusterEvents(rawValue: 1 << 14)
    package static let nodeTaints = ClusterEvents(rawValue: 1 << 15)
    package static let nodeDeleted = ClusterEvents(rawValue: 1 << 16)
    package static let nodeFeatures = ClusterEvents(rawValue: 1 << 27)
    // Storage.
    package static let volumeChanged = ClusterEvents(rawValue: 1 << 17)
    package static let claimChanged = ClusterEvents(rawValue: 1 << 18)
    package static let storageClassChanged = ClusterEvents(rawValue: 1 << 19)
    package static let storageNodeChanged = ClusterEvents(rawValue: 1 << 20)
    package static let storageCapacityChanged = ClusterEvents(rawValue: 1 << 21)
    package static let claimDeleted = ClusterEvents(rawValue: 1 << 22)
    // Devices.
    package static let deviceClaimChanged = ClusterEvents(rawValue: 1 << 23)
    package static let resourceSliceChanged = ClusterEvents(rawValue: 1 << 24)
    package static let deviceClassChanged = ClusterEvents(rawValue: 1 << 25)
    /// Devices of a claim are free again.
    package static let devicesFreed = ClusterEvents(rawValue: 1 << 29)
    // Groups.
    package static let podGroupChanged = ClusterEvents(rawValue: 1 << 26)
    package static let namespaceLabels = ClusterEvents(rawValue: 1 << 28)
    /// Something failed or was taken back: everything may be tried again.
    package static let anything = ClusterEvents(rawValue: 1 << 63)

    package static let anyNode: ClusterEvents = [.nodeAdded, .nodeAllocatable, .nodeLabels, .nodeTaints, .nodeFeatures]
}

/// One change, with what plugins look at to tell whether it may help.
package struct ClusterChange: Sendable {
    package var events: ClusterEvents
    /// The pod that changed, as it was and as it is.
    package var oldPod: PodInfo?
    package var newPod: PodInfo?
    /// The slot of the node that changed, and the node as it was.
    package var node: Int?
    package var oldNode: NodeInfo?
    /// The slot of the node that a pod has left.
    package var freed: Int?
    /// The key of another object that changed.
    package var object: String?

    package init(
        _ events: ClusterEvents, oldPod: PodInfo? = nil, newPod: PodInfo? = nil, node: Int? = nil,
        oldNode: NodeInfo? = nil, freed: Int? = nil, object: String? = nil
    ) {
        self.events = events
        self.oldPod = oldPod
        self.newPod = newPod
        self.node = node
        self.oldNode = oldNode
        self.freed = freed
        self.object = object
    }
}
