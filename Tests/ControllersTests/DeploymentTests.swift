import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Synchronization
import Testing

@Suite("A Deployment")
struct DeploymentTests {
    private func get(_ server: FakeAPIServer, _ name: String = "web") -> Deployment? {
        server.get(Deployment.self, name, namespace: "default")
    }

    private func isComplete(_ server: FakeAPIServer, replicas: Int32) -> Bool {
        guard let deployment = server.get(Deployment.self, "web", namespace: "default") else { return false }
        let status = deployment.status
        return status.updatedReplicas == replicas && status.replicas == replicas
            && status.availableReplicas == replicas && status.observedGeneration == deployment.metadata.generation
            && status.conditions.contains { $0.type == "Progressing" && $0.reason == "NewReplicaSetAvailable" }
    }

    private func condition(_ server: FakeAPIServer, _ type: String) -> DeploymentCondition? {
        server.get(Deployment.self, "web", namespace: "default")?.status.conditions.first { $0.type == type }
    }

    @Test("rolls out its pods and says so as kubectl expects")
    func rollsOut() async throws {
        let cluster = TestCluster(["deployment", "replicaset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(deployment("web", replicas: 3))
        try await cluster.run { cluster in
            try await cluster.until("complete") { [self] in isComplete($0, replicas: 3) }
            let deployment = try #require(get(cluster.server))
            #expect(deployment.metadata.annotations["deployment.kubernetes.io/revision"] == "1")
            #expect(condition(cluster.server, "Available")?.status == "True")
            let sets = cluster.server.list(ReplicaSet.self)
            #expect(sets.count == 1)
            let hash = try #require(sets[0].metadata.labels["pod-template-hash"])
            #expect(sets[0].name == "web-\(hash)")
            #expect(sets[0].spec.selector.matchLabels == ["app": "web", "pod-template-hash": hash])
            #expect(sets[0].metadata.annotations["deployment.kubernetes.io/desired-replicas"] == "3")
            #expect(sets[0].metadata.annotations["deployment.kubernetes.io/max-replicas"] == "4")
            #expect(
                condition(cluster.server, "Progressing")?.message
                    == "ReplicaSet \"\(sets[0].name)\" has successfully progressed.")
            #expect(
                cluster.server.list(Event.self).contains {
                    $0.reason == "ScalingReplicaSet"
                        && $0.message == "Scaled up replica set \(sets[0].name) from 0 to 3"
                })
            await cluster.settle()
            cluster.server.forgetRequests()
            cluster.time.advance(by: .seconds(3600))
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
        }
    }

    /// The bounds that were exceeded during a rollout, if any.
    private final class Bounds: Sendable {
        let problems = Mutex<[String]>([])

        func attach(to server: FakeAPIServer, most: Int, leastAvailable: Int) {
            server.observe { [self] server in
                let pods = server.list(Pod.self).filter { !$0.isBeingDeleted }
                let available = pods.count { $0.status.phase == "Running" }
                if pods.count > most { problems.withLock { $0.append("\(pods.count) pods") } }
                if available < leastAvailable { problems.withLock { $0.append("\(available) available") } }
            }
        }
    }

    @Test(
        "keeps within surge and unavailability during an update, and keeps the old revision at zero",
        arguments: [
            ("25%", "25%", 10, 13, 8), (1, 0, 3, 4, 3), (0, 1, 3, 3, 2), ("100%", 0, 4, 8, 4), (0, "50%", 4, 4, 2),
        ] as [(IntOrString, IntOrString, Int32, Int, Int)])
    func update(surge: IntOrString, unavailable: IntOrString, replicas: Int32, most: Int, least: Int) async throws {
        let cluster = TestCluster(["deployment", "replicaset"])
        FakeNode.attach(to: cluster.server)
        var web = deployment("web", replicas: replicas)
        var rolling = RollingUpdateDeployment()
        rolling.maxSurge = surge
        rolling.maxUnavailable = unavailable
        var strategy = DeploymentStrategy()
        strategy.type = "RollingUpdate"
        strategy.rollingUpdate = rolling
        web.spec.strategy = strategy
        cluster.server.seed(web)
        try await cluster.run { cluster in
            try await cluster.until("first") { [self] in isComplete($0, replicas: replicas) }
            let bounds = Bounds()
            bounds.attach(to: cluster.server, most: most, leastAvailable: least)
            var changed = try #require(get(cluster.server))
            changed.spec.template = template(["app": "web"], image: "app:2")
            _ = try await cluster.server.client().update(changed)
            try await cluster.until("second") { [self] server in
                isComplete(server, replicas: replicas)
                    && server.list(Pod.self).allSatisfy { $0.spec.containers[0].image == "app:2" }
            }
            #expect(bounds.problems.withLock { $0 } == [])
            let sets = cluster.server.list(ReplicaSet.self)
            #expect(sets.count == 2)
            #expect(Set(sets.map { $0.spec.replicas }) == [0, replicas])
            #expect(get(cluster.server)?.metadata.annotations["deployment.kubernetes.io/revision"] == "2")
        }
    }

