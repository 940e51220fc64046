import Machinery

/// Field ownership, entered in the version of the request; managers that work in another version keep their entries in
/// terms of that version.
extension Registry {
    func fieldManager(_ subresource: String) -> FieldManager {
        fieldManager(resource.gvk, resource.schema, subresource)
    }

    private func fieldManager(_ kind: GroupVersionKind, _ schema: Schema, _ subresource: String) -> FieldManager {
        FieldManager(
            kind: kind, schema: schema, subresource: subresource,
            resetFields: subresource.isEmpty && separatesStatus(schema) ? Self.statusFields : FieldSet(),
            clock: clock)
    }

    /// Whether the status is not the main endpoint's to write.
    private func separatesStatus(_ schema: Schema) -> Bool { custom?.hasStatus ?? (schema.field("status") != nil) }

    private static let statusFields = FieldSet(fields: [["status"]])

    /// The `managedFields` of a new object as text; `nil` where `recordUpdate` has to enter them: for kinds in several
    /// versions, and where the client sent some.
    func ownership(ofNew object: JSONObject, _ manager: String) -> [UInt8]? {
        versions == nil ? fieldManager("").ownership(ofNew: object, manager: manager) : nil
    }

    /// Enters a create or update in the object's `managedFields`.
    ///
    /// - Parameters:
    ///   - live: the object before, in its working form; `nil` at creation.
    ///   - object: the object to be stored, in its working form.
    func recordUpdate(
        live: JSONObject?, object: inout JSONObject, manager: String, subresource: String
    ) async throws(StatusError) {
        let fields = fieldManager(subresource)
        let elsewhere = foreignVersions(of: Self.owningVersions(live, object))
        guard let versions,
            !elsewhere.isEmpty || !versions.hasSameShape(resource.gvk.apiVersion, working.gvk.apiVersion)
        else {
            fields.update(live: live, object: &object, manager: manager)
            return
        }
        var before: JSONObject?
        if let live { before = try await servedForm(live) }
        var after = try await servedForm(object)
        var comparisons: [String: FieldComparison] = [:]
        for version in elsewhere {
            comparisons[version] = try await comparison(live ?? JSONObject(), object, version, subresource)
        }
        fields.update(live: before, object: &after, manager: manager, elsewhere: comparisons)
        guard case .object(var metadata)? = object["metadata"] else { return }
        metadata["managedFields"] = after["metadata"]?["managedFields"]
        object["metadata"] = .object(metadata)
    }

    /// Merges an applied configuration, which is of the request's version, into the live object.
    ///
    /// - Returns: the object in its working form.
    func applying(
        _ configuration: JSONObject, to live: JSONObject, manager: String, force: Bool, subresource: String
    ) async throws(StatusError) -> JSONObject {
        let fields = fieldManager(subresource)
        guard versions != nil else {
            return try fields.apply(live: live, applied: configuration, manager: manager, force: force)
        }
        let merged = try fields.merge(live: try await servedForm(live), applied: configuration, manager: manager)
        var comparisons: [String: FieldComparison] = [:]
        for version in foreignVersions(of: merged.otherVersions) {
            comparisons[version] = try await comparison(merged.before, merged.object, version, subresource)
        }
        return try await workingForm(sent: try merged.settled(force: force, elsewhere: comparisons))
    }

    /// Those of some versions in which fields look different than in this one. Versions that are served no more count
    /// as this one: what their managers own is told apart by name alone.
    private func foreignVersions(of owning: Set<String>) -> [String] {
        guard let versions else { return [] }
        return owning.filter {
            versions.schema($0) != nil && !versions.hasSameShape($0, resource.gvk.apiVersion)
        }.sorted()
    }

    private static func owningVersions(_ live: JSONObject?, _ object: JSONObject) -> Set<String> {
        let entries = (live ?? object)["metadata"]?["managedFields"]?.arrayValue ?? []
        return Set(entries.compactMap { $0["apiVersion"]?.stringValue })
    }

    private func comparison(
        _ before: JSONObject, _ after: JSONObject, _ apiVersion: String, _ subresource: String
    ) async throws(StatusError) -> FieldComparison? {
        guard let versions, let schema = versions.schema(apiVersion),
            let version = GroupVersion(apiVersion: apiVersion)
        else { return nil }
        let kind = GroupVersionKind(group: version.group, version: version.version, kind: resource.gvk.kind)
        let old = before.isEmpty ? before : try await versions.convert(before, to: version)
        let new = try await versions.convert(after, to: version)
        return fieldManager(kind, schema, subresource).compare(old, new)
    }
}
