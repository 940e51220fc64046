import Client
import KubeAPI
import Machinery

extension LocalPathProvisioner {
    // MARK: Making

    func provision(_ claim: PersistentVolumeClaim) async throws {
        let name = "pvc-\(claim.uid)"
        let classKey = ObjectKey(namespace: "", name: claim.className)
        guard volumes.get(ObjectKey(namespace: "", name: name)) == nil, let storageClass = classes.get(classKey),
            storageClass.provisioner == LocalPath.provisioner
        else { return }
        if let objection = Self.objection(claim) { return fail(claim, objection) }
        guard let chosen = claim.annotations[VolumeMarks.selectedNode] else {
            return fail(claim, "no node was selected: volumeBindingMode must be WaitForFirstConsumer")
        }
        guard let node = nodes.get(ObjectKey(namespace: "", name: chosen)) else {
            fail(claim, "node \"\(chosen)\" not found")
            return try await reschedule(claim)
        }
        guard let folder = node.annotations[LocalPath.folderAnnotation], let host = node.labels[Self.hostLabel] else {
            return fail(claim, "node \"\(chosen)\" has no folder for volumes")
        }
        do throws(StatusError) {
            let volume = Self.volume(name, claim, storageClass, path: "\(folder)/\(name)", host: host)
            _ = try await context.client.create(volume)
        } catch {
            if error.isAlreadyExists { return }
            fail(claim, "failed to provision volume with StorageClass \"\(storageClass.name)\": \(error.message)")
            throw error
        }
        recorder.event(
            claim, reason: "ProvisioningSucceeded", message: "Successfully provisioned volume \(name)")
    }

    private static func objection(_ claim: PersistentVolumeClaim) -> String? {
        if claim.spec.volumeMode == "Block" { return "block volumes are not supported by \(LocalPath.provisioner)" }
        if claim.spec.selector != nil { return "claim Selector is not supported" }
        if claim.spec.dataSourceRef != nil || claim.spec.dataSource != nil {
            return "data sources are not supported by \(LocalPath.provisioner)"
        }
        return nil
    }

    private func fail(_ claim: PersistentVolumeClaim, _ message: String) {
        recorder.event(claim, type: .warning, reason: "ProvisioningFailed", message: message)
    }

    /// Lets the scheduler choose again.
    private func reschedule(_ claim: PersistentVolumeClaim) async throws {
        let patch: JSON = [
            "metadata": [
                "uid": .string(claim.uid), "resourceVersion": .string(claim.resourceVersion),
                "annotations": [VolumeMarks.selectedNode: .null],
            ]
        ]
        _ = try await context.client.patch(PersistentVolumeClaim.self, claim.key, .merge(patch))
    }

    private static func volume(
        _ name: String, _ claim: PersistentVolumeClaim, _ storageClass: StorageClass, path: String, host: String
    ) -> PersistentVolume {
        let policy = storageClass.reclaimPolicy ?? "Delete"
        var volume = PersistentVolume(name: name)
        volume.metadata.annotations[VolumeMarks.provisionedBy] = LocalPath.provisioner
        if policy == "Delete" { volume.metadata.finalizers = [VolumeMarks.provisionerFinalizer] }
        volume.spec.capacity = ["storage": claim.request]
        volume.spec.accessModes = claim.spec.accessModes
        volume.spec.persistentVolumeReclaimPolicy = policy
        volume.spec.storageClassName = claim.className
        volume.spec.volumeMode = "Filesystem"
        volume.spec.mountOptions = storageClass.mountOptions
        volume.spec.claimRef = claim.reference
        var local = LocalVolumeSource()
        local.path = path
        volume.spec.local = local
        var requirement = NodeSelectorRequirement()
        requirement.key = hostLabel
        requirement.operator = "In"
        requirement.values = [host]
        var term = NodeSelectorTerm()
        term.matchExpressions = [requirement]
        var required = NodeSelector()
        required.nodeSelectorTerms = [term]
        var affinity = VolumeNodeAffinity()
        affinity.required = required
        volume.spec.nodeAffinity = affinity
        return volume
    }

    /// The host that a volume is on.
    static func host(of volume: PersistentVolume) -> String? {
        volume.spec.nodeAffinity?.required?.nodeSelectorTerms.first?.matchExpressions
            .first { $0.key == hostLabel }?.values.first
    }

    // MARK: Removing

    /// Takes the removal of a released volume one step further; every step shows in the Node's annotation.
    func clean(_ name: String) async throws -> ReconcileOutcome {
        guard let volume = volumes.get(ObjectKey(namespace: "", name: name)) else {
            memory.retries.withLock { $0[name] = nil }
            for node in nodes.byIndex(Index.removal, name) { try await tell(node, name, nil) }
            return .done
        }
        guard Self.isOurs(volume), volume.spec.persistentVolumeReclaimPolicy == "Delete",
            volume.phase == "Released" || volume.phase == "Failed"
        else { return .done }
        guard let host = Self.host(of: volume), let node = nodes.byIndex(Index.host, host).first else {
            // What was on that node went with it.
            try await delete(volume)
            return .done
        }
        switch LocalPath.removals(node.annotations)[name] {
        case nil: try await tell(node, name, .asked)
        case .asked: break
        case .done: try await delete(volume)
        case .failed(let why): return try await retry(volume, on: node, why)
        }
        return .done
    }

    private func retry(_ volume: PersistentVolume, on node: Node, _ why: String) async throws -> ReconcileOutcome {
        let now = context.now
        let due = memory.retries.withLock { $0[volume.name] }
        guard let due else {
            recorder.event(volume, type: .warning, reason: "VolumeFailedDelete", message: why)
            memory.retries.withLock { $0[volume.name] = now + Self.retryInterval }
            return .requeue(after: Self.retryInterval)
        }
        guard due <= now else { return .requeue(after: due - now) }
        memory.retries.withLock { $0[volume.name] = nil }
        try await tell(node, volume.name, .asked)
        return .done
    }

    private func tell(_ node: Node, _ volume: String, _ removal: LocalPath.Removal?) async throws {
        let value: JSON = removal.map { .string($0.text) } ?? .null
        let patch: JSON = [
            "metadata": ["uid": .string(node.uid), "annotations": [LocalPath.removalAnnotation(volume): value]]
        ]
        do throws(StatusError) {
            _ = try await context.client.patch(Node.self, node.key, .merge(patch))
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    private func delete(_ volume: PersistentVolume) async throws {
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = volume.uid
        options.preconditions = preconditions
        if !volume.isBeingDeleted {
            do throws(StatusError) {
                try await context.client.delete(PersistentVolume.self, volume.key, options)
            } catch {
                if error.isNotFound { return }
                throw error
            }
            // Its deletion brings it here again; then nothing keeps it any more.
            return
        }
        try await Finalizers.remove(VolumeMarks.provisionerFinalizer, from: volume, context.client)
    }
}
