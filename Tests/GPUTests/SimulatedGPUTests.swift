import DevicePlugins
import Foundation
import GPU
import HTTPCore
import Metrics
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct SimulatedGPUTests {
    private func source(_ count: Int = 2, file: String? = nil) -> SimulatedGPUs {
        SimulatedGPUs(count: count, seed: "node-1", faultFile: file) { _ in }
    }

    @Test func gpusAreTheSameAtEveryStart() throws {
        let first = source().devices
        #expect(first == source().devices)
        #expect(first != SimulatedGPUs(count: 2, seed: "node-2") { _ in }.devices)
        #expect(first.map(\.index) == [0, 1])
        #expect(Set(first.map(\.uuid)).count == 2)
        let shape = /GPU-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
        for device in first { #expect(try shape.wholeMatch(in: device.uuid) != nil, "\(device.uuid)") }
        #expect(first.map(\.busID) == ["00000000:1B:00.0", "00000000:1C:00.0"])
    }

    @Test func containersLearnWhichGPUsTheyHave() async throws {
        let source = source()
        let driver = GPUDriver(source)
        let names = source.devices.map(\.uuid)
        #expect(driver.listed.map(\.id) == names)
        let response = try await driver.allocate(names)
        #expect(response.envs["NVIDIA_VISIBLE_DEVICES"] == names.joined(separator: ","))
        await #expect(throws: GRPCError(.invalidArgument, "there is no device GPU-none")) {
            try await driver.allocate(["GPU-none"])
        }
    }

    @Test(arguments: [
        ("0 xid 79", [false, true]), ("0 xid 0", [true, true]), ("0 xid 13", [true, true]),
        ("# all is well\n\n1 xid 48 # memory\n", [true, false]), ("0 xid 79\n1 xid 74", [false, false]),
    ])
    func anErrorOfTheHardwareMakesAGPUUnhealthy(text: String, health: [Bool]) throws {
        let source = source()
        source.set(try GPUFaults(parsing: text))
        #expect(source.devices.map(source.isHealthy) == health)
    }

    @Test(arguments: ["x xid 79", "0", "0 xid", "0 melts", "0 utilization 101", "0 memory -1", "-1 hang", "0 hang 3"])
    func aLineThatSaysNothingIsRefused(text: String) {
        #expect(throws: GPUFaults.Malformed.self) { try GPUFaults(parsing: text) }
    }

    @Test func aGPUThatHangsAnswersWhenItNoLongerDoes() async throws {
        let source = source()
        source.set(try GPUFaults(parsing: "1 hang"))
        let driver = GPUDriver(source)
        let names = source.devices.map(\.uuid)
        _ = try await driver.allocate([names[0]])
        let waiting = Task { try await driver.allocate([names[1]]) }
        source.set(GPUFaults())
        #expect(try await waiting.value.envs["NVIDIA_VISIBLE_DEVICES"] == names[1])
        source.set(try GPUFaults(parsing: "1 hang"))
        let cancelled = Task { try await driver.allocate([names[1]]) }
        cancelled.cancel()
        await #expect(throws: GRPCError.self) { try await cancelled.value }
    }

    @Test func faultsAreFollowedInTheirFile() async throws {
        let file = NSTemporaryDirectory() + "gpu-faults-\(UUID().uuidString)/faults"
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let source = source(file: file)
        let (changes, changed) = AsyncStream.makeStream(of: Void.self)
        let watching = Task { try await source.watch { changed.yield() } }
        defer { watching.cancel() }
        func until(_ health: [Bool]) async {
            for await _ in changes where source.devices.map(source.isHealthy) == health { return }
        }
        // There is no file yet.
        await until([true, true])
        try Data("0 xid 79\n".utf8).write(to: URL(fileURLWithPath: file))
        await until([false, true])
        try FileManager.default.removeItem(atPath: file)
        await until([true, true])
    }

    @Test func labelsAreThoseOfGPUFeatureDiscovery() {
        #expect(
            GPUFeatures(source().devices).text == """
                nvidia.com/gpu.count=2
                nvidia.com/gpu.memory=81559
                nvidia.com/gpu.present=true
                nvidia.com/gpu.product=NVIDIA-H100-80GB-HBM3
                nvidia.com/gpu.replicas=1

                """)
        #expect(GPUFeatures([]).text.isEmpty)
    }

    @Test func metricsAreThoseOfTheDCGMExporter() throws {
        let source = source()
        source.set(try GPUFaults(parsing: "1 xid 79\n1 utilization 0\n0 utilization 50\n0 memory 1559"))
        let (first, second) = (source.devices[0], source.devices[1])
        let registry = MetricRegistry()
        let holder = GPUMetrics.Holder(pod: "llm-0", namespace: "ai", container: "server")
        registry.register(GPUMetrics(source, hostname: "node-1", holders: [first.uuid: holder]))
        let lines = String(decoding: registry.text(.prometheus), as: UTF8.self).split(separator: "\n").map(String.init)
        let model = "modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"node-1\""
        let busy =
            "{gpu=\"0\",UUID=\"\(first.uuid)\",pci_bus_id=\"00000000:1B:00.0\",device=\"nvidia0\",\(model),"
            + "container=\"server\",namespace=\"ai\",pod=\"llm-0\"}"
        let idle = "{gpu=\"1\",UUID=\"\(second.uuid)\",pci_bus_id=\"00000000:1C:00.0\",device=\"nvidia1\",\(model)}"
        for line in [
            "# TYPE DCGM_FI_DEV_GPU_UTIL gauge", "DCGM_FI_DEV_GPU_UTIL\(busy) 50", "DCGM_FI_DEV_GPU_UTIL\(idle) 0",
            "DCGM_FI_DEV_FB_USED\(busy) 1559", "DCGM_FI_DEV_FB_FREE\(busy) 80000", "DCGM_FI_DEV_XID_ERRORS\(busy) 0",
            "DCGM_FI_DEV_XID_ERRORS\(idle) 79", "DCGM_FI_DEV_POWER_USAGE\(busy) 381",
            "DCGM_FI_DEV_GPU_TEMP\(idle) 31",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }
}
