import ClientTestSupport
import Inference
import KubeAPI
import Machinery
import ModelServing
import Testing

/// A stream of requests that goes where the route says, and tells the judge how they ended.
final class Stream {
    let cluster: ServingCluster
    let perSecond: Int
    /// By version; what is not named is as good as any.
    var qualities: [String: Traffic.Quality] = [:]
    /// Requests that went to a version without a ready replica.
    private(set) var lost = 0
    private(set) var sent = 0
    private var traffic: Traffic

    init(_ cluster: ServingCluster, perSecond: Int, seed: UInt64) {
        self.cluster = cluster
        self.perSecond = perSecond
        traffic = Traffic(seed: seed)
    }

    func second() {
        let weights = cluster.weights.sorted { $0.key < $1.key }
        let total = weights.reduce(0) { $0 + $1.value }
        guard total > 0 else { return }
        for _ in 0..<perSecond {
            var place = Int(traffic.random() * Double(total))
            guard
                let chosen = weights.first(where: {
                    place -= $0.value; return place < 0
                })
            else { continue }
            guard let deployment = cluster.server.get(Deployment.self, chosen.key, namespace: "shop") else { continue }
            sent += 1
            if (deployment.status.readyReplicas ?? 0) == 0 { lost += 1 }
            let version = deployment.labels[InferenceNames.versionLabel] ?? ""
            var request = traffic.request(qualities[version] ?? Traffic.Quality())
            request.pool = deployment.key
            request.version = version
            cluster.samples.ended(request)
        }
    }
}

@Suite("Judged rollouts")
struct RolloutTests {
    private static let rollout: JSONObject = [
        "objectives": ["timeToFirstTokenP95": "1500ms", "errorRate": "1%"],
        "rollout": [
            "steps": [10, 50, 100], "minimumSamples": 20, "stepDuration": "3s", "maximumStepDuration": "60s",
            "progressDeadline": "10s", "historyLimit": 2,
        ],
    ]

    private static func ask(_ cluster: ServingCluster, _ version: String, image: String = "server:1") {
        cluster.server.edit(ModelService.self, "chat", namespace: "shop") {
            $0.json = ModelService.chat(version, image: image, more: rollout).merged(into: $0.json)
        }
    }

    private static func start(_ cluster: ServingCluster) async throws {
        cluster.server.seed(ModelService.chat("v1", more: rollout))
        try await cluster.until("served") { cluster.service()?.status.currentVersion == "v1" }
    }

    @Test(
        "A good version gets 10, 50 and 100 % of the requests, and then serves; the one before is kept without replicas"
    )
    func good() async throws {
        try await ServingCluster().run { cluster in
            try await Self.start(cluster)
            let before = try #require(cluster.pool(of: "v1"))
            let stream = Stream(cluster, perSecond: 40, seed: 11)
            Self.ask(cluster, "v2")
            var seen: [Int] = []
            try await cluster.advance(upTo: 600, "v2 serves") {
                stream.second()
                let share = cluster.weights.first { $0.key != before.name }?.value ?? 0
                if seen.last != share { seen.append(share) }
            } until: {
                cluster.service()?.status.currentVersion == "v2"
            }
            #expect(seen.filter { $0 > 0 } == [10, 50, 100])
            #expect(stream.lost == 0)
            let past = try #require(cluster.service()?.status.history.first)
            #expect(past.outcome == .promoted)
            #expect(past.steps.map(\.percent) == [10, 50, 100])
            #expect(past.steps.allSatisfy { $0.verdict == "Passed" })
            try await cluster.advance(upTo: 30, "v1 is retired") { cluster.deployment(of: "v1")?.spec.replicas == 0 }
            #expect(cluster.reasons().contains("Promoted"))
        }
    }

