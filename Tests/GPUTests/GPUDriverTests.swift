import DevicePlugins
import Foundation
import GPU
import HTTPClient
import HTTPCore
import HTTPTestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct GPUDriverTests {
    /// The whole way: a fault in a file, the driver's stream, the node's count.
    @Test func aFaultReachesTheNode() async throws {
        let folder = "/tmp/gantry-gpu-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder + "/sockets", withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        let source = SimulatedGPUs(count: 2, seed: "node-1", faultFile: folder + "/faults") { _ in }
        let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let manager = try DeviceManager(
            folder: folder + "/sockets", checkpoint: folder + "/devices.json", clock: ContinuousClock(),
            report: { _ in }, changed: { changed.yield() })
        func until(_ capacity: Int, _ allocatable: Int) async {
            let wanted = DeviceCount(capacity: capacity, allocatable: allocatable)
            if manager.counts[GPUDriver.resource] == wanted { return }
            for await _ in changes where manager.counts[GPUDriver.resource] == wanted { return }
        }
        let running = Task { try await manager.run() }
        let driving = Task { try await GPUDriver(source).run(folder: folder + "/sockets") { _ in } }
        await until(2, 2)
        try Data("1 xid 79\n".utf8).write(to: URL(fileURLWithPath: folder + "/faults"))
        await until(2, 1)
        let request = DeviceRequest(container: "server", resource: GPUDriver.resource, count: 1)
        let grant = try await manager.grant("uid-1", request)
        #expect(grant.devices == [source.devices[0].uuid])
        try await metrics(of: source, folder, manager)
        driving.cancel()
        running.cancel()
        _ = await (driving.result, running.result)
    }

    /// What a scrape shows while a pod has a GPU.
    private func metrics(of source: SimulatedGPUs, _ folder: String, _ manager: DeviceManager) async throws {
        let holder = PodResourcesServer.Holder(uid: "uid-1", name: "llm-0", namespace: "ai", containers: ["server"])
        let ready = Signal<Void>()
        let server = PodResourcesServer(
            socket: folder + "/pods.sock", devices: manager, onReady: { ready.send(()) }
        ) { [holder] }
        let serving = Task { try await server.run() }
        try await ready.value()
        let exporter = GPUExporter(source, hostname: "node-1", podResources: folder + "/pods.sock") { _ in }
        try await TestServer.run(handler: { await exporter.respond(to: $0) }) { test in
            let client = try HTTPClient.test()
            defer { client.shutDown() }
            let response = try await client.execute(HTTPClientRequest(endpoint: test.http, target: "/metrics"))
            #expect(response.status == .ok)
            let text = try await response.body.text()
            #expect(text.contains("container=\"server\",namespace=\"ai\",pod=\"llm-0\"} 60"), "\(text)")
            let missing = try await client.execute(HTTPClientRequest(endpoint: test.http, target: "/other"))
            #expect(missing.status == .notFound)
        }
        serving.cancel()
        _ = await serving.result
    }
}
