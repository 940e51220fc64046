import HTTPCore
import Machinery
import Synchronization

/// What is gathered about one request for its audit events, from when it came until it was answered.
///
/// Made only for requests that a policy wants to have written down.
package final class AuditRecord: Sendable {
    /// A body as it went over the wire.
    struct Body: Sendable {
        let bytes: [UInt8]
        let contentType: String
    }

    /// What came of the request.
    struct Outcome: Sendable {
        var code: Int
        /// Kept where it is to be shown, or says what went wrong.
        var body: Body?
        /// The body may be a `Status`.
        var isStatus = false
        /// What is said in place of the answer's own message.
        var message: String?
    }

    struct Gathered: Sendable {
        var impersonated: User?
        /// The verb that allowed acting as somebody in a constrained way.
        var constraint: String?
        var sent: Body?
        var outcome: Outcome?
        var hasStarted = false
        var isComplete = false
    }

    let id: String
    let verdict: AuditPolicy.Verdict
    let info: RequestInfo
    let uri: String
    /// `nil` where the request's credentials were refused.
    let user: User?
    let sources: [String]
    let userAgent: String
    let received: Timestamp
    let annotations: AuditAnnotations
    private let gathered = Mutex(Gathered())

    init(
        id: String, verdict: AuditPolicy.Verdict, request: ServerRequest, user: User?, received: Timestamp
    ) {
        self.id = id
        self.verdict = verdict
        info = request.info
        uri = AuditSource.uri(request)
        self.user = user
        sources = AuditSource.addresses(request.http)
        userAgent = AuditSource.userAgent(request.userAgent)
        self.received = received
        annotations = request.auditAnnotations
    }

    var now: Gathered { gathered.withLock { $0 } }

    package func note(impersonated user: User, constraint: String?) {
        gathered.withLock {
            $0.impersonated = user
            $0.constraint = constraint
        }
    }

    /// The body was read. Also where bodies are not written down, it tells which object is meant.
    func note(sent bytes: [UInt8], contentType: String) {
        gathered.withLock { $0.sent = Body(bytes: bytes, contentType: contentType) }
    }

    func note(_ outcome: Outcome) {
        gathered.withLock { $0.outcome = $0.outcome ?? outcome }
    }

    /// Whether the answer's beginning has not been written down yet; it has after this.
    func begin() -> Bool {
        gathered.withLock { gathered in
            defer { gathered.hasStarted = true }
            return !gathered.hasStarted
        }
    }

    /// Whether the end has not been written down yet; it has after this.
    func complete() -> Bool {
        gathered.withLock { gathered in
            defer { gathered.isComplete = true }
            return !gathered.isComplete
        }
    }
}

/// What audit events say of where a request came from.
enum AuditSource {
    private static let maximumUserAgentBytes = 1024

    static func userAgent(_ text: String) -> String {
        guard text.utf8.count > maximumUserAgentBytes else { return text }
        return String(decoding: text.utf8.prefix(maximumUserAgentBytes), as: UTF8.self) + "...TRUNCATED"
    }

    /// The request's target as it was sent; of requests within the process, as it would have been.
    static func uri(_ request: ServerRequest) -> String {
        if let http = request.http { return http.query.map { "\(http.path)?\($0)" } ?? http.path }
        guard !request.query.isEmpty else { return request.info.path }
        let query = request.query.pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        return "\(request.info.path)?\(query.joined(separator: "&"))"
    }

    /// Those that say they forwarded the request, then the connection's other end.
    static func addresses(_ http: HTTPRequest?) -> [String] {
        guard let http else { return ["127.0.0.1"] }
        var found = http.headers.elements("x-forwarded-for").filter { InternetAddress($0) != nil }
        if let real = http.headers["x-real-ip"], InternetAddress(real) != nil, !found.contains(real) {
            found.append(real)
        }
        if let remote = http.remoteAddress?.ipAddress, found.last != remote { found.append(remote) }
        return found
    }
}
