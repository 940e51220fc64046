import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("Volumes that are folders of a node")
struct LocalPathTests {
    private let controllers = ["local-path-provisioner", "persistentvolume-binder"]

    private func storageNode(_ name: String) -> Node {
        var node = node(name, labels: ["kubernetes.io/hostname": name])
        node.metadata.annotations[LocalPath.folderAnnotation] = "/data/volumes"
        return node
    }

    /// Claims a volume and says, as the scheduler does, on which node.
    private func claim(_ cluster: TestCluster, _ name: String, node: String) async throws -> String {
        try await cluster.until("there is a class") { $0.get(StorageClass.self, "local-path") != nil }
        cluster.server.seed(
            volumeClaim(name, storageClass: "local-path") {
                $0.metadata.annotations["volume.kubernetes.io/selected-node"] = node
            })
        try await cluster.until("bound") { $0.claim(name)?.status.phase == "Bound" }
        return try #require(cluster.server.claim(name)?.spec.volumeName)
    }

    @Test("a new cluster has the class, as its default; one that is there stays as it is")
    func defaultClass() async throws {
        let cluster = TestCluster(controllers)
        try await cluster.run { cluster in
            try await cluster.until("made") { server in
                guard let made = server.get(StorageClass.self, "local-path") else { return false }
                return made.annotations["storageclass.kubernetes.io/is-default-class"] == "true"
                    && made.provisioner == LocalPath.provisioner && made.volumeBindingMode == "WaitForFirstConsumer"
                    && made.reclaimPolicy == "Delete"
            }
        }
        let other = TestCluster(controllers)
        other.server.seed(storageClass("local-path", provisioner: "example.com/mine"))
        try await other.run { cluster in
            await cluster.settle()
            #expect(cluster.server.get(StorageClass.self, "local-path")?.provisioner == "example.com/mine")
        }
    }

    @Test("a claim gets a folder on the node of its first pod")
    func provision() async throws {
        let cluster = TestCluster(controllers)
        cluster.server.seed(storageNode("n1"))
        try await cluster.run { cluster in
            let name = try await claim(cluster, "c", node: "n1")
            let volume = try #require(cluster.server.volume(name))
            #expect(name == "pvc-\(try #require(cluster.server.claim("c")).uid)")
            #expect(volume.spec.local?.path == "/data/volumes/\(name)")
            #expect(volume.spec.capacity["storage"]?.description == "1Gi")
            let term = try #require(volume.spec.nodeAffinity?.required?.nodeSelectorTerms.first)
            #expect(term.matchExpressions.first?.key == "kubernetes.io/hostname")
            #expect(term.matchExpressions.first?.values == ["n1"])
            #expect(volume.metadata.finalizers == ["external-provisioner.volume.kubernetes.io/finalizer"])
        }
    }

    @Test("a released volume goes when its node has removed the folder, which is asked again where that fails")
    func removal() async throws {
        let cluster = TestCluster(controllers)
        cluster.server.seed(storageNode("n1"))
        try await cluster.run { cluster in
            let name = try await claim(cluster, "c", node: "n1")
            let key = LocalPath.removalAnnotation(name)
            cluster.server.release("c")
            try await cluster.until("asked") { $0.get(Node.self, "n1")?.annotations[key] == "remove" }
            cluster.server.edit(Node.self, "n1") { $0.metadata.annotations[key] = "failed: rmdir: busy" }
            try await cluster.until("told") { $0.messages("VolumeFailedDelete") == ["rmdir: busy"] }
            #expect(cluster.server.volume(name) != nil)
            try await cluster.advance(.seconds(10), upTo: .seconds(120), "asked again") { server in
                server.get(Node.self, "n1")?.annotations[key] == "remove"
            }
            cluster.server.edit(Node.self, "n1") { $0.metadata.annotations[key] = "removed" }
            try await cluster.until("gone, and forgotten") { server in
                server.volume(name) == nil && server.get(Node.self, "n1")?.annotations[key] == nil
            }
        }
    }

    @Test("what was on a node that is gone is gone with it")
    func lostNode() async throws {
        let cluster = TestCluster(controllers)
        cluster.server.seed(storageNode("n1"))
        try await cluster.run { cluster in
            let name = try await claim(cluster, "c", node: "n1")
            cluster.server.release("c")
            try await cluster.until("asked") { server in
                server.get(Node.self, "n1")?.annotations[LocalPath.removalAnnotation(name)] == "remove"
            }
            cluster.server.erase(Node.self, "n1")
            try await cluster.until("gone") { $0.volume(name) == nil }
        }
    }

    @Test("claims that cannot be met say why")
    func refusals() async throws {
        let cluster = TestCluster(controllers)
        cluster.server.seed(node("plain"))
        func claim(_ name: String, _ node: String, change: (inout PersistentVolumeClaim) -> Void = { _ in }) {
            cluster.server.seed(
                volumeClaim(name, storageClass: "local-path") { claim in
                    claim.metadata.annotations["volume.kubernetes.io/selected-node"] = node
                    change(&claim)
                })
        }
        claim("a", "plain")
        claim("b", "plain") { $0.spec.volumeMode = "Block" }
        claim("c", "missing")
        try await cluster.run { cluster in
            try await cluster.until("told") { server in
                let told = Set(server.messages("ProvisioningFailed"))
                return told.isSuperset(of: [
                    "node \"plain\" has no folder for volumes",
                    "block volumes are not supported by \(LocalPath.provisioner)", "node \"missing\" not found",
                ])
            }
            try await cluster.until("the scheduler is to choose again") { server in
                server.claim("c")?.annotations["volume.kubernetes.io/selected-node"] == nil
            }
            cluster.server.edit(Node.self, "plain") { node in
                node.metadata.labels["kubernetes.io/hostname"] = "plain"
                node.metadata.annotations[LocalPath.folderAnnotation] = "/data/volumes"
            }
            try await cluster.until("bound") { $0.claim("a")?.status.phase == "Bound" }
        }
    }

    @Test(
        "only what the provisioner could have named is a volume's name",
        arguments: [
            ("pvc-0a1b", true), ("pvc-", true), ("pvc-../x", false), ("..", false), ("pvc-a/b", false),
            ("other", false), ("pvc-A", false), ("pvc-" + String(repeating: "a", count: 60), false),
        ])
    func names(name: String, isName: Bool) {
        #expect(LocalPath.isVolumeName(name) == isName)
    }
}
