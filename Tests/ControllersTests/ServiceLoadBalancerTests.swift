import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("Load balancers of Services")
struct ServiceLoadBalancerTests {
    private let cluster = TestCluster(["service-lb"]) {
        $0.loadBalancers = NodeAddressBalancer(reserved: [6443])
    }

    private func seedNode(_ name: String, _ address: String, labels: [String: String] = [:]) {
        var node = node(name, labels: labels)
        node.status.json["addresses"] = [
            ["type": "InternalIP", "address": .string(address)], ["type": "Hostname", "address": .string(name)],
        ]
        cluster.server.seed(node)
    }

    private func service(_ name: String, port: Int32 = 80, age: Int64 = 0) -> Service {
        var service = Service(name: name, namespace: "default")
        service.metadata.creationTimestamp = Timestamp(seconds: 1_000 - age)
        service.spec.type = "LoadBalancer"
        var entry = ServicePort()
        entry.port = port
        service.spec.ports = [entry]
        return service
    }

    private static func addresses(_ server: FakeAPIServer, _ name: String) -> [String] {
        server.get(Service.self, name, namespace: "default")?.status.loadBalancer?.ingress.compactMap(\.ip) ?? []
    }

    @Test("a Service is reached at the nodes' addresses, which follow the nodes")
    func addresses() async throws {
        seedNode("n1", "192.0.2.1")
        seedNode("n2", "192.0.2.2", labels: ["node.kubernetes.io/exclude-from-external-load-balancers": ""])
        cluster.server.seed(service("web"))
        try await cluster.run { cluster in
            try await cluster.until("ensured") { Self.addresses($0, "web") == ["192.0.2.1"] }
            try await cluster.until("told") { server in
                Set(server.reasons(of: "Service")) == ["EnsuringLoadBalancer", "EnsuredLoadBalancer"]
            }
            let stored = try #require(cluster.server.get(Service.self, "web", namespace: "default"))
            #expect(stored.metadata.finalizers == ["service.kubernetes.io/load-balancer-cleanup"])
            cluster.server.edit(Node.self, "n2") { $0.metadata.labels = [:] }
            try await cluster.until("both") { Self.addresses($0, "web") == ["192.0.2.1", "192.0.2.2"] }
        }
    }

    @Test("what somebody else writes into the status stays")
    func foreignStatus() async throws {
        seedNode("n1", "192.0.2.1")
        cluster.server.seed(service("web"))
        try await cluster.run { cluster in
            try await cluster.until("ensured") { Self.addresses($0, "web") == ["192.0.2.1"] }
            await cluster.settle()
            cluster.server.edit(Service.self, "web", namespace: "default") { service in
                service.status.loadBalancer = LoadBalancerStatus(json: ["ingress": [["ip": "203.0.113.1"]]])
            }
            await cluster.settle()
            #expect(Self.addresses(cluster.server, "web") == ["203.0.113.1"])
        }
    }

    @Test("a port is one Service's only: the oldest has it, the next gets it when that one goes")
    func ports() async throws {
        seedNode("n1", "192.0.2.1")
        cluster.server.seed(service("old", age: 100))
        cluster.server.seed(service("new"))
        cluster.server.seed(service("api", port: 6443))
        try await cluster.run { cluster in
            try await cluster.until("one has it") { server in
                Self.addresses(server, "old") == ["192.0.2.1"] && Self.addresses(server, "new").isEmpty
                    && Set(server.messages("SyncLoadBalancerFailed")).isSuperset(of: [
                        "Error syncing load balancer: failed to ensure load balancer: "
                            + "port 80/TCP is taken by service default/old",
                        "Error syncing load balancer: failed to ensure load balancer: "
                            + "port 6443 is used by the nodes themselves",
                    ])
            }
            let client = cluster.server.client("user")
            try await client.delete(Service.self, ObjectKey(namespace: "default", name: "old"))
            try await cluster.until("the next") { server in
                server.get(Service.self, "old", namespace: "default") == nil
                    && Self.addresses(server, "new") == ["192.0.2.1"]
            }
        }
    }

    @Test("a Service that is no LoadBalancer any more loses its addresses and its finalizer; other classes are left")
    func cleanup() async throws {
        seedNode("n1", "192.0.2.1")
        cluster.server.seed(service("web"))
        var foreign = service("foreign", port: 81)
        foreign.spec.loadBalancerClass = "example.com/theirs"
        foreign.metadata.finalizers = ["service.kubernetes.io/load-balancer-cleanup"]
        cluster.server.seed(foreign)
        try await cluster.run { cluster in
            try await cluster.until("ensured") { Self.addresses($0, "web") == ["192.0.2.1"] }
            cluster.server.edit(Service.self, "web", namespace: "default") { $0.spec.type = "ClusterIP" }
            try await cluster.until("clean") { server in
                let stored = server.get(Service.self, "web", namespace: "default")
                return stored?.metadata.finalizers == [] && Self.addresses(server, "web").isEmpty
            }
            let stored = try #require(cluster.server.get(Service.self, "foreign", namespace: "default"))
            #expect(stored.metadata.finalizers.count == 1)
            #expect(Self.addresses(cluster.server, "foreign").isEmpty)
        }
    }
}
