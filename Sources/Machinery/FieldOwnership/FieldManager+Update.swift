extension FieldManager {
    /// Records a create, update or patch: fields that changed become the manager's, gone ones nobody's.
    ///
    /// - Parameters:
    ///   - live: the stored object; `nil` for a create.
    ///   - object: the object about to be stored; its `metadata.managedFields` is set here.
    ///   - elsewhere: the same change in the other versions in which managers own fields, by their `apiVersion`.
    package func update(
        live: JSONObject?, object: inout JSONObject, manager: String, elsewhere: [String: FieldComparison] = [:]
    ) {
        let isCreate = live == nil
        guard var managed = startingPoint(live: live, object: object) else {
            // The client emptied the list to start anew: nobody is tracked until the next apply.
            object = Self.withoutManagedFields(object)
            return
        }
        object = Self.withoutManagedFields(object)
        guard isCreate || !managed.isEmpty else { return }
        let before = live.map(Self.withoutManagedFields) ?? JSONObject()
        let changed = compare(before, object)
        if !changed.isSame { record(changed, elsewhere: elsewhere, in: &managed, owner(manager, .update)) }
        managed.capUpdaters()
        Self.encode(managed, into: &object)
    }

    /// The list before this request; `nil` when the client resets it.
    private func startingPoint(live: JSONObject?, object: JSONObject) -> ManagedFields? {
        let stored = live.flatMap(Self.managedFields)
        let fromLive = { stored.flatMap(ManagedFields.init(stored:)) ?? ManagedFields() }
        // A subresource cannot edit the list; a client that does not know it does not delete it.
        guard subresource.isEmpty, let sent = Self.managedFields(of: object) else { return fromLive() }
        if live != nil, sent.isEmpty || sent == [.object(JSONObject())] { return nil }
        if sent == stored { return fromLive() }
        guard let decoded = ManagedFields(json: sent), !decoded.isEmpty else { return fromLive() }
        return decoded
    }

    /// Moves changed fields from all who own them to one.
    func record(
        _ changed: FieldComparison, elsewhere: [String: FieldComparison] = [:], in managed: inout ManagedFields,
        _ owner: ManagedFields.Owner
    ) {
        let changedFields = changed.addedOrModified
        let taken = changedFields.union(changed.removed)
        for index in managed.entries.indices {
            let entry = managed.entries[index]
            let there = elsewhere[entry.owner.apiVersion].map { $0.addedOrModified.union($0.removed) }
            managed.entries[index].fields = entry.fields.subtracting(there ?? taken)
        }
        managed.entries.removeAll { $0.fields.isEmpty }
        let gained = changedFields.subtracting(Self.unowned)
        guard !gained.isEmpty else { return }
        let fields = managed[owner].map { $0.fields.union(gained) } ?? gained
        managed.set(ManagedFields.Entry(owner: owner, fields: fields, time: now))
    }
}
