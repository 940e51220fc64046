/// Merges part of an object into the whole by its schema, as server-side apply does, without owners: what mutating
/// admission policies do with an apply configuration (KEP-3962).
package enum SchemaMerge {
    /// Why a part cannot be merged.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// - Throws: for members the schema does not have, and for those that could only be replaced as a whole, where
    ///   whoever means to add something would take away everything else.
    package static func merge(
        _ part: JSONObject, into object: JSONObject, schema: Schema
    ) throws(Failure) -> JSONObject {
        let problems = AppliedCheck.problems(in: part, schema: schema)
        guard problems.isEmpty else {
            throw Failure(
                description: "failed to convert patch object to typed object: \(AppliedCheck.message(problems))")
        }
        var atomics: [String] = []
        find(&atomics, .object(part), .object(SchemaReference(schema)), at: "")
        guard atomics.isEmpty else {
            throw Failure(
                description: "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
                    + atomics.joined(separator: ", "))
        }
        return AppliedMerge.merge(object, part, schema: schema)
    }

    private static func find(_ atomics: inout [String], _ value: JSON, _ type: SchemaType, at path: String) {
        switch (type, value) {
        case (.object(let reference), .object(let object)):
            let schema = reference.schema
            if schema.isAtomic, !path.isEmpty { atomics.append(path) }
            for member in object.members {
                guard let field = schema.field(member.key) else { continue }
                find(&atomics, member.value, field.type, at: "\(path).\(member.key)")
            }
        case (.map(let element, let isAtomic), .object(let object)):
            if isAtomic { atomics.append(path) }
            for member in object.members { find(&atomics, member.value, element, at: "\(path).\(member.key)") }
        case (.list(let element, let semantics), .array(let elements)):
            if case .atomic = semantics.kind { atomics.append(path) }
            for (index, inner) in elements.enumerated() { find(&atomics, inner, element, at: "\(path)[\(index)]") }
        default: break
        }
    }
}
