import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import Inference
import InferenceGateway
import KubeAPI
import Machinery
import NIOCore
import NIOPosix
import PKI
import Synchronization

/// A gateway on a loopback port, in front of model servers that tests play.
struct GatewayHarness: Sendable {
    static let key = "sk-test-0123456789abcdef"
    static let pool = ObjectKey(namespace: "models", name: "tiny")

    let gateway: HTTPEndpoint
    let directory: PoolDirectory
    let loads: PoolLoads
    let requests: EndedRequests
    let client: HTTPClient

    /// - Parameter replicas: ports of model servers on the loopback interface, each a pod of its own.
    static func run<Value: Sendable>(
        _ replicas: [Int], limits: PoolLimits = PoolLimits(),
        configuration: GatewayConfiguration = GatewayConfiguration(), _ body: (GatewayHarness) async throws -> Value
    ) async throws -> Value {
        let loads = PoolLoads()
        let requests = EndedRequests()
        let directory = PoolDirectory(loads: loads, timers: MultiThreadedEventLoopGroup.singleton.any())
        directory.setRoutes(RoutingTable([route("tiny", pools: [(pool.name, 1)])]))
        directory.set(pool, description(replicas, limits: limits))
        let keys = APIKeyRing()
        keys.replace(with: [secret(key, tenant: "team-a"), secret(key + "-b", tenant: "team-b")])
        let gateway = InferenceGateway(
            configuration, directory: directory, keys: keys, accounts: FixedAccounts(), observers: [requests],
            pricing: FixedPrice())
        return try await TestServer.run(handler: { await gateway.respond(to: $0) }) { server in
            try await body(
                GatewayHarness(
                    gateway: server.http, directory: directory, loads: loads, requests: requests,
                    client: try HTTPClient.test(.http1)))
        }
    }

    static func description(
        _ ports: [Int], limits: PoolLimits = PoolLimits(), isOpen: Bool = true
    ) -> PoolDirectory.Description {
        PoolDirectory.Description(
            version: "v1", limits: limits,
            replicas: ports.map { port in
                Replica(
                    id: Replica.ID(
                        pod: ObjectKey(namespace: "models", name: "pod-\(port)"), uid: "\(port)", port: port),
                    host: "127.0.0.1", isOpen: isOpen, gpus: 2)
            })
    }

    static func route(_ model: String, name: String = "route", pools: [(String, Int)]) -> HTTPRoute {
        var route = HTTPRoute(name: name, namespace: "models")
        let references: [JSON] = pools.map { pool in
            [
                "group": "inference.networking.k8s.io", "kind": "InferencePool", "name": .string(pool.0),
                "weight": .int(Int64(pool.1)),
            ]
        }
        let headers: [JSON] = [["name": "X-Gateway-Model-Name", "value": .string(model)]]
        route.json["spec"] = [
            "rules": [["matches": [["headers": .array(headers)]], "backendRefs": .array(references)]]
        ]
        return route
    }

    static func secret(_ key: String, tenant: String) -> Secret {
        var secret = Secret(name: tenant, namespace: "models")
        secret.metadata.labels = [InferenceNames.apiKeyLabel: "true"]
        secret.metadata.annotations = [InferenceNames.tenantAnnotation: tenant]
        secret.data = ["key": Base64.standard.encode(Array(key.utf8))]
        return secret
    }

    func post(
        _ body: String, path: String = "/v1/chat/completions", key: String? = GatewayHarness.key,
        headers: HTTPHeaders = HTTPHeaders()
    ) async throws -> HTTPClientResponse {
        var headers = headers
        headers.append("content-type", "application/json")
        if let key { headers.append("authorization", "Bearer \(key)") }
        return try await client.execute(
            HTTPClientRequest(
                method: .post, endpoint: gateway, target: path, headers: headers,
                body: .bytes(ByteBuffer(string: body))))
    }

    func get(_ path: String, key: String? = GatewayHarness.key) async throws -> HTTPClientResponse {
        var headers = HTTPHeaders()
        if let key { headers.append("authorization", "Bearer \(key)") }
        return try await client.execute(
            HTTPClientRequest(method: .get, endpoint: gateway, target: path, headers: headers))
    }
}

/// The requests that ended, to be waited for.
final class EndedRequests: InferenceObserver {
    private struct State {
        var requests: [InferenceRequest] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<[InferenceRequest], Never>)] = []
    }

    private let state = Mutex(State())

    func ended(_ request: InferenceRequest) {
        let ready = state.withLock { state in
            state.requests.append(request)
            let ready = state.waiters.filter { $0.count <= state.requests.count }.map {
                ($0.continuation, state.requests)
            }
            state.waiters.removeAll { $0.count <= state.requests.count }
            return ready
        }
        for (continuation, requests) in ready { continuation.resume(returning: requests) }
    }

    /// Waits until so many have ended.
    func first(_ count: Int) async -> [InferenceRequest] {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state -> [InferenceRequest]? in
                if state.requests.count >= count { return state.requests }
                state.waiters.append((count, continuation))
                return nil
            }
            if let now { continuation.resume(returning: now) }
        }
    }
}

private struct FixedAccounts: AccountTokens {
    func namespace(ofToken token: String) async -> String? { token == "an.account.token" ? "accounts" : nil }
}

private struct FixedPrice: InferencePricing {
    func pricePerSecond(of pod: ObjectKey) -> Double? { 100 }
}

/// What a model server answers.
enum ModelServer {
    static func answer(_ text: String = "hello") -> HTTPResponse {
        .text(
            """
            {"choices":[{"message":{"content":"\(text)"}}],"usage":{"prompt_tokens":7,"completion_tokens":3}}
            """, contentType: "application/json")
    }

    static func event(_ text: String) -> ByteBuffer {
        ByteBuffer(string: "data: {\"choices\":[{\"delta\":{\"content\":\"\(text)\"}}]}\n\n")
    }

    static let end = ByteBuffer(
        string: "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n")

    static func stream(_ body: @escaping @Sendable (ResponseStream) async throws -> Void) -> HTTPResponse {
        HTTPResponse(headers: ["content-type": "text/event-stream; charset=utf-8"], body: .stream(body))
    }
}
