import KubeSchemas
import Machinery
import Store

/// The borders at which objects change their version: requests come in as `resource`, rules see them as `working`, the
/// store has them as `versions.stored`. All three are the same where a kind has one version, and nothing is done then.
extension Registry {
    /// Whether what clients of this version read are the bytes at rest.
    var servesStoredBytes: Bool {
        guard custom == nil else { return false }
        guard let versions else { return true }
        return versions.stored.groupVersion == resource.gvk.groupVersion && versions.isUniform
    }

    /// Whether a watch can convert on its event loop.
    var convertsImmediately: Bool { versions?.isImmediate(to: resource.gvk.groupVersion) ?? true }

    /// Tells the watch frames of this version from those of others.
    var frameKey: DerivedKey {
        if let custom { return DerivedKey(rawValue: 128 + custom.frameNumber) }
        guard let versions, !servesStoredBytes else { return DerivedKey(rawValue: 1) }
        return DerivedKey(rawValue: 128 + UInt8(clamping: min(127, versions.index(of: resource.gvk.groupVersion))))
    }

    /// The same for protobuf frames.
    var protobufFrameKey: DerivedKey {
        guard let versions, !servesStoredBytes else { return DerivedKey(rawValue: 2) }
        return DerivedKey(rawValue: 64 + UInt8(clamping: min(63, versions.index(of: resource.gvk.groupVersion))))
    }

    // MARK: In

    /// Decodes a request body, fills in the defaults of the request's version, and gives the working form.
    func receive(_ body: JSON, duplicates: [String], options: WriteOptions) async throws(StatusError) -> JSONObject {
        try await workingForm(sent: try decode(body, duplicates: duplicates, options: options))
    }

    /// The working form of an object that was decoded as this resource's version.
    func workingForm(sent object: JSONObject) async throws(StatusError) -> JSONObject {
        guard let versions, resource.gvk != working.gvk else { return object }
        var object = object
        // A version's own defaults count before other versions see the object.
        SchemaDefaulter.apply(to: &object, schema: resource.schema)
        return try await versions.convert(object, to: working.gvk.groupVersion)
    }

    // MARK: At rest

    /// The working form of an object at rest.
    func workingForm(_ stored: StoredObject) async throws(StatusError) -> JSONObject {
        let object = try parse(stored)
        guard let versions else { return object }
        return try await versions.convert(object, to: working.gvk.groupVersion)
    }

    /// The object in its working form, and as it lies in the store.
    func workingObject(
        _ namespace: String, _ name: String
    ) async throws(StatusError) -> (object: JSONObject, at: StoredObject) {
        let stored = try stored(namespace, name)
        return (try await workingForm(stored), stored)
    }

    func storedForm(_ object: JSONObject) async throws(StatusError) -> JSONObject {
        guard let versions else { return object }
        return try await versions.convert(object, to: versions.stored.groupVersion)
    }

    // MARK: Out

    /// The form clients of this version see, of an object in any version.
    func servedForm(_ object: JSONObject) async throws(StatusError) -> JSONObject {
        guard let versions else { return object }
        return try await versions.convert(object, to: resource.gvk.groupVersion)
    }

    /// What clients of this version are sent for an object at rest.
    func servedBytes(_ bytes: [UInt8]) async throws(StatusError) -> [UInt8] {
        guard let versions else { return bytes }
        if let bytes = try servedBytesNow(bytes) { return bytes }
        return try await versions.convert(ObjectResponse.parse(bytes), to: resource.gvk.groupVersion).encoded()
    }

    /// The same without waiting; `nil` where a converter has to be asked.
    func servedBytesNow(_ bytes: [UInt8]) throws(StatusError) -> [UInt8]? {
        guard let versions else { return bytes }
        let target = resource.gvk.groupVersion
        if let current = VersionBytes.apiVersion(bytes) {
            switch versions.passage(from: current, to: target.apiVersion) {
            case .none: return bytes
            case .relabel:
                if let relabelled = VersionBytes.relabel(bytes, target.apiVersion) { return relabelled }
            case .compute, .ask: break
            }
        }
        return try versions.convertNow(ObjectResponse.parse(bytes), to: target)?.encoded()
    }

    /// Objects at rest as clients of this version see them, many at once.
    func served(_ objects: [StoredObject]) async throws(StatusError) -> [StoredObject] {
        if custom != nil, versions == nil {
            var result: [StoredObject] = []
            result.reserveCapacity(objects.count)
            for object in objects { result.append(try resting(object)) }
            return result
        }
        guard let versions, !servesStoredBytes else { return objects }
        var result: [StoredObject] = []
        result.reserveCapacity(objects.count)
        var waiting: [JSONObject] = []
        var places: [Int] = []
        for object in objects {
            let object = try resting(object)
            if let bytes = try servedBytesNow(object.bytes) {
                result.append(object.reencoded(as: bytes))
            } else {
                places.append(result.count)
                waiting.append(try parse(object))
                result.append(object)
            }
        }
        guard !waiting.isEmpty else { return result }
        let converted = try await versions.convert(waiting, to: resource.gvk.groupVersion)
        for (place, object) in zip(places, converted) { result[place] = result[place].reencoded(as: object.encoded()) }
        return result
    }
}
