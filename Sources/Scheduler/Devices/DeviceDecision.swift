import KubeAPI

/// What was found out and chosen for a pod's claims of devices.
package struct DeviceDecision: Sendable {
    /// Claims that have devices already, with where these can be used; `nil` for everywhere.
    var allocated: [[NodeTerm]?] = []
    /// The others.
    var open: [DeviceAllocator.Claim] = []
    /// All of them, by uid.
    var claims: [String: ResourceResourceClaim] = [:]
    var inventory = DeviceObjects.Inventory()
    /// Claims whose only users have left in a trial.
    var released: Set<String> = []
    /// What was chosen, by the claim's uid.
    var results: [String: AllocationResult] = [:]
    /// The claims that the pod is to be entered in, by uid.
    var reservations: [String] = []
    /// Set where the answer for a node depends on that node alone.
    var question: DeviceQuestion?
    /// What some nodes have as devices and others as resources of their own.
    var extended: ExtendedDemand?
}

/// What pods ask of a node's devices. Those that ask for the same get the same answer from the same node, be their
/// claims named as they may.
struct DeviceQuestion: Hashable, Sendable {
    let requests: [[DeviceAllocator.Request]]
    let constraints: [[DeviceConstraint]]
    let extended: ExtendedRequests?
    /// Of the inventory and the classes.
    let edition: UInt64

    /// - Returns: `nil` where a node's answer depends on more than the node: on claims that have devices already, and
    ///   on devices or counters that several nodes share.
    init?(_ decision: DeviceDecision, _ objects: DeviceObjects) {
        guard decision.allocated.isEmpty, decision.released.isEmpty, decision.inventory.isLocal else { return nil }
        requests = decision.open.map(\.requests)
        constraints = decision.open.map(\.constraints)
        extended = decision.extended?.requests
        edition = objects.edition
    }
}

extension CycleState {
    /// The devices that were chosen for the pod's claims.
    package var allocations: [AllocationResult] { devices.map { Array($0.results.values) } ?? [] }
}
