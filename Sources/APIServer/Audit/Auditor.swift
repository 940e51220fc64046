import HTTPCore
import Machinery
import PKI

/// Writes down what requests did, as a policy wants it (`audit.k8s.io/v1`).
///
/// Where no policy is set there is no auditor, and requests pay nothing. Events are snapshots handed to backends, which
/// turn them into bytes on their own time.
package struct Auditor: Sendable {
    /// What is to be written down, and where to.
    package struct Configuration: Sendable {
        package var policy: AuditPolicy
        package var log: AuditLogBackend.Configuration?
        package var webhook: AuditWebhookBackend.Configuration?

        package init(policy: AuditPolicy) { self.policy = policy }
    }

    package static let header = "Audit-Id"

    private let policy: AuditPolicy
    private let backends: [any AuditBackend]
    private let clock: any WallClock

    package init(policy: AuditPolicy, backends: [any AuditBackend], clock: any WallClock) {
        self.policy = policy
        self.backends = backends
        self.clock = clock
    }

    /// - Parameter report: told of events that were lost.
    package init?(
        _ configuration: Configuration, clock: any WallClock, report: @escaping @Sendable (String) -> Void
    ) throws(ConfigurationDocument.Failure) {
        var backends: [any AuditBackend] = []
        if let log = configuration.log { backends.append(try AuditLogBackend(log, clock: clock, report: report)) }
        if let webhook = configuration.webhook {
            backends.append(try AuditWebhookBackend(webhook, report: report))
        }
        guard !backends.isEmpty else { return nil }
        self.init(policy: configuration.policy, backends: backends, clock: clock)
    }

    /// What the backends did with events so far.
    package var counts: [AuditCounts] { backends.map(\.counts) }

    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for backend in backends { group.addTask { await backend.run() } }
        }
    }

    /// Begins the record of a request; `nil` when the policy does not want it.
    ///
    /// - Parameter user: `nil` when the request's credentials were refused.
    func record(_ request: ServerRequest, id: String, user: User?) -> AuditRecord? {
        let verdict = policy.verdict(request.info, user: user)
        guard verdict.level != .none else { return nil }
        return AuditRecord(id: id, verdict: verdict, request: request, user: user, received: clock.now)
    }

    /// The request came.
    ///
    /// - Throws: when it must be written down before it is served, and cannot be.
    func received(_ record: AuditRecord) async throws(StatusError) {
        guard await write(record, .requestReceived) else {
            throw StatusError.internalError("failed to store audit event")
        }
    }

    /// The answer is ready to go out. What streams is complete when its stream ends.
    func answered(_ record: AuditRecord, _ response: ServerResponse) async -> ServerResponse {
        record.note(AuditRecord.Outcome(response, record))
        if record.info.isLongRunning, record.begin() { _ = await write(record, .responseStarted) }
        switch response.body {
        case .bytes, .list:
            await complete(record)
            return response
        case .watch, .stream, .relay, .upgrade:
            return response.keeping(AuditCompletion(auditor: self, record: record))
        }
    }

    /// A request whose credentials are not good: one event, of its answer.
    func refused(_ record: AuditRecord, _ failure: StatusError, _ request: HTTPRequest) async {
        record.note(AuditRecord.Outcome(code: failure.code, message: Self.attempts(request)))
        _ = await write(record, .responseStarted)
    }

    fileprivate func complete(_ record: AuditRecord) async {
        guard record.complete() else { return }
        _ = await write(record, .responseComplete)
    }

    private func write(_ record: AuditRecord, _ stage: AuditStage) async -> Bool {
        guard !record.verdict.omittedStages.contains(stage) else { return true }
        let event = AuditEvent(record, stage: stage, at: clock.now)
        var isSafe = true
        for backend in backends {
            let isTaken = await backend.take(event)
            isSafe = isSafe && isTaken
        }
        return isSafe
    }

    /// The ways in which a request tried to say who sent it.
    private static func attempts(_ request: HTTPRequest) -> String {
        var methods: [String] = []
        let words = (request.headers["authorization"] ?? "").split(separator: " ")
        if words.count > 1 {
            switch words[0].lowercased() {
            case "basic": methods.append("basic")
            case "bearer": methods.append("bearer")
            default: break
            }
        }
        if request.peerCertificate != nil { methods.append("x509") }
        guard !methods.isEmpty else { return "Authentication failed, no credentials provided" }
        return "Authentication failed, attempted: \(methods.joined(separator: ", "))"
    }
}

/// Kept by a response that streams: when the last who holds it lets go, the request is complete.
final class AuditCompletion: Sendable {
    private let auditor: Auditor
    private let record: AuditRecord

    fileprivate init(auditor: Auditor, record: AuditRecord) {
        self.auditor = auditor
        self.record = record
    }

    deinit {
        // Only queues the event, but for the blocking modes, whose wait nobody shares any more.
        Task { [auditor, record] in await auditor.complete(record) }
    }
}

extension AuditRecord.Outcome {
    /// - Parameter record: tells how much of the answer is wanted.
    fileprivate init(_ response: ServerResponse, _ record: AuditRecord) {
        self.init(code: response.status)
        isStatus = response.status >= 400 || record.info.verb == "delete"
        guard isStatus || (record.verdict.level >= .requestResponse && record.info.isResourceRequest) else {
            if case .upgrade(let http) = response.body { code = http.status.rawValue }
            return
        }
        switch response.body {
        case .bytes(let bytes): body = .init(bytes: bytes, contentType: response.contentType)
        case .list(let list): body = .init(bytes: list.joined(), contentType: response.contentType)
        case .upgrade(let http): code = http.status.rawValue
        case .watch, .stream, .relay: break
        }
    }
}

extension ServerResponse {
    /// The same answer, holding on to something until its body is sent, or nobody sends it any more.
    func keeping(_ object: AuditCompletion) -> ServerResponse {
        var response = self
        switch body {
        case .bytes, .list:
            break
        case .watch(var watch):
            watch.kept = object
            response.body = .watch(watch)
        case .stream(let write):
            response.body = .stream { writer in
                defer { withExtendedLifetime(object) {} }
                try await write(writer)
            }
        case .relay(var relayed):
            relayed.kept = object
            response.body = .relay(relayed)
        case .upgrade(var http):
            http.body = http.body.keeping(object)
            response.body = .upgrade(http)
        }
        return response
    }
}

extension HTTPResponse.Body {
    fileprivate func keeping(_ object: AuditCompletion) -> HTTPResponse.Body {
        switch self {
        case .stream(let write):
            return .stream { stream in
                defer { withExtendedLifetime(object) {} }
                try await write(stream)
            }
        case .upgrade(let name, let headers, let run):
            return .upgrade(protocol: name, headers: headers) { duplex in
                await run(duplex)
                withExtendedLifetime(object) {}
            }
        default:
            // What is not written piece by piece is complete with the answer.
            return self
        }
    }
}

extension RequestInfo {
    private static let longSubresources: Set<String> = ["attach", "exec", "proxy", "log", "portforward"]

    /// Requests whose answers may go on for as long as the client likes.
    var isLongRunning: Bool {
        isResourceRequest && (verb == "watch" || verb == "proxy" || Self.longSubresources.contains(subresource))
    }
}
