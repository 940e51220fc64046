import Machinery

extension StatusError {
    private static let noAnswer = "NoAnswer"

    /// No answer came: whether the request was carried out is not known.
    package static func unanswered(_ message: String) -> StatusError {
        StatusError(
            code: 503, reason: .serviceUnavailable, message: message,
            details: Details(causes: [Cause(reason: noAnswer, message: message)]))
    }

    package var isUnanswered: Bool { details?.causes.contains { $0.reason == Self.noAnswer } == true }
}
