import CRI
import Client
import Foundation
import Glibc
import KubeAPI
import Machinery
import Node
import Testing

/// No pod of these tests has a token.
private struct NoTokens: TokenSource {
    func token(
        pod: Pod, audience: String?, expirationSeconds: Int64
    ) async throws -> (token: String, renewAt: Timestamp) {
        throw StatusError.badRequest("there are no tokens")
    }
    func forget(pod uid: String) {}
}

@Suite("Volumes behind claims")
struct ClaimVolumeTests {
    private static func volume(
        _ name: String, claim: PersistentVolumeClaim, change: (inout PersistentVolume) -> Void
    ) -> PersistentVolume {
        var volume = PersistentVolume(name: name)
        volume.spec.claimRef = claim.reference
        change(&volume)
        return volume
    }

    private static func claim(_ name: String, volume: String, phase: String = "Bound") -> PersistentVolumeClaim {
        var claim = PersistentVolumeClaim(name: name, namespace: "default")
        claim.metadata.uid = "uid-of-\(name)"
        claim.spec.volumeName = volume
        claim.status.phase = phase
        return claim
    }

    private static func pod(readOnly: Bool = false, change: (inout Pod) -> Void = { _ in }) -> Pod {
        Pods.pod { pod in
            var source = PersistentVolumeClaimVolumeSource()
            source.claimName = "c"
            source.readOnly = readOnly
            var volume = Volume()
            volume.name = "data"
            volume.persistentVolumeClaim = source
            pod.spec.volumes = [volume]
            var mount = VolumeMount()
            mount.name = "data"
            mount.mountPath = "/data"
            pod.spec.containers[0].volumeMounts = [mount]
            change(&pod)
        }
    }

    private struct Place {
        let folder: String
        let paths: NodePaths

        func manager(_ claim: PersistentVolumeClaim?, _ volume: PersistentVolume?) -> VolumeManager {
            var objects = StaticObjects()
            if let claim { objects.claims[claim.key] = claim }
            if let volume { objects.persistentVolumes[volume.name] = volume }
            let settings = NodeSettings(
                nodeName: "node-1", hostAddresses: [], clusterDomain: "cluster.local", clusterDNS: [], paths: paths,
                cgroups: CgroupHierarchy(root: "/nonexistent", driver: .cgroupfs), allocatable: [:],
                memoryCapacity: 1 << 30)
            return VolumeManager(settings: settings, objects: objects, tokens: NoTokens(), clock: NodeClock())
        }
    }

    private func withPlace(_ body: (Place) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "claims-" + UUID().uuidString
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(Place(folder: folder, paths: NodePaths(dataFolder: folder + "/node")))
    }

    private func mount(_ manager: VolumeManager, _ pod: Pod) throws -> RuntimeV1.Mount {
        let mounts = try manager.mounts(pod.spec.containers[0], pod: pod, podAddresses: [], variables: [])
        return try #require(mounts.first { $0.containerPath == "/data" })
    }

    @Test("a provisioned folder is made when it is first mounted, for whoever the container runs as, and outlives pods")
    func provisioned() async throws {
        try await withPlace { place in
            let claim = Self.claim("c", volume: "pvc-1")
            let path = place.paths.localVolume("pvc-1")
            let volume = Self.volume("pvc-1", claim: claim) { volume in
                volume.metadata.annotations["pv.kubernetes.io/provisioned-by"] = LocalPath.provisioner
                volume.spec.local = LocalVolumeSource(json: ["path": .string(path)])
            }
            let manager = place.manager(claim, volume)
            let pod = Self.pod()
            _ = try await manager.prepare(pod, podAddresses: [])
            #expect(Files.permissions(path) == 0o777)
            let mount = try mount(manager, pod)
            #expect(mount.hostPath == path)
            #expect(!mount.readonly)
            try Files.write("kept", to: path + "/file")
            _ = try await manager.prepare(pod, podAddresses: [])
            try manager.remove(uid: pod.uid)
            #expect(Files.text(path + "/file") == "kept")
            #expect(!Files.exists(place.paths.pod(pod.uid)))
        }
    }

    @Test("the pod's group gets a local volume once, and a path inside it has the volume's own mode")
    func group() async throws {
        try await withPlace { place in
            let path = place.folder + "/disk"
            try Files.makeFolder(path)
            try Files.write("x", to: path + "/old", mode: 0o600)
            let claim = Self.claim("c", volume: "v")
            let volume = Self.volume("v", claim: claim) {
                $0.spec.local = LocalVolumeSource(json: ["path": .string(path)])
            }
            let manager = place.manager(claim, volume)
            let pod = Self.pod { pod in
                pod.spec.securityContext = PodSecurityContext(json: ["fsGroup": .int(Int64(getegid()))])
                pod.spec.containers[0].volumeMounts[0].subPath = "sub"
            }
            _ = try await manager.prepare(pod, podAddresses: [])
            #expect(Files.permissions(path) == 0o2775)
            #expect(Files.permissions(path + "/old") == 0o660)
            #expect(try mount(manager, pod).hostPath == path + "/sub")
            #expect(Files.permissions(path + "/sub") == 0o2775)
            try Files.write("x", to: path + "/new", mode: 0o600)
            _ = try await manager.prepare(pod, podAddresses: [])
            #expect(Files.permissions(path + "/new") == 0o600)
        }
    }

