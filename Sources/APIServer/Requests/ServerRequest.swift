import HTTPCore
import KubeAPI
import Machinery
import Synchronization

/// A request on its way through the API server, whatever brought it: a socket or an in-process client.
package struct ServerRequest: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        case http(HTTPBody)
    }

    package let method: String
    package let info: RequestInfo
    package let query: QueryParameters
    package let contentType: String
    package let accept: String
    package let userAgent: String
    package let body: Body
    /// The HTTP request behind it, for upgrades; `nil` in process.
    package internal(set) var http: HTTPRequest?
    package var user: User
    /// Texts for `Warning` headers, collected along the way.
    package let warnings: WarningCollector
    /// What admission has to say for the audit event.
    package let auditAnnotations = AuditAnnotations()
    /// The client's own name for the request in audit events.
    var auditID: String?
    /// Set when the request is to be written down.
    var audit: AuditRecord?

    package init(
        method: String, info: RequestInfo, query: QueryParameters, contentType: String = "", accept: String = "",
        userAgent: String = "", body: Body = .bytes([]), http: HTTPRequest? = nil, user: User = .anonymous
    ) {
        self.method = method
        self.info = info
        self.query = query
        self.contentType = contentType
        self.accept = accept
        self.userAgent = userAgent
        self.body = body
        self.http = http
        self.user = user
        warnings = WarningCollector()
    }

    /// The largest body taken, as in Kubernetes.
    package static let maximumBodyBytes = 3 * 1024 * 1024

    package func collectBody() async throws(StatusError) -> [UInt8] {
        let bytes = try await readBody()
        audit?.note(sent: bytes, contentType: contentType)
        return bytes
    }

    private func readBody() async throws(StatusError) -> [UInt8] {
        switch body {
        case .bytes(let bytes):
            guard bytes.count <= Self.maximumBodyBytes else {
                throw StatusError.requestEntityTooLarge("limit is \(Self.maximumBodyBytes)")
            }
            return bytes
        case .http(let stream):
            do {
                return try await stream.collect(upTo: Self.maximumBodyBytes)
            } catch {
                switch error {
                case .tooLarge:
                    throw StatusError.requestEntityTooLarge("limit is \(Self.maximumBodyBytes)")
                default:
                    throw StatusError.badRequest("unable to read the request body: \(error)")
                }
            }
        }
    }

    /// The name under which field ownership records this client: the query's, or the program of the user agent.
    package var fieldManager: String {
        if let manager = query["fieldManager"], !manager.isEmpty { return manager }
        let program = userAgent.prefix { $0 != "/" }
        return program.isEmpty ? "unknown" : String(program.prefix(128))
    }

    package var isDryRun: Bool { !query.all("dryRun").isEmpty }
}

/// Gathers warnings for one response; duplicates and floods are dropped.
package final class WarningCollector: Sendable {
    private static let maximumCount = 32
    private static let maximumBytes = 4096
    private let texts = Mutex<[String]>([])

    package func add(_ text: String) {
        texts.withLock { texts in
            guard texts.count < Self.maximumCount, !texts.contains(text),
                texts.reduce(0, { $0 + $1.utf8.count }) + text.utf8.count <= Self.maximumBytes
            else { return }
            texts.append(text)
        }
    }

    package var all: [String] { texts.withLock { $0 } }
}
