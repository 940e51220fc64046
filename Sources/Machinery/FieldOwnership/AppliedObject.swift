/// An applied configuration merged into the live object, before conflicts with other managers are settled.
///
/// Apart from the merge so that a kind with several versions can show, in between, what the change is in the versions in
/// which others own their fields.
package struct AppliedObject: Sendable {
    let fields: FieldManager
    /// The live object without its list of managers.
    package let before: JSONObject
    let applied: JSONObject
    /// What the apply makes of it, without the list of managers settled.
    package let object: JSONObject
    let owner: ManagedFields.Owner
    /// What this manager applied last.
    let last: ManagedFields.Entry?
    let claimed: FieldSet
    let managed: ManagedFields

    /// The versions, other than the configuration's, in which others own fields.
    package var otherVersions: Set<String> {
        Set(managed.entries.map(\.owner.apiVersion)).subtracting([owner.apiVersion])
    }

    /// The object to store, with its list of managers.
    ///
    /// - Parameters:
    ///   - force: take over fields that others own with different values.
    ///   - elsewhere: the change in other versions, by their `apiVersion`.
    /// - Throws: a conflict when others own fields that would change.
    package func settled(
        force: Bool, elsewhere: [String: FieldComparison] = [:]
    ) throws(StatusError) -> JSONObject {
        let changed = fields.compare(before, object)
        var managed = managed
        var conflicts = ApplyConflicts()
        for index in managed.entries.indices where !changed.isSame && managed.entries[index].owner != owner {
            let entry = managed.entries[index]
            let seen = elsewhere[entry.owner.apiVersion] ?? changed
            let contested = entry.fields.intersection(seen.addedOrModified)
            if !contested.isEmpty { conflicts.add(entry.owner, contested) }
            managed.entries[index].fields = entry.fields.subtracting(contested).subtracting(seen.removed)
        }
        if !force, !conflicts.isEmpty {
            let open = conflicts.without(fields.allowedByLastApplied(live: before, manager: owner.manager))
            guard open.isEmpty else { throw open.status }
        }
        managed.entries.removeAll { $0.owner == owner || $0.fields.isEmpty }
        let claimed = claimed.subtracting(FieldManager.unowned)
        if !claimed.isEmpty {
            let isUnchanged =
                changed.isSame && last?.fields == claimed && last?.owner.apiVersion == owner.apiVersion
            managed.set(ManagedFields.Entry(owner: owner, fields: claimed, time: isUnchanged ? last?.time : fields.now))
        }
        var result = object
        if owner.manager == LastApplied.manager { LastApplied.refresh(in: &result, from: applied) }
        FieldManager.encode(managed, into: &result)
        return result
    }
}
