import Client
import KubeAPI
import Machinery

/// Sees to it that a pod's claims can have volumes on its node, and gives them these before the pod is bound.
struct VolumeBinding: PreFilterPlugin, FilterPlugin, ReservePlugin, PreBindPlugin {
    let name = PluginName.volumeBinding
    let events: ClusterEvents = [
        .nodeAdded, .nodeLabels, .volumeChanged, .claimChanged, .storageClassChanged, .storageNodeChanged,
        .storageCapacityChanged,
    ]
    var bindTimeout = Duration.seconds(600)

    private static let selectedNode = "volume.kubernetes.io/selected-node"
    private static let bindCompleted = "pv.kubernetes.io/bind-completed"

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        guard change.events.contains(.claimChanged), let object = change.object else { return true }
        return pod.claims.contains { ObjectKey(namespace: pod.key.namespace, name: $0).description == object }
    }

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        if pod.claims.isEmpty { return .skip }
        var decision = VolumeDecision()
        for name in pod.claims {
            let key = ObjectKey(namespace: pod.key.namespace, name: name)
            if let refusal = look(at: key, cluster.storage, &decision) { return .rejected(refusal) }
        }
        // Small claims choose first, so that each gets the smallest volume that does.
        decision.unbound.sort { Self.size($0.claim) < Self.size($1.claim) }
        state.volumes = decision
        return .allNodes
    }

    private static func size(_ claim: PersistentVolumeClaim) -> Int64 {
        claim.spec.resources?.requests["storage"]?.value ?? 0
    }

    /// Notes what is to be said of a claim; a refusal where the pod must wait whatever the node.
    private func look(
        at key: ObjectKey, _ storage: StorageObjects, _ decision: inout VolumeDecision
    ) -> FilterStatus? {
        guard let claim = storage.claims[key] else {
            return .unresolvable(Reasons("persistentvolumeclaim \"\(key.name)\" not found"))
        }
        if claim.status.phase == "Lost" {
            return .unresolvable(
                Reasons(
                    "persistentvolumeclaim \"\(key.name)\" bound to non-existent persistentvolume \"\(claim.spec.volumeName ?? "")\""
                ))
        }
        if claim.isBeingDeleted {
            return .unresolvable(Reasons("persistentvolumeclaim \"\(key.name)\" is being deleted"))
        }
        if let volume = claim.spec.volumeName, !volume.isEmpty, claim.annotations[Self.bindCompleted] != nil {
            if let found = storage.volumes[volume] {
                if let terms = found.spec.nodeAffinity?.required {
                    decision.bound.append(terms.nodeSelectorTerms.map { NodeTerm($0) })
                }
            } else {
                decision.lacksVolume = true
            }
            return nil
        }
        let className = claim.spec.storageClassName ?? ""
        let waits = storage.classes[className]?.volumeBindingMode == "WaitForFirstConsumer"
        guard waits, (claim.spec.volumeName ?? "").isEmpty else {
            return .unresolvable("pod has unbound immediate PersistentVolumeClaims")
        }
        decision.unbound.append(
            VolumeDecision.Unbound(
                key: key, claim: claim, candidates: Self.candidates(claim, storage),
                provisioning: Self.provisioning(claim, storage), selectedNode: claim.annotations[Self.selectedNode]))
        return nil
    }

    /// Free volumes that are what the claim asks for, the smallest first.
    private static func candidates(
        _ claim: PersistentVolumeClaim, _ storage: StorageObjects
    ) -> [VolumeDecision.Candidate] {
        let wanted = size(claim)
        let selector = claim.spec.selector.map { Selector.readable($0) }
        let fitting = storage.volumes.values.filter { volume in
            guard volume.spec.storageClassName ?? "" == claim.spec.storageClassName ?? "", !volume.isBeingDeleted,
                volume.spec.volumeMode ?? "Filesystem" == claim.spec.volumeMode ?? "Filesystem",
                (volume.spec.capacity["storage"]?.value ?? 0) >= wanted,
                volume.spec.volumeAttributesClassName ?? "" == claim.spec.volumeAttributesClassName ?? "",
                claim.spec.accessModes.allSatisfy(volume.spec.accessModes.contains)
            else { return false }
            if let owner = volume.spec.claimRef {
                // Kept for this claim, and not yet given to it.
                return owner.name == claim.name && owner.namespace == claim.namespace
                    && (owner.uid ?? "").isEmpty
            }
            return volume.status.phase ?? "Available" == "Available" && (selector?.matches(volume.labels) ?? true)
        }
        return fitting.sorted { left, right in
            let (reserved, otherReserved) = (left.spec.claimRef != nil, right.spec.claimRef != nil)
            if reserved != otherReserved { return reserved }
            let (size, otherSize) = (
                left.spec.capacity["storage"]?.value ?? 0, right.spec.capacity["storage"]?.value ?? 0
            )
            return size == otherSize ? left.name < right.name : size < otherSize
        }.map { volume in
            VolumeDecision.Candidate(
                name: volume.name, topology: volume.spec.nodeAffinity?.required?.nodeSelectorTerms.map { NodeTerm($0) })
        }
    }

    private static func provisioning(
        _ claim: PersistentVolumeClaim, _ storage: StorageObjects
    ) -> VolumeDecision.Provisioning? {
        guard let name = claim.spec.storageClassName, let storageClass = storage.classes[name],
            !storageClass.provisioner.isEmpty, storageClass.provisioner != "kubernetes.io/no-provisioner"
        else { return nil }
        let tells = storage.drivers[storageClass.provisioner]?.spec.storageCapacity ?? false
        let capacities = storage.capacities.values.filter { $0.storageClassName == name }.map { capacity in
            (
                nodes: Selector.readable(capacity.nodeTopology),
                size: (capacity.maximumVolumeSize ?? capacity.capacity)?.value ?? 0
            )
        }
        return VolumeDecision.Provisioning(
            topologies: storageClass.allowedTopologies.map { term in
                term.matchLabelExpressions.map { (key: $0.key, values: $0.values) }
            },
            capacities: tells ? capacities : nil, size: size(claim))
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        guard let decision = state.volumes else { return .success }
        switch decision.steps(cluster.nodes[node], assumed: cluster.storage.assumedVolumes) {
        case .success: return .success
        case .failure(let conflict):
            return .unresolvable(Reasons(conflict.reasons.first ?? "", Array(conflict.reasons.dropFirst())))
        }
    }

    func reserve(
        _ pod: PodInfo, _ node: Int, in cluster: inout ClusterState, _ state: inout CycleState
    ) -> FilterStatus {
        guard var decision = state.volumes, !decision.unbound.isEmpty else { return .success }
        switch decision.steps(cluster.nodes[node], assumed: cluster.storage.assumedVolumes) {
        case .failure(let conflict):
            return .unresolvable(Reasons(conflict.reasons.first ?? "", Array(conflict.reasons.dropFirst())))
        case .success(let steps):
            decision.steps = steps
            for step in steps {
                if let volume = step.volume { cluster.storage.assumedVolumes[volume] = step.claim }
            }
            state.volumes = decision
            return .success
        }
    }

    func unreserve(_ pod: PodInfo, in cluster: inout ClusterState, _ state: CycleState) {
        for step in state.volumes?.steps ?? [] {
            if let volume = step.volume { cluster.storage.assumedVolumes[volume] = nil }
        }
    }

    func isNeeded(_ pod: PodInfo, _ state: CycleState) -> Bool { !(state.volumes?.steps.isEmpty ?? true) }

    func preBind(
        _ pod: PodInfo, to node: String, _ context: BindingContext, _ state: CycleState
    ) async -> FilterStatus {
        guard let decision = state.volumes else { return .success }
        do {
            for step in decision.steps { try await start(step, decision, node, context.client) }
        } catch {
            return .failed(error.message)
        }
        let keys = decision.steps.map(\.claim)
        return await context.until(bindTimeout) { cluster in
            for key in keys {
                guard let claim = cluster.storage.claims[key] else {
                    return .failed("binding volumes: persistentvolumeclaim \"\(key.name)\" not found")
                }
                let isBound =
                    !(claim.spec.volumeName ?? "").isEmpty && claim.annotations[Self.bindCompleted] != nil
                if !isBound {
                    // A provisioner that cannot serve the node takes the choice back.
                    let isRefused = decision.steps.contains {
                        $0.claim == key && $0.volume == nil && claim.annotations[Self.selectedNode] == nil
                            && claim.resourceVersion
                                != decision.unbound.first { $0.key == key }?.claim.resourceVersion
                    }
                    return isRefused
                        ? .failed("binding volumes: selectedNode annotation reset for PVC \"\(key.name)\"") : nil
                }
            }
            return .success
        }
    }

    private func start(
        _ step: VolumeDecision.Step, _ decision: VolumeDecision, _ node: String, _ client: Client
    ) async throws(StatusError) {
        guard let claim = decision.unbound.first(where: { $0.key == step.claim })?.claim else { return }
        guard let volume = step.volume else {
            if claim.annotations[Self.selectedNode] == node { return }
            let patch: JSONObject = [
                "metadata": ["uid": .string(claim.uid), "annotations": [Self.selectedNode: .string(node)]]
            ]
            try await client.change(PersistentVolumeClaim.self, step.claim, .merge(.object(patch)))
            return
        }
        var reference = claim.reference
        reference.resourceVersion = claim.resourceVersion
        let patch: JSONObject = [
            "metadata": ["annotations": ["pv.kubernetes.io/bound-by-controller": "yes"]],
            "spec": ["claimRef": .object(reference.json)],
        ]
        try await client.change(
            PersistentVolume.self, ObjectKey(namespace: "", name: volume), .merge(.object(patch)))
    }
}
