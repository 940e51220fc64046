import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A PodDisruptionBudget")
struct DisruptionTests {
    private static func budget(
        minAvailable: IntOrString? = nil, maxUnavailable: IntOrString? = nil
    ) -> PodDisruptionBudget {
        var selector = LabelSelector()
        selector.matchLabels = ["app": "web"]
        var budget = PodDisruptionBudget(name: "web", namespace: "default")
        budget.spec.selector = selector
        budget.spec.minAvailable = minAvailable
        budget.spec.maxUnavailable = maxUnavailable
        return budget
    }

    /// Ready pods `web-0` and on, of an owner or of nobody.
    private static func seedPods(_ cluster: TestCluster, _ count: Int, owner: OwnerReference? = nil, from: Int = 0) {
        for number in from..<(from + count) {
            var pod = Pod(name: "web-\(number)", namespace: "default")
            pod.metadata.labels = ["app": "web"]
            pod.metadata.ownerReferences = owner.map { [$0] } ?? []
            pod.spec.nodeName = "n1"
            pod.becomeReady(at: cluster.time.wall.now)
            cluster.server.seed(pod)
        }
    }

    private static func status(_ server: FakeAPIServer) -> PodDisruptionBudgetStatus? {
        server.get(PodDisruptionBudget.self, "web", namespace: "default")?.status
    }

    private static func seedReplicaSet(_ cluster: TestCluster, replicas: Int32) -> OwnerReference {
        var set = ReplicaSet(name: "web", namespace: "default")
        set.spec.replicas = replicas
        return cluster.server.seed(set).controllerReference
    }

    @Test(
        "says how many of its pods may go",
        arguments: [
            (IntOrString?.some(2), IntOrString?.none, 3, 2, 3, 1), (3, nil, 3, 3, 3, 0), (5, nil, 3, 5, 3, 0),
            ("50%", nil, 3, 3, 5, 0), ("30%", nil, 3, 2, 5, 1), (nil, 1, 5, 4, 5, 1), (nil, "40%", 5, 3, 5, 2),
            (nil, 9, 3, 0, 5, 3), (nil, 0, 5, 5, 5, 0),
        ] as [(IntOrString?, IntOrString?, Int, Int32, Int32, Int32)])
    func counts(
        minimum: IntOrString?, maximum: IntOrString?, pods: Int, desired: Int32, expected: Int32, allowed: Int32
    ) async throws {
        let cluster = TestCluster(["disruption"])
        let owner = Self.seedReplicaSet(cluster, replicas: 5)
        Self.seedPods(cluster, pods, owner: owner)
        cluster.server.seed(Self.budget(minAvailable: minimum, maxUnavailable: maximum))
        try await cluster.run { cluster in
            try await cluster.until("counted") { Self.status($0)?.observedGeneration == 1 }
            let status = try #require(Self.status(cluster.server))
            #expect(status.currentHealthy == Int32(pods))
            #expect(status.desiredHealthy == desired)
            #expect(status.expectedPods == expected)
            #expect(status.disruptionsAllowed == allowed)
            let condition = try #require(status.conditions.first { $0.type == "DisruptionAllowed" })
            #expect(condition.status == (allowed > 0 ? "True" : "False"))
            #expect(condition.reason == (allowed > 0 ? "SufficientPods" : "InsufficientPods"))
        }
    }

    @Test("follows pods that come, go and change, and writes nothing at rest")
    func follows() async throws {
        let cluster = TestCluster(["disruption"])
        Self.seedPods(cluster, 3)
        cluster.server.seed(Self.budget(minAvailable: 2))
        try await cluster.run { cluster in
            try await cluster.until("one may go") { Self.status($0)?.disruptionsAllowed == 1 }
            cluster.server.edit(Pod.self, "web-0", namespace: "default") { $0.status.conditions[0].status = "False" }
            try await cluster.until("none may go") { Self.status($0)?.disruptionsAllowed == 0 }
            Self.seedPods(cluster, 2, from: 3)
            try await cluster.until("two may go") { Self.status($0)?.disruptionsAllowed == 2 }
            cluster.server.edit(Pod.self, "web-4", namespace: "default") { $0.metadata.labels = [:] }
            try await cluster.until("one left the budget") { Self.status($0)?.disruptionsAllowed == 1 }
            await cluster.settle()
            cluster.server.forgetRequests()
            cluster.server.edit(Pod.self, "web-1", namespace: "default") { $0.metadata.annotations["seen"] = "yes" }
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
        }
    }

