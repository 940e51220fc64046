import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

func persistentVolume(
    _ name: String, _ size: Int64 = 1, storageClass: String = "fast", modes: [String] = ["ReadWriteOnce"],
    policy: String = "Retain", change: (inout PersistentVolume) -> Void = { _ in }
) -> PersistentVolume {
    var volume = PersistentVolume(name: name)
    volume.spec.capacity = ["storage": Quantity(size << 30, format: .binarySI)]
    volume.spec.accessModes = modes
    volume.spec.storageClassName = storageClass
    volume.spec.persistentVolumeReclaimPolicy = policy
    var source = HostPathVolumeSource()
    source.path = "/data"
    volume.spec.hostPath = source
    volume.status.phase = "Pending"
    change(&volume)
    return volume
}

func volumeClaim(
    _ name: String, _ size: Int64 = 1, storageClass: String? = "fast", modes: [String] = ["ReadWriteOnce"],
    change: (inout PersistentVolumeClaim) -> Void = { _ in }
) -> PersistentVolumeClaim {
    var claim = PersistentVolumeClaim(name: name, namespace: "default")
    var resources = VolumeResourceRequirements()
    resources.requests = ["storage": Quantity(size << 30, format: .binarySI)]
    claim.spec.resources = resources
    claim.spec.accessModes = modes
    claim.spec.storageClassName = storageClass
    claim.status.phase = "Pending"
    change(&claim)
    return claim
}

func storageClass(_ name: String, provisioner: String = "example.com/disk", waits: Bool = false) -> StorageClass {
    var storageClass = StorageClass(name: name)
    storageClass.provisioner = provisioner
    storageClass.reclaimPolicy = "Delete"
    storageClass.volumeBindingMode = waits ? "WaitForFirstConsumer" : "Immediate"
    return storageClass
}

func podWithClaim(_ name: String, _ claim: String, on node: String? = nil) -> Pod {
    var pod = Pod(name: name, namespace: "default")
    pod.spec.nodeName = node
    pod.status.phase = "Pending"
    var source = PersistentVolumeClaimVolumeSource()
    source.claimName = claim
    var volume = Volume()
    volume.name = "data"
    volume.persistentVolumeClaim = source
    pod.spec.volumes = [volume]
    return pod
}

extension FakeAPIServer {
    func claim(_ name: String) -> PersistentVolumeClaim? {
        get(PersistentVolumeClaim.self, name, namespace: "default")
    }

    func volume(_ name: String) -> PersistentVolume? { get(PersistentVolume.self, name) }

    func messages(_ reason: String) -> [String] {
        list(Event.self).filter { $0.reason == reason }.compactMap(\.message)
    }

    /// Deletes a claim as a user would, finalizers and all.
    func release(_ name: String) {
        erase(PersistentVolumeClaim.self, name, namespace: "default")
    }
}

@Suite("Binding claims to volumes")
struct PersistentVolumeTests {
    private static func isBound(_ server: FakeAPIServer, _ claim: String, to volume: String) -> Bool {
        guard let claim = server.claim(claim), let volume = server.volume(volume) else { return false }
        return claim.status.phase == "Bound" && claim.spec.volumeName == volume.name
            && volume.status.phase == "Bound" && volume.spec.claimRef?.uid == claim.uid
    }