    @Test("goes back to an old template by its old ReplicaSet, with a new revision")
    func undo() async throws {
        let cluster = TestCluster(["deployment", "replicaset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(deployment("web", replicas: 2))
        try await cluster.run { cluster in
            try await cluster.until("first") { [self] in isComplete($0, replicas: 2) }
            let first = cluster.server.list(ReplicaSet.self)[0]
            for (revision, image) in [(2, "app:2"), (3, "app:1")] {
                var changed = try #require(get(cluster.server))
                changed.spec.template = template(["app": "web"], image: image)
                _ = try await cluster.server.client().update(changed)
                try await cluster.until("revision \(revision)") { [self] server in
                    isComplete(server, replicas: 2)
                        && server.get(Deployment.self, "web", namespace: "default")?
                            .metadata.annotations["deployment.kubernetes.io/revision"] == "\(revision)"
                }
            }
            #expect(cluster.server.list(ReplicaSet.self).count == 2)
            let again = try #require(cluster.server.get(ReplicaSet.self, first.name, namespace: "default"))
            #expect(again.uid == first.uid)
            #expect(again.spec.replicas == 2)
            #expect(again.metadata.annotations["deployment.kubernetes.io/revision"] == "3")
            #expect(again.metadata.annotations["deployment.kubernetes.io/revision-history"] == "1")
        }
    }

    @Test("with Recreate starts nothing new before the last old pod is gone")
    func recreate() async throws {
        let cluster = TestCluster(["deployment", "replicaset"])
        FakeNode.attach(to: cluster.server)
        var web = deployment("web", replicas: 3)
        var strategy = DeploymentStrategy()
        strategy.type = "Recreate"
        web.spec.strategy = strategy
        cluster.server.seed(web)
        try await cluster.run { cluster in
            try await cluster.until("first") { [self] in isComplete($0, replicas: 3) }
            let mixed = SharedFlag(false)
            cluster.server.observe { server in
                if Set(server.list(Pod.self).map { $0.spec.containers[0].image }).count > 1 { mixed.set(true) }
            }
            var changed = try #require(get(cluster.server))
            changed.spec.template = template(["app": "web"], image: "app:2")
            _ = try await cluster.server.client().update(changed)
            try await cluster.until("second") { [self] server in
                isComplete(server, replicas: 3)
                    && server.list(Pod.self).allSatisfy { $0.spec.containers[0].image == "app:2" }
            }
            #expect(!mixed.value)
        }
    }

    @Test("follows no change of template while paused, only of size, and goes on when resumed")
    func pause() async throws {
        let cluster = TestCluster(["deployment", "replicaset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(deployment("web", replicas: 2))
        try await cluster.run { cluster in
            try await cluster.until("first") { [self] in isComplete($0, replicas: 2) }
            var changed = try #require(get(cluster.server))
            changed.spec.paused = true
            changed.spec.replicas = 4
            changed.spec.template = template(["app": "web"], image: "app:2")
            _ = try await cluster.server.client().update(changed)
            try await cluster.until("scaled") { server in
                server.list(Pod.self).count == 4
                    && server.get(Deployment.self, "web", namespace: "default")?.status.conditions
                        .contains { $0.reason == "DeploymentPaused" } == true
            }
            #expect(cluster.server.list(ReplicaSet.self).count == 1)
            cluster.server.edit(Deployment.self, "web", namespace: "default") { $0.spec.paused = nil }
            cluster.server.edit(Deployment.self, "web", namespace: "default") { $0.metadata.generation = 3 }
            try await cluster.until("updated") { [self] server in
                isComplete(server, replicas: 4)
                    && server.list(Pod.self).allSatisfy { $0.spec.containers[0].image == "app:2" }
            }
        }
    }

    @Test("gives up after its deadline, and still completes when pods come up later")
    func deadline() async throws {
        let cluster = TestCluster(["deployment", "replicaset"])
        let mayStart = SharedFlag(false)
        FakeNode.attach(to: cluster.server) { _ in mayStart.value }
        var web = deployment("web", replicas: 1)
        web.spec.progressDeadlineSeconds = 60
        cluster.server.seed(web)
        try await cluster.run { cluster in
            try await cluster.advance(.seconds(5), upTo: .seconds(300), "deadline exceeded") { server in
                server.get(Deployment.self, "web", namespace: "default")?.status.conditions.contains {
                    $0.type == "Progressing" && $0.status == "False" && $0.reason == "ProgressDeadlineExceeded"
                } == true
            }
            mayStart.set(true)
            cluster.server.seed(Node(name: "tick"))
            try await cluster.until("complete") { [self] in isComplete($0, replicas: 1) }
        }
    }

    @Test("keeps no more old ReplicaSets than its history limit")
    func history() async throws {
        let cluster = TestCluster(["deployment", "replicaset"])
        FakeNode.attach(to: cluster.server)
        var web = deployment("web", replicas: 1)
        web.spec.revisionHistoryLimit = 2
        cluster.server.seed(web)
        try await cluster.run { cluster in
            for revision in 1...5 {
                if revision > 1 {
                    var changed = try #require(get(cluster.server))
                    changed.spec.template = template(["app": "web"], image: "app:\(revision)")
                    _ = try await cluster.server.client().update(changed)
                }
                try await cluster.until("revision \(revision)") { [self] server in
                    isComplete(server, replicas: 1)
                        && server.get(Deployment.self, "web", namespace: "default")?
                            .metadata.annotations["deployment.kubernetes.io/revision"] == "\(revision)"
                }
            }
            try await cluster.until("history is cut") { $0.list(ReplicaSet.self).count == 3 }
            let kept = cluster.server.list(ReplicaSet.self).compactMap {
                $0.metadata.annotations["deployment.kubernetes.io/revision"]
            }
            #expect(Set(kept) == ["3", "4", "5"])
        }
    }
}

/// A value that a test and its observers share.
final class SharedFlag: Sendable {
    private let state: Mutex<Bool>
    init(_ value: Bool) { state = Mutex(value) }
    var value: Bool { state.withLock { $0 } }
    func set(_ value: Bool) { state.withLock { $0 = value } }
}
