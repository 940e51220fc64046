/// What a request wants done about unknown and repeated fields (`fieldValidation`).
package enum FieldValidation: String, Hashable, Sendable, CaseIterable {
    case ignore = "Ignore"
    case warn = "Warn"
    case strict = "Strict"
}

extension SchemaDecoder {
    package struct Admission: Sendable {
        package let object: JSONObject
        /// One text for each unknown or repeated field, when the request asked to be warned.
        package let warnings: [String]
    }

    /// Decodes the body of a request, and answers its faults with the `Status` Kubernetes gives.
    ///
    /// - Parameter duplicates: paths of members that stood more than once in the text.
    package static func admit(
        _ object: JSONObject, duplicates: [String] = [], as schema: Schema, kind: GroupVersionKind,
        validation: FieldValidation, options: Options = .builtin
    ) throws(StatusError) -> Admission {
        let outcome: Outcome
        do throws(SchemaDecodingError) {
            outcome = try decode(object, as: schema, options: options)
        } catch {
            throw .badRequest("\(cannotHandle(kind)): \(error)")
        }
        if validation == .ignore || (outcome.unknownFields.isEmpty && duplicates.isEmpty) {
            return Admission(object: outcome.object, warnings: [])
        }
        // Kubernetes tells them in the order of the text, which is lost here; its conformance tests have this one.
        let faults =
            strictFaults(unknown: outcome.unknownFields, duplicates: [])
            + strictFaults(unknown: [], duplicates: duplicates)
        if validation == .strict {
            throw .badRequest("\(cannotHandle(kind)): strict decoding error: \(faults.joined(separator: ", "))")
        }
        return Admission(object: outcome.object, warnings: faults)
    }

    package static func strictFaults(unknown: [String], duplicates: [String]) -> [String] {
        duplicates.map { "duplicate field \(GoQuote.quote($0))" } + unknown.map { "unknown field \(GoQuote.quote($0))" }
    }

    private static func cannotHandle(_ kind: GroupVersionKind) -> String {
        "\(kind.kind) in version \(GoQuote.quote(kind.version)) cannot be handled as a \(kind.kind)"
    }
}
