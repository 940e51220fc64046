/// One thing wrong with one field of an object, worded as Kubernetes words it.
package struct FieldError: Error, Hashable, Sendable {
    /// What is wrong; the raw value is the machine-readable cause in a `Status`.
    package enum Kind: String, Hashable, Sendable {
        case notFound = "FieldValueNotFound"
        case required = "FieldValueRequired"
        case duplicate = "FieldValueDuplicate"
        case invalid = "FieldValueInvalid"
        case notSupported = "FieldValueNotSupported"
        case forbidden = "FieldValueForbidden"
        case tooLong = "FieldValueTooLong"
        case tooShort = "FieldValueTooShort"
        case tooMany = "FieldValueTooMany"
        case tooFew = "FieldValueTooFew"
        case internalError = "InternalError"
        case typeInvalid = "FieldValueTypeInvalid"

        var title: String {
            switch self {
            case .notFound: "Not found"
            case .required: "Required value"
            case .duplicate: "Duplicate value"
            case .invalid, .typeInvalid: "Invalid value"
            case .notSupported: "Unsupported value"
            case .forbidden: "Forbidden"
            case .tooLong: "Too long"
            case .tooShort: "Too short"
            case .tooMany: "Too many"
            case .tooFew: "Too few"
            case .internalError: "Internal error"
            }
        }

        fileprivate var showsValue: Bool {
            switch self {
            case .notFound, .duplicate, .invalid, .notSupported, .tooMany, .tooFew, .typeInvalid: true
            case .required, .forbidden, .tooLong, .tooShort, .internalError: false
            }
        }
    }

    package let kind: Kind
    /// The path of the field.
    package let field: String
    /// The offending value; `nil` when it is not to be shown.
    package let value: JSON?
    package let detail: String

    package init(_ kind: Kind, field: String, value: JSON? = nil, detail: String = "") {
        self.kind = kind
        self.field = field
        self.value = value
        self.detail = detail
    }

    /// The error without the field's name: the message of a cause.
    package var body: String {
        var text = kind.title
        if kind.showsValue, let value {
            if case .string(let string) = value {
                text += ": " + GoQuote.quote(string)
            } else {
                text += ": \(value)"
            }
        }
        return detail.isEmpty ? text : "\(text): \(detail)"
    }
}

extension FieldError: CustomStringConvertible {
    package var description: String { "\(field): \(body)" }
}

extension FieldError {
    package static func required(_ path: FieldPath, _ detail: String = "") -> FieldError {
        FieldError(.required, field: path.description, detail: detail)
    }

    package static func invalid(_ path: FieldPath, _ value: JSON, _ detail: String) -> FieldError {
        FieldError(.invalid, field: path.description, value: value, detail: detail)
    }

    package static func invalid(_ path: FieldPath, _ value: String, _ detail: String) -> FieldError {
        FieldError(.invalid, field: path.description, value: .string(value), detail: detail)
    }

    package static func invalid(_ path: FieldPath, _ value: some BinaryInteger, _ detail: String) -> FieldError {
        FieldError(.invalid, field: path.description, value: .int(Int64(clamping: value)), detail: detail)
    }

    package static func typeInvalid(_ path: FieldPath, _ value: JSON, _ detail: String) -> FieldError {
        FieldError(.typeInvalid, field: path.description, value: value, detail: detail)
    }

    package static func notSupported(
        _ path: FieldPath, _ value: String, supported: some Sequence<String>
    ) -> FieldError {
        let names = supported.map(GoQuote.quote).joined(separator: ", ")
        return FieldError(
            .notSupported, field: path.description, value: .string(value),
            detail: names.isEmpty ? "" : "supported values: \(names)")
    }

    package static func duplicate(_ path: FieldPath, _ value: JSON) -> FieldError {
        FieldError(.duplicate, field: path.description, value: value)
    }

    package static func duplicate(_ path: FieldPath, _ value: String) -> FieldError {
        duplicate(path, JSON.string(value))
    }

    package static func notFound(_ path: FieldPath, _ value: String) -> FieldError {
        FieldError(.notFound, field: path.description, value: .string(value))
    }

    package static func forbidden(_ path: FieldPath, _ detail: String) -> FieldError {
        FieldError(.forbidden, field: path.description, detail: detail)
    }

    package static func tooLong(_ path: FieldPath, maximumBytes: Int) -> FieldError {
        FieldError(
            .tooLong, field: path.description,
            detail: "may not be more than \(maximumBytes) \(maximumBytes == 1 ? "byte" : "bytes")")
    }

    package static func tooLong(_ path: FieldPath, maximumCharacters: Int) -> FieldError {
        FieldError(
            .tooLong, field: path.description,
            detail: "may not be more than \(maximumCharacters) \(maximumCharacters == 1 ? "character" : "characters")")
    }

    package static func tooShort(_ path: FieldPath, minimumCharacters: Int) -> FieldError {
        FieldError(
            .tooShort, field: path.description,
            detail: "must be at least \(minimumCharacters) \(minimumCharacters == 1 ? "character" : "characters")")
    }

    package static func tooMany(_ path: FieldPath, count: Int, maximum: Int) -> FieldError {
        FieldError(
            .tooMany, field: path.description, value: .int(Int64(count)),
            detail: "must have at most \(maximum) \(maximum == 1 ? "item" : "items")")
    }

    package static func tooFew(_ path: FieldPath, count: Int, minimum: Int) -> FieldError {
        FieldError(
            .tooFew, field: path.description, value: .int(Int64(count)),
            detail: "must have at least \(minimum) \(minimum == 1 ? "item" : "items")")
    }

    package static func internalError(_ path: FieldPath, _ detail: String) -> FieldError {
        FieldError(.internalError, field: path.description, detail: detail)
    }
}

extension [FieldError] {
    /// All errors in one text: alone as it is, several as `[a, b]`, repeated ones once.
    package var aggregated: String {
        var seen: Set<String> = []
        let texts = map(\.description).filter { seen.insert($0).inserted }
        return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }
}
