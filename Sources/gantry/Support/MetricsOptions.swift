import ArgumentParser
import Client
import HTTPCore
import HTTPServing
import Metrics
import NIOPosix

/// Where a part that runs alone tells its metrics.
struct MetricsOptions: ParsableArguments {
    @Option(help: "Where /metrics and /healthz are served, as plain HTTP: ADDRESS:PORT; nowhere unless given.")
    var metricsBindAddress: String?

    /// What every loop has to tell.
    static func registry() -> MetricRegistry {
        let registry = MetricRegistry()
        registry.register(WorkQueueMetrics.process)
        registry.register(RestClientMetrics.process)
        registry.register(ProcessMetrics())
        return registry
    }

    /// Does the work, and tells its metrics meanwhile.
    func serve(_ registry: MetricRegistry, during work: @escaping @Sendable () async throws -> Void) async throws {
        guard let place = try place() else { return try await work() }
        var configuration = HTTPServerConfiguration(addresses: [place])
        configuration.eventLoopGroup = MultiThreadedEventLoopGroup.singleton
        let server = HTTPServer(configuration, handler: HTTPClosureHandler { Self.answer($0, registry) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask { try await work() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func place() throws -> HTTPBindAddress? {
        guard let text = metricsBindAddress else { return nil }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw ValidationError("--metrics-bind-address has the form ADDRESS:PORT, not \(text)")
        }
        let host = text[..<colon].trimmingPrefix("[").prefix { $0 != "]" }
        return .plainTCP(host: host.isEmpty ? "0.0.0.0" : String(host), port: Int(port))
    }

    private static func answer(_ request: HTTPRequest, _ registry: MetricRegistry) -> HTTPResponse {
        switch request.path {
        case "/metrics":
            let format = MetricFormat(accept: request.headers["accept"] ?? "")
            return .text(
                String(decoding: registry.text(format), as: UTF8.self), contentType: format.contentType)
        case "/healthz", "/livez", "/readyz": return .text("ok")
        default: return .text("404 page not found\n", status: .notFound)
        }
    }
}
