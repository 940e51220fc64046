import KubeAPI
import Machinery

/// Devices by claims (dynamic resource allocation, KEP-4381): finds devices on a node, and writes them into the claims
/// before the pod is bound.
///
/// Other than in kube-scheduler, a more important pod may take a node's pods off for the devices that they hold.
struct DynamicResources: PreEnqueuePlugin, PreFilterPlugin, FilterPlugin, ReservePlugin, PreBindPlugin {
    let name = PluginName.dynamicResources
    let events: ClusterEvents = [
        .nodeAdded, .nodeLabels, .deviceClaimChanged, .devicesFreed, .resourceSliceChanged, .deviceClassChanged,
        .podDeleted, .ownClaims,
    ]
    /// How long devices have to become ready for a pod.
    var bindingTimeout = Duration.seconds(600)
    var clock: any WallClock = SystemWallClock()
    private let selectors = DeviceSelectors()
    static let maximumConsumers = 256

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        if let gone = change.oldPod, change.events.contains(.podDeleted) {
            return !gone.deviceClaims.isEmpty || gone.demands.extended != nil
        }
        // Of the claims that have not given devices back, only its own can help a pod.
        if change.events == .deviceClaimChanged, let object = change.object {
            return pod.deviceClaims.values.contains { Self.key(pod, $0).description == object }
        }
        return true
    }

    /// The pod's claims, or why it must wait for one.
    private func claims(
        _ pod: PodInfo, _ cluster: borrowing ClusterState
    ) -> Result<[ResourceResourceClaim], DeviceSelectorError> {
        var claims: [ResourceResourceClaim] = []
        for reference in pod.resourceClaims {
            guard let name = pod.deviceClaims[reference.name] else {
                return .failure(DeviceSelectorError("pod \"\(pod.key)\": ResourceClaim not created yet"))
            }
            guard let claim = cluster.devices.claims[Self.key(pod, name)] else {
                return .failure(DeviceSelectorError("resourceclaim \"\(name)\" not found"))
            }
            if claim.isBeingDeleted {
                return .failure(DeviceSelectorError("resourceclaim \"\(name)\" is being deleted"))
            }
            claims.append(claim)
        }
        return .success(claims)
    }

    func preEnqueue(_ pod: PodInfo, in cluster: borrowing ClusterState) -> FilterStatus {
        switch claims(pod, cluster) {
        case .success: .success
        case .failure(let error): .unresolvable(Reasons(error.message))
        }
    }

    /// A pod at the gate waits for the first claim that is not there, or is on its way out.
    func opening(for pod: PodInfo, in cluster: borrowing ClusterState) -> Waker {
        for reference in pod.resourceClaims {
            guard let name = pod.deviceClaims[reference.name] else { return Waker(.ownClaims) }
            let key = Self.key(pod, name)
            if cluster.devices.claims[key]?.isBeingDeleted ?? true {
                return Waker(.deviceClaimChanged, object: key.description)
            }
        }
        return Waker(events)
    }

    private static func key(_ pod: PodInfo, _ claim: String) -> ObjectKey {
        ObjectKey(namespace: pod.key.namespace, name: claim)
    }

    // MARK: Filter

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        let extended = ExtendedDemand(pod, cluster.devices)
        if pod.resourceClaims.isEmpty, extended == nil { return .skip }
        var decision = DeviceDecision()
        decision.extended = extended
        if let stale = extended?.stale { decision.released.insert(stale.uid) }
        switch claims(pod, cluster) {
        case .failure(let error): return .rejected(.unresolvable(Reasons(error.message)))
        case .success(let claims):
            for claim in claims {
                if let refusal = look(at: claim, pod, cluster.devices, &decision) { return .rejected(refusal) }
            }
        }
        decision.inventory = cluster.devices.currentInventory()
        decision.question = DeviceQuestion(decision, cluster.devices)
        state.devices = decision
        return .allNodes
    }

    /// A pod that leaves in a trial frees the devices that it alone has.
    func podChanged(
        _ other: PodInfo, on node: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState
    ) {
        guard state.devices != nil else { return }
        let named = other.deviceClaims.values.map { cluster.devices.claims[Self.key(other, $0)] }
        for claim in named + [cluster.devices.extended.claims[other.uid]] {
            guard let claim, claim.status.reservedFor.allSatisfy({ $0.uid == other.uid })
            else { continue }
            if delta < 0 {
                state.devices?.released.insert(claim.uid)
            } else {
                state.devices?.released.remove(claim.uid)
            }
        }
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        guard let decision = state.devices else { return .success }
        for terms in decision.allocated {
            guard let terms else { continue }
            if !terms.contains(where: { $0.matches(name: cluster.nodes[node].name, labels: cluster.nodes[node].labels) }
            ) {
                return .unresolvable("resourceclaim not available on the node")
            }
        }
        guard let claims = asked(decision, cluster.nodes[node], cluster.devices) else {
            return .unschedulable("cannot allocate all claims")
        }
        if claims.isEmpty { return .success }
        var allocator = allocator(claims, decision, cluster.nodes[node], cluster.devices)
        if allocator.run() { return .success }
        if let failure = allocator.failure { return .failed(failure.message) }
        return .unschedulable("cannot allocate all claims")
    }

    /// What is to be found on a node: devices for open claims, and for extended resources that the node itself lacks.
    /// - Returns: `nil` where a class has gone.
    func asked(
        _ decision: DeviceDecision, _ node: NodeInfo, _ objects: DeviceObjects
    ) -> [DeviceAllocator.Claim]? {
        guard let extended = decision.extended else { return decision.open }
        var requests: [DeviceAllocator.Request] = []
        for request in extended.plan(on: node).requests {
            guard case .success(let request) = Self.request(request, objects) else { return nil }
            requests.append(request)
        }
        if requests.isEmpty { return decision.open }
        return decision.open + [
            DeviceAllocator.Claim(uid: extended.uid, requests: requests, constraints: [], configuration: [])
        ]
    }

    func allocator(
        _ claims: [DeviceAllocator.Claim], _ decision: DeviceDecision, _ node: NodeInfo, _ objects: DeviceObjects
    ) -> DeviceAllocator {
        let own = decision.inventory.byNode[node.name] ?? []
        let others = decision.inventory.elsewhere.filter { $0.reach.includes(node) }
        return DeviceAllocator(
            claims: claims, devices: own + others, objects: objects, inventory: decision.inventory,
            selectors: selectors, released: decision.released)
    }

    // MARK: Reserve and bind

    func reserve(
        _ pod: PodInfo, _ node: Int, in cluster: inout ClusterState, _ state: inout CycleState
    ) -> FilterStatus {
        guard let decision = state.devices else { return .success }
        guard let claims = asked(decision, cluster.nodes[node], cluster.devices),
            let results = allocate(claims, decision, cluster.nodes[node], cluster.devices)
        else { return .unschedulable("cannot allocate all claims") }
        for (claim, result) in zip(claims, results) {
            cluster.devices.assume(result, claim: claim.uid)
            state.devices?.results[claim.uid] = result
        }
        state.devices?.extended?.chosen = decision.extended?.plan(on: cluster.nodes[node])
        return .success
    }

    /// What each open claim gets. Whoever holds what is known of devices is gone when it returns, so that the change
    /// that follows copies nothing.
    private func allocate(
        _ claims: [DeviceAllocator.Claim], _ decision: DeviceDecision, _ node: NodeInfo, _ objects: DeviceObjects
    ) -> [AllocationResult]? {
        if claims.isEmpty { return [] }
        var allocator = allocator(claims, decision, node, objects)
        guard allocator.run() else { return nil }
        return claims.indices.map { allocator.result(claim: $0, node: node.name) }
    }

    func unreserve(_ pod: PodInfo, in cluster: inout ClusterState, _ state: CycleState) {
        guard let decision = state.devices else { return }
        for uid in decision.results.keys {
            if let claim = decision.claims[uid] {
                cluster.devices.forget(claim: uid, claim.key)
            } else {
                cluster.devices.forget(placeholder: uid)
            }
        }
    }
}
