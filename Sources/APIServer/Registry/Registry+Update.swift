import KubeAPI
import Machinery
import Store

extension Registry {
    /// How often a write is tried anew when another one came between and the client named no resourceVersion.
    private static let conflictRetries = 64

    /// What an update made of an object.
    struct UpdateResult: Sendable {
        /// The object as it is now, as JSON.
        let bytes: [UInt8]
        let isCreated: Bool
    }

    /// Replaces an object (PUT).
    func update(
        _ object: JSONObject, namespace: String, name: String, scope: UpdateScope, options: WriteOptions
    ) async throws(StatusError) -> UpdateResult {
        try checkPlace(of: object, namespace: namespace, name: name)
        if strategy.allowsCreateOnUpdate, scope == .main, find(namespace, name) == nil {
            var fresh = object
            var metadata = fresh["metadata"]?.objectValue ?? JSONObject()
            metadata["resourceVersion"] = nil
            fresh["metadata"] = .object(metadata)
            return UpdateResult(
                bytes: try await create(fresh, namespace: namespace, name: name, options: options), isCreated: true)
        }
        try checkIsConditional(object, name: name)
        let updated = try await change(namespace, name, scope: scope, options: options) { _ throws(StatusError) in
            object
        }
        return UpdateResult(bytes: updated, isCreated: false)
    }

    /// An object that is sent to replace another names that one.
    func checkPlace(of object: JSONObject, namespace: String, name: String) throws(StatusError) {
        let given = object["metadata"]?["name"]?.stringValue ?? ""
        guard !given.isEmpty else {
            throw StatusError.badRequest(
                "the name of the object (\(name) based on URL) was undeterminable: name must be provided")
        }
        guard given == name else {
            throw StatusError.badRequest(
                "the name of the object (\(given)) does not match the name on the URL (\(name))")
        }
        if let place = object["metadata"]?["namespace"]?.stringValue, !place.isEmpty, resource.isNamespaced,
            place != namespace
        {
            throw StatusError.badRequest(
                "the namespace of the provided object does not match the namespace sent on the request")
        }
    }

    /// Some kinds must be read before they are written.
    private func checkIsConditional(_ object: JSONObject, name: String) throws(StatusError) {
        let revision = object["metadata"]?["resourceVersion"]?.stringValue ?? ""
        guard revision.isEmpty || revision == "0", !strategy.allowsUnconditionalUpdate else { return }
        let path = FieldPath("metadata").child("resourceVersion")
        // Kubernetes shows the number it has instead, in its own hexadecimal.
        throw invalid(
            name,
            [
                FieldError(
                    .invalid, field: path.description, detail: "0x0: must be specified for an update")
            ])
    }

    /// Changes an object: reads it, lets `body` make the new one, and stores that unless another write came between,
    /// in which case all is done anew, or refused when the new object names a resourceVersion.
    ///
    /// - Parameter body: takes and gives the working form.
    /// - Returns: the object as it lies in the store.
    func change(
        _ namespace: String, _ name: String, scope: UpdateScope, options: WriteOptions,
        ownership: OwnershipRecording = .update,
        _ body: @Sendable (JSONObject) async throws(StatusError) -> JSONObject
    ) async throws(StatusError) -> [UInt8] {
        var (old, stored) = try await workingObject(namespace, name)
        for _ in 0..<Self.conflictRetries {
            var object = try await body(old)
            // A resourceVersion that the change names itself is compared anew each time, so that it holds.
            try checkPreconditions(object, old: old, name: name)
            prepare(&object, old: old, scope: scope)
            let outcome = try await admitAndStore(
                object, old: old, stored: stored, scope: scope, options: options, ownership: ownership)
            switch outcome {
            case .stored(let result):
                return result
            case .conflict(let winner):
                stored = winner
                old = try await workingForm(winner)
            }
        }
        throw StatusError.conflict(resource.gvr.groupResource, name: name)
    }

    private enum StoreOutcome {
        case stored([UInt8])
        /// Another write came first; the object as that left it.
        case conflict(StoredObject)
    }

    /// Checks the uid and the resourceVersion that the new object names.
    private func checkPreconditions(
        _ object: JSONObject, old: JSONObject, name: String
    ) throws(StatusError) {
        let new = object["metadata"]?.objectValue ?? JSONObject()
        let existing = old["metadata"]?.objectValue ?? JSONObject()
        if let uid = new.string("uid"), !uid.isEmpty, uid != existing.string("uid") {
            throw StatusError.conflict(
                resource.gvr.groupResource, name: name,
                "Precondition failed: UID in precondition: \(uid), UID in object meta: "
                    + "\(existing.string("uid") ?? "")")
        }
        guard let revision = new.string("resourceVersion"), !revision.isEmpty, revision != "0" else { return }
        guard revision == existing.string("resourceVersion") else {
            throw StatusError.conflict(resource.gvr.groupResource, name: name)
        }
    }

    private func prepare(_ object: inout JSONObject, old: JSONObject, scope: UpdateScope) {
        let existing = old["metadata"]?.objectValue ?? JSONObject()
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        ObjectMetaRules.prepareForUpdate(&metadata, from: existing)
        object["metadata"] = .object(metadata)
        switch scope {
        case .main:
            applyDefaults(&object)
            strategy.prepareObjectForUpdate(&object, from: old)
        case .status:
            strategy.prepareObjectForStatusUpdate(&object, from: old)
        case .custom:
            applyDefaults(&object)
        case .trusted:
            break
        }
    }

