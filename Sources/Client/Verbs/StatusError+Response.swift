import Machinery

extension StatusError {
    /// The error in an answer that is not 2xx: its `Status`, or one made from the code where the body is none.
    package init(response: APIResponse) {
        if let body = try? JSON(parsing: response.body), case .object(let object) = body,
            let status = StatusError(json: object)
        {
            self = status
            return
        }
        // Proxies and early refusals answer in plain text; its start is all that is worth telling. Paths that a server
        // does not know are told of as other clients do.
        let text =
            response.status == 404
            ? "the server could not find the requested resource"
            : String(decoding: response.body.prefix(512), as: UTF8.self)
        self.init(
            code: response.status, reason: Self.reason(forCode: response.status),
            message: text.isEmpty ? "the server answered with status \(response.status)" : text)
    }

    private static func reason(forCode code: Int) -> StatusReason {
        switch code {
        case 400: .badRequest
        case 401: .unauthorized
        case 403: .forbidden
        case 404: .notFound
        case 405: .methodNotAllowed
        case 406: .notAcceptable
        case 409: .conflict
        case 410: .gone
        case 413: .requestEntityTooLarge
        case 415: .unsupportedMediaType
        case 422: .invalid
        case 429: .tooManyRequests
        case 500: .internalError
        case 503: .serviceUnavailable
        case 504: .timeout
        default: .unknown
        }
    }
}

extension StatusError {
    package var isNotFound: Bool { reason == .notFound }
    package var isAlreadyExists: Bool { reason == .alreadyExists }
    /// The write was based on a version that is no longer current.
    package var isConflict: Bool { reason == .conflict }
    /// The version or page asked for is compacted away: list anew.
    package var isExpired: Bool { reason == .expired || reason == .gone }
    /// The namespace is being deleted: creating in it cannot succeed, ever.
    package var isNamespaceTerminating: Bool {
        reason == .forbidden && details?.causes.contains { $0.reason == "NamespaceTerminating" } == true
    }
}
