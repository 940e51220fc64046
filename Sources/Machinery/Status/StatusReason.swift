/// The machine-readable reason of a failed request. Open: servers may send reasons this list does not have.
package struct StatusReason: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let unknown = StatusReason(rawValue: "")
    package static let unauthorized = StatusReason(rawValue: "Unauthorized")
    package static let forbidden = StatusReason(rawValue: "Forbidden")
    package static let notFound = StatusReason(rawValue: "NotFound")
    package static let alreadyExists = StatusReason(rawValue: "AlreadyExists")
    package static let conflict = StatusReason(rawValue: "Conflict")
    package static let gone = StatusReason(rawValue: "Gone")
    package static let expired = StatusReason(rawValue: "Expired")
    package static let invalid = StatusReason(rawValue: "Invalid")
    package static let serverTimeout = StatusReason(rawValue: "ServerTimeout")
    package static let timeout = StatusReason(rawValue: "Timeout")
    package static let tooManyRequests = StatusReason(rawValue: "TooManyRequests")
    package static let badRequest = StatusReason(rawValue: "BadRequest")
    package static let methodNotAllowed = StatusReason(rawValue: "MethodNotAllowed")
    package static let notAcceptable = StatusReason(rawValue: "NotAcceptable")
    package static let requestEntityTooLarge = StatusReason(rawValue: "RequestEntityTooLarge")
    package static let unsupportedMediaType = StatusReason(rawValue: "UnsupportedMediaType")
    package static let internalError = StatusReason(rawValue: "InternalError")
    package static let serviceUnavailable = StatusReason(rawValue: "ServiceUnavailable")
    /// Not one of Kubernetes': the store has no space left.
    package static let insufficientStorage = StatusReason(rawValue: "InsufficientStorage")
}