    private func admitAndStore(
        _ prepared: JSONObject, old: JSONObject, stored: StoredObject, scope: UpdateScope, options: WriteOptions,
        ownership: OwnershipRecording
    ) async throws(StatusError) -> StoreOutcome {
        let (namespace, name) = (stored.key.namespace, stored.key.name)
        var attributes = attributes(
            .update, namespace: namespace, name: name, object: prepared, old: old, options: options)
        if !options.isAdmitted { try await admission.admit(&attributes) }
        var object = attributes.object ?? JSONObject()
        if attributes.isChanged { prepare(&object, old: old, scope: scope) }
        let reservation =
            scope == .main
            ? try await allocator?.allocate(&object, old: old, isDryRun: options.isDryRun) ?? .nothing : .nothing
        do throws(StatusError) {
            bumpGeneration(&object, old: old)
            try validateUpdate(object, old: old, name: name, scope: scope)
            emitWarnings(object, from: old, options: options)
            attributes.object = object
            if !options.isAdmitted { try await admission.validate(attributes) }
            try await record(ownership, in: &object, old: old, options: options)
            let outcome = try await storeChange(object, old: old, stored: stored, options: options)
            if case .stored = outcome { await reservation.settle() } else { await reservation.release() }
            return outcome
        } catch {
            await reservation.release()
            throw error
        }
    }

    private func validateUpdate(
        _ object: JSONObject, old: JSONObject, name: String, scope: UpdateScope
    ) throws(StatusError) {
        let metadata = object["metadata"]?.objectValue ?? JSONObject()
        let existing = old["metadata"]?.objectValue ?? JSONObject()
        var errors = ObjectMetaRules.validateUpdate(metadata, from: existing)
        // What an object already has stays acceptable, so that rules may grow stricter.
        if metadata["labels"] != existing["labels"] || metadata["annotations"] != existing["annotations"]
            || metadata["finalizers"] != existing["finalizers"]
            || metadata["ownerReferences"] != existing["ownerReferences"]
        {
            errors += ObjectMetaRules.validate(
                metadata, resource: resource, nameRule: { _, _ in [] })
        }
        switch scope {
        case .main:
            errors += strategy.validateObjectUpdate(object, from: old)
        case .status:
            errors += strategy.validateObjectStatusUpdate(object, from: old)
        case .custom:
            // What may change is the subresource's to say; what comes of it must still be a valid object.
            errors +=
                custom == nil
                ? strategy.validateObject(object) : strategy.validateObjectUpdate(object, from: old)
        case .trusted:
            break
        }
        guard errors.isEmpty else { throw invalid(name, errors) }
    }

    /// Counts a change of anything but metadata and status.
    private func bumpGeneration(_ object: inout JSONObject, old: JSONObject) {
        guard ObjectMetaRules.tracksGeneration(resource) else { return }
        // A custom resource without the subresource has no status of its own: that is data like all else.
        let ignored: Set<String> =
            custom?.hasStatus == false
            ? ["metadata", "apiVersion", "kind"] : ["metadata", "status", "apiVersion", "kind"]
        let changed =
            object.members.contains { !ignored.contains($0.key) && old[$0.key] != $0.value }
            || old.members.contains { !ignored.contains($0.key) && object[$0.key] == nil }
        guard changed, var metadata = object["metadata"]?.objectValue else { return }
        metadata.set("generation", (metadata.int64("generation") ?? 0) + 1)
        object["metadata"] = .object(metadata)
    }

    private func record(
        _ ownership: OwnershipRecording, in object: inout JSONObject, old: JSONObject, options: WriteOptions
    ) async throws(StatusError) {
        switch ownership {
        case .update:
            try await recordUpdate(
                live: old, object: &object, manager: options.fieldManager, subresource: options.subresource)
        case .applied, .none:
            break
        }
    }

    private func storeChange(
        _ object: JSONObject, old: JSONObject, stored: StoredObject, options: WriteOptions
    ) async throws(StatusError) -> StoreOutcome {
        var object = object
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        metadata["resourceVersion"] = old["metadata"]?["resourceVersion"]
        object["metadata"] = .object(metadata)
        let isGone =
            metadata["deletionTimestamp"] != nil && strategy.objectPendingFinalizers(object).isEmpty
            && (metadata.int64("deletionGracePeriodSeconds") ?? 0) == 0
        // What lies encrypted with an older key is written anew, changed or not.
        if !isGone, object == old, !store.isStale(stored) { return .stored(stored.bytes) }
        if options.isDryRun { return .stored(try await storedForm(object).encoded()) }
        let write = try await write(of: object)
        do {
            if isGone {
                let last = try await store.delete(stored.key, expecting: stored.revision, last: write)
                await allocator?.release(object)
                return .stored(last.bytes)
            }
            return .stored(try await store.update(stored.key, expecting: stored.revision, write).bytes)
        } catch {
            if case .conflict(let winner) = error { return .conflict(winner) }
            throw StoreErrorMapping.status(error, resource: resource.gvr.groupResource, name: stored.key.name)
        }
    }
}

/// How a change is entered in `managedFields`.
enum OwnershipRecording: Sendable {
    /// By comparing the object before and after.
    case update
    /// Server-side apply entered it already.
    case applied
    /// Nobody owns what it sets, as with the node of a pod that is bound.
    case none
}
