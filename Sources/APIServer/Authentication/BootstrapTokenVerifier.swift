import KubeAPI
import Machinery
import PKI

/// Tokens `ID.SECRET` with which nodes join: Secrets of type `bootstrap.kubernetes.io/token` in `kube-system`.
struct BootstrapTokenVerifier: TokenVerifier {
    let secrets: @Sendable (_ namespace: String, _ name: String) -> Secret?
    let clock: any WallClock

    /// Six letters, a dot, sixteen letters.
    private static let length = 23

    func verify(_ token: String, audiences: [String]?) throws(StatusError) -> Authenticated? {
        // The tokens of accounts are long, and come with every request.
        guard token.utf8.count == Self.length else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts[0].utf8.count == 6, parts[1].utf8.count == 16,
            (parts[0] + parts[1]).utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
        else { return nil }
        guard let secret = secrets("kube-system", "bootstrap-token-\(parts[0])"),
            secret.type == "bootstrap.kubernetes.io/token", !secret.isBeingDeleted,
            let expected = text("token-secret", secret), Digest.constantTimeEqual(expected, parts[1]),
            text("usage-bootstrap-authentication", secret) == "true"
        else { throw StatusError.unauthorized() }
        if let expiration = text("expiration", secret) {
            guard let moment = Timestamp(json: .string(expiration)), clock.now < moment else {
                throw StatusError.unauthorized()
            }
        }
        var groups = ["system:bootstrappers"]
        groups += (text("auth-extra-groups", secret) ?? "").split(separator: ",").map(String.init)
        return Authenticated(
            user: User(name: "system:bootstrap:\(parts[0])", groups: groups), audiences: audiences ?? [])
    }

    private func text(_ key: String, _ secret: Secret) -> String? {
        guard let encoded = secret.data[key], let bytes = try? Base64.standard.decode(encoded) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
