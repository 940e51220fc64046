extension FieldManager {
    /// Merges an applied configuration into the stored object, as server-side apply does.
    ///
    /// The result still has to be decoded, defaulted and validated. When it equals the live object, nothing needs to be
    /// stored: an apply that changes nothing keeps even its time.
    ///
    /// - Parameters:
    ///   - live: the stored object; `nil` when the apply creates it.
    ///   - applied: the configuration as sent.
    ///   - force: take over fields that others own with different values.
    /// - Throws: a conflict when others own fields that would change; a bad request for a malformed configuration.
    package func apply(
        live: JSONObject?, applied: JSONObject, manager: String, force: Bool
    ) throws(StatusError) -> JSONObject {
        try merge(live: live, applied: applied, manager: manager).settled(force: force)
    }

    /// The first half of an apply: the merged object, before it is known whether others object.
    package func merge(
        live: JSONObject?, applied: JSONObject, manager: String
    ) throws(StatusError) -> AppliedObject {
        try check(applied)
        let stored = live.flatMap(Self.managedFields) ?? []
        guard var managed = ManagedFields(stored: stored) else {
            throw .internalError("failed to decode managed fields")
        }
        let before = live.map(Self.withoutManagedFields) ?? JSONObject()
        if managed.isEmpty, live != nil {
            // What was there already belongs to someone, though nobody knows to whom.
            record(compare(JSONObject(), before), in: &managed, owner(Self.beforeFirstApply, .update))
        }
        let owner = owner(manager, .apply)
        let last = managed[owner]
        let claimed = FieldSet(applied: applied, schema: schema).subtractingRecursively(resetFields)
        var result = AppliedMerge.merge(before, applied, schema: schema)
        if let last, !last.fields.isEmpty {
            managed.remove(owner)
            let owned = managed.union.union(claimed)
            let gone = last.fields.subtracting(owned)
            if !gone.isEmpty { result = AppliedMerge.prune(result, gone: gone, owned: owned, schema: schema) }
        }
        return AppliedObject(
            fields: self, before: before, applied: applied, object: result, owner: owner, last: last, claimed: claimed,
            managed: managed)
    }

    private func check(_ applied: JSONObject) throws(StatusError) {
        let apiVersion = applied.string("apiVersion") ?? ""
        let name = applied.string("kind") ?? ""
        guard apiVersion == kind.apiVersion, name == kind.kind else {
            throw .badRequest("invalid object type: \(apiVersion), Kind=\(name)")
        }
        guard applied[Self.metadata]?[Self.managedFields] == nil else {
            throw .badRequest("metadata.managedFields must be nil")
        }
        let problems = AppliedCheck.problems(in: applied, schema: schema)
        guard problems.isEmpty else {
            let namespace = applied[Self.metadata]?["namespace"]?.stringValue ?? ""
            let object = "\(namespace)/\(applied[Self.metadata]?["name"]?.stringValue ?? "")"
            throw StatusError(
                code: 500, reason: .unknown,
                message: "failed to create typed patch object (\(object); \(apiVersion), Kind=\(name)): "
                    + AppliedCheck.message(problems))
        }
    }
}

/// Fields that an apply would change though others own them.
struct ApplyConflicts {
    private struct Conflict {
        let owner: ManagedFields.Owner
        let fields: FieldSet
    }

    private var conflicts: [Conflict] = []

    var isEmpty: Bool { conflicts.isEmpty }

    mutating func add(_ owner: ManagedFields.Owner, _ fields: FieldSet) {
        conflicts.append(Conflict(owner: owner, fields: fields))
    }

    /// The conflicts about other fields than these.
    func without(_ allowed: FieldSet) -> ApplyConflicts {
        var result = ApplyConflicts()
        for conflict in conflicts {
            let rest = conflict.fields.subtracting(allowed)
            if !rest.isEmpty { result.add(conflict.owner, rest) }
        }
        return result
    }

    var status: StatusError {
        let ordered = conflicts.sorted { $0.owner.description < $1.owner.description }
        let causes = ordered.flatMap { conflict in
            conflict.fields.paths.map { path in
                StatusError.Cause(
                    reason: "FieldManagerConflict", message: "conflict with \(conflict.owner.description)", field: path)
            }
        }
        if causes.count == 1 {
            return .applyConflict(
                causes: causes, message: "Apply failed with 1 conflict: \(causes[0].message): \(causes[0].field)")
        }
        var lines: [String] = []
        for conflict in ordered {
            lines.append("conflicts with \(conflict.owner.description):")
            lines += conflict.fields.paths.map { "- \($0)" }
        }
        return .applyConflict(
            causes: causes,
            message: "Apply failed with \(causes.count) conflicts: \(lines.joined(separator: "\n"))")
    }
}
