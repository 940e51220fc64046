import CRI
import ClientTestSupport
import Foundation
import KubeAPI
import Machinery
import Node
import Testing

/// Image volumes from the pod to the mount, with the fake runtime's folders in place of images. Needs root, as mounts do.
@Suite(.timeLimit(.minutes(2))) struct ImageVolumeTests {
    private static let reference = "registry.test/model:1"

    /// A folder that plays an image: `config.json`, `weights/model.bin`, `out` that leads out of it.
    private func image() throws -> String {
        let folder = NSTemporaryDirectory() + "image-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/weights", withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
        try Data("w".utf8).write(to: URL(fileURLWithPath: folder + "/weights/model.bin"))
        try FileManager.default.createSymbolicLink(atPath: folder + "/out", withDestinationPath: "/etc")
        return folder
    }

    private func pod(_ mount: String = "", policy: String = "IfNotPresent", name: String = "web") throws -> Pod {
        let pod: Pod = try Pods.parse(
            """
            {"spec":{"volumes":[{"name":"model","image":{"reference":"\(Self.reference)","pullPolicy":"\(policy)"}}],
             "containers":[{"name":"c","image":"app:1","imagePullPolicy":"IfNotPresent",
              "env":[{"name":"PART","value":"weights"}],
              "volumeMounts":[{"name":"model","mountPath":"/model"\(mount)}]}]}}
            """)
        return Pods.pod(name) { made in
            made.spec.volumes = pod.spec.volumes
            made.spec.containers = pod.spec.containers
        }
    }

    private func path(_ harness: AgentHarness, _ uid: String) -> String {
        NodePaths(dataFolder: harness.folder).volume(uid, plugin: "image", "model")
    }

    @Test func anImageIsMountedReadOnlyAndTakenDownWithThePod() async throws {
        let image = try image()
        let runtime = FakeRuntime()
        runtime.setFolder(image, image: Self.reference)
        let harness = try AgentHarness(runtime: runtime)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            let uid = try await harness.create(try pod()).uid
            #expect(await harness.until("web") { $0?.isReady == true })
            let path = path(harness, uid)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path + "/config.json")) == Data("{}".utf8))
            #expect(open(path + "/new", O_CREAT | O_WRONLY, 0o600) == -1 && errno == EROFS)
            let mount = runtime.config(ofContainerNamed: "c")?.mounts.first { $0.containerPath == "/model" }
            #expect(mount?.hostPath == path)
            #expect(mount?.readonly == true)
            #expect(runtime.openViews == ["gantry-\(uid)-model"])
            try await harness.delete("web", graceSeconds: 0)
            await runtime.waitForCall("CloseImageView")
            #expect(await harness.server.until { _ in !FileManager.default.fileExists(atPath: path) })
            #expect(runtime.openViews.isEmpty)
            // What the volume showed is untouched.
            #expect(FileManager.default.fileExists(atPath: image + "/weights/model.bin"))
        }
        try FileManager.default.removeItem(atPath: image)
    }

    @Test(arguments: [
        (#","subPath":"weights""#, "/weights"), (#","subPathExpr":"$(PART)""#, "/weights"),
        (#","subPath":"weights/../weights""#, "/weights"),
    ])
    func aFolderOfAnImageCanBeMounted(mount: String, shown: String) async throws {
        let runtime = FakeRuntime()
        runtime.setFolder(try image(), image: Self.reference)
        try await AgentHarness(runtime: runtime).run { (harness: AgentHarness) async throws -> Void in
            let uid = try await harness.create(try pod(mount)).uid
            #expect(await harness.until("web") { $0?.isReady == true })
            let mount = runtime.config(ofContainerNamed: "c")?.mounts.first { $0.containerPath == "/model" }
            #expect(mount?.hostPath == path(harness, uid) + shown)
        }
    }

    @Test(arguments: [
        ("absent", "openat absent: no such file or directory"), ("out", "openat out: path escapes from parent"),
        ("config.json", "only directory subpath is supported, subpath: \"config.json\""),
    ])
    func aSubPathThatIsNoFolderOfTheImageIsRefused(subPath: String, why: String) async throws {
        let runtime = FakeRuntime()
        runtime.setFolder(try image(), image: Self.reference)
        try await AgentHarness(runtime: runtime).run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(try pod(#","subPath":"\#(subPath)""#))
            #expect(
                await harness.until("web") { pod in
                    let waiting = pod?.container("c")?.state?.waiting
                    return waiting?.reason == "CreateContainerError"
                        && waiting?.message?.hasPrefix("ImageVolumeMountFailed: failed to ensure image subpath") == true
                        && waiting?.message?.contains(why) == true
                })
        }
    }

    @Test func anImageThatDoesNotComeHoldsTheContainerBack() async throws {
        let runtime = FakeRuntime()
        runtime.setMissing(true, image: Self.reference)
        let refusal = CRIError(code: .notFound, message: "no such image")
        runtime.plant(refusal, refusal, in: "PullImage")
        try await AgentHarness(runtime: runtime).run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(try pod())
            #expect(
                await harness.until("web") { pod in
                    pod?.container("c")?.state?.waiting?.reason == "ErrImagePull"
                })
            #expect(
                await harness.until("web") { pod in
                    let waiting = pod?.container("c")?.state?.waiting
                    return waiting?.reason == "ImagePullBackOff"
                        && waiting?.message?.hasPrefix("Back-off pulling image \"\(Self.reference)\": ") == true
                })
            #expect(runtime.config(ofContainerNamed: "c") == nil)
            #expect(
                await harness.server.until { server in
                    server.list(Event.self).contains {
                        $0.reason == "Failed" && ($0.involvedObject.fieldPath ?? "").isEmpty
                            && $0.message?.hasPrefix("Failed to pull image \"\(Self.reference)\"") == true
                    }
                })
        }
    }

    @Test func anImageThatMayNotBePulledIsNot() async throws {
        let runtime = FakeRuntime()
        runtime.setMissing(true, image: Self.reference)
        try await AgentHarness(runtime: runtime).run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(try pod(policy: "Never"))
            #expect(
                await harness.until("web") { pod in
                    pod?.container("c")?.state?.waiting?.reason == "ErrImageNeverPull"
                })
            #expect(!runtime.calls.contains { $0.hasPrefix("PullImage") })
        }
    }

    @Test func whatIsAlwaysPulledIsPulledOncePerPod() async throws {
        let runtime = FakeRuntime()
        runtime.setFolder(try image(), image: Self.reference)
        try await AgentHarness(runtime: runtime).run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(try pod(policy: "Always"))
            #expect(await harness.until("web") { $0?.isReady == true })
            runtime.exit(containerNamed: "c", code: 1)
            #expect(await harness.until("web") { $0?.container("c")?.restartCount == 1 && $0?.isReady == true })
            #expect(runtime.calls.filter { $0 == "PullImage \(Self.reference)" }.count == 1)
            #expect(runtime.calls.filter { $0.hasPrefix("OpenImageView") }.count == 1)
        }
    }

    @Test func anImageThatIsNotUnpackedSaysSo() async throws {
        let runtime = FakeRuntime()
        try await AgentHarness(runtime: runtime).run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(try pod())
            #expect(
                await harness.until("web") { pod in
                    pod?.container("c")?.state?.waiting?.message?.hasPrefix(
                        "ImageVolumeMountFailed: failed to prepare for image volume \"\(Self.reference)\": ") == true
                })
            // The image comes to be as it should.
            runtime.setFolder(try image(), image: Self.reference)
            #expect(await harness.until("web") { $0?.isReady == true })
        }
    }

    @Test func aNewAgentGoesOnWithWhatIsMountedAndClosesWhatNobodyHas() async throws {
        let runtime = FakeRuntime()
        runtime.setFolder(try image(), image: Self.reference)
        let first = try AgentHarness(runtime: runtime)
        let (kept, gone) = try await first.runKeepingFolder {
            (harness: AgentHarness) async throws -> (String, String) in
            let kept = try await harness.create(try pod()).uid
            let gone = try await harness.create(try pod(name: "gone")).uid
            #expect(await harness.until("web") { $0?.isReady == true })
            #expect(await harness.until("gone") { $0?.isReady == true })
            return (kept, gone)
        }
        let second = try AgentHarness(runtime: runtime, folder: first.folder)
        for pod in first.server.list(Pod.self) where pod.name == "web" { _ = second.server.seed(pod) }
        try await second.run { (harness: AgentHarness) async throws -> Void in
            await runtime.waitForCall("CloseImageView gantry-\(gone)-model")
            #expect(await harness.server.until { _ in !FileManager.default.fileExists(atPath: path(harness, gone)) })
            runtime.exit(containerNamed: "c", code: 1)
            #expect(await harness.until("web") { ($0?.container("c")?.restartCount ?? 0) > 0 })
            #expect(runtime.openViews == ["gantry-\(kept)-model"])
            #expect(runtime.calls.filter { $0.hasPrefix("OpenImageView gantry-\(kept)") }.count == 1)
        }
    }
}
