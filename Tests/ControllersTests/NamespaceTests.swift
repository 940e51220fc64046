import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A namespace")
struct NamespaceTests {
    @Test("gets its ServiceAccount and root certificates, and gets them back")
    func furnishes() async throws {
        let cluster = TestCluster(["serviceaccount", "root-ca-certificate-publisher"]) { $0.rootCertificates = "PEM" }
        try await cluster.run { cluster in
            _ = try await cluster.server.client().create(Namespace(name: "team"))
            try await cluster.until("furnished") { server in
                server.get(ServiceAccount.self, "default", namespace: "team") != nil
                    && server.get(ConfigMap.self, "kube-root-ca.crt", namespace: "team")?.data == ["ca.crt": "PEM"]
            }
            cluster.server.erase(ServiceAccount.self, "default", namespace: "team")
            cluster.server.edit(ConfigMap.self, "kube-root-ca.crt", namespace: "team") { $0.data = ["ca.crt": "other"] }
            try await cluster.until("restored") { server in
                server.get(ServiceAccount.self, "default", namespace: "team") != nil
                    && server.get(ConfigMap.self, "kube-root-ca.crt", namespace: "team")?.data == ["ca.crt": "PEM"]
            }
        }
    }

    @Test("is emptied, pods first, and then goes; others keep theirs")
    func deletes() async throws {
        let cluster = TestCluster(["namespace"])
        FakeNode.attach(to: cluster.server)
        try await cluster.run { cluster in
            let client = cluster.server.client()
            for name in ["team", "other"] {
                _ = try await client.create(Namespace(name: name))
                _ = try await client.create(ConfigMap(name: "settings", namespace: name))
                _ = try await client.create(Secret(name: "key", namespace: name))
                _ = try await client.create(Pod(name: "app", namespace: name))
            }
            try await client.delete(Namespace.self, ObjectKey(namespace: "", name: "team"))
            try await cluster.advance(.seconds(1), upTo: .seconds(60), "gone") { $0.get(Namespace.self, "team") == nil }
            #expect(cluster.server.list(ConfigMap.self).map(\.namespace) == ["other"])
            #expect(cluster.server.list(Secret.self).map(\.namespace) == ["other"])
            #expect(cluster.server.list(Pod.self).map(\.namespace) == ["other"])
            let order = cluster.server.writes.filter { $0.path.contains("/team/") && $0.method == "DELETE" }.map(\.path)
            #expect(order.first == "/api/v1/namespaces/team/pods")
        }
    }

    @Test("waits for finalizers of its content, and says which")
    func waits() async throws {
        let cluster = TestCluster(["namespace"])
        try await cluster.run { cluster in
            let client = cluster.server.client()
            _ = try await client.create(Namespace(name: "team"))
            var held = ConfigMap(name: "held", namespace: "team")
            held.metadata.finalizers = ["example.com/hold"]
            _ = try await client.create(held)
            try await client.delete(Namespace.self, ObjectKey(namespace: "", name: "team"))
            try await cluster.until("says so") { server in
                server.get(Namespace.self, "team")?.status.conditions.contains {
                    $0.type == "NamespaceFinalizersRemaining" && $0.status == "True"
                        && $0.reason == "SomeFinalizersRemain"
                        && $0.message == "Some content in the namespace has finalizers remaining: "
                            + "example.com/hold in 1 resource instances"
                } == true
            }
            cluster.server.edit(ConfigMap.self, "held", namespace: "team") { $0.metadata.finalizers = [] }
            try await cluster.advance(.seconds(1), upTo: .seconds(60), "gone") { $0.get(Namespace.self, "team") == nil }
        }
    }
}