    @Test("lets an evicted pod count as gone until it is marked for deletion, at most for two minutes")
    func evicted() async throws {
        let cluster = TestCluster(["disruption"])
        Self.seedPods(cluster, 3)
        var budget = Self.budget(minAvailable: 1)
        budget.status.disruptedPods = ["web-0": cluster.time.wall.now.json, "gone": cluster.time.wall.now.json]
        cluster.server.seed(budget)
        try await cluster.run { cluster in
            try await cluster.until("one less") { Self.status($0)?.disruptionsAllowed == 1 }
            #expect(Self.status(cluster.server)?.disruptedPods?.objectValue?.map(\.key) == ["web-0"])
            try await cluster.advance(.seconds(10), upTo: .seconds(130), "it counts again") {
                Self.status($0)?.disruptionsAllowed == 2
            }
            #expect(Self.status(cluster.server)?.disruptedPods == nil)
            await cluster.settle()
            #expect(cluster.server.reasons(of: "Pod") == ["NotDeleted"])
        }
    }

    @Test("lets none go while it cannot tell how many pods there should be")
    func unknownOwner() async throws {
        let cluster = TestCluster(["disruption"])
        var owner = OwnerReference()
        owner.apiVersion = "apps/v1"
        owner.kind = "ReplicaSet"
        owner.name = "lost"
        owner.uid = "u"
        owner.controller = true
        Self.seedPods(cluster, 3, owner: owner)
        cluster.server.seed(Self.budget(maxUnavailable: 1))
        try await cluster.run { cluster in
            try await cluster.until("told") { Self.status($0)?.conditions.first?.reason == "SyncFailed" }
            #expect(Self.status(cluster.server)?.disruptionsAllowed == 0)
            let message = Self.status(cluster.server)?.conditions.first?.message ?? ""
            #expect(message.hasPrefix("found no controllers for pod \"web-"))
            await cluster.settle()
            #expect(cluster.server.reasons(of: "PodDisruptionBudget").contains("CalculateExpectedPodCountFailed"))
        }
    }

    @Test("counts a Deployment's pods by the Deployment, not by its ReplicaSets")
    func deployments() async throws {
        let cluster = TestCluster(["disruption"])
        let above = cluster.server.seed(deployment("web", replicas: 4))
        for revision in 1...2 {
            var set = ReplicaSet(name: "web-\(revision)", namespace: "default")
            set.spec.replicas = 3
            set.metadata.ownerReferences = [above.controllerReference]
            Self.seedPods(cluster, 2, owner: cluster.server.seed(set).controllerReference, from: revision * 10)
        }
        cluster.server.seed(Self.budget(maxUnavailable: "25%"))
        try await cluster.run { cluster in
            try await cluster.until("counted") { Self.status($0)?.expectedPods == 4 }
            #expect(Self.status(cluster.server)?.disruptionsAllowed == 1)
        }
    }

    @Test("takes the mark of a disruption off a pod that stayed")
    func staleMark() async throws {
        let cluster = TestCluster(["disruption"])
        Self.seedPods(cluster, 1)
        cluster.server.edit(Pod.self, "web-0", namespace: "default") { pod in
            var condition = PodCondition()
            condition.type = "DisruptionTarget"
            condition.status = "True"
            condition.reason = "EvictionByEvictionAPI"
            condition.lastTransitionTime = cluster.time.wall.now
            pod.status.conditions.append(condition)
        }
        try await cluster.run { cluster in
            await cluster.settle()
            try await cluster.advance(.seconds(10), upTo: .seconds(130), "unmarked") { server in
                let pod = server.get(Pod.self, "web-0", namespace: "default")
                return pod?.status.conditions.contains { $0.type == "DisruptionTarget" && $0.status == "False" } == true
            }
        }
    }
}
