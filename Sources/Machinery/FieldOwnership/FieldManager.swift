/// Tracks who owns the fields of the objects of one kind, and carries out server-side apply.
///
/// One is made for each kind, version and subresource, and may be used from anywhere. It neither validates nor stores:
/// the API server runs it between decoding a request and admission.
package struct FieldManager: Sendable {
    package let kind: GroupVersionKind
    package let schema: Schema
    /// Empty for the object itself, else `status`, `scale`, …
    package let subresource: String
    /// Fields that this endpoint takes from nobody, e.g. `status` at the object itself: no one comes to own them here.
    package let resetFields: FieldSet
    private let clock: any WallClock

    package init(
        kind: GroupVersionKind, schema: Schema, subresource: String = "", resetFields: FieldSet = FieldSet(),
        clock: any WallClock = SystemWallClock()
    ) {
        self.kind = kind
        self.schema = schema
        self.subresource = subresource
        self.resetFields = resetFields
        self.clock = clock
    }

    static let metadata = "metadata"
    static let managedFields = "managedFields"
    /// The manager of fields that were there before anyone was tracked.
    static let beforeFirstApply = "before-first-apply"

    /// Identity and bookkeeping of an object: nobody's fields.
    static let unowned = FieldSet(fields: [
        ["apiVersion"], ["kind"], ["metadata"], ["metadata", "name"], ["metadata", "namespace"],
        ["metadata", "creationTimestamp"], ["metadata", "selfLink"], ["metadata", "uid"], ["metadata", "clusterName"],
        ["metadata", "generation"], ["metadata", "managedFields"], ["metadata", "resourceVersion"],
    ])

    /// The longest name a manager may have, in bytes.
    package static let maximumNameLength = 128

    /// The manager of a request: as the request names it, else the first part of its user agent.
    package static func name(requested: String?, userAgent: String?) -> String {
        if let requested, !requested.isEmpty { return requested }
        let agent = (userAgent ?? "").prefix { $0 != "/" }
        var name = String(agent)
        while name.utf8.count > maximumNameLength { name.removeLast() }
        return name.unicodeScalars.allSatisfy(GoQuote.isPrintable) && !name.isEmpty ? name : "unknown"
    }

    /// What is wrong with a `fieldManager` parameter.
    package static func validate(name: String, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if name.utf8.count > maximumNameLength { errors.append(.tooLong(path, maximumBytes: maximumNameLength)) }
        var position = 0
        for scalar in name.unicodeScalars {
            if !GoQuote.isPrintable(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                errors.append(.invalid(path, name, "invalid character \(code) (at position \(position))"))
            }
            position += scalar.utf8.count
        }
        return errors
    }

    func owner(_ manager: String, _ operation: ManagedFields.Operation) -> ManagedFields.Owner {
        ManagedFields.Owner(
            manager: manager.isEmpty ? "unknown" : manager, operation: operation, apiVersion: kind.apiVersion,
            subresource: subresource)
    }

    var now: Timestamp { clock.now.inSeconds }

    /// The object without its list of managers.
    static func withoutManagedFields(_ object: JSONObject) -> JSONObject {
        guard case .object(var metadata)? = object[metadata], metadata.contains(managedFields) else { return object }
        metadata.removeValue(forKey: managedFields)
        var result = object
        result[Self.metadata] = .object(metadata)
        return result
    }

    static func managedFields(of object: JSONObject) -> [JSON]? {
        object[metadata]?[managedFields]?.arrayValue
    }

    static func encode(_ managed: ManagedFields, into object: inout JSONObject) {
        guard case .object(var metadata)? = object[metadata] else { return }
        metadata[managedFields] = managed.isEmpty ? nil : .array(managed.json)
        object[Self.metadata] = .object(metadata)
    }

    /// What changed, as far as this endpoint can own it.
    package func compare(_ before: JSONObject, _ after: JSONObject) -> FieldComparison {
        var comparison = FieldComparison(before, after, schema: schema)
        comparison.exclude(resetFields)
        return comparison
    }
}
