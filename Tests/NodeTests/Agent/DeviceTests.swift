import CRI
import ClientTestSupport
import DevicePlugins
import DeviceTestSupport
import Foundation
import HTTPCore
import KubeAPI
import Machinery
import Node
import Testing

/// Pods with devices of a driver that speaks the real protocol.
@Suite(.timeLimit(.minutes(2))) struct DeviceTests {
    private let resource = "test.example/gpu"

    /// A node with a driver, whose socket's path is short enough for the kernel.
    private func run(
        _ driver: PlayedDriver, _ devices: [DevicePluginV1beta1.Device], runtime: FakeRuntime = FakeRuntime(),
        _ body: @escaping @Sendable (AgentHarness, DevicePluginServer) async throws -> Void
    ) async throws {
        let folder = "/tmp/gantry-kubelet-\(UUID().uuidString.prefix(8))"
        let sockets = KubeletFolder(folder).devicePlugins
        try FileManager.default.createDirectory(atPath: sockets, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let harness = try AgentHarness(runtime: runtime, kubeletFolder: folder)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            try await DevicePluginServer.run(driver, devices, folder: sockets) {
                (server: DevicePluginServer) async throws -> Void in
                try await body(harness, server)
            }
        }
    }

    private func pod(_ name: String, gpus: Int64) -> Pod {
        Pods.pod(name) { pod in
            pod.metadata.uid = ""
            var resources = ResourceRequirements()
            resources.limits = [resource: Quantity(gpus)]
            resources.requests = resources.limits
            pod.spec.containers[0].resources = resources
        }
    }

    private static func counts(_ node: KubeAPI.Node?, _ resource: String) -> [Int64?] {
        [node?.status.capacity[resource]?.value, node?.status.allocatable[resource]?.value]
    }

    private static func health(_ pod: Pod?) -> String? {
        pod?.container("c")?.allocatedResourcesStatus.first?.resources.first?.health
    }

    private func until(_ harness: AgentHarness, _ capacity: Int64, _ allocatable: Int64) async {
        let resource = resource
        #expect(
            await harness.server.until { server in
                Self.counts(server.get(KubeAPI.Node.self, "node-1"), resource) == [capacity, allocatable]
            })
    }

    @Test func whatTheDriverAnswersReachesTheContainer() async throws {
        let runtime = FakeRuntime()
        try await run(PlayedDriver(), devices("a", "b"), runtime: runtime) { harness, _ in
            await until(harness, 2, 2)
            _ = try await harness.create(pod("web", gpus: 2))
            #expect(await harness.until("web") { $0?.isReady == true })
            let config = try #require(runtime.config(ofContainerNamed: "c"))
            let visible = try #require(config.envs.first { $0.key == "VISIBLE" })
            #expect(Machinery.Base64.decode(visible.value).map { String(decoding: $0, as: UTF8.self) } == "a,b")
            #expect(config.devices.map(\.containerPath) == ["/dev/a", "/dev/b"])
            #expect(config.devices.map(\.permissions) == ["rw", "rw"])
            #expect(config.mounts.contains { $0.hostPath == "/opt/driver" && $0.readonly })
            #expect(config.annotations["test.example/devices"] == "a,b")
            #expect(config.cDIDevices.map(\.name) == ["test.example/gpu=a"])
            #expect(config.annotations["cdi.k8s.io/gantry-devices"] == "test.example/gpu=a")
            let known = try await harness.pod("web")?.container("c")?.allocatedResourcesStatus
            #expect(known?.map(\.name) == [resource])
            #expect(known?.first?.resources.map(\.resourceID) == ["a", "b"])
            #expect(known?.first?.resources.map(\.health) == ["Healthy", "Healthy"])
        }
    }

    @Test func aPodThatFindsNoDeviceIsRefused() async throws {
        let driver = PlayedDriver()
        try await run(driver, devices("a")) { harness, _ in
            await until(harness, 1, 1)
            _ = try await harness.create(pod("first", gpus: 1))
            #expect(await harness.until("first") { $0?.isReady == true })
            _ = try await harness.create(pod("second", gpus: 1))
            #expect(await harness.until("second") { $0?.status.phase == "Failed" })
            let status = try #require(try await harness.pod("second")?.status)
            #expect(status.reason == "OutOf\(resource)")
            #expect(
                status.message == "Pod was rejected: Node didn't have enough resource: \(resource), requested: 1, "
                    + "used: 1, capacity: 1")
            try await harness.delete("first", graceSeconds: 1)
            #expect(await harness.until("first") { $0 == nil })
            driver.refuse(GRPCError(.internalError, "no power"))
            _ = try await harness.create(pod("third", gpus: 1))
            #expect(await harness.until("third") { $0?.status.phase == "Failed" })
            let third = try #require(try await harness.pod("third")?.status)
            #expect(third.reason == "UnexpectedAdmissionError")
            #expect(
                third.message == "Pod was rejected: Allocate failed due to rpc error: code = Internal desc = no power, "
                    + "which is unexpected")
        }
    }

    @Test func aPodWhoseDeviceFailsMakesRoomForAnother() async throws {
        try await run(PlayedDriver(), devices("a", "b")) { harness, driver in
            await until(harness, 2, 2)
            for name in ["first", "second"] {
                _ = try await harness.create(pod(name, gpus: 1))
                #expect(await harness.until(name) { $0?.isReady == true })
            }
            driver.set(devices("!a", "b"))
            #expect(await harness.until("first") { $0?.status.phase == "Failed" })
            await until(harness, 2, 1)
            let status = try #require(try await harness.pod("first")?.status)
            #expect(status.reason == "Evicted")
            #expect(status.message == "The pod's device is unhealthy: \(resource) a. ")
            #expect(status.conditions.contains { $0.type == "DisruptionTarget" && $0.status == "True" })
            #expect(
                status.containerStatuses.first?.allocatedResourcesStatus.first?.resources.first?.health == "Unhealthy")
            #expect(try await harness.pod("second")?.isReady == true)
        }
    }

    @Test func aDriverThatIsAwayHarmsNoPod() async throws {
        let name = "web"
        let folder = "/tmp/gantry-kubelet-\(UUID().uuidString.prefix(8))"
        let sockets = KubeletFolder(folder).devicePlugins
        try FileManager.default.createDirectory(atPath: sockets, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let harness = try AgentHarness(runtime: FakeRuntime(), kubeletFolder: folder)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            try await DevicePluginServer.run(PlayedDriver(), devices("a"), folder: sockets) {
                (_: DevicePluginServer) async throws -> Void in
                await until(harness, 1, 1)
                _ = try await harness.create(pod(name, gpus: 1))
                #expect(await harness.until(name) { $0?.isReady == true && Self.health($0) == "Healthy" })
            }
            await until(harness, 1, 0)
            #expect(await harness.until(name) { $0?.isReady == true && Self.health($0) == "Unknown" })
            try await DevicePluginServer.run(PlayedDriver(), devices("a"), folder: sockets) {
                (_: DevicePluginServer) async throws -> Void in
                await until(harness, 1, 1)
                #expect(await harness.until(name) { $0?.isReady == true && Self.health($0) == "Healthy" })
            }
        }
    }
}
