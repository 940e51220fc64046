import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A ReplicaSet")
struct ReplicaSetTests {
    private func replicaSet(_ name: String = "web", replicas: Int32) -> ReplicaSet {
        var set = ReplicaSet(name: name, namespace: "default")
        set.spec.replicas = replicas
        set.spec.selector.matchLabels = ["app": name]
        set.spec.template = template(["app": name])
        return set
    }

    @Test("gets as many pods as it asks for, exactly, and reports them")
    func creates() async throws {
        let cluster = TestCluster(["replicaset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(replicaSet(replicas: 25))
        try await cluster.run { cluster in
            try await cluster.until("all are available") { server in
                server.get(ReplicaSet.self, "web", namespace: "default")?.status.availableReplicas == 25
            }
            await cluster.settle()
            let pods = cluster.server.list(Pod.self)
            #expect(pods.count == 25)
            #expect(cluster.server.requests.count { $0.method == "POST" && $0.path.hasSuffix("/pods") } == 25)
            let set = try #require(cluster.server.get(ReplicaSet.self, "web", namespace: "default"))
            #expect(pods.allSatisfy { $0.controllerOwner?.uid == set.uid && $0.metadata.generateName == "web-" })
            #expect(set.status.replicas == 25)
            #expect(set.status.readyReplicas == 25)
            #expect(set.status.fullyLabeledReplicas == 25)
            #expect(set.status.observedGeneration == 1)
            #expect(cluster.server.reasons(of: "ReplicaSet").contains("SuccessfulCreate"))
        }
    }

    @Test("replaces a deleted and a failed pod, and does nothing when all is well")
    func heals() async throws {
        let cluster = TestCluster(["replicaset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(replicaSet(replicas: 3))
        try await cluster.run { cluster in
            try await cluster.until("ready") {
                $0.get(ReplicaSet.self, "web", namespace: "default")?.status.readyReplicas == 3
            }
            await cluster.settle()
            cluster.server.forgetRequests()
            cluster.time.advance(by: .seconds(120))
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
            let pods = cluster.server.list(Pod.self)
            cluster.server.erase(Pod.self, pods[0].name, namespace: "default")
            cluster.server.edit(Pod.self, pods[1].name, namespace: "default") { $0.status.phase = "Failed" }
            try await cluster.until("replaced") { server in
                server.list(Pod.self).count { $0.status.phase == "Running" } == 3
                    && server.get(ReplicaSet.self, "web", namespace: "default")?.status.readyReplicas == 3
            }
        }
    }

    @Test("gives up the least useful pods first")
    func scalesDown() async throws {
        let cluster = TestCluster(["replicaset"])
        let set = cluster.server.seed(replicaSet(replicas: 1))
        for (name, isReady, cost) in [("pending", false, nil), ("cheap", true, "-5"), ("dear", true, "10")] {
            var pod = Pod(name: name, namespace: "default")
            pod.metadata.labels = ["app": "web"]
            pod.metadata.ownerReferences = [set.controllerReference]
            if let cost { pod.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = cost }
            pod.spec.nodeName = "n1"
            pod.status.phase = "Pending"
            if isReady { pod.becomeReady(at: cluster.time.wall.now) }
            cluster.server.seed(pod)
        }
        FakeNode.attach(to: cluster.server, becomesReady: { _ in false })
        try await cluster.run { cluster in
            try await cluster.until("one is left") { $0.list(Pod.self).count == 1 }
            #expect(cluster.server.list(Pod.self).map(\.name) == ["dear"])
        }
    }

    @Test("adopts matching orphans and releases pods that match no more")
    func adopts() async throws {
        let cluster = TestCluster(["replicaset"])
        FakeNode.attach(to: cluster.server)
        for name in ["orphan-1", "orphan-2"] {
            var pod = Pod(name: name, namespace: "default")
            pod.metadata.labels = ["app": "web"]
            pod.spec.nodeName = "n1"
            pod.becomeReady(at: cluster.time.wall.now)
            cluster.server.seed(pod)
        }
        let set = cluster.server.seed(replicaSet(replicas: 2))
        try await cluster.run { cluster in
            try await cluster.until("adopted") { server in
                server.list(Pod.self).count { $0.controllerOwner?.uid == set.uid } == 2
            }
            cluster.server.edit(Pod.self, "orphan-1", namespace: "default") { $0.metadata.labels["app"] = "debug" }
            try await cluster.until("released and replaced") { server in
                server.get(Pod.self, "orphan-1", namespace: "default")?.metadata.ownerReferences.isEmpty == true
                    && server.list(Pod.self).count { $0.controllerOwner?.uid == set.uid } == 2
            }
            #expect(cluster.server.list(Pod.self).count == 3)
        }
    }

    @Test("counts a pod as available only after its minimum of ready seconds")
    func minReadySeconds() async throws {
        let cluster = TestCluster(["replicaset"])
        FakeNode.attach(to: cluster.server)
        var set = replicaSet(replicas: 1)
        set.spec.minReadySeconds = 30
        cluster.server.seed(set)
        try await cluster.run { cluster in
            try await cluster.until("ready") {
                $0.get(ReplicaSet.self, "web", namespace: "default")?.status.readyReplicas == 1
            }
            await cluster.settle()
            #expect(cluster.server.get(ReplicaSet.self, "web", namespace: "default")?.status.availableReplicas == nil)
            try await cluster.advance(.seconds(1), upTo: .seconds(40), "available") { server in
                server.get(ReplicaSet.self, "web", namespace: "default")?.status.availableReplicas == 1
            }
        }
    }

    @Test("tells why it cannot create pods, tries few at a time, and recovers")
    func failing() async throws {
        let cluster = TestCluster(["replicaset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.intercept { request in
            request.method == "POST" && request.path.hasSuffix("/pods")
                ? .forbidden(Pod.resource.groupResource, name: "x", "exceeded quota") : nil
        }
        cluster.server.seed(replicaSet(replicas: 100))
        try await cluster.run { cluster in
            try await cluster.until("the failure shows") { server in
                server.get(ReplicaSet.self, "web", namespace: "default")?.status.conditions.contains {
                    $0.type == "ReplicaFailure" && $0.status == "True" && $0.reason == "FailedCreate"
                } == true
            }
            #expect(cluster.server.requests.count { $0.method == "POST" && $0.path.hasSuffix("/pods") } < 10)
            cluster.server.intercept(nil)
            try await cluster.advance(.milliseconds(500), upTo: .seconds(60), "recovered") { server in
                let status = server.get(ReplicaSet.self, "web", namespace: "default")?.status
                return status?.readyReplicas == 100 && status?.conditions.isEmpty == true
            }
            #expect(cluster.server.list(Pod.self).count == 100)
        }
    }
}
