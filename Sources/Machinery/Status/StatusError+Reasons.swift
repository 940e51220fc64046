/// The failures of the API, each with its code and its words.
extension StatusError {
    /// The text of a stale write.
    package static let objectModified =
        "the object has been modified; please apply your changes to the latest version and try again"

    package static func notFound(_ resource: GroupResource, name: String) -> StatusError {
        StatusError(
            code: 404, reason: .notFound, message: "\(resource) \(GoQuote.quote(name)) not found",
            details: Details(resource, name: name))
    }

    /// A path that no resource serves.
    package static func pathNotFound() -> StatusError {
        StatusError(
            code: 404, reason: .notFound, message: "the server could not find the requested resource",
            details: Details())
    }

    package static func alreadyExists(_ resource: GroupResource, name: String) -> StatusError {
        StatusError(
            code: 409, reason: .alreadyExists, message: "\(resource) \(GoQuote.quote(name)) already exists",
            details: Details(resource, name: name))
    }

    package static func generateNameConflict(
        _ resource: GroupResource, name: String, retryAfterSeconds: Int = 1
    ) -> StatusError {
        StatusError(
            code: 409, reason: .alreadyExists,
            message: "\(resource) \(GoQuote.quote(name)) already exists, the server was not able to generate a unique "
                + "name for the object",
            details: Details(resource, name: name, retryAfterSeconds: retryAfterSeconds))
    }

    package static func conflict(
        _ resource: GroupResource, name: String, _ message: String = objectModified
    ) -> StatusError {
        StatusError(
            code: 409, reason: .conflict,
            message: "Operation cannot be fulfilled on \(resource) \(GoQuote.quote(name)): \(message)",
            details: Details(resource, name: name))
    }

    package static func applyConflict(causes: [Cause], message: String) -> StatusError {
        StatusError(code: 409, reason: .conflict, message: message, details: Details(causes: causes))
    }

    package static func forbidden(_ resource: GroupResource, name: String = "", _ message: String) -> StatusError {
        let text: String
        if resource.resource.isEmpty {
            text = "forbidden: \(message)"
        } else if name.isEmpty {
            text = "\(resource) is forbidden: \(message)"
        } else {
            text = "\(resource) \(GoQuote.quote(name)) is forbidden: \(message)"
        }
        return StatusError(code: 403, reason: .forbidden, message: text, details: Details(resource, name: name))
    }

    /// An object that breaks rules of its kind: every broken rule is a cause.
    package static func invalid(
        group: String, kind: String, name: String, _ errors: [FieldError]
    ) -> StatusError {
        let qualified = group.isEmpty ? kind : "\(kind).\(group)"
        let head = "\(qualified) \(GoQuote.quote(name)) is invalid"
        return StatusError(
            code: 422, reason: .invalid, message: errors.isEmpty ? head : "\(head): \(errors.aggregated)",
            details: Details(name: name, group: group, kind: kind, causes: errors.map(Cause.init)))
    }

    package static func invalid(_ kind: GroupVersionKind, name: String, _ errors: [FieldError]) -> StatusError {
        invalid(group: kind.group, kind: kind.kind, name: name, errors)
    }

    package static func badRequest(_ message: String) -> StatusError {
        StatusError(code: 400, reason: .badRequest, message: message)
    }

    package static func unauthorized(_ message: String = "Unauthorized") -> StatusError {
        StatusError(code: 401, reason: .unauthorized, message: message)
    }

    package static func methodNotSupported(_ resource: GroupResource, action: String) -> StatusError {
        StatusError(
            code: 405, reason: .methodNotAllowed,
            message: "\(action) is not supported on resources of kind \"\(resource)\"",
            details: Details(resource))
    }

    package static func methodNotAllowed() -> StatusError {
        StatusError(
            code: 405, reason: .methodNotAllowed,
            message: "the server does not allow this method on the requested resource", details: Details())
    }

    package static func notAcceptable(accepted: [String]) -> StatusError {
        StatusError(
            code: 406, reason: .notAcceptable,
            message: "only the following media types are accepted: \(accepted.joined(separator: ", "))")
    }

    package static func unsupportedMediaType(accepted: [String]) -> StatusError {
        StatusError(
            code: 415, reason: .unsupportedMediaType,
            message: "the body of the request was in an unknown format - accepted media types include: "
                + accepted.joined(separator: ", "))
    }

    package static func gone(_ message: String) -> StatusError {
        StatusError(code: 410, reason: .gone, message: message)
    }

    /// A resource version, or a continue token, too old to serve.
    package static func expired(_ message: String) -> StatusError {
        StatusError(code: 410, reason: .expired, message: message)
    }

    package static func requestEntityTooLarge(_ message: String) -> StatusError {
        StatusError(
            code: 413, reason: .requestEntityTooLarge, message: "Request entity too large: \(message)")
    }

    package static func tooManyRequests(_ message: String, retryAfterSeconds: Int = 1) -> StatusError {
        StatusError(
            code: 429, reason: .tooManyRequests, message: message,
            details: Details(retryAfterSeconds: retryAfterSeconds))
    }

    package static func internalError(_ message: String) -> StatusError {
        StatusError(
            code: 500, reason: .internalError, message: "Internal error occurred: \(message)",
            details: Details(causes: [Cause(message: message)]))
    }

    package static func serverTimeout(
        _ resource: GroupResource, operation: String, retryAfterSeconds: Int = 0
    ) -> StatusError {
        StatusError(
            code: 500, reason: .serverTimeout,
            message: "The \(operation) operation against \(resource) could not be completed at this time, please try "
                + "again.",
            details: Details(resource, name: operation, retryAfterSeconds: retryAfterSeconds))
    }

    package static func timeout(_ message: String, retryAfterSeconds: Int = 0) -> StatusError {
        StatusError(
            code: 504, reason: .timeout, message: "Timeout: \(message)",
            details: Details(retryAfterSeconds: retryAfterSeconds))
    }

    /// The store has no space left. Without a time to ask again at: space comes back by somebody's doing.
    package static func insufficientStorage(
        _ resource: GroupResource, name: String, _ cause: String
    ) -> StatusError {
        StatusError(
            code: 507, reason: .insufficientStorage, message: "storing \(resource) \"\(name)\": \(cause)",
            details: Details(resource, name: name))
    }

    package static func serviceUnavailable(_ message: String) -> StatusError {
        StatusError(code: 503, reason: .serviceUnavailable, message: message)
    }
}
