import Machinery

/// The ways in which trees become objects of this version.
extension CustomVersion {
    /// Turns the body of a request into an object: identity, known fields, metadata as it should be, defaults.
    func decode(_ object: JSONObject, duplicates: [String], options: WriteOptions) throws(StatusError) -> JSONObject {
        try checkIdentity(object)
        var pruner = Pruner()
        var metadata = EmbeddedMetadata()
        let pruned = schema.withoutForbiddenNulls(pruner.prune(object, schema))
        let decoded: JSONObject
        do throws(SchemaDecodingError) {
            decoded = try metadata.coerce(pruned, schema)
        } catch {
            throw StatusError.badRequest("\(cannotHandle): \(error)")
        }
        let unknown = metadata.unknownFields + pruner.unknownFields.sorted()
        try judge(SchemaDecoder.strictFaults(unknown: unknown, duplicates: duplicates), options)
        return schema.defaulted(decoded)
    }

    /// A configuration to be applied: as it was sent, since apply itself tells what the schema does not know.
    func configuration(
        _ body: JSON, duplicates: [String], options: WriteOptions
    ) throws(StatusError) -> JSONObject {
        guard case .object(let object) = body else {
            throw StatusError.badRequest("the object provided is not a JSON object")
        }
        try checkIdentity(object)
        guard !duplicates.isEmpty, options.fieldValidation != .ignore else { return object }
        let lines = duplicates.map { "\n  \($0)" }.joined()
        let text = "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\(lines)"
        if options.fieldValidation == .strict { throw StatusError.badRequest(text) }
        options.warnings.add(text)
        return object
    }

    /// The object without what the schema does not know, as after a merge or a conversion.
    func coerced(_ object: JSONObject) throws(StatusError) -> JSONObject {
        var pruner = Pruner()
        var metadata = EmbeddedMetadata()
        let pruned = schema.withoutForbiddenNulls(pruner.prune(object, schema))
        do throws(SchemaDecodingError) {
            return try metadata.coerce(pruned, schema)
        } catch {
            throw StatusError.internalError("\(gvk.kind) has malformed metadata: \(error)")
        }
    }

    private var cannotHandle: String {
        "\(gvk.kind) in version \(GoQuote.quote(gvk.version)) cannot be handled as a \(gvk.kind)"
    }

    private func checkIdentity(_ object: JSONObject) throws(StatusError) {
        guard !(object.string("kind") ?? "").isEmpty else {
            throw StatusError.badRequest(
                "the object provided is unrecognized (must be of type \(gvk.kind)): Object 'Kind' is missing in "
                    + "'\(JSON.object(object).description.prefix(512))'")
        }
        guard !(object.string("apiVersion") ?? "").isEmpty else {
            throw StatusError.badRequest(
                "the object provided is unrecognized (must be of type \(gvk.kind)): Object 'apiVersion' is missing in "
                    + "'\(JSON.object(object).description.prefix(512))'")
        }
        try ObjectDecoding.checkKind(object, gvk)
    }

    private func judge(_ faults: [String], _ options: WriteOptions) throws(StatusError) {
        guard !faults.isEmpty else { return }
        switch options.fieldValidation {
        case .ignore: return
        case .warn: faults.forEach(options.warnings.add)
        case .strict:
            throw StatusError.badRequest(
                "\(cannotHandle): strict decoding error: \(faults.joined(separator: ", "))")
        }
    }
}