    @Test("a claim that is read only is mounted so, wherever it is")
    func readOnly() async throws {
        try await withPlace { place in
            let claim = Self.claim("c", volume: "v")
            let volume = Self.volume("v", claim: claim) {
                $0.spec.hostPath = HostPathVolumeSource(
                    json: ["path": .string(place.folder + "/host"), "type": "DirectoryOrCreate"])
            }
            let manager = place.manager(claim, volume)
            let pod = Self.pod(readOnly: true)
            _ = try await manager.prepare(pod, podAddresses: [])
            let mount = try mount(manager, pod)
            #expect(mount.readonly)
            #expect(mount.hostPath == place.folder + "/host")
        }
    }

    @Test("a claim that is not there, not bound or bound elsewhere holds the pod up, and says why")
    func refusals() async throws {
        try await withPlace { place in
            let bound = Self.claim("c", volume: "v")
            let foreign = Self.volume("v", claim: Self.claim("other", volume: "v")) { _ in }
            let missing = Self.volume("v", claim: bound) {
                $0.spec.local = LocalVolumeSource(json: ["path": .string(place.folder + "/none")])
            }
            let remote = Self.volume("v", claim: bound) {
                $0.spec.json["nfs"] = ["server": "192.0.2.1", "path": "/"]
            }
            let cases: [(PersistentVolumeClaim?, PersistentVolume?, String)] = [
                (nil, nil, "persistentvolumeclaims \"c\" not found"),
                (Self.claim("c", volume: "", phase: "Pending"), nil, "PVC is not bound"),
                (bound, nil, "persistentvolumes \"v\" not found"), (bound, foreign, "bound to another claim"),
                (bound, missing, "/none\" does not exist"), (bound, remote, "of the kind nfs are not supported"),
            ]
            for (claim, volume, words) in cases {
                let manager = place.manager(claim, volume)
                do {
                    _ = try await manager.prepare(Self.pod(), podAddresses: [])
                    Issue.record("prepared, in spite of: \(words)")
                } catch {
                    #expect("\(error)".contains(words))
                    #expect("\(error)".hasPrefix("MountVolume.SetUp failed for volume \"data\" : "))
                }
            }
        }
    }

    @Test("a pod's own claim is found by its name, and not used when it is another pod's")
    func ephemeral() async throws {
        try await withPlace { place in
            var claim = Self.claim("web-data", volume: "v")
            let volume = Self.volume("v", claim: claim) {
                $0.spec.hostPath = HostPathVolumeSource(json: ["path": .string(place.folder)])
            }
            let pod = Self.pod { $0.spec.volumes[0] = Volume(json: ["name": "data", "ephemeral": [:]]) }
            await #expect(throws: (any Error).self) {
                _ = try await place.manager(claim, volume).prepare(pod, podAddresses: [])
            }
            claim.metadata.ownerReferences = [pod.controllerReference]
            let manager = place.manager(claim, volume)
            _ = try await manager.prepare(pod, podAddresses: [])
            #expect(try mount(manager, pod).hostPath == place.folder)
        }
    }

    @Test("taking a pod down unmounts nothing that its links lead to")
    func mountedTarget() async throws {
        try await withPlace { place in
            let claim = Self.claim("c", volume: "v")
            // Any mount will do that is there on every machine.
            let volume = Self.volume("v", claim: claim) { $0.spec.local = LocalVolumeSource(json: ["path": "/proc"]) }
            let manager = place.manager(claim, volume)
            let pod = Self.pod()
            _ = try await manager.prepare(pod, podAddresses: [])
            let link = place.paths.claimLink(pod.uid, "data")
            #expect(Files.linkTarget(link) == "/proc")
            #expect(Mounts.isMountPoint("/proc"))
            #expect(!Mounts.isMountPoint(link))
            try manager.remove(uid: pod.uid)
            #expect(Files.exists("/proc/self"))
        }
    }

    @Test("what the provisioner asks of the Node is removed and answered there; no other folder is touched")
    func removal() async throws {
        let harness = try AgentHarness(runtime: FakeRuntime())
        try await harness.run { harness in
            let paths = NodePaths(dataFolder: harness.folder)
            try Files.makeFolder(paths.localVolume("pvc-1") + "/deep")
            try Files.makeFolder(paths.localVolume("pvc-2"))
            let server = harness.server
            let isThere = await server.until(.seconds(30)) { $0.get(Node.self, "node-1") != nil }
            try #require(isThere)
            #expect(server.get(Node.self, "node-1")?.annotations[LocalPath.folderAnnotation] == paths.localVolumes)
            server.edit(Node.self, "node-1") { node in
                node.metadata.annotations[LocalPath.removalAnnotation("pvc-1")] = "remove"
                node.metadata.annotations[LocalPath.removalAnnotation("..")] = "remove"
            }
            let isDone = await server.until(.seconds(30)) { server in
                let marks = server.get(Node.self, "node-1")?.annotations ?? [:]
                return marks[LocalPath.removalAnnotation("pvc-1")] == "removed"
                    && marks[LocalPath.removalAnnotation("..")]?.hasPrefix("failed: ") == true
            }
            #expect(isDone)
            #expect(!Files.exists(paths.localVolume("pvc-1")))
            #expect(Files.exists(paths.localVolume("pvc-2")))
        }
    }
}
