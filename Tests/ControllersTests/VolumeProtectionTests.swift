import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("Storage in use")
struct VolumeProtectionTests {
    @Test("a claim that is being deleted stays while a pod on a node uses it")
    func claims() async throws {
        let cluster = TestCluster(["persistentvolumeclaim-protection"])
        cluster.server.seed(volumeClaim("c"))
        cluster.server.seed(podWithClaim("user", "c", on: "n1"))
        cluster.server.seed(podWithClaim("waiting", "c"))
        try await cluster.run { cluster in
            try await cluster.until("protected") { server in
                server.claim("c")?.metadata.finalizers == ["kubernetes.io/pvc-protection"]
            }
            let client = cluster.server.client("user")
            try await client.delete(
                PersistentVolumeClaim.self, ObjectKey(namespace: "default", name: "c"))
            await cluster.settle()
            #expect(cluster.server.claim("c")?.isBeingDeleted == true)
            cluster.server.erase(Pod.self, "user", namespace: "default")
            try await cluster.until("gone, whoever waits for a node") { $0.claim("c") == nil }
        }
    }

    @Test("a pod's own claim goes when the pod has shut down, though its object is still there")
    func ephemeral() async throws {
        let cluster = TestCluster(["persistentvolumeclaim-protection", "ephemeral-volume"])
        var pod = Pod(name: "p", namespace: "default")
        pod.spec.nodeName = "n1"
        pod.metadata.finalizers = ["example.com/kept"]
        pod.spec.volumes = [ephemeralVolume()]
        let stored = cluster.server.seed(pod)
        try await cluster.run { cluster in
            try await cluster.until("made") { server in
                server.claim("p-scratch")?.metadata.finalizers.isEmpty == false
            }
            let claim = try #require(cluster.server.claim("p-scratch"))
            #expect(claim.controllerOwner?.uid == stored.uid)
            #expect(claim.labels == ["from": "template"])
            let client = cluster.server.client("user")
            try await client.delete(PersistentVolumeClaim.self, claim.key)
            await cluster.settle()
            #expect(cluster.server.claim("p-scratch") != nil)
            cluster.server.edit(Pod.self, "p", namespace: "default") { pod in
                pod.metadata.deletionTimestamp = Timestamp(seconds: 1)
                pod.metadata.deletionGracePeriodSeconds = 0
            }
            try await cluster.until("gone") { $0.claim("p-scratch") == nil }
        }
    }

    private func ephemeralVolume() -> Volume {
        var template = PersistentVolumeClaimTemplate()
        template.metadata.labels = ["from": "template"]
        template.spec = volumeClaim("x").spec
        var source = EphemeralVolumeSource()
        source.volumeClaimTemplate = template
        var volume = Volume()
        volume.name = "scratch"
        volume.ephemeral = source
        return volume
    }

    @Test("a claim of the same name that is somebody else's is not used")
    func stranger() async throws {
        let cluster = TestCluster(["ephemeral-volume"])
        cluster.server.seed(volumeClaim("p-scratch"))
        var pod = Pod(name: "p", namespace: "default")
        pod.spec.volumes = [ephemeralVolume()]
        cluster.server.seed(pod)
        try await cluster.run { cluster in
            try await cluster.until("told") { server in
                server.messages("FailedBinding").first == "ephemeral volume scratch: PVC default/p-scratch was not "
                    + "created for pod default/p (pod is not owner)"
            }
            cluster.server.release("p-scratch")
            try await cluster.until("made") { $0.claim("p-scratch")?.controllerOwner?.name == "p" }
        }
    }

    @Test("a volume that is being deleted stays while it is bound")
    func volumes() async throws {
        let cluster = TestCluster(["persistentvolume-protection"])
        cluster.server.seed(persistentVolume("v") { $0.status.phase = "Bound" })
        try await cluster.run { cluster in
            try await cluster.until("protected") { server in
                server.volume("v")?.metadata.finalizers == ["kubernetes.io/pv-protection"]
            }
            let client = cluster.server.client("user")
            try await client.delete(PersistentVolume.self, ObjectKey(namespace: "", name: "v"))
            await cluster.settle()
            #expect(cluster.server.volume("v")?.isBeingDeleted == true)
            cluster.server.edit(PersistentVolume.self, "v") { $0.status.phase = "Released" }
            try await cluster.until("gone") { $0.volume("v") == nil }
        }
    }

    @Test("a class of volume attributes stays while a claim refers to it, in its spec or its status")
    func attributes() async throws {
        let cluster = TestCluster(["volumeattributesclass-protection"])
        cluster.server.seed(VolumeAttributesClass(name: "gold"))
        cluster.server.seed(volumeClaim("c") { $0.status.currentVolumeAttributesClassName = "gold" })
        try await cluster.run { cluster in
            try await cluster.until("protected") { server in
                server.get(VolumeAttributesClass.self, "gold")?.metadata.finalizers
                    == ["kubernetes.io/vac-protection"]
            }
            let client = cluster.server.client("user")
            try await client.delete(VolumeAttributesClass.self, ObjectKey(namespace: "", name: "gold"))
            await cluster.settle()
            #expect(cluster.server.get(VolumeAttributesClass.self, "gold") != nil)
            cluster.server.edit(PersistentVolumeClaim.self, "c", namespace: "default") {
                $0.status.currentVolumeAttributesClassName = "silver"
            }
            try await cluster.until("gone") { $0.get(VolumeAttributesClass.self, "gold") == nil }
        }
    }
}
