import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("Garbage collection")
struct GarbageCollectionTests {
    private func owner(_ server: FakeAPIServer, _ name: String = "owner") -> ConfigMap {
        server.seed(ConfigMap(name: name, namespace: "default"))
    }

    private func dependent(
        _ server: FakeAPIServer, _ name: String, of owners: [ConfigMap], blocks: Bool = false, finalizers: [String] = []
    ) {
        var object = ConfigMap(name: name, namespace: "default")
        object.metadata.finalizers = finalizers
        object.metadata.ownerReferences = owners.map { owner in
            var reference = owner.controllerReference
            reference.controller = nil
            reference.blockOwnerDeletion = blocks
            return reference
        }
        server.seed(object)
    }

    private static func names(_ server: FakeAPIServer) -> [String] {
        server.list(ConfigMap.self).map(\.name).sorted()
    }

    private func delete(_ cluster: TestCluster, _ name: String, _ policy: String?) async throws {
        var options = DeleteOptions()
        options.propagationPolicy = policy
        try await cluster.server.client().delete(ConfigMap.self, ObjectKey(namespace: "default", name: name), options)
    }

    /// Runs with the collector, once it has seen everything.
    private func withCollector(_ body: (TestCluster) async throws -> Void, setUp: (FakeAPIServer) -> Void) async throws
    {
        let cluster = TestCluster(["garbage-collector"])
        setUp(cluster.server)
        try await cluster.run { cluster in
            try await body(cluster)
        }
    }

    @Test("deletes what is left without its owner, and its dependents in turn")
    func background() async throws {
        try await withCollector { cluster in
            try await delete(cluster, "owner", "Background")
            try await cluster.until("collected") { Self.names($0) == ["free"] }
        } setUp: { server in
            let top = owner(server)
            dependent(server, "middle", of: [top])
            if let middle = server.get(ConfigMap.self, "middle", namespace: "default") {
                dependent(server, "bottom", of: [middle])
            }
            dependent(server, "free", of: [])
        }
    }

    @Test("deletes what was left while nobody looked")
    func atStart() async throws {
        try await withCollector { cluster in
            try await cluster.until("collected") { Self.names($0) == [] }
        } setUp: { server in
            let gone = owner(server)
            dependent(server, "left", of: [gone])
            server.erase(ConfigMap.self, "owner", namespace: "default")
        }
    }

    @Test("keeps what still has an owner, and takes the dead one off it")
    func shared() async throws {
        try await withCollector { cluster in
            try await delete(cluster, "one", nil)
            try await cluster.until("released") { server in
                server.get(ConfigMap.self, "both", namespace: "default")?.metadata.ownerReferences.map(\.name) == [
                    "two"
                ]
            }
            #expect(Self.names(cluster.server) == ["both", "two"])
        } setUp: { server in
            dependent(server, "both", of: [owner(server, "one"), owner(server, "two")])
        }
    }

    @Test("in the foreground lets the owner go only after what blocks it")
    func foreground() async throws {
        try await withCollector { cluster in
            try await delete(cluster, "owner", "Foreground")
            try await cluster.until("dependents go first") { server in
                server.get(ConfigMap.self, "blocking", namespace: "default")?.isBeingDeleted == true
                    && server.get(ConfigMap.self, "other", namespace: "default") == nil
            }
            #expect(cluster.server.get(ConfigMap.self, "owner", namespace: "default")?.isBeingDeleted == true)
            cluster.server.edit(ConfigMap.self, "blocking", namespace: "default") { $0.metadata.finalizers = [] }
            try await cluster.until("the owner goes") { Self.names($0).isEmpty }
        } setUp: { server in
            let owner = owner(server)
            dependent(server, "blocking", of: [owner], blocks: true, finalizers: ["example.com/hold"])
            dependent(server, "other", of: [owner])
        }
    }

    @Test("orphaning lets dependents live without their owner")
    func orphan() async throws {
        try await withCollector { cluster in
            try await delete(cluster, "owner", "Orphan")
            try await cluster.until("released") { server in
                Self.names(server) == ["child"]
                    && server.get(ConfigMap.self, "child", namespace: "default")?.metadata.ownerReferences.isEmpty
                        == true
            }
            await cluster.settle()
            #expect(Self.names(cluster.server) == ["child"])
        } setUp: { server in
            dependent(server, "child", of: [owner(server)])
        }
    }

    @Test("is not misled by a new object with the owner's name")
    func reborn() async throws {
        try await withCollector { cluster in
            try await cluster.until("collected") { Self.names($0) == ["owner"] }
        } setUp: { server in
            dependent(server, "child", of: [owner(server)])
            server.erase(ConfigMap.self, "owner", namespace: "default")
            _ = owner(server)
        }
    }

    @Test("keeps what it cannot ask about, until it can")
    func unsure() async throws {
        try await withCollector { cluster in
            try await cluster.until("asked") { server in
                server.requests.contains { $0.path.hasSuffix("/configmaps/never-seen") }
            }
            await cluster.settle()
            #expect(Self.names(cluster.server) == ["child"])
            cluster.server.intercept(nil)
            try await cluster.advance(.milliseconds(100), upTo: .seconds(60), "collected") { Self.names($0).isEmpty }
        } setUp: { server in
            server.intercept { request in
                request.path.hasSuffix("/configmaps/never-seen") ? .serviceUnavailable("away") : nil
            }
            var owner = ConfigMap(name: "never-seen", namespace: "default")
            owner.metadata.uid = "gone"
            dependent(server, "child", of: [owner])
        }
    }

    @Test("of a Deployment takes its ReplicaSets and pods")
    func wholeApplication() async throws {
        let cluster = TestCluster(["garbage-collector", "deployment", "replicaset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(deployment("web", replicas: 5))
        try await cluster.run { cluster in
            try await cluster.until("running") { server in
                server.get(Deployment.self, "web", namespace: "default")?.status.availableReplicas == 5
            }
            var options = DeleteOptions()
            options.propagationPolicy = "Background"
            try await cluster.server.client().delete(
                Deployment.self, ObjectKey(namespace: "default", name: "web"), options)
            try await cluster.until("all gone") { $0.list(ReplicaSet.self).isEmpty && $0.list(Pod.self).isEmpty }
        }
    }
}
