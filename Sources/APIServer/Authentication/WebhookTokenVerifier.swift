import Machinery

/// Asks a service whose tokens are (`--authentication-token-webhook-config-file`, `authentication.k8s.io` TokenReview).
///
/// Behind a `TokenCache`: a service is asked once in a while about each token.
package struct WebhookTokenVerifier: TokenVerifier {
    package struct Configuration: Sendable {
        package var kubeconfig: WebhookKubeconfig
        package var version = "v1beta1"
        package var cacheLifetime = Duration.seconds(120)

        package init(_ kubeconfig: WebhookKubeconfig) { self.kubeconfig = kubeconfig }
    }

    private static let timeout = Duration.seconds(30)
    private static let versions = ["v1", "v1beta1"]

    private let reviewer: RemoteReviewer
    private let version: String
    private let ownAudiences: [String]

    init(_ configuration: Configuration, ownAudiences: [String]) throws(ConfigurationDocument.Failure) {
        guard Self.versions.contains(configuration.version) else {
            throw ConfigurationDocument.Failure(
                "unsupported authentication webhook version \(GoQuote.quote(configuration.version)), "
                    + "supported versions are \"v1\", \"v1beta1\"")
        }
        reviewer = try RemoteReviewer(
            configuration.kubeconfig, retry: RemoteReviewer.Retry(first: .milliseconds(500)), timeout: Self.timeout)
        version = configuration.version
        self.ownAudiences = ownAudiences
    }

    package func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
        let wanted = audiences ?? ownAudiences
        let review: JSONObject = [
            "apiVersion": .string("authentication.k8s.io/\(version)"), "kind": "TokenReview",
            "metadata": ["creationTimestamp": .null],
            "spec": ["token": .string(token), "audiences": .array(wanted.map(JSON.string))],
            "status": ["user": .object(JSONObject())],
        ]
        let answer: [UInt8]
        do {
            answer = try await reviewer.post(review.encoded())
        } catch {
            throw StatusError.unauthorized("\(error)")
        }
        guard let status = (try? JSON(parsing: answer))?["status"]?.objectValue else {
            throw StatusError.unauthorized("the authentication webhook's answer is no TokenReview")
        }
        let named = status.strings("audiences")
        // A service that knows nothing of audiences speaks of this server's own.
        let meant = wanted.filter((named.isEmpty ? ownAudiences : named).contains)
        guard !meant.isEmpty else { return nil }
        guard status.bool("authenticated") == true else {
            if let problem = status.string("error"), !problem.isEmpty { throw StatusError.unauthorized(problem) }
            return nil
        }
        let info = status["user"]?.objectValue ?? JSONObject()
        var user = User(
            name: info.string("username") ?? "", uid: info.string("uid") ?? "", groups: info.strings("groups"))
        for member in info["extra"]?.objectValue?.members ?? [] {
            user.extra[member.key] = (member.value.arrayValue ?? []).compactMap(\.stringValue)
        }
        return Authenticated(user: user, audiences: meant)
    }
}
