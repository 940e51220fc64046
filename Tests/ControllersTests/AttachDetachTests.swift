import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("Attaching volumes to nodes")
struct AttachDetachTests {
    private let cluster = TestCluster(["persistentvolume-attach-detach"])

    private func seedNode(_ name: String) {
        var node = node(name)
        node.metadata.annotations["volumes.kubernetes.io/controller-managed-attach-detach"] = "true"
        cluster.server.seed(node)
    }

    /// A volume of a driver, bound to a claim of the same name.
    private func seedVolume(_ name: String, modes: [String] = ["ReadWriteOnce"]) {
        let claim = cluster.server.seed(volumeClaim(name) { $0.spec.volumeName = name })
        cluster.server.seed(
            persistentVolume(name, modes: modes) { volume in
                volume.spec.hostPath = nil
                volume.spec.csi = CSIPersistentVolumeSource(
                    json: ["driver": "disk.example.com", "volumeHandle": .string("handle-\(name)")])
                volume.spec.claimRef = claim.reference
            })
    }

    private static func attachments(_ server: FakeAPIServer) -> [String] {
        server.list(VolumeAttachment.self).map { "\($0.spec.source.persistentVolumeName ?? "")@\($0.spec.nodeName)" }
            .sorted()
    }

    /// What the driver's attacher does.
    private func finishAttaching() {
        for attachment in cluster.server.list(VolumeAttachment.self) {
            cluster.server.edit(VolumeAttachment.self, attachment.name) { $0.status.attached = true }
        }
    }

    private static func attached(_ server: FakeAPIServer, _ node: String) -> [String] {
        server.get(Node.self, node)?.status.volumesAttached.map(\.name) ?? []
    }

    private static let uniqueName = "kubernetes.io/csi/disk.example.com^handle-v"

    @Test("a volume is attached for a pod, its node is told, and it is detached when the pod is gone and unmounted it")
    func lifecycle() async throws {
        seedNode("n1")
        seedVolume("v")
        cluster.server.seed(podWithClaim("p", "v", on: "n1"))
        try await cluster.run { cluster in
            try await cluster.until("asked") { Self.attachments($0) == ["v@n1"] }
            let attachment = try #require(cluster.server.list(VolumeAttachment.self).first)
            #expect(attachment.spec.attacher == "disk.example.com")
            // SHA-256 of "handle-v" + "disk.example.com" + "n1": drivers and agents look for this name.
            #expect(attachment.name == "csi-89b447418e80b581a71b37b9bdf42fd62ee1aee4dde513a217bd1ea53b529783")
            #expect(Self.attached(cluster.server, "n1").isEmpty)
            finishAttaching()
            try await cluster.until("told") { server in
                Self.attached(server, "n1") == [Self.uniqueName]
                    && server.messages("SuccessfulAttachVolume")
                        == ["AttachVolume.Attach succeeded for volume \"v\" "]
            }
            cluster.server.edit(Node.self, "n1") { $0.status.volumesInUse = [Self.uniqueName] }
            cluster.server.erase(Pod.self, "p", namespace: "default")
            await cluster.settle()
            #expect(Self.attachments(cluster.server) == ["v@n1"])
            cluster.server.edit(Node.self, "n1") { $0.status.volumesInUse = [] }
            try await cluster.until("detached") { server in
                Self.attachments(server).isEmpty && Self.attached(server, "n1").isEmpty
            }
        }
    }

    @Test("a volume for one node waits for the other to give it up, and the pod hears whose it is")
    func multiAttach() async throws {
        for name in ["n1", "n2"] { seedNode(name) }
        seedVolume("v")
        cluster.server.seed(podWithClaim("first", "v", on: "n1"))
        try await cluster.run { cluster in
            try await cluster.until("asked") { Self.attachments($0) == ["v@n1"] }
            cluster.server.seed(podWithClaim("second", "v", on: "n2"))
            try await cluster.until("told") { server in
                server.messages("FailedAttachVolume")
                    == ["Multi-Attach error for volume \"v\" Volume is already used by pod(s) first"]
            }
            cluster.server.erase(Pod.self, "first", namespace: "default")
            try await cluster.until("moved") { Self.attachments($0) == ["v@n2"] }
        }
    }

