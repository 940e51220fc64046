import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("Nodes kept for their devices")
struct DedicatedNodeTests {
    private static func taints(_ server: FakeAPIServer, _ name: String) -> [String] {
        (server.get(Node.self, name)?.spec.taints ?? []).map { "\($0.key)=\($0.value ?? ""):\($0.effect)" }
    }

    private func gpuNode(_ name: String, annotation: String?, gpus: Int64) -> Node {
        var node = node(name)
        node.metadata.annotations[DedicatedNodes.annotation] = annotation
        node.status.capacity["nvidia.com/gpu"] = Quantity(gpus)
        return node
    }

    @Test("a node with GPUs is tainted where it says that it is kept for them")
    func taint() async throws {
        try await TestCluster(["dedicated-nodes"]).run { cluster in
            cluster.server.seed(gpuNode("shared", annotation: nil, gpus: 2))
            cluster.server.seed(gpuNode("without", annotation: "nvidia.com/gpu", gpus: 0))
            cluster.server.seed(gpuNode("kept", annotation: "nvidia.com/gpu,amd.com/gpu", gpus: 2))
            try await cluster.until("the node is tainted") {
                Self.taints($0, "kept") == ["nvidia.com/gpu=present:NoSchedule"]
            }
            await cluster.settle()
            #expect(Self.taints(cluster.server, "shared").isEmpty)
            #expect(Self.taints(cluster.server, "without").isEmpty)
            // Devices that come later.
            cluster.server.seed(gpuNode("late", annotation: "nvidia.com/gpu", gpus: 1))
            try await cluster.until("the node is tainted") {
                Self.taints($0, "late") == ["nvidia.com/gpu=present:NoSchedule"]
            }
        }
    }
}
