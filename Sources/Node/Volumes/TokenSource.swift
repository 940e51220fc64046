import Client
import KubeAPI
import Machinery
import Synchronization

/// Tokens of service accounts, bound to pods and renewed before they run out.
package protocol TokenSource: Sendable {
    /// A token, and when to ask for the next one.
    func token(
        pod: Pod, audience: String?, expirationSeconds: Int64
    ) async throws -> (token: String, renewAt: Timestamp)
    /// Forgets what it holds for a pod.
    func forget(pod uid: String)
}

/// Asks the API for tokens, and keeps each until four fifths of its life are over, a day at most.
package final class APITokenSource: TokenSource {
    private struct Key: Hashable {
        let uid: String
        let audience: String?
        let expirationSeconds: Int64
    }

    private let client: Client
    private let clock: NodeClock
    private let tokens = Mutex<[Key: (token: String, renewAt: Timestamp)]>([:])

    package init(client: Client, clock: NodeClock) {
        self.client = client
        self.clock = clock
    }

    package func token(
        pod: Pod, audience: String?, expirationSeconds: Int64
    ) async throws -> (token: String, renewAt: Timestamp) {
        let key = Key(uid: pod.uid, audience: audience, expirationSeconds: expirationSeconds)
        let now = clock.time
        if let kept = tokens.withLock({ $0[key] }), kept.renewAt > now { return kept }
        var request = TokenRequest()
        request.json["apiVersion"] = "authentication.k8s.io/v1"
        request.json["kind"] = "TokenRequest"
        var spec = TokenRequestSpec()
        if let audience, !audience.isEmpty { spec.audiences = [audience] }
        spec.expirationSeconds = expirationSeconds
        var reference = BoundObjectReference()
        reference.apiVersion = "v1"
        reference.kind = "Pod"
        reference.name = pod.name
        reference.uid = pod.uid
        spec.boundObjectRef = reference
        request.spec = spec
        let account = ObjectKey(namespace: pod.namespace, name: pod.spec.serviceAccountName ?? "default")
        let answer = try await client.createSubresource(
            of: ServiceAccount.self, account, "token", request, returning: TokenRequest.self)
        guard let token = answer.status.token, let expiry = answer.status.expirationTimestamp else {
            throw StatusError.internalError("the answer to a token request for \(account) holds no token")
        }
        let life = max(expiry.since(now), .zero)
        let kept = (token, now + min(life * 4 / 5, .seconds(86_400)))
        tokens.withLock { $0[key] = kept }
        return kept
    }

    package func forget(pod uid: String) {
        tokens.withLock { tokens in tokens = tokens.filter { $0.key.uid != uid } }
    }
}
