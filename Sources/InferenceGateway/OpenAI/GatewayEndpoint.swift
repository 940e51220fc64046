import HTTPCore

/// What of OpenAI's API a request is for.
enum GatewayEndpoint: Hashable, Sendable {
    /// `GET /v1/models`
    case models
    /// `GET /v1/models/NAME`
    case model(String)
    /// Requests that a model server answers.
    case inference(Operation)

    /// The operations of models, under the names that OpenTelemetry's conventions give them.
    enum Operation: String, Hashable, Sendable {
        case chat
        case textCompletion = "text_completion"
        case embeddings
    }

    private static let prefix = "/v1/models/"

    init(_ method: HTTPMethod, _ path: String) throws(OpenAIError) {
        switch path {
        case "/v1/chat/completions": self = .inference(.chat)
        case "/v1/completions": self = .inference(.textCompletion)
        case "/v1/embeddings": self = .inference(.embeddings)
        case "/v1/models": self = .models
        case _ where path.hasPrefix(Self.prefix) && path.utf8.count > Self.prefix.utf8.count:
            // A model's name may hold slashes, which clients send as they are or encoded.
            self = .model(PercentEncoding.decode(path.dropFirst(Self.prefix.count), plusIsSpace: false) ?? "")
        default: throw .unknownPath(method, path)
        }
        let expected: HTTPMethod = if case .inference = self { .post } else { .get }
        guard method == expected else {
            throw .invalid("Not allowed to \(method.rawValue) on \(path.prefix(256)).", status: .methodNotAllowed)
        }
    }
}
