import DevicePlugins
import DeviceTestSupport
import HTTPClient
import HTTPCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct RegistrationTests {
    struct Attempt: Sendable {
        var version = "v1beta1"
        var endpoint = "driver.sock"
        var resource = "test.example/gpu"
        let problem: String
    }

    @Test(arguments: [
        Attempt(version: "v1alpha", problem: "requested API version \"v1alpha\" is not supported"),
        Attempt(endpoint: "", problem: "is no name of a socket"),
        Attempt(endpoint: "../other.sock", problem: "is no name of a socket"),
        Attempt(endpoint: "kubelet.sock", problem: "is no name of a socket"),
        Attempt(resource: "gpu", problem: "the ResourceName \"gpu\" is invalid"),
        Attempt(resource: "kubernetes.io/gpu", problem: "the ResourceName \"kubernetes.io/gpu\" is invalid"),
        Attempt(resource: "requests.example/gpu", problem: "is invalid"),
        Attempt(resource: "test.example/", problem: "is invalid"),
    ])
    func aDriverThatDoesNotFitIsRefused(_ attempt: Attempt) async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            // A driver that is registered shows that the agent listens.
            try await node.with(PlayedDriver(), devices("a"), endpoint: "other.sock") {
                (_: DevicePluginServer) async throws -> Void in
                await node.until(1, 1)
                var request = DevicePluginV1beta1.RegisterRequest()
                request.version = attempt.version
                request.endpoint = attempt.endpoint
                request.resourceName = attempt.resource
                let agent = GRPCConnection(.unix(path: node.folder + "/" + DevicePluginProtocol.agentSocket))
                defer { agent.shutDown() }
                let message = try GRPCMessage.encode(request)
                let error = await #expect(throws: GRPCError.self) {
                    try await agent.unary(DevicePluginProtocol.register, message)
                }
                #expect(error?.message.contains(attempt.problem) == true, "\(error?.message ?? "")")
            }
        }
    }

    @Test func severalDriversAreThereAtATime() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(PlayedDriver("test.example/gpu"), devices("a"), endpoint: "gpu.sock") {
                (_: DevicePluginServer) async throws -> Void in
                try await node.with(PlayedDriver("test.example/nic"), devices("x", "y"), endpoint: "nic.sock") {
                    (_: DevicePluginServer) async throws -> Void in
                    await node.until(1, 1)
                    await node.until(2, 2, of: "test.example/nic")
                }
            }
        }
    }

    @Test func monitoringHearsWhichPodHasWhichDevice() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(PlayedDriver(), devices("a@1", "b", "!c")) {
                (_: DevicePluginServer) async throws -> Void in
                await node.until(3, 2)
                _ = try await node.manager.grant("uid-1", .gpu("main", 1))
                let holders = [
                    PodResourcesServer.Holder(
                        uid: "uid-1", name: "web", namespace: "default", containers: ["main", "side"])
                ]
                try await node.withPodResources(holders) { monitor in
                    let all = try await monitor.list()
                    #expect(all.map(\.name) == ["web"])
                    let containers = all.first?.containers ?? []
                    #expect(containers.map(\.name) == ["main", "side"])
                    #expect(containers.map { $0.devices.flatMap(\.deviceIDs) } == [["b"], []])
                    #expect(try await monitor.get("web", "default").containers.count == 2)
                    let error = await #expect(throws: GRPCError.self) { try await monitor.get("db", "default") }
                    #expect(error?.message == "pod db in namespace default not found")
                    let healthy = try await monitor.allocatable()
                    #expect(healthy.flatMap(\.deviceIDs) == ["a", "b"])
                    #expect(healthy.map { $0.topology?.nodes.map(\.id) } == [[1], nil])
                }
            }
        }
    }
}
