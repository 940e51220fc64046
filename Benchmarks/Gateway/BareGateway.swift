import ArgumentParser
import HTTPServing
import HTTPTestSupport
import Inference
import InferenceGateway
import KubeAPI
import Machinery
import NIOPosix
import PKI

/// The gateway without a cluster: one pool, whose replica is a played model server.
struct BareGateway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "gateway")

    static let keys = ["sk-bench-calm-0123456789", "sk-bench-flood-0123456789"]

    @Option var port: Int
    @Option var upstream: Int
    @Option(help: "Requests that the replica works on at a time.")
    var concurrency = 100_000

    func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let pool = ObjectKey(namespace: "bench", name: "pool")
        let loads = PoolLoads()
        let directory = PoolDirectory(loads: loads, timers: group.any())
        var route = HTTPRoute(name: "route", namespace: "bench")
        route.json["spec"] = [
            "rules": [
                [
                    "matches": [["headers": [["name": "X-Gateway-Model-Name", "value": "tiny"]]]],
                    "backendRefs": [
                        ["group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "pool"]
                    ],
                ]
            ]
        ]
        directory.setRoutes(RoutingTable([route]))
        var limits = PoolLimits()
        limits.concurrency = concurrency
        let replica = Replica(
            id: Replica.ID(pod: ObjectKey(namespace: "bench", name: "pod"), uid: "pod", port: upstream),
            host: "127.0.0.1", gpus: 1)
        directory.set(pool, PoolDirectory.Description(version: "v1", limits: limits, replicas: [replica]))
        let keys = APIKeyRing()
        keys.replace(
            with: Self.keys.enumerated().map { index, key in
                var secret = Secret(name: "key-\(index)", namespace: "tenant-\(index)")
                secret.metadata.labels = [InferenceNames.apiKeyLabel: "true"]
                secret.data = ["key": Base64.standard.encode(Array(key.utf8))]
                return secret
            })
        let log = AccessLog()
        let gateway = InferenceGateway(
            directory: directory, keys: keys, accounts: NoAccounts(), observers: [log],
            metrics: GatewayMetrics(directory: directory, loads: loads))
        var configuration = HTTPServerConfiguration(
            addresses: [.tcp(host: "127.0.0.1", port: port)], tls: try TestServer.tls())
        configuration.eventLoopGroup = group
        let server = HTTPServer(configuration, handler: gateway)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            // As in the product but for the disk, which is not the gateway's cost.
            group.addTask { await log.run { _ in } }
            try await group.next()
            group.cancelAll()
        }
    }
}

private struct NoAccounts: AccountTokens {
    func namespace(ofToken token: String) async -> String? { nil }
}
