import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A ReplicationController")
struct ReplicationControllerTests {
    private func controller(_ name: String = "web", replicas: Int32) -> ReplicationController {
        var controller = ReplicationController(name: name, namespace: "default")
        controller.spec.replicas = replicas
        controller.spec.selector = ["app": name]
        controller.spec.template = template(["app": name])
        return controller
    }

    @Test("gets as many pods as it asks for, owns them, and reports them")
    func creates() async throws {
        let cluster = TestCluster(["replicationcontroller"])
        FakeNode.attach(to: cluster.server)
        let owner = cluster.server.seed(controller(replicas: 3))
        try await cluster.run { cluster in
            try await cluster.until("all are available") { server in
                server.get(ReplicationController.self, "web", namespace: "default")?.status.availableReplicas == 3
            }
            await cluster.settle()
            let pods = cluster.server.list(Pod.self)
            #expect(pods.count == 3)
            #expect(pods.allSatisfy { $0.controllerOwner?.uid == owner.uid })
            #expect(pods.allSatisfy { $0.controllerOwner?.kind == "ReplicationController" })
            let status = try #require(
                cluster.server.get(ReplicationController.self, "web", namespace: "default")?.status)
            #expect(status.replicas == 3)
            #expect(status.readyReplicas == 3)
            #expect(status.fullyLabeledReplicas == 3)
            #expect(status.observedGeneration == 1)
            #expect(status.json["terminatingReplicas"] == nil)
            #expect(cluster.server.reasons(of: "ReplicationController").contains("SuccessfulCreate"))
        }
    }

    @Test("gives pods up when it is scaled down")
    func scalesDown() async throws {
        let cluster = TestCluster(["replicationcontroller"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(controller(replicas: 3))
        try await cluster.run { cluster in
            try await cluster.until("ready") {
                $0.get(ReplicationController.self, "web", namespace: "default")?.status.readyReplicas == 3
            }
            cluster.server.edit(ReplicationController.self, "web", namespace: "default") { $0.spec.replicas = 1 }
            try await cluster.until("one is left") { server in
                server.list(Pod.self).count == 1
                    && server.get(ReplicationController.self, "web", namespace: "default")?.status.replicas == 1
            }
        }
    }

    @Test("adopts matching orphans, and lets go of a pod that matches no more")
    func adopts() async throws {
        let cluster = TestCluster(["replicationcontroller"])
        FakeNode.attach(to: cluster.server)
        var orphan = Pod(name: "orphan", namespace: "default")
        orphan.metadata.labels = ["app": "web"]
        orphan.spec.nodeName = "n1"
        orphan.becomeReady(at: cluster.time.wall.now)
        cluster.server.seed(orphan)
        let owner = cluster.server.seed(controller(replicas: 1))
        try await cluster.run { cluster in
            try await cluster.until("adopted") { server in
                server.get(Pod.self, "orphan", namespace: "default")?.controllerOwner?.uid == owner.uid
            }
            #expect(cluster.server.list(Pod.self).count == 1)
            cluster.server.edit(Pod.self, "orphan", namespace: "default") { $0.metadata.labels["app"] = "other" }
            try await cluster.until("released and replaced") { server in
                server.get(Pod.self, "orphan", namespace: "default")?.metadata.ownerReferences.isEmpty == true
                    && server.list(Pod.self).count { $0.controllerOwner?.uid == owner.uid } == 1
            }
        }
    }

    @Test("tells that its namespace's quota is used up, and forgets it once it is scaled down to what fits")
    func failing() async throws {
        let cluster = TestCluster(["replicationcontroller"])
        FakeNode.attach(to: cluster.server)
        cluster.server.intercept { request in
            request.method == "POST" && request.path.hasSuffix("/pods")
                ? .forbidden(Pod.resource.groupResource, name: "x", "exceeded quota") : nil
        }
        cluster.server.seed(controller(replicas: 1))
        try await cluster.run { cluster in
            try await cluster.until("the failure shows") { server in
                server.get(ReplicationController.self, "web", namespace: "default")?.status.conditions.contains {
                    $0.type == "ReplicaFailure" && $0.status == "True" && $0.reason == "FailedCreate"
                } == true
            }
            cluster.server.edit(ReplicationController.self, "web", namespace: "default") { $0.spec.replicas = 0 }
            try await cluster.until("the failure is forgotten") { server in
                server.get(ReplicationController.self, "web", namespace: "default")?.status.conditions.isEmpty == true
            }
        }
    }
}
