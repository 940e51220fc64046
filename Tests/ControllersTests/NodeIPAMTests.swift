import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("Pod ranges of nodes")
struct NodeIPAMTests {
    private func cluster(
        _ networks: [String] = ["10.244.0.0/16"], kept: [String: [String]] = [:]
    ) -> TestCluster {
        TestCluster(["node-ipam"]) { configuration in
            configuration.nodeIPAM = NodeIPAMConfiguration(
                clusterNetworks: networks.compactMap { CIDR($0) },
                kept: kept.mapValues { $0.compactMap { CIDR($0) } })
        }
    }

    private static func ranges(_ server: FakeAPIServer) -> [String: [String]] {
        Dictionary(uniqueKeysWithValues: server.list(Node.self).map { ($0.name, $0.spec.podCIDRs) })
    }

    @Test("every node gets a range of its own, the lowest first; a deleted node's comes free")
    func allocation() async throws {
        try await cluster().run { cluster in
            let server = cluster.server
            for name in ["a", "b", "c"] {
                server.seed(node(name))
                try await cluster.until("\(name) has a range") { Self.ranges($0)[name]?.isEmpty == false }
            }
            #expect(
                Self.ranges(server) == ["a": ["10.244.0.0/24"], "b": ["10.244.1.0/24"], "c": ["10.244.2.0/24"]])
            #expect(server.list(Node.self).allSatisfy { $0.spec.podCIDR == $0.spec.podCIDRs.first })
            server.erase(Node.self, "b")
            await cluster.settle()
            server.seed(node("d"))
            try await cluster.until("d has the range that b had") { Self.ranges($0)["d"] == ["10.244.1.0/24"] }
        }
    }

    @Test("ranges that nodes brought along, or that are kept for one, are not given to others")
    func kept() async throws {
        let cluster = cluster(kept: ["first": ["10.244.0.0/24"]])
        var own = node("own")
        own.spec.podCIDR = "10.244.1.0/24"
        own.spec.podCIDRs = ["10.244.1.0/24"]
        cluster.server.seed(own)
        cluster.server.seed(node("late"))
        try await cluster.run { cluster in
            try await cluster.until("late has a range") { Self.ranges($0)["late"] == ["10.244.2.0/24"] }
            cluster.server.seed(node("first"))
            try await cluster.until("first has what was kept") { Self.ranges($0)["first"] == ["10.244.0.0/24"] }
        }
    }

    @Test("a range of each family is given where the cluster has both")
    func dualStack() async throws {
        try await cluster(["10.244.0.0/16", "fd00:10:244::/56"]).run { cluster in
            cluster.server.seed(node("a"))
            try await cluster.until("a has both") { Self.ranges($0)["a"] == ["10.244.0.0/24", "fd00:10:244::/64"] }
        }
    }

    @Test("a network that is used up is told of, and the next node waits")
    func exhaustion() async throws {
        try await cluster(["10.244.0.0/23"]).run { cluster in
            for name in ["a", "b", "c"] {
                cluster.server.seed(node(name))
                await cluster.settle()
            }
            try await cluster.until("an event says so") { $0.reasons(of: "Node").contains("CIDRNotAvailable") }
            #expect(Self.ranges(cluster.server)["c"] == [])
            cluster.server.erase(Node.self, "a")
            try await cluster.advance(.seconds(5), upTo: .seconds(60), "c has the range that came free") {
                Self.ranges($0)["c"] == ["10.244.0.0/24"]
            }
        }
    }
}
