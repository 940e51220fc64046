import Client
import KubeAPI
import Machinery

/// The informers that a scheduler follows.
struct SchedulerInformers: Sendable {
    let pods: Informer<Pod>
    let nodes: Informer<Node>
    let namespaces: Informer<Namespace>
    let budgets: Informer<PodDisruptionBudget>
    let volumes: Informer<PersistentVolume>
    let claims: Informer<PersistentVolumeClaim>
    let storageClasses: Informer<StorageClass>
    let storageNodes: Informer<CSINode>
    let storageDrivers: Informer<CSIDriver>
    let storageCapacities: Informer<CSIStorageCapacity>
    let services: Informer<Service>
    let replicaSets: Informer<ReplicaSet>
    let replicationControllers: Informer<ReplicationController>
    let statefulSets: Informer<StatefulSet>
    let resourceSlices: Informer<ResourceSlice>
    let deviceClasses: Informer<DeviceClass>
    let deviceClaims: Informer<ResourceResourceClaim>
    /// `nil` where the server does not serve groups.
    let podGroups: Informer<PodGroup>?

    init(_ factory: InformerFactory, followsPodGroups: Bool) {
        pods = factory.informer(Pod.self)
        nodes = factory.informer(Node.self)
        namespaces = factory.informer(Namespace.self)
        budgets = factory.informer(PodDisruptionBudget.self)
        volumes = factory.informer(PersistentVolume.self)
        claims = factory.informer(PersistentVolumeClaim.self)
        storageClasses = factory.informer(StorageClass.self)
        storageNodes = factory.informer(CSINode.self)
        storageDrivers = factory.informer(CSIDriver.self)
        storageCapacities = factory.informer(CSIStorageCapacity.self)
        services = factory.informer(Service.self)
        replicaSets = factory.informer(ReplicaSet.self)
        replicationControllers = factory.informer(ReplicationController.self)
        statefulSets = factory.informer(StatefulSet.self)
        resourceSlices = factory.informer(ResourceSlice.self)
        deviceClasses = factory.informer(DeviceClass.self)
        deviceClaims = factory.informer(ResourceResourceClaim.self)
        podGroups = followsPodGroups ? factory.informer(PodGroup.self) : nil
    }

    /// Waits until all have been listed.
    func waitForSync() async throws {
        try await nodes.waitForSync()
        try await pods.waitForSync()
        try await namespaces.waitForSync()
        try await budgets.waitForSync()
        try await volumes.waitForSync()
        try await claims.waitForSync()
        try await storageClasses.waitForSync()
        try await storageNodes.waitForSync()
        try await storageDrivers.waitForSync()
        try await storageCapacities.waitForSync()
        try await services.waitForSync()
        try await replicaSets.waitForSync()
        try await replicationControllers.waitForSync()
        try await statefulSets.waitForSync()
        try await resourceSlices.waitForSync()
        try await deviceClasses.waitForSync()
        try await deviceClaims.waitForSync()
        try await podGroups?.waitForSync()
    }
}

extension Scheduler {
    /// Feeds the informers' changes to the core.
    func follow() {
        informers.nodes.onChange { [weak self] change in self?.wake { $0.core.nodeChanged(change, now: .now) } }
        informers.pods.onChange { [weak self] change in self?.wake { $0.core.podChanged(change, now: .now) } }
        note(informers.namespaces, .namespaceLabels) { cluster, key, namespace in
            cluster.namespaces[key.name] = namespace?.labels
        }
        note(informers.budgets, []) { $0.budgets[$1] = $2.map(DisruptionBudget.init) }
        if let groups = informers.podGroups {
            note(groups, .podGroupChanged) { cluster, key, group in
                if let group { cluster.groups.set(group) } else { cluster.groups.remove(key) }
            }
        }
        followStorage()
        followDevices()
        followWorkloads()
    }

    private func followStorage() {
        note(informers.volumes, .volumeChanged) { cluster, key, volume in
            cluster.storage.volumes[key.name] = volume
            if volume?.spec.claimRef != nil || volume == nil { cluster.storage.assumedVolumes[key.name] = nil }
        }
        note(informers.claims, .claimChanged) { $0.storage.claims[$1] = $2 }
        note(informers.storageClasses, .storageClassChanged) { $0.storage.classes[$1.name] = $2 }
        note(informers.storageNodes, .storageNodeChanged) { $0.storage.nodes[$1.name] = $2 }
        note(informers.storageDrivers, .storageNodeChanged) { $0.storage.drivers[$1.name] = $2 }
        note(informers.storageCapacities, .storageCapacityChanged) { $0.storage.capacities[$1] = $2 }
    }

    private func followDevices() {
        note(informers.resourceSlices, .resourceSliceChanged) { $0.devices.set(slice: $1.name, $2) }
        note(informers.deviceClasses, .deviceClassChanged) { $0.devices.set(class: $1.name, $2) }
        informers.deviceClaims.onChange { [weak self] change in
            let claim: ResourceResourceClaim? = if case .deleted = change { nil } else { change.object }
            self?.wake { $0.core.deviceClaimChanged(change.object.key, claim, now: .now) }
        }
    }

    private func followWorkloads() {
        note(informers.services, []) { $0.workloads.set(service: $1, $2?.spec.selector) }
        note(informers.replicaSets, []) { cluster, key, owner in
            cluster.workloads.set("ReplicaSet", key, owner.map { Selector.readable($0.spec.selector) })
        }
        note(informers.statefulSets, []) { cluster, key, owner in
            cluster.workloads.set("StatefulSet", key, owner.map { Selector.readable($0.spec.selector) })
        }
        note(informers.replicationControllers, []) { cluster, key, owner in
            let selector = owner?.spec.selector.map { Selector.Requirement(trusted: $0.key, .equals, [$0.value]) }
            cluster.workloads.set("ReplicationController", key, selector.map { Selector($0) })
        }
    }

    /// Has a kind's objects noted, and pods woken that wait for such a change.
    private func note<Object: KubeObject>(
        _ informer: Informer<Object>, _ events: ClusterEvents,
        _ apply: @escaping @Sendable (inout ClusterState, ObjectKey, Object?) -> Void
    ) {
        informer.onChange { [weak self] change in
            let key = change.object.key
            let object: Object? = if case .deleted = change { nil } else { change.object }
            self?.wake { state in
                state.core.changed(events, object: key.description, now: .now) { apply(&$0, key, object) }
            }
        }
    }
}
