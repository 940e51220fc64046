import Client
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
    private let selectors = DeviceSelectors()
    static let maximumConsumers = 256

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        if let gone = change.oldPod, change.events.contains(.podDeleted) { return !gone.deviceClaims.isEmpty }
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
        if pod.resourceClaims.isEmpty { return .skip }
        var decision = DeviceDecision()
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
        for name in other.deviceClaims.values {
            guard let claim = cluster.devices.claims[Self.key(other, name)],
                claim.status.reservedFor.allSatisfy({ $0.uid == other.uid })
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
        if decision.open.isEmpty { return .success }
        var allocator = allocator(decision, cluster.nodes[node], cluster.devices)
        if allocator.run() { return .success }
        if let failure = allocator.failure { return .failed(failure.message) }
        return .unschedulable("cannot allocate all claims")
    }

    private func allocator(_ decision: DeviceDecision, _ node: NodeInfo, _ objects: DeviceObjects) -> DeviceAllocator {
        let own = decision.inventory.byNode[node.name] ?? []
        let others = decision.inventory.elsewhere.filter { $0.reach.includes(node) }
        return DeviceAllocator(
            claims: decision.open, devices: own + others, objects: objects, inventory: decision.inventory,
            selectors: selectors, released: decision.released)
    }

    // MARK: Reserve and bind

    func reserve(
        _ pod: PodInfo, _ node: Int, in cluster: inout ClusterState, _ state: inout CycleState
    ) -> FilterStatus {
        guard let decision = state.devices, !decision.open.isEmpty else { return .success }
        guard let results = allocate(decision, cluster.nodes[node], cluster.devices) else {
            return .unschedulable("cannot allocate all claims")
        }
        for (claim, result) in zip(decision.open, results) {
            cluster.devices.assume(result, claim: claim.uid)
            state.devices?.results[claim.uid] = result
        }
        return .success
    }

    /// What each open claim gets. Whoever holds what is known of devices is gone when it returns, so that the change
    /// that follows copies nothing.
    private func allocate(
        _ decision: DeviceDecision, _ node: NodeInfo, _ objects: DeviceObjects
    ) -> [AllocationResult]? {
        var allocator = allocator(decision, node, objects)
        guard allocator.run() else { return nil }
        return decision.open.indices.map { allocator.result(claim: $0, node: node.name) }
    }

    func unreserve(_ pod: PodInfo, in cluster: inout ClusterState, _ state: CycleState) {
        guard let decision = state.devices else { return }
        for uid in decision.results.keys {
            if let claim = decision.claims[uid] { cluster.devices.forget(claim: uid, claim.key) }
        }
    }

    func isNeeded(_ pod: PodInfo, _ state: CycleState) -> Bool {
        !(state.devices?.reservations.isEmpty ?? true) || !(state.devices?.results.isEmpty ?? true)
    }

    func preBind(
        _ pod: PodInfo, to node: String, _ context: BindingContext, _ state: CycleState
    ) async -> FilterStatus {
        guard let decision = state.devices else { return .success }
        let writer = ClaimWriter(client: context.client)
        do {
            for uid in decision.reservations {
                guard let claim = decision.claims[uid] else { continue }
                try await writer.reserve(claim, decision.results[uid], for: pod)
            }
        } catch {
            return .failed(error.message)
        }
        return .success
    }
}
