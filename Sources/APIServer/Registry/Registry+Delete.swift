import KubeAPI
import Machinery
import Store

extension Registry {
    /// What became of an object whose deletion was asked for.
    enum DeleteOutcome: Sendable {
        /// It is gone; its last state.
        case deleted([UInt8])
        /// It goes once its grace period or finalizers are done with it; its state now.
        case pending([UInt8])
    }

    static let foregroundFinalizer = "foregroundDeletion"
    static let orphanFinalizer = "orphan"

    func delete(
        _ namespace: String, _ name: String, _ deletion: DeleteOptions, options: WriteOptions
    ) async throws(StatusError) -> DeleteOutcome {
        try checkOptions(deletion)
        for _ in 0..<8 {
            let (old, stored) = try await workingObject(namespace, name)
            try checkPreconditions(deletion, old: old, name: name)
            try await admit(deletion, namespace: namespace, name: name, old: old, options: options)
            if let outcome = try await attempt(deletion, old: old, stored: stored, options: options) { return outcome }
        }
        throw StatusError.conflict(resource.gvr.groupResource, name: name)
    }

    private func admit(
        _ deletion: DeleteOptions, namespace: String, name: String, old: JSONObject, options: WriteOptions
    ) async throws(StatusError) {
        if options.isAdmitted { return }
        var attributes = attributes(
            .delete, namespace: namespace, name: name, object: nil, old: old, deletion: deletion, options: options)
        try await admission.admit(&attributes)
        try await admission.validate(attributes)
    }

    private func checkOptions(_ deletion: DeleteOptions) throws(StatusError) {
        if deletion.orphanDependents != nil, deletion.propagationPolicy != nil {
            throw invalidDeleteOptions(
                [
                    .invalid(
                        FieldPath("propagationPolicy"), deletion.propagationPolicy ?? "",
                        "orphanDependents and deletionPropagation cannot be both set")
                ])
        }
        if let policy = deletion.propagationPolicy, DeletionPropagation(rawValue: policy) == nil {
            throw invalidDeleteOptions(
                [
                    .notSupported(
                        FieldPath("propagationPolicy"), policy, supported: ["Background", "Foreground", "Orphan"])
                ])
        }
    }

    private func invalidDeleteOptions(_ errors: [FieldError]) -> StatusError {
        StatusError.invalid(group: "meta.k8s.io", kind: "DeleteOptions", name: "", errors)
    }

    private func checkPreconditions(
        _ deletion: DeleteOptions, old: JSONObject, name: String
    ) throws(StatusError) {
        guard let preconditions = deletion.preconditions else { return }
        let metadata = old["metadata"]?.objectValue ?? JSONObject()
        let uid = metadata.string("uid") ?? ""
        if let wanted = preconditions.uid, wanted != uid {
            throw StatusError.conflict(
                resource.gvr.groupResource, name: name,
                "Precondition failed: UID in precondition: \(wanted), UID in object meta: \(uid)")
        }
        let revision = metadata.string("resourceVersion") ?? ""
        if let wanted = preconditions.resourceVersion, wanted != revision {
            throw StatusError.conflict(
                resource.gvr.groupResource, name: name,
                "Precondition failed: ResourceVersion in precondition: \(wanted), "
                    + "ResourceVersion in object meta: \(revision)")
        }
    }

    /// One attempt; `nil` when another write came between.
    private func attempt(
        _ deletion: DeleteOptions, old: JSONObject, stored: StoredObject, options: WriteOptions
    ) async throws(StatusError) -> DeleteOutcome? {
        var object = old
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        let isPending = metadata["deletionTimestamp"] != nil
        // Less than nothing means as soon as can be done in good order, as in Kubernetes.
        let requested = deletion.gracePeriodSeconds.map { $0 < 0 ? 1 : $0 }
        var grace =
            strategy.objectGracePeriodSeconds(old, requested: requested) ?? 0
        if isPending {
            // A second deletion can only shorten the wait.
            let current = metadata.int64("deletionGracePeriodSeconds") ?? 0
            grace = min(grace, current)
            guard grace < current || current == 0 else { return .pending(stored.bytes) }
        }
        metadata.set("finalizers", finalizers(metadata.strings("finalizers"), deletion))
        object["metadata"] = .object(metadata)
        strategy.prepareObjectForDeletion(&object)
        let remains = grace > 0 || !strategy.objectPendingFinalizers(object).isEmpty
        markDeleted(&object, grace: grace, wasPending: isPending, options: options)
        if remains, object == old { return .pending(stored.bytes) }
        return try await store(object, remains: remains, stored: stored, options: options)
    }

    private func markDeleted(_ object: inout JSONObject, grace: Int64, wasPending: Bool, options: WriteOptions) {
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        let wasShortened = grace < (metadata.int64("deletionGracePeriodSeconds") ?? 0)
        if !wasPending || wasShortened {
            metadata.setTime("deletionTimestamp", options.now.advanced(by: .seconds(grace)).inSeconds)
            metadata.set("deletionGracePeriodSeconds", Optional(grace))
        }
        if !wasPending, let generation = metadata.int64("generation"), generation > 0 {
            metadata.set("generation", Optional(generation + 1))
        }
        object["metadata"] = .object(metadata)
    }

    private func store(
        _ object: JSONObject, remains: Bool, stored: StoredObject, options: WriteOptions
    ) async throws(StatusError) -> DeleteOutcome? {
        if options.isDryRun {
            let bytes = try await storedForm(object).encoded()
            return remains ? .pending(bytes) : .deleted(bytes)
        }
        let write = try await write(of: object)
        do {
            if remains {
                return .pending(try await store.update(stored.key, expecting: stored.revision, write).bytes)
            }
            let last = try await store.delete(stored.key, expecting: stored.revision, last: write)
            await allocator?.release(object)
            return .deleted(last.bytes)
        } catch {
            if case .conflict = error { return nil }
            throw StoreErrorMapping.status(error, resource: resource.gvr.groupResource, name: stored.key.name)
        }
    }

    /// The finalizers that make the garbage collector treat dependents as asked.
    private func finalizers(_ current: [String], _ deletion: DeleteOptions) -> [String] {
        let propagation: DeletionPropagation
        if let policy = deletion.propagationPolicy.flatMap(DeletionPropagation.init(rawValue:)) {
            propagation = policy
        } else if let orphan = deletion.orphanDependents {
            propagation = orphan ? .orphan : .background
        } else if current.contains(Self.orphanFinalizer) {
            propagation = .orphan
        } else if current.contains(Self.foregroundFinalizer) {
            propagation = .foreground
        } else {
            propagation = strategy.defaultPropagation
        }
        var result = current.filter { $0 != Self.orphanFinalizer && $0 != Self.foregroundFinalizer }
        switch propagation {
        case .orphan: result.append(Self.orphanFinalizer)
        case .foreground: result.append(Self.foregroundFinalizer)
        case .background: break
        }
        return result
    }
}
