import ClientTestSupport
import Inference
import KubeAPI
import Machinery
import ModelServing
import Testing

@Suite("Replicas by load")
struct ScalingTests {
    private static let scaling: JSONObject = [
        "replicas": ["min": 0, "max": 4],
        "scaling": [
            "requestsPerReplica": 4, "scaleToZeroAfter": "30s", "stabilization": "10s", "drainTimeout": "5m",
        ],
    ]

    @Test("0 → 1 → 4 → 0 follows the load, and the first waiting request is enough, without any time passing")
    func upAndDown() async throws {
        try await ServingCluster().run { cluster in
            cluster.server.seed(ModelService.chat("v1", more: Self.scaling))
            try await cluster.until("served") { cluster.service()?.status.currentVersion == "v1" }
            let pool = try #require(cluster.pool(of: "v1"))
            @Sendable func replicas() -> Int32? { cluster.deployment(of: "v1")?.spec.replicas }
            try await cluster.advance(upTo: 120, "asleep") { replicas() == 0 && cluster.pods(of: "v1").isEmpty }
            try await cluster.until("says so") {
                cluster.service()?.status.condition("ScaledToZero")?.status == "True"
            }
            #expect(cluster.service()?.status.condition("Ready")?.reason == "ScaledToZero")

            cluster.loads.set(pool, PoolLoad(queued: 1, running: 0, tokensInFlight: 0))
            let wakes = await cluster.server.until(.seconds(60)) { _ in replicas() == 1 }
            #expect(wakes)
            cluster.loads.set(pool, PoolLoad(queued: 12, running: 4, tokensInFlight: 0))
            try await cluster.advance(upTo: 10, "four") { cluster.pods(of: "v1").count == 4 }

            cluster.loads.set(pool, PoolLoad(queued: 0, running: 1, tokensInFlight: 0))
            try await cluster.advance(upTo: 60, "one") { cluster.pods(of: "v1").count == 1 }
            cluster.loads.set(pool, PoolLoad())
            try await cluster.advance(upTo: 120, "none") { cluster.pods(of: "v1").isEmpty }
            #expect(Set(["ScaledUp", "ScaledDown", "ScaledToZero"]).isSubset(of: cluster.reasons()))
        }
    }

    @Test("A replica that works on a request is not the one that goes; if it must go, it is waited for")
    func drains() async throws {
        try await ServingCluster().run { cluster in
            cluster.server.seed(ModelService.chat("v1", more: Self.scaling))
            try await cluster.until("served") { cluster.service()?.status.currentVersion == "v1" }
            let pool = try #require(cluster.pool(of: "v1"))
            let running = Shared<[ObjectKey: Int]>([:])
            cluster.loads.readReplicas { _ in running.value }
            cluster.loads.set(pool, PoolLoad(queued: 12, running: 4, tokensInFlight: 0))
            try await cluster.advance(upTo: 20, "four") { cluster.pods(of: "v1").count == 4 }
            let all = cluster.pods(of: "v1").map(\.key).sorted()
            running.change { $0 = [all[0]: 3, all[1]: 1] }
            cluster.loads.set(pool, PoolLoad(queued: 0, running: 4, tokensInFlight: 0))
            // One replica is enough for four requests, but two work on some.
            try await cluster.advance(upTo: 60, "two") { cluster.pods(of: "v1").count == 2 }
            #expect(Set(cluster.pods(of: "v1").map(\.key)) == Set(all.prefix(2)))
            for _ in 0..<30 {
                _ = await cluster.server.until(.milliseconds(4)) { _ in false }
                cluster.time.advance(by: .seconds(1))
            }
            #expect(Set(cluster.pods(of: "v1").map(\.key)) == Set(all.prefix(2)))
            let draining = cluster.pods(of: "v1").filter { $0.annotations[InferenceNames.drainingAnnotation] != nil }
            #expect(draining.map(\.key) == [all[1]])

            running.change { $0 = [all[0]: 3] }
            try await cluster.advance(upTo: 30, "one") { cluster.pods(of: "v1").count == 1 }
            #expect(cluster.pods(of: "v1").map(\.key) == [all[0]])
        }
    }

    @Test("Replicas that are on their way out stay when work comes")
    func undrained() async throws {
        try await ServingCluster().run { cluster in
            cluster.server.seed(ModelService.chat("v1", more: Self.scaling))
            try await cluster.until("served") { cluster.service()?.status.currentVersion == "v1" }
            let pool = try #require(cluster.pool(of: "v1"))
            let running = Shared<[ObjectKey: Int]>([:])
            cluster.loads.readReplicas { _ in running.value }
            cluster.loads.set(pool, PoolLoad(queued: 4, running: 4, tokensInFlight: 0))
            try await cluster.advance(upTo: 20, "two") { cluster.pods(of: "v1").count == 2 }
            let all = cluster.pods(of: "v1").map(\.key)
            running.change { $0 = Dictionary(all.map { ($0, 1) }) { first, _ in first } }
            cluster.loads.set(pool, PoolLoad(queued: 0, running: 2, tokensInFlight: 0))
            @Sendable func draining() -> Int {
                cluster.pods(of: "v1").count { $0.annotations[InferenceNames.drainingAnnotation] != nil }
            }
            try await cluster.advance(upTo: 60, "one is marked") { draining() == 1 }
            cluster.loads.set(pool, PoolLoad(queued: 6, running: 2, tokensInFlight: 0))
            try await cluster.advance(upTo: 10, "none is marked") { draining() == 0 }
            #expect(Set(cluster.pods(of: "v1").map(\.key)) == Set(all))
        }
    }
}