    @Test("A version that is bad at half of the requests goes back, and is not tried again")
    func bad() async throws {
        try await ServingCluster().run { cluster in
            try await Self.start(cluster)
            let stream = Stream(cluster, perSecond: 40, seed: 12)
            stream.qualities["v2"] = Traffic.Quality(failures: 0.3)
            Self.ask(cluster, "v2")
            try await cluster.advance(upTo: 600, "rolled back", each: stream.second) {
                cluster.service()?.status.condition("RolledBack")?.status == "True"
            }
            #expect(cluster.service()?.status.currentVersion == "v1")
            #expect(cluster.weights.filter { $0.value > 0 }.count == 1)
            let past = try #require(cluster.service()?.status.history.first)
            #expect(past.reason == "ObjectiveBreached")
            #expect(past.message.contains("requests failed"))
            try await cluster.advance(upTo: 60, "its replicas go", each: stream.second) {
                cluster.pods(of: "v2").isEmpty
            }
            for _ in 0..<30 {
                stream.second()
                cluster.time.advance(by: .seconds(1))
            }
            #expect(cluster.service()?.status.rollout == nil)
            #expect(cluster.service()?.status.currentVersion == "v1")
            #expect(cluster.reasons().contains("RolledBack"))
            #expect(stream.lost == 0)
        }
    }

    @Test("A rollout goes on where it was when another process takes over")
    func restart() async throws {
        let first = ServingCluster()
        var kept: ModelService?
        try await first.run { cluster in
            try await Self.start(cluster)
            let stream = Stream(cluster, perSecond: 40, seed: 13)
            Self.ask(cluster, "v2")
            try await cluster.advance(upTo: 600, "half", each: stream.second) {
                cluster.service()?.status.rollout?.percent == 50
            }
            kept = cluster.service()
        }
        let half = try #require(kept)
        let second = ServingCluster(time: first.time)
        for pod in first.server.list(Pod.self) { second.server.seed(pod) }
        for set in first.server.list(ReplicaSet.self) { second.server.seed(set) }
        for deployment in first.server.list(Deployment.self) { second.server.seed(deployment) }
        second.server.seed(half)
        try await second.run { cluster in
            #expect(cluster.service()?.status.rollout?.percent == 50)
            let stream = Stream(cluster, perSecond: 40, seed: 14)
            try await cluster.advance(upTo: 600, "v2 serves", each: stream.second) {
                cluster.service()?.status.currentVersion == "v2"
            }
            let steps = cluster.service()?.status.history.first?.steps.map(\.percent)
            #expect(steps == [10, 50, 100])
        }
    }

    @Test("Asking for the version that serves takes a rollout back")
    func withdrawn() async throws {
        try await ServingCluster().run { cluster in
            try await Self.start(cluster)
            Self.ask(cluster, "v2")
            try await cluster.until("under way") { cluster.service()?.status.rollout?.percent == 10 }
            Self.ask(cluster, "v1")
            try await cluster.until("taken back") { cluster.service()?.status.history.first?.outcome == .superseded }
            #expect(cluster.service()?.status.rollout == nil)
            #expect(cluster.service()?.status.currentVersion == "v1")
            #expect(cluster.weights.values.sorted() == [100])
        }
    }

    @Test("Of twenty good versions all come to serve, of twenty bad ones none, and no request goes where nobody is")
    func fortyVersions() async throws {
        try await ServingCluster(becomesReady: { $0.spec.containers.first?.image != "broken" }).run { cluster in
            try await Self.start(cluster)
            let stream = Stream(cluster, perSecond: 40, seed: 15)
            let faults: [Traffic.Quality?] = [
                Traffic.Quality(failures: 0.25), Traffic.Quality(firstToken: 3), nil, Traffic.Quality(refusals: 0.6),
            ]
            var serving = "v1"
            for number in 0..<40 {
                let version = "n\(number)"
                let isGood = number.isMultiple(of: 2)
                let fault = faults[(number / 2) % faults.count]
                if !isGood, let fault { stream.qualities[version] = fault }
                Self.ask(cluster, version, image: !isGood && fault == nil ? "broken" : "server:1")
                try await cluster.advance(upTo: 900, "\(version) is decided", each: stream.second) {
                    let status = cluster.service()?.status
                    return status?.rollout == nil && status?.history.first?.version == version
                }
                let outcome = cluster.service()?.status.history.first?.outcome
                #expect(outcome == (isGood ? .promoted : .rolledBack), "\(version)")
                if isGood { serving = version }
                #expect(cluster.service()?.status.currentVersion == serving)
            }
            #expect(stream.lost == 0)
            #expect(stream.sent > 10_000)
        }
    }
}
