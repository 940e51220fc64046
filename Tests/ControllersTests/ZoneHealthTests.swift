import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("Zones of nodes")
struct ZoneHealthTests {
    private func node(_ name: String, zone: String, ready: String) -> Node {
        var made = ControllersTests.node(name, ready: ready, labels: ["topology.kubernetes.io/zone": zone])
        made.spec.taints = []
        return made
    }

    private static func isEmptied(_ server: FakeAPIServer, _ name: String) -> Bool {
        server.get(Node.self, name)?.spec.taints.contains { $0.effect == "NoExecute" } ?? false
    }

    @Test("one that fails wholly is emptied while another is well, each at its own pace")
    func zones() async throws {
        let cluster = TestCluster(["node-lifecycle"])
        for index in 0..<3 { cluster.server.seed(node("a\(index)", zone: "a", ready: "False")) }
        for index in 0..<3 { cluster.server.seed(node("b\(index)", zone: "b", ready: "True")) }
        cluster.server.seed(node("b3", zone: "b", ready: "False"))
        try await cluster.run { cluster in
            try await cluster.until("one of each zone at once") { server in
                let emptied = server.list(Node.self).filter { Self.isEmptied(server, $0.name) }.map(\.name)
                return emptied.count == 2 && emptied.contains("b3")
            }
            try await cluster.advance(.seconds(2), upTo: .seconds(60), "the others, one after the other") { server in
                ["a0", "a1", "a2"].allSatisfy { Self.isEmptied(server, $0) }
            }
        }
    }

    @Test("a small one most of whose nodes are not ready is left as it is")
    func partial() async throws {
        let cluster = TestCluster(["node-lifecycle"])
        for index in 0..<3 { cluster.server.seed(node("a\(index)", zone: "a", ready: "False")) }
        cluster.server.seed(node("a3", zone: "a", ready: "True"))
        try await cluster.run { cluster in
            try await cluster.until("noted") { server in
                server.get(Node.self, "a0")?.spec.taints.contains { $0.effect == "NoSchedule" } == true
            }
            await cluster.settle()
            #expect(!cluster.server.list(Node.self).contains { Self.isEmptied(cluster.server, $0.name) })
        }
    }

    @Test("pods that are to go from a node out of service go at once, others stay")
    func outOfService() async throws {
        let cluster = TestCluster(["pod-garbage-collector"])
        var down = node("n1", zone: "a", ready: "Unknown")
        var taint = Taint()
        taint.key = "node.kubernetes.io/out-of-service"
        taint.effect = "NoExecute"
        down.spec.taints = [taint]
        cluster.server.seed(down)
        for name in ["leaving", "staying"] {
            var pod = Pod(name: name, namespace: "default")
            pod.spec.nodeName = "n1"
            pod.status.phase = "Running"
            cluster.server.seed(pod)
        }
        try await cluster.run { cluster in
            await cluster.settle()
            cluster.server.edit(Pod.self, "leaving", namespace: "default") { pod in
                pod.metadata.deletionTimestamp = Timestamp(seconds: 1)
                pod.metadata.deletionGracePeriodSeconds = 30
            }
            try await cluster.until("gone") { $0.get(Pod.self, "leaving", namespace: "default") == nil }
            #expect(cluster.server.get(Pod.self, "staying", namespace: "default") != nil)
        }
    }
}
