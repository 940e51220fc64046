import HTTPClient
import HTTPCore
import Machinery

/// What is said of calls that failed: the texts of Kubernetes' REST client and of Go's network.
enum RefusedCall {
    private static let maximumShownBytes = 2048

    /// An answer with another status than 200.
    static func text(_ code: Int, _ body: [UInt8]) -> String {
        // A body that is no Status is shown as text below.
        if let object = (try? JSON(parsing: body))?.objectValue, let error = StatusError(json: object) {
            return error.message
        }
        switch code {
        case 400: return "the server rejected our request for an unknown reason"
        case 401: return "the server has asked for the client to provide credentials"
        case 403: return shown(body) ?? "the server does not allow access to the requested resource"
        case 404: return "the server could not find the requested resource"
        case 405: return "the server does not allow this method on the requested resource"
        case 406: return shown(body) ?? "the server was unable to respond with a content type that the client supports"
        case 409: return "the server reported a conflict"
        case 415: return shown(body) ?? "the server was unable to respond with a content type that the client supports"
        case 422: return "the server rejected our request due to an error in our request"
        case 429: return "the server has received too many requests and has asked us to try again later"
        case 503: return "the server is currently unable to handle the request"
        case 504:
            return "the server was unable to return a response in the time allotted, but may still be processing the "
                + "request"
        case 500...:
            return "an error on the server (\(GoQuote.quote(shown(body) ?? "unknown"))) has prevented the request from "
                + "succeeding"
        default: return "the server responded with the status code \(code) but did not return more information"
        }
    }

    private static func shown(_ body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(maximumShownBytes), as: UTF8.self)[...].trimmingSpaces()
        return text.isEmpty ? nil : String(text)
    }

    /// No answer at all.
    static func text(_ error: any Error, endpoint: String) -> String {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .connectFailed(_, let cause): connectFailure(cause, endpoint)
            case .connectionClosed: "EOF"
            case .deadlineExceeded: "context deadline exceeded"
            case .invalidRequest, .malformedResponse, .notPermitted, .overloaded, .shutDown, .upgradeRefused:
                error.description
            }
        case is CancellationError: "context canceled"
        case let error as HTTPBodyError: "reading the response: \(error)"
        default: String(describing: error)
        }
    }

    private static func connectFailure(_ cause: String, _ endpoint: String) -> String {
        if cause.contains("CERTIFICATE_VERIFY_FAILED") {
            return "tls: failed to verify certificate: x509: certificate signed by unknown authority"
        }
        if cause.contains("unableToValidateCertificate") || cause.contains("HostnameValidation") {
            return "tls: failed to verify certificate: x509: certificate is not valid for this name"
        }
        if cause.contains("refused") { return "dial tcp \(endpoint): connect: connection refused" }
        return "dial tcp \(endpoint): \(cause)"
    }
}
