import Client
import ClientTestSupport
import HTTPTestSupport
import Inference
import InferenceGateway
import KubeAPI
import Machinery
import NIOPosix
import Testing

@Suite("What the gateway knows of the cluster", .timeLimit(.minutes(2)))
struct ClusterFeedTests {
    private struct Followed {
        let server: FakeAPIServer
        let directory: PoolDirectory
        let keys: APIKeyRing
        let updates: AsyncStream<Void>

        /// Waits until it is so.
        func until(_ holds: () -> Bool) async {
            for await _ in updates where holds() { return }
        }
    }

    private func follow(_ body: (Followed) async throws -> Void) async throws {
        let server = FakeAPIServer(custom: [HTTPRoute.self, InferencePool.self])
        let informers = InformerFactory(client: server.client())
        let loads = PoolLoads()
        let directory = PoolDirectory(loads: loads, timers: MultiThreadedEventLoopGroup.singleton.any())
        let keys = APIKeyRing()
        let (updates, told) = AsyncStream.makeStream(of: Void.self)
        let feed = ClusterFeed(informers: informers, directory: directory, keys: keys) { told.yield() }
        let running = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await informers.run() }
                group.addTask { try await feed.run() }
                try await group.next()
            }
        }
        try await body(Followed(server: server, directory: directory, keys: keys, updates: updates))
        running.cancel()
        _ = await running.result
    }

    private func serve(_ plural: String, on server: FakeAPIServer) {
        var definition = CustomDefinition(name: plural)
        definition.json["status"] = ["conditions": [["type": "Established", "status": "True"]]]
        server.seed(definition)
    }

    private func pool() -> InferencePool {
        var pool = InferencePool(name: "tiny", namespace: "models")
        pool.metadata.labels = [InferenceNames.versionLabel: "v2"]
        pool.json["spec"] = ["selector": ["matchLabels": ["app": "tiny"]], "targetPorts": [["number": 8000]]]
        return pool
    }

    private func pod(_ name: String, app: String = "tiny", ready: Bool = true) -> Pod {
        var pod = Pod(name: name, namespace: "models")
        pod.metadata.labels = ["app": app]
        pod.json["spec"] = ["containers": [["name": "c", "resources": ["limits": ["nvidia.com/gpu": "2"]]]]]
        pod.json["status"] = [
            "phase": "Running", "podIP": "10.0.0.7",
            "conditions": [["type": "Ready", "status": .string(ready ? "True" : "False")]],
        ]
        return pod
    }

    @Test("Pools and their ready pods are known from when their kind is served")
    func pools() async throws {
        try await follow { followed in
            let key = ObjectKey(namespace: "models", name: "tiny")
            followed.server.seed(pool())
            followed.server.seed(pod("a"))
            followed.server.seed(pod("b", ready: false))
            followed.server.seed(pod("c", app: "other"))
            serve("inferencepools.inference.networking.k8s.io", on: followed.server)
            await followed.until { followed.directory.openPods(of: key) == 1 }
            followed.server.edit(Pod.self, "b", namespace: "models") {
                $0.json["status"] = self.pod("b").json["status"]
            }
            await followed.until { followed.directory.openPods(of: key) == 2 }
            followed.server.edit(Pod.self, "a", namespace: "models") {
                $0.metadata.annotations[InferenceNames.drainingAnnotation] = "2026-01-01T00:00:00Z"
            }
            await followed.until { followed.directory.openPods(of: key) == 1 }
            followed.server.erase(InferencePool.self, "tiny", namespace: "models")
            await followed.until { followed.directory.poolKeys.isEmpty }
        }
    }

    @Test("Routes and keys are followed")
    func routesAndKeys() async throws {
        try await follow { followed in
            followed.server.seed(GatewayHarness.secret(GatewayHarness.key, tenant: "team-a"))
            followed.server.seed(Secret(name: "other", namespace: "models"))
            await followed.until { followed.keys.count == 1 }
            #expect(followed.keys.caller(ofKey: GatewayHarness.key)?.tenant == "team-a")
            followed.server.seed(GatewayHarness.route("tiny", pools: [("tiny", 1)]))
            serve("httproutes.gateway.networking.k8s.io", on: followed.server)
            await followed.until { !followed.directory.routes.models.models.isEmpty }
            let rule = followed.directory.routes.rule(for: RouteRequest(path: "/v1/completions", model: "tiny"))
            #expect(rule?.nextPool() == ObjectKey(namespace: "models", name: "tiny"))
            followed.server.erase(Secret.self, "team-a", namespace: "models")
            await followed.until { followed.keys.count == 0 }
        }
    }
}