    @Test("a volume for many nodes is attached to each")
    func shared() async throws {
        for name in ["n1", "n2"] { seedNode(name) }
        seedVolume("v", modes: ["ReadWriteMany"])
        cluster.server.seed(podWithClaim("first", "v", on: "n1"))
        cluster.server.seed(podWithClaim("second", "v", on: "n2"))
        try await cluster.run { cluster in
            try await cluster.until("both") { Self.attachments($0) == ["v@n1", "v@n2"] }
        }
    }

    @Test("a failing driver is told of, in the driver's words")
    func failure() async throws {
        seedNode("n1")
        seedVolume("v")
        cluster.server.seed(podWithClaim("p", "v", on: "n1"))
        try await cluster.run { cluster in
            try await cluster.until("asked") { Self.attachments($0) == ["v@n1"] }
            let name = try #require(cluster.server.list(VolumeAttachment.self).first?.name)
            cluster.server.edit(VolumeAttachment.self, name) {
                $0.status.json["attachError"] = ["message": "no such disk"]
            }
            try await cluster.until("told") { server in
                server.messages("FailedAttachVolume")
                    == ["AttachVolume.Attach failed for volume \"v\" : no such disk"]
            }
        }
    }

    @Test("a node that is silent keeps a mounted volume for six minutes, one that is out of service not at all")
    func force() async throws {
        for name in ["silent", "out"] { seedNode(name) }
        seedVolume("v")
        seedVolume("w")
        cluster.server.seed(podWithClaim("p", "v", on: "silent"))
        cluster.server.seed(podWithClaim("q", "w", on: "out"))
        try await cluster.run { cluster in
            try await cluster.until("asked") { Self.attachments($0) == ["v@silent", "w@out"] }
            for (name, volume) in [("silent", "v"), ("out", "w")] {
                cluster.server.edit(Node.self, name) { node in
                    node.status.volumesInUse = ["kubernetes.io/csi/disk.example.com^handle-\(volume)"]
                    node.status.conditions[0].status = "Unknown"
                }
            }
            for name in ["p", "q"] { cluster.server.erase(Pod.self, name, namespace: "default") }
            await cluster.settle()
            #expect(Self.attachments(cluster.server) == ["v@silent", "w@out"])
            cluster.server.edit(Node.self, "out") { node in
                var taint = Taint()
                taint.key = "node.kubernetes.io/out-of-service"
                taint.effect = "NoExecute"
                node.spec.taints = [taint]
            }
            try await cluster.until("taken") { Self.attachments($0) == ["v@silent"] }
            cluster.time.advance(by: .seconds(300))
            await cluster.settle()
            #expect(Self.attachments(cluster.server) == ["v@silent"])
            try await cluster.advance(.seconds(10), upTo: .seconds(120), "taken at last") {
                Self.attachments($0).isEmpty
            }
        }
    }

    @Test("attachments that others made, and volumes of drivers that need none, are left alone")
    func others() async throws {
        seedNode("n1")
        seedVolume("v")
        cluster.server.seed(
            CSIDriver(json: ["metadata": ["name": "disk.example.com"], "spec": ["attachRequired": false]]))
        cluster.server.seed(podWithClaim("p", "v", on: "n1"))
        var foreign = VolumeAttachment(name: "foreign")
        foreign.spec.attacher = "disk.example.com"
        foreign.spec.nodeName = "n1"
        foreign.spec.source.persistentVolumeName = "v"
        cluster.server.seed(foreign)
        try await cluster.run { cluster in
            await cluster.settle()
            #expect(cluster.server.list(VolumeAttachment.self).map(\.name) == ["foreign"])
        }
    }
}
