import Client
import KubeAPI
import Machinery

/// What was found out and chosen for a pod's claims of devices.
package struct DeviceDecision: Sendable {
    /// Claims that have devices already, with where these can be used; `nil` for everywhere.
    var allocated: [[NodeTerm]?] = []
    /// The others.
    var open: [DeviceAllocator.Claim] = []
    var keys: [String: ObjectKey] = [:]
    var inventory = DeviceObjects.Inventory()
    /// Claims whose only users have left in a trial.
    var released: Set<String> = []
    /// What was chosen, by the claim's uid.
    var results: [String: AllocationResult] = [:]
    /// The claims that the pod is to be entered in.
    var reservations: [ObjectKey] = []
}

extension CycleState {
    /// The devices that were chosen for the pod's claims.
    package var allocations: [AllocationResult] { devices.map { Array($0.results.values) } ?? [] }
}

/// Devices by claims (dynamic resource allocation, KEP-4381): finds devices on a node, and writes them into the claims
/// before the pod is bound.
///
/// Other than in kube-scheduler, a more important pod may take a node's pods off for the devices that they hold.
struct DynamicResources: PreEnqueuePlugin, PreFilterPlugin, FilterPlugin, ReservePlugin, PreBindPlugin {
    let name = PluginName.dynamicResources
    let events: ClusterEvents = [
        .nodeAdded, .nodeLabels, .deviceClaimChanged, .resourceSliceChanged, .deviceClassChanged, .podDeleted,
        .ownClaims,
    ]
    private let selectors = DeviceSelectors()
    private static let finalizer = "resource.kubernetes.io/delete-protection"
    private static let maximumConsumers = 256

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        if let gone = change.oldPod, change.events.contains(.podDeleted) { return !gone.deviceClaims.isEmpty }
        return true
    }

    /// The pod's claims, or why it must wait for one.
    private func claims(
        _ pod: PodInfo, _ cluster: borrowing ClusterState
    ) -> Result<[ResourceResourceClaim], DeviceSelectorError> {
        var claims: [ResourceResourceClaim] = []
        for reference in pod.demands.resourceClaims {
            guard let name = pod.deviceClaims[reference.name] else {
                return .failure(DeviceSelectorError("pod \"\(pod.key)\": ResourceClaim not created yet"))
            }
            guard let claim = cluster.devices.claims[ObjectKey(namespace: pod.key.namespace, name: name)] else {
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

    // MARK: Filter

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        if pod.demands.resourceClaims.isEmpty { return .skip }
        var decision = DeviceDecision()
        switch claims(pod, cluster) {
        case .failure(let error): return .rejected(.unresolvable(Reasons(error.message)))
        case .success(let claims):
            for claim in claims {
                if let refusal = look(at: claim, pod, cluster.devices, &decision) { return .rejected(refusal) }
            }
        }
        decision.inventory = cluster.devices.currentInventory()
        state.devices = decision
        return .allNodes
    }

    private func look(
        at claim: ResourceResourceClaim, _ pod: PodInfo, _ objects: DeviceObjects, _ decision: inout DeviceDecision
    ) -> FilterStatus? {
        decision.keys[claim.uid] = claim.key
        let users = claim.status.reservedFor
        if !users.contains(where: { $0.uid == pod.uid }) {
            if users.count >= Self.maximumConsumers { return .unresolvable("resourceclaim in use") }
            decision.reservations.append(claim.key)
        }
        if claim.status.allocation == nil, objects.isPending(claim.uid) {
            return .unresolvable("resource claim is in the process of being allocated")
        }
        if let allocation = objects.allocation(claim) {
            decision.allocated.append(allocation.nodeSelector.map { $0.nodeSelectorTerms.map { NodeTerm($0) } })
            return nil
        }
        let devices = claim.spec.devices ?? DeviceClaim()
        var requests: [DeviceAllocator.Request] = []
        for request in devices.requests {
            switch Self.request(request, objects) {
            case .success(let request): requests.append(request)
            case .failure(let error): return .unresolvable(Reasons(error.message))
            }
        }
        decision.open.append(
            DeviceAllocator.Claim(
                uid: claim.uid, requests: requests, constraints: devices.constraints, configuration: devices.config))
        return nil
    }

    private static func request(
        _ request: DeviceRequest, _ objects: DeviceObjects
    ) -> Result<DeviceAllocator.Request, DeviceSelectorError> {
        var alternatives: [DeviceAllocator.Alternative] = []
        func add(
            _ name: String, _ className: String, _ mode: String?, _ count: Int64?, _ own: [DeviceSelector],
            _ tolerations: [DeviceToleration], _ capacity: CapacityRequirements?, isAdmin: Bool
        ) -> DeviceSelectorError? {
            guard let deviceClass = objects.classes[className] else {
                return DeviceSelectorError("request \(name): device class \(className) does not exist")
            }
            alternatives.append(
                DeviceAllocator.Alternative(
                    name: name, count: mode == "All" ? nil : Int(count ?? 1),
                    selectors: (deviceClass.spec.selectors + own).compactMap { $0.cel?.expression },
                    className: className, classConfiguration: deviceClass.spec.config, isAdmin: isAdmin,
                    tolerations: tolerations, capacity: capacity?.requests ?? [:]))
            return nil
        }
        if let exact = request.exactly {
            if let error = add(
                request.name, exact.deviceClassName, exact.allocationMode, exact.count, exact.selectors,
                exact.tolerations, exact.capacity, isAdmin: exact.adminAccess ?? false)
            {
                return .failure(error)
            }
        }
        for option in request.firstAvailable {
            if let error = add(
                "\(request.name)/\(option.name)", option.deviceClassName, option.allocationMode, option.count,
                option.selectors, option.tolerations, option.capacity, isAdmin: false)
            {
                return .failure(error)
            }
        }
        return .success(DeviceAllocator.Request(name: request.name, alternatives: alternatives))
    }

    /// A pod that leaves in a trial frees the devices that it alone has.
    func podChanged(
        _ other: PodInfo, on node: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState
    ) {
        guard state.devices != nil else { return }
        for name in other.deviceClaims.values {
            guard let claim = cluster.devices.claims[ObjectKey(namespace: other.key.namespace, name: name)],
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
        var allocator = allocator(decision, cluster.nodes[node], cluster.devices)
        guard allocator.run() else { return .unschedulable("cannot allocate all claims") }
        for (index, claim) in decision.open.enumerated() {
            let result = allocator.result(claim: index, node: cluster.nodes[node].name)
            cluster.devices.assume(result, claim: claim.uid)
            state.devices?.results[claim.uid] = result
        }
        return .success
    }

    func unreserve(_ pod: PodInfo, in cluster: inout ClusterState, _ state: CycleState) {
        guard let decision = state.devices else { return }
        for uid in decision.results.keys {
            if let key = decision.keys[uid] { cluster.devices.forget(claim: uid, key) }
        }
    }

    func isNeeded(_ pod: PodInfo, _ state: CycleState) -> Bool {
        !(state.devices?.reservations.isEmpty ?? true) || !(state.devices?.results.isEmpty ?? true)
    }

    func preBind(
        _ pod: PodInfo, to node: String, _ context: BindingContext, _ state: CycleState
    ) async -> FilterStatus {
        guard let decision = state.devices else { return .success }
        do {
            for key in decision.reservations {
                let uid = decision.keys.first { $0.value == key }?.key ?? ""
                try await write(key, uid, decision.results[uid], for: pod, context.client)
            }
        } catch {
            return .failed(error.message)
        }
        return .success
    }

    /// Enters the pod, and the devices where the claim has none, into a claim's status. A conflict is tried again.
    private func write(
        _ key: ObjectKey, _ uid: String, _ allocation: AllocationResult?, for pod: PodInfo, _ client: Client
    ) async throws(StatusError) {
        for attempt in 1... {
            var claim = try await client.get(ResourceResourceClaim.self, key)
            guard claim.uid == uid else {
                throw StatusError(code: 409, reason: .conflict, message: "resourceclaim \(key) was replaced")
            }
            if allocation != nil, !claim.metadata.finalizers.contains(Self.finalizer) {
                claim.metadata.finalizers.append(Self.finalizer)
                claim = try await client.update(claim)
            }
            if let allocation, claim.status.allocation == nil { claim.status.allocation = allocation }
            var user = ResourceClaimConsumerReference()
            user.resource = "pods"
            user.name = pod.key.name
            user.uid = pod.uid
            if claim.status.reservedFor.contains(where: { $0.uid == pod.uid }) { return }
            claim.status.reservedFor.append(user)
            do {
                _ = try await client.updateStatus(claim)
                return
            } catch {
                guard error.reason == .conflict, attempt < 5 else { throw error }
            }
        }
    }
}
