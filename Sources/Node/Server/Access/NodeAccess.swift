import Client
import HTTPCore
import KubeAPI
import Machinery
import PKI
import Synchronization

/// Who may use a node's API, as Kubernetes' kubelet decides it: who somebody is, is proved by a client certificate of the
/// cluster's authority or told by the API server of a bearer token (TokenReview); whether they may, by the API server of
/// anybody but itself and administrators (SubjectAccessReview of `nodes/metrics`, `nodes/stats`, `nodes/log`,
/// `nodes/pods` … or `nodes/proxy`).
///
/// Answers are remembered: of tokens for two minutes, that somebody may for five, that they may not for half a minute.
package struct NodeAccess: Sendable {
    private static let apiServer = "kube-apiserver-kubelet-client"
    private static let administrators = "system:masters"
    private static let tokenLifetime = Duration.seconds(120)
    private static let allowedLifetime = Duration.seconds(300)
    private static let refusedLifetime = Duration.seconds(30)

    private struct Question: Hashable, Sendable {
        let user: JSONObject
        let verb: String
        let subresources: [String]
    }

    private let nodeName: String
    private let client: Client
    private let users = ExpiringTable<[UInt8], JSONObject>()
    private let answers = ExpiringTable<Question, Bool>()

    /// - Parameter client: acts as the node.
    package init(nodeName: String, client: Client) {
        self.nodeName = nodeName
        self.client = client
    }

    package func decide(_ request: HTTPRequest) async -> NodeServer.Decision {
        await decide(
            request.method, request.path, certificate: request.peerCertificate,
            authorization: request.headers["authorization"])
    }

    /// - Parameters:
    ///   - certificate: DER of a certificate that was verified.
    ///   - authorization: the field of that name.
    package func decide(
        _ method: HTTPMethod, _ path: String, certificate: [UInt8]?, authorization: String?
    ) async -> NodeServer.Decision {
        guard let user = await user(certificate, authorization) else { return .unauthorized }
        let groups = user.strings("groups")
        if groups.contains(Self.administrators) || user.string("username") == Self.apiServer { return .allowed }
        let question = Question(
            user: user, verb: Self.verb(method), subresources: Self.subresources(path))
        for subresource in question.subresources where await isAllowed(question, subresource) { return .allowed }
        return .forbidden(
            "Forbidden (user=\(user.string("username") ?? ""), verb=\(question.verb), resource=nodes, "
                + "subresource(s)=[\(question.subresources.joined(separator: " "))])")
    }

    // MARK: Who

    private func user(_ certificate: [UInt8]?, _ authorization: String?) async -> JSONObject? {
        // A certificate that names nobody lets nobody in.
        if let certificate, let identity = try? ClientIdentity(fromDER: certificate) {
            let groups = identity.groups + ["system:authenticated"]
            return ["username": .string(identity.user), "groups": .array(groups.map(JSON.string))]
        }
        guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return nil }
        let token = String(authorization.dropFirst("bearer ".count))
        let digest = Digest.sha256(token.utf8)
        if let known = users[digest] { return known }
        var review = TokenReview(json: JSONObject())
        review.spec.token = token
        do {
            let answer = try await client.create(review).status
            guard answer.authenticated == true, let user = answer.user?.json else { return nil }
            users.insert(user, for: digest, lifetime: Self.tokenLifetime)
            return user
        } catch {
            // Nobody is who cannot be asked for.
            return nil
        }
    }

    // MARK: What

    private func isAllowed(_ question: Question, _ subresource: String) async -> Bool {
        let question = Question(user: question.user, verb: question.verb, subresources: [subresource])
        if let known = answers[question] { return known }
        var attributes = ResourceAttributes(json: JSONObject())
        attributes.verb = question.verb
        attributes.version = "v1"
        attributes.resource = "nodes"
        attributes.subresource = subresource
        attributes.name = nodeName
        var review = SubjectAccessReview(json: JSONObject())
        review.spec.user = question.user.string("username")
        review.spec.uid = question.user.string("uid")
        review.spec.groups = question.user.strings("groups")
        review.spec.extra = question.user["extra"]
        review.spec.resourceAttributes = attributes
        do {
            let allowed = try await client.create(review).status.allowed
            answers.insert(
                allowed, for: question, lifetime: allowed ? Self.allowedLifetime : Self.refusedLifetime)
            return allowed
        } catch {
            // Nothing is allowed while nobody can be asked.
            return false
        }
    }

    private static func verb(_ method: HTTPMethod) -> String {
        switch method {
        case .post: "create"
        case .put: "update"
        case .patch: "patch"
        case .delete: "delete"
        default: "get"
        }
    }

    /// What of a node a path is of, the narrowest first (KEP-2862).
    package static func subresources(_ path: String) -> [String] {
        func isBelow(_ root: String) -> Bool { path == root || path.hasPrefix(root + "/") }
        for name in ["stats", "metrics", "checkpoint"] where isBelow("/\(name)") { return [name] }
        if isBelow("/logs") { return ["log"] }
        if isBelow("/pods") || isBelow("/runningpods") { return ["pods", "proxy"] }
        for name in ["healthz", "configz"] where isBelow("/\(name)") { return [name, "proxy"] }
        return ["proxy"]
    }
}

/// What was found out, for as long as it is good. Bounded: when it is full, what has gone stale makes room, or all does.
final class ExpiringTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private static var capacity: Int { 1024 }

    private let entries = Mutex<[Key: (value: Value, end: ContinuousClock.Instant)]>([:])

    subscript(key: Key) -> Value? {
        entries.withLock { entries in
            guard let entry = entries[key], entry.end > .now else { return nil }
            return entry.value
        }
    }

    func insert(_ value: Value, for key: Key, lifetime: Duration) {
        let now = ContinuousClock.now
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries = entries.filter { $0.value.end > now } }
            if entries.count >= Self.capacity { entries = [:] }
            entries[key] = (value, now + lifetime)
        }
    }
}
