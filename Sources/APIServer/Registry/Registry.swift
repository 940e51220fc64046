import KubeAPI
import KubeSchemas
import Machinery
import Store

/// Serves one resource: the verbs of the API over a store, by the rules of a strategy.
///
/// Reads come from the watch cache as bytes at rest; only writes parse. In the embedded store the cache has every
/// acknowledged write before its acknowledgement, so reads are linearizable.
///
/// A kind with several versions has a registry for each, over the same bucket: see Registry+Versions.
package final class Registry: Sendable {
    /// What clients of this version see.
    package let resource: APIResource
    /// The version in which strategy, admission and validation see objects: for built-in kinds the one stored, for
    /// custom resources the one of the request. Nearly always `resource`.
    package let working: APIResource
    /// `nil` for kinds that have one version only.
    package let versions: VersionFamily?
    package let strategy: any Strategy
    let store: any Store
    let cache: WatchCache
    let admission: AdmissionChain
    let allocator: (any Allocator)?
    let clock: any WallClock
    /// What the definition of a custom resource says of this version; `nil` for built-in kinds.
    let custom: CustomVersion?
    /// Ends the watches of a resource that is served no more, or differently; `nil` for built-in kinds.
    let life: WatchLife?

    /// The store's name for the collection.
    package let bucket: String

    package init(
        resource: APIResource, working: APIResource? = nil, versions: VersionFamily? = nil, strategy: any Strategy,
        store: any Store, cache: WatchCache, admission: AdmissionChain, allocator: (any Allocator)? = nil,
        clock: any WallClock, life: WatchLife? = nil
    ) {
        self.resource = resource
        self.working = working ?? resource
        self.versions = versions
        bucket = (working ?? resource).gvr.groupResource.description
        self.strategy = strategy
        self.store = store
        self.cache = cache
        self.admission = admission
        self.allocator = allocator
        self.clock = clock
        self.life = life
        custom = strategy.custom
    }

    /// The form a client wants this resource in.
    func form(accept: String) throws(StatusError) -> ResponseForm {
        try ResponseForm.negotiate(accept: accept, hasProtobuf: resource.schema.hasProtobuf)
    }

    func key(_ namespace: String, _ name: String) -> StoreKey {
        StoreKey(bucket: bucket, namespace: resource.isNamespaced ? namespace : "", name: name)
    }

    func notFound(_ name: String) -> StatusError {
        StatusError.notFound(resource.gvr.groupResource, name: name)
    }

    /// The object at rest; `nil` when there is none.
    func find(_ namespace: String, _ name: String) -> StoredObject? {
        cache.snapshot(bucket).get(namespace: resource.isNamespaced ? namespace : "", name: name)
    }

    /// The object at rest.
    package func stored(_ namespace: String, _ name: String) throws(StatusError) -> StoredObject {
        guard let object = find(namespace, name) else { throw notFound(name) }
        if let reason = object.unreadable { throw StatusError.internalError(reason) }
        return object
    }

    /// Fails where an object could not be decrypted: a list without it would be a wrong one.
    func checkReadable(_ objects: [StoredObject]) throws(StatusError) {
        for object in objects {
            guard let reason = object.unreadable else { continue }
            let key = object.key
            let path = key.namespace.isEmpty ? key.name : "\(key.namespace)/\(key.name)"
            throw StatusError.internalError("unable to transform key \"/registry/\(bucket)/\(path)\": \(reason)")
        }
    }

    /// The object as a tree, in the version stored.
    func current(_ namespace: String, _ name: String) throws(StatusError) -> (object: JSONObject, at: StoredObject) {
        let stored = try stored(namespace, name)
        return (try parse(stored), stored)
    }

    /// The object as a tree: a custom one as its definition has it now.
    func parse(_ stored: StoredObject) throws(StatusError) -> JSONObject {
        let object = try tree(stored)
        guard let custom, !custom.family.isCurrent(stored) else { return object }
        return try custom.family.refreshed(object)
    }

    private func tree(_ stored: StoredObject) throws(StatusError) -> JSONObject {
        do {
            guard case .object(let object) = try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys) else {
                throw StatusError.internalError("stored \(bucket) \(stored.key.name) is not an object")
            }
            return object
        } catch let error as StatusError {
            throw error
        } catch {
            throw StatusError.internalError("stored \(bucket) \(stored.key.name) cannot be read: \(error)")
        }
    }

    /// Turns an object into what the store writes: canonical JSON with a hole for its revision, and its header.
    ///
    /// - Parameters:
    ///   - object: in its working form.
    ///   - ownership: what is to stand as its `managedFields`, where that is text already.
    func write(of object: JSONObject, ownership: [UInt8]? = nil) async throws(StatusError) -> ObjectWrite {
        var resting = try await storedForm(object)
        let metadata = resting["metadata"]?.objectValue ?? JSONObject()
        if metadata.isEmpty { resting["metadata"] = .object(metadata) }
        let encoded = ObjectEncoding.encode(resting, ownership: ownership)
        let labels = metadata["labels"]?.objectValue ?? JSONObject()
        var write = ObjectWrite(
            header: ObjectHeader(
                uid: metadata.string("uid") ?? "",
                labels: labels.members.map { LabelPair(key: $0.key, value: $0.value.stringValue ?? "") },
                fields: try await headerFields(object, resting: resting),
                expires: strategy.timeToLiveSeconds.map { clock.now.seconds + $0 }),
            bytes: encoded.bytes, revisionOffset: encoded.revisionOffset)
        write.isPartOfDeletion = metadata["deletionTimestamp"] != nil
        return write
    }

    /// Decodes a request body into an object of this resource's kind, with unknown fields treated as asked.
    func decode(_ body: JSON, duplicates: [String], options: WriteOptions) throws(StatusError) -> JSONObject {
        guard case .object(let object) = body else {
            throw StatusError.badRequest("the object provided is not a JSON object")
        }
        if let custom { return try custom.decode(object, duplicates: duplicates, options: options) }
        return try ObjectDecoding.decode(
            object, duplicates: duplicates, schema: resource.schema, kind: resource.gvk, options: options)
    }

    func invalid(_ name: String, _ errors: [FieldError]) -> StatusError {
        StatusError.invalid(resource.gvk, name: name, errors)
    }

    func emitWarnings(_ object: JSONObject, from old: JSONObject?, options: WriteOptions) {
        for text in strategy.objectWarnings(object, from: old) { options.warnings.add(text) }
    }

}
