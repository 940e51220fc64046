import APIServer
import Client
import Cost
import HTTPServing
import Inference
import InferenceGateway
import NIOPosix

extension ServerProcess {
    /// The inference gateway, where there is to be one. The books are told of each request that ended, and price it.
    ///
    /// - Parameter traffic: told what pools have to do, and of requests too.
    func gateway(_ informers: InformerFactory, _ traffic: ModelTraffic) -> GatewayProcess? {
        guard let settings = settings.gateway else { return nil }
        let group = MultiThreadedEventLoopGroup.singleton
        let directory = PoolDirectory(loads: traffic.loads, timers: group.any())
        let keys = APIKeyRing()
        let metrics = GatewayMetrics(directory: directory, loads: traffic.loads)
        controlPlane.server.metrics.registry.register(metrics)
        let log = settings.accessLog.map { GatewayAccessLog(path: $0) }
        var observers: [any InferenceObserver] = [traffic.samples, books]
        if let log { observers.append(log.log) }
        let gateway = InferenceGateway(
            directory: directory, keys: keys, accounts: GatewayAccounts(identity: controlPlane.identity),
            observers: observers, pricing: books, metrics: metrics,
            tracing: controlPlane.tracer.map { GatewayTracer(tracer: $0) })
        var configuration = HTTPServerConfiguration(
            addresses: [.tcp(host: "0.0.0.0", port: settings.port)], tls: tls)
        configuration.eventLoopGroup = group
        return GatewayProcess(
            server: GatewayServer(
                gateway, configuration, feed: ClusterFeed(informers: informers, directory: directory, keys: keys)),
            log: log)
    }
}

/// The gateway with the log of its requests.
struct GatewayProcess: Sendable {
    let server: GatewayServer
    let log: GatewayAccessLog?

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            if let log { group.addTask { try await log.run() } }
            while try await group.next() != nil {}
        }
    }
}

/// Requests of the gateway among the API server's traces.
private struct GatewayTracer: GatewayTracing {
    let tracer: Tracer

    func begin(_ name: String, traceparent: String?) -> (any GatewaySpan)? {
        tracer.trace(name, traceparent: traceparent)
    }
}

extension RequestTrace: GatewaySpan {}

/// Tokens of service accounts, as the API server knows them.
private struct GatewayAccounts: AccountTokens {
    let identity: Identity

    func namespace(ofToken token: String) async -> String? { await identity.accountNamespace(ofToken: token) }
}
