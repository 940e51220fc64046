import HTTPClient
import HTTPCore
import Machinery
import Metrics
import NIOCore
import RemoteCommand

/// The node's HTTPS API (port 10250), which the API server calls for logs, exec, attach and port-forward, and metrics
/// collectors for usage. Paths, parameters and answers are those of Kubernetes' kubelet.
package struct NodeServer: HTTPHandler {
    /// Whether a caller may do what it asks for.
    package enum Decision: Hashable, Sendable {
        case allowed
        /// Nobody knows who that is.
        case unauthorized
        case forbidden(String)
    }

    package typealias Authorize = @Sendable (HTTPRequest) async -> Decision

    let backend: any NodeServerBackend
    private let authorize: Authorize
    /// For connections to the runtime's streaming server.
    let runtimeClient: HTTPClient
    let wallClock: any WallClock
    /// Told about sessions that ended by an error, one line each.
    let report: @Sendable (String) -> Void

    package init(
        backend: any NodeServerBackend, authorize: @escaping Authorize,
        runtimeClient: HTTPClient = HTTPClient(HTTPClientConfiguration()), wallClock: any WallClock = SystemWallClock(),
        report: @escaping @Sendable (String) -> Void
    ) {
        self.backend = backend
        self.authorize = authorize
        self.runtimeClient = runtimeClient
        self.wallClock = wallClock
        self.report = report
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        switch await authorize(request) {
        case .allowed: break
        case .unauthorized: return .text("Unauthorized", status: .unauthorized)
        case .forbidden(let why): return .text(why, status: .forbidden)
        }
        do {
            return try await answer(request)
        } catch let refusal as RemoteCommandRefusal {
            var response = HTTPResponse.text(refusal.message, status: HTTPStatus(rawValue: refusal.status))
            for name in refusal.acceptedProtocols {
                response.headers.append("X-Accepted-Stream-Protocol-Versions", name)
            }
            return response
        } catch let error as NodeServerError {
            return .text(error.message, status: error.status)
        } catch {
            return .text(String(describing: error), status: .internalServerError)
        }
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let words = try NodeRequest(path: request.path, query: request.query)
        switch (words.segments.first, words.segments.count) {
        case ("healthz", 1), ("healthz", 2):
            try require(.get, request)
            if let problem = await backend.healthProblem() { return .text(problem, status: .internalServerError) }
            return .text("ok")
        case ("pods", 1):
            try require(.get, request)
            return .bytes(try await backend.podList(), contentType: "application/json")
        case ("stats", 2) where words.segments[1] == "summary":
            guard request.method == .get || request.method == .post else { throw Self.methodNotAllowed }
            let summary = try await backend.statsSummary(onlyCPUAndMemory: words.flag("only_cpu_and_memory"))
            return .bytes(summary, contentType: "application/json")
        case ("metrics", _) where words.segments.count <= 2:
            try require(.get, request)
            return try await metrics(words, request)
        case ("containerLogs", 4):
            try require(.get, request)
            return try await containerLogs(Self.container(words), words)
        case ("exec", 4), ("exec", 5):
            return try await exec(Self.container(words), words, request)
        case ("attach", 4), ("attach", 5):
            return try await attach(Self.container(words), words, request)
        case ("portForward", 3), ("portForward", 4):
            return try await portForward(words, request)
        case ("run", 4), ("run", 5):
            try require(.post, request)
            return try await run(Self.container(words), words)
        default: throw NodeServerError(.notFound, "404 page not found")
        }
    }

    private func metrics(_ words: NodeRequest, _ request: HTTPRequest) async throws -> HTTPResponse {
        let format = MetricFormat(accept: request.headers["accept"] ?? "")
        let page = words.segments.count == 2 ? words.segments[1] : ""
        switch page {
        case "": return .bytes(try await backend.agentMetrics(format), contentType: format.contentType)
        case "cadvisor": return .bytes(try await backend.containerMetrics(format), contentType: format.contentType)
        case "resource":
            return .bytes(try await backend.resourceMetrics(), contentType: "text/plain; version=0.0.4; charset=utf-8")
        default: throw NodeServerError(.notFound, "404 page not found")
        }
    }

    private static let methodNotAllowed = NodeServerError(.methodNotAllowed, "405: Method Not Allowed")

    private func require(_ method: HTTPMethod, _ request: HTTPRequest) throws(NodeServerError) {
        guard request.method == method else { throw Self.methodNotAllowed }
    }

    /// `/<what>/<namespace>/<pod>[/<uid>]/<container>`
    private static func container(_ words: NodeRequest) -> ContainerReference {
        let rest = words.segments.dropFirst()
        let hasUID = rest.count == 4
        return ContainerReference(
            namespace: rest[1], pod: rest[2], uid: hasUID ? rest[3] : nil, container: rest[hasUID ? 4 : 3])
    }

    private func run(_ container: ContainerReference, _ words: NodeRequest) async throws -> HTTPResponse {
        let command = words.values("cmd").flatMap { $0.split(separator: " ").map(String.init) }
        guard !command.isEmpty else { throw NodeServerError(.badRequest, "missing cmd") }
        let result = try await backend.run(container, command: command)
        guard result.exitCode == 0 else {
            let output = String(decoding: result.output, as: UTF8.self)
            throw NodeServerError(
                .internalServerError, "command terminated with exit code \(result.exitCode): \(output)")
        }
        return .bytes(result.output, contentType: "text/plain; charset=utf-8")
    }
}