    @Test("the smallest volume that fits is taken, on both sides and with every mark")
    func smallest() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(persistentVolume("large", 10))
        cluster.server.seed(persistentVolume("fitting", 5))
        cluster.server.seed(persistentVolume("small", 1))
        cluster.server.seed(persistentVolume("other-class", 5, storageClass: "slow"))
        cluster.server.seed(persistentVolume("other-modes", 4, modes: ["ReadOnlyMany"]))
        cluster.server.seed(persistentVolume("block", 4) { $0.spec.volumeMode = "Block" })
        try await cluster.run { cluster in
            try await cluster.until("free") { server in
                server.list(PersistentVolume.self).allSatisfy { $0.status.phase == "Available" }
            }
            cluster.server.seed(volumeClaim("c", 3))
            try await cluster.until("bound") { Self.isBound($0, "c", to: "fitting") }
            let claim = try #require(cluster.server.claim("c"))
            #expect(claim.annotations["pv.kubernetes.io/bind-completed"] == "yes")
            #expect(claim.annotations["pv.kubernetes.io/bound-by-controller"] == "yes")
            #expect(claim.status.capacity["storage"]?.description == "5Gi")
            #expect(claim.status.accessModes == ["ReadWriteOnce"])
            let volume = try #require(cluster.server.volume("fitting"))
            #expect(volume.annotations["pv.kubernetes.io/bound-by-controller"] == "yes")
            #expect(volume.spec.claimRef?.kind == "PersistentVolumeClaim")
            await cluster.settle()
            let writes = cluster.server.revision
            await cluster.settle()
            #expect(cluster.server.revision == writes)
        }
    }

    @Test("of a hundred claims at once every one gets a volume of its own")
    func many() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        for index in 0..<100 {
            cluster.server.seed(persistentVolume("v\(index)"))
            cluster.server.seed(volumeClaim("c\(index)"))
        }
        try await cluster.run { cluster in
            try await cluster.until("all bound") { server in
                server.list(PersistentVolumeClaim.self).allSatisfy { $0.status.phase == "Bound" }
            }
            let taken = cluster.server.list(PersistentVolumeClaim.self).compactMap(\.spec.volumeName)
            #expect(Set(taken).count == 100)
        }
    }

    @Test("a selector chooses by labels, also a volume that comes later")
    func selector() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(persistentVolume("plain"))
        cluster.server.seed(
            volumeClaim("c") { claim in
                var selector = LabelSelector()
                selector.matchLabels = ["disk": "ssd"]
                claim.spec.selector = selector
            })
        try await cluster.run { cluster in
            try await cluster.until("told") { server in
                server.messages("ProvisioningFailed") == ["storageclass.storage.k8s.io \"fast\" not found"]
            }
            cluster.server.seed(persistentVolume("ssd", 2) { $0.metadata.labels = ["disk": "ssd"] })
            try await cluster.until("bound") { Self.isBound($0, "c", to: "ssd") }
            #expect(cluster.server.volume("plain")?.status.phase == "Available")
        }
    }

    @Test("a volume kept for a claim goes to it, and one that a claim names is its own only if it fits")
    func preBound() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(persistentVolume("free"))
        cluster.server.seed(
            persistentVolume("kept", 20) { volume in
                var reference = ObjectReference()
                reference.namespace = "default"
                reference.name = "c"
                volume.spec.claimRef = reference
            })
        cluster.server.seed(volumeClaim("c"))
        cluster.server.seed(persistentVolume("tiny"))
        cluster.server.seed(volumeClaim("greedy", 5) { $0.spec.volumeName = "tiny" })
        cluster.server.seed(volumeClaim("late") { $0.spec.volumeName = "to-come" })
        try await cluster.run { cluster in
            try await cluster.until("kept") { Self.isBound($0, "c", to: "kept") }
            let kept = try #require(cluster.server.volume("kept"))
            #expect(kept.annotations["pv.kubernetes.io/bound-by-controller"] == nil)
            try await cluster.until("mismatch") { server in
                server.messages("VolumeMismatch") == [
                    "Cannot bind to requested volume \"tiny\": requested PV is too small"
                ]
            }
            cluster.server.seed(persistentVolume("to-come"))
            try await cluster.until("late") { Self.isBound($0, "late", to: "to-come") }
            #expect(
                cluster.server.claim("late")?.annotations["pv.kubernetes.io/bound-by-controller"] == nil)
            #expect(cluster.server.claim("greedy")?.status.phase == "Pending")
            cluster.server.seed(volumeClaim("second") { $0.spec.volumeName = "kept" })
            try await cluster.until("refused") { server in
                server.messages("FailedBinding").contains("volume \"kept\" already bound to a different claim.")
            }
        }
    }

    @Test("a claim that waits for its first pod takes only the volume the scheduler gave it")
    func waits() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(storageClass("fast", waits: true))
        cluster.server.seed(persistentVolume("free"))
        cluster.server.seed(volumeClaim("c"))
        try await cluster.run { cluster in
            try await cluster.until("waits") { server in
                server.messages("WaitForFirstConsumer")
                    == ["waiting for first consumer to be created before binding"]
            }
            await cluster.settle()
            #expect(cluster.server.claim("c")?.spec.volumeName == nil)
            let claim = try #require(cluster.server.claim("c"))
            cluster.server.edit(PersistentVolume.self, "free") { volume in
                volume.spec.claimRef = claim.reference
                volume.metadata.annotations["pv.kubernetes.io/bound-by-controller"] = "yes"
            }
            try await cluster.until("bound") { Self.isBound($0, "c", to: "free") }
        }
    }

    @Test("a pod that is on a node already has chosen for its claims")
    func placedConsumer() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(storageClass("fast", waits: true))
        cluster.server.seed(volumeClaim("c"))
        try await cluster.run { cluster in
            try await cluster.until("waits") { !$0.messages("WaitForFirstConsumer").isEmpty }
            cluster.server.seed(podWithClaim("unplaced", "c"))
            await cluster.settle()
            #expect(cluster.server.claim("c")?.annotations["volume.kubernetes.io/selected-node"] == nil)
            cluster.server.seed(podWithClaim("placed", "c", on: "n7"))
            try await cluster.until("handed over") { server in
                let marks = server.claim("c")?.annotations ?? [:]
                return marks["volume.kubernetes.io/selected-node"] == "n7"
                    && marks["volume.kubernetes.io/storage-provisioner"] == "example.com/disk"
            }
        }
    }

    @Test("a claim whose class has a provisioner is handed to it, once a node is chosen where that is needed")
    func provisioning() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(storageClass("fast"))
        cluster.server.seed(storageClass("near", provisioner: "example.com/near", waits: true))
        cluster.server.seed(storageClass("never", provisioner: "kubernetes.io/no-provisioner"))
        for name in ["fast", "near", "never"] { cluster.server.seed(volumeClaim(name, storageClass: name)) }
        try await cluster.run { cluster in
            try await cluster.until("handed over") { server in
                server.claim("fast")?.annotations["volume.kubernetes.io/storage-provisioner"] == "example.com/disk"
            }
            #expect(
                cluster.server.claim("fast")?.annotations["volume.beta.kubernetes.io/storage-provisioner"]
                    == "example.com/disk")
            try await cluster.until("told") { server in
                server.messages("ExternalProvisioning").first?.hasPrefix(
                    "Waiting for a volume to be created either by the external provisioner 'example.com/disk' or")
                    == true
                    && server.messages("ProvisioningFailed") == [
                        "no volume plugin matched name: kubernetes.io/no-provisioner"
                    ]
            }
            #expect(cluster.server.claim("near")?.annotations["volume.kubernetes.io/storage-provisioner"] == nil)
            cluster.server.edit(PersistentVolumeClaim.self, "near", namespace: "default") {
                $0.metadata.annotations["volume.kubernetes.io/selected-node"] = "n1"
            }
            try await cluster.until("near") { server in
                server.claim("near")?.annotations["volume.kubernetes.io/storage-provisioner"] == "example.com/near"
            }
            let claim = try #require(cluster.server.claim("fast"))
            cluster.server.seed(
                persistentVolume("made") { volume in
                    volume.metadata.annotations["pv.kubernetes.io/provisioned-by"] = "example.com/disk"
                    volume.spec.claimRef = claim.reference
                })
            try await cluster.until("bound") { Self.isBound($0, "fast", to: "made") }
        }
    }

    @Test("a claim that says nothing of classes gets the default one as soon as there is one")
    func retroactiveDefault() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(volumeClaim("c", storageClass: nil))
        cluster.server.seed(volumeClaim("none", storageClass: ""))
        try await cluster.run { cluster in
            try await cluster.until("told") { server in
                server.messages("FailedBinding").first
                    == "no persistent volumes available for this claim and no storage class is set"
            }
            var later = storageClass("standard")
            later.metadata.annotations["storageclass.kubernetes.io/is-default-class"] = "true"
            cluster.server.seed(later)
            try await cluster.until("given") { $0.claim("c")?.spec.storageClassName == "standard" }
            await cluster.settle()
            #expect(cluster.server.claim("none")?.spec.storageClassName == "")
        }
    }

    @Test(
        "a volume whose claim is gone is released, and its policy decides what becomes of it",
        arguments: [
            ("Retain", "Released", nil), ("Delete", "Failed", "VolumeFailedDelete"),
            ("Recycle", "Failed", "VolumeFailedRecycle"),
        ])
    func release(policy: String, phase: String, reason: String?) async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(persistentVolume("v", policy: policy))
        cluster.server.seed(volumeClaim("c"))
        try await cluster.run { cluster in
            try await cluster.until("bound") { Self.isBound($0, "c", to: "v") }
            cluster.server.release("c")
            try await cluster.until("released") { $0.volume("v")?.status.phase == phase }
            if let reason { try await cluster.until("told") { $0.reasons(of: "PersistentVolume").contains(reason) } }
            // A claim of the same name is another claim.
            cluster.server.seed(volumeClaim("c"))
            await cluster.settle()
            #expect(cluster.server.volume("v")?.status.phase == phase)
            #expect(cluster.server.claim("c")?.status.phase == "Pending")
        }
    }

    @Test("what somebody else provisioned is left for them to delete")
    func external() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(
            persistentVolume("v", policy: "Delete") {
                $0.metadata.annotations["pv.kubernetes.io/provisioned-by"] = "example.com/disk"
            })
        cluster.server.seed(volumeClaim("c"))
        try await cluster.run { cluster in
            try await cluster.until("bound") { Self.isBound($0, "c", to: "v") }
            cluster.server.release("c")
            try await cluster.until("released") { $0.volume("v")?.status.phase == "Released" }
            await cluster.settle()
            #expect(cluster.server.volume("v")?.status.phase == "Released")
        }
    }

    @Test("a claim whose volume is gone is lost, and found again with it")
    func lost() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        cluster.server.seed(persistentVolume("v"))
        cluster.server.seed(volumeClaim("c"))
        try await cluster.run { cluster in
            try await cluster.until("bound") { Self.isBound($0, "c", to: "v") }
            cluster.server.erase(PersistentVolume.self, "v")
            try await cluster.until("lost") { server in
                server.claim("c")?.status.phase == "Lost"
                    && server.messages("ClaimLost") == [
                        "Bound claim has lost its PersistentVolume. Data on the volume is lost!"
                    ]
            }
            cluster.server.seed(persistentVolume("v"))
            try await cluster.until("found") { Self.isBound($0, "c", to: "v") }
        }
    }

    @Test("a volume that was meant for a claim which went with another one comes free")
    func unbinding() async throws {
        let cluster = TestCluster(["persistentvolume-binder"])
        let claim = cluster.server.seed(
            volumeClaim("c") { claim in
                claim.spec.volumeName = "chosen"
            })
        for name in ["chosen", "other"] {
            cluster.server.seed(
                persistentVolume(name) { volume in
                    volume.spec.claimRef = claim.reference
                    volume.metadata.annotations["pv.kubernetes.io/bound-by-controller"] = "yes"
                })
        }
        try await cluster.run { cluster in
            try await cluster.until("bound") { Self.isBound($0, "c", to: "chosen") }
            try await cluster.until("free") { server in
                let other = server.volume("other")
                return other?.spec.claimRef == nil && other?.status.phase == "Available"
            }
        }
    }
}
