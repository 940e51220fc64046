import HTTPCore
import Machinery

/// An error as OpenAI's API shapes it, which its client libraries turn into exceptions by status.
package struct OpenAIError: Error, Sendable, Hashable {
    package let status: HTTPStatus
    package let message: String
    /// The kind of error: `invalid_request_error`, `rate_limit_error`, `server_error`.
    package let type: String
    package var parameter: String?
    package var code: String?
    /// When to try again, in seconds.
    package var retryAfter: Int?

    package var response: HTTPResponse {
        let body: JSONObject = [
            "error": .object([
                "message": .string(message), "type": .string(type), "param": parameter.map(JSON.string) ?? .null,
                "code": code.map(JSON.string) ?? .null,
            ])
        ]
        var response = HTTPResponse.bytes(body.encoded(), status: status, contentType: "application/json")
        if let retryAfter { response.headers.append("retry-after", String(retryAfter)) }
        if status == .unauthorized { response.headers.append("www-authenticate", "Bearer") }
        return response
    }

    static func invalid(_ message: String, parameter: String? = nil, status: HTTPStatus = .badRequest) -> OpenAIError {
        OpenAIError(status: status, message: message, type: "invalid_request_error", parameter: parameter)
    }

    static let unauthorized = OpenAIError(
        status: .unauthorized,
        message:
            "Incorrect API key provided. An API key or a service account's token is needed: Authorization: Bearer.",
        type: "invalid_request_error", code: "invalid_api_key")

    static func noModel(_ name: String) -> OpenAIError {
        OpenAIError(
            status: .notFound,
            message: "The model `\(name.prefix(256))` does not exist or you do not have access to it.",
            type: "invalid_request_error", parameter: "model", code: "model_not_found")
    }

    static func unknownPath(_ method: HTTPMethod, _ path: String) -> OpenAIError {
        OpenAIError(
            status: .notFound, message: "Invalid URL (\(method.rawValue) \(path.prefix(256)))",
            type: "invalid_request_error", code: "unknown_url")
    }

    static func tooLarge(_ limit: Int) -> OpenAIError {
        .invalid("The request's body is larger than \(limit) bytes.", status: .contentTooLarge)
    }

    static func queueFull(retryAfter: Int) -> OpenAIError {
        OpenAIError(
            status: .tooManyRequests, message: "Too many requests are waiting for this model.",
            type: "rate_limit_error", code: "rate_limit_exceeded", retryAfter: retryAfter)
    }

    static func unavailable(_ message: String, retryAfter: Int) -> OpenAIError {
        OpenAIError(
            status: .serviceUnavailable, message: message, type: "server_error", code: "service_unavailable",
            retryAfter: retryAfter)
    }

    static func upstream(_ message: String, status: HTTPStatus = .badGateway) -> OpenAIError {
        OpenAIError(status: status, message: message, type: "server_error", code: "model_server_error")
    }
}
