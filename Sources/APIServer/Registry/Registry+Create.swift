import KubeAPI
import Machinery
import Store

extension Registry {
    /// How often a generated name that is taken is replaced by another.
    private static let nameAttempts = 8

    /// Creates, choosing another name where a generated one is taken already.
    func createNamed(
        _ object: JSONObject, namespace: String, options: WriteOptions
    ) async throws(StatusError) -> [UInt8] {
        let metadata = object["metadata"]?.objectValue
        guard (metadata?.string("name") ?? "").isEmpty, !(metadata?.string("generateName") ?? "").isEmpty else {
            return try await create(object, namespace: namespace, options: options)
        }
        var taken = ""
        for _ in 0..<Self.nameAttempts {
            do throws(StatusError) {
                return try await create(object, namespace: namespace, options: options)
            } catch {
                guard error.reason == .alreadyExists else { throw error }
                taken = error.details?.name ?? ""
            }
        }
        throw StatusError.generateNameConflict(resource.gvr.groupResource, name: taken)
    }

    /// Stores a new object: defaults, metadata, admission, validation, field ownership, in Kubernetes' order.
    ///
    /// - Parameter object: in its working form.
    func create(
        _ object: JSONObject, namespace: String, name: String = "", options: WriteOptions,
        ownership: OwnershipRecording = .update
    ) async throws(StatusError) -> [UInt8] {
        // Apply has entered what the client sent; defaults and admission own nothing.
        let managed = ownership == .applied ? object["metadata"]?["managedFields"] : nil
        var object = object
        // Defaults may depend on the name and the uid (a Job's selector).
        try prepareMetadata(&object, namespace: namespace, name: name, options: options)
        applyDefaults(&object)
        strategy.prepareObjectForCreate(&object)
        let created = object["metadata"]?.objectValue ?? JSONObject()
        var attributes = attributes(
            .create, namespace: namespace, name: created.string("name") ?? "", object: object, old: nil,
            options: options)
        object = JSONObject()
        try await admission.admit(&attributes)
        object = attributes.object ?? JSONObject()
        applyDefaults(&object)
        if attributes.isChanged { strategy.prepareObjectForCreate(&object) }
        return try await finishCreate(object, attributes: attributes, managed: managed, options: options)
    }

    func applyDefaults(_ object: inout JSONObject) {
        SchemaDefaulter.apply(to: &object, schema: working.schema)
        strategy.applyObjectDefaults(&object)
    }

    private func prepareMetadata(
        _ object: inout JSONObject, namespace: String, name: String, options: WriteOptions
    ) throws(StatusError) {
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        if !name.isEmpty {
            let given = metadata.string("name") ?? ""
            guard given.isEmpty || given == name else {
                throw StatusError.badRequest(
                    "the name of the object (\(given)) does not match the name on the URL (\(name))")
            }
            metadata.set("name", name)
        }
        try ObjectMetaRules.prepareForCreate(
            &metadata, resource: resource, namespace: namespace, now: options.now)
        object["metadata"] = .object(metadata)
    }

    private func finishCreate(
        _ prepared: JSONObject, attributes: AdmissionAttributes, managed: JSON?, options: WriteOptions
    ) async throws(StatusError) -> [UInt8] {
        var object = prepared
        let name = object["metadata"]?["name"]?.stringValue ?? ""
        let reservation =
            try await allocator?.allocate(&object, old: nil, isDryRun: options.isDryRun) ?? .nothing
        do throws(StatusError) {
            let errors =
                ObjectMetaRules.validate(
                    object["metadata"]?.objectValue ?? JSONObject(), resource: resource,
                    nameRule: strategy.validateName(_:isPrefix:)) + strategy.validateNewObject(object)
            guard errors.isEmpty else { throw invalid(name, errors) }
            emitWarnings(object, from: nil, options: options)
            var final = attributes
            final.object = object
            try await admission.validate(final)
            var text: [UInt8]?
            if let managed, var metadata = object["metadata"]?.objectValue {
                metadata["managedFields"] = managed
                object["metadata"] = .object(metadata)
            } else if let ownership = options.isDryRun ? nil : ownership(ofNew: object, options.fieldManager) {
                text = ownership
            } else {
                try await recordUpdate(
                    live: nil, object: &object, manager: options.fieldManager, subresource: "")
            }
            let stored = try await storeNew(object, name: name, ownership: text, options: options)
            await reservation.settle()
            return stored
        } catch {
            await reservation.release()
            throw error
        }
    }

    private func storeNew(
        _ object: JSONObject, name: String, ownership: [UInt8]?, options: WriteOptions
    ) async throws(StatusError) -> [UInt8] {
        let key = key(object["metadata"]?["namespace"]?.stringValue ?? "", name)
        if options.isDryRun {
            if cache.snapshot(bucket).get(namespace: key.namespace, name: key.name) != nil {
                throw StatusError.alreadyExists(resource.gvr.groupResource, name: name)
            }
            return try await storedForm(object).encoded()
        }
        let write = try await write(of: object, ownership: ownership)
        do {
            return try await store.create(key, write).bytes
        } catch {
            throw StoreErrorMapping.status(error, resource: resource.gvr.groupResource, name: name)
        }
    }
}
