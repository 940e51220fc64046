import CRI
import ClientTestSupport
import KubeAPI
import Machinery
import Node
import Synchronization
import Testing

@Suite("Running dry") struct EvictionStateTests {
    private static let plenty = EvictionObservation(available: 50, capacity: 100)

    @Test(
        "thresholds are met below, not at, their value",
        arguments: [
            (EvictionThreshold(.memoryAvailable, .absolute(100 << 20)), Int64(100 << 20), Int64(8 << 30), false),
            (EvictionThreshold(.memoryAvailable, .absolute(100 << 20)), Int64(100 << 20) - 1, Int64(8 << 30), true),
            (EvictionThreshold(.nodeFilesystemAvailable, .percent(10)), 10, 100, false),
            (EvictionThreshold(.nodeFilesystemAvailable, .percent(10)), 9, 100, true),
            (EvictionThreshold(.imageFilesystemAvailable, .percent(15)), Int64.max / 100 * 15 - 1, Int64.max, true),
            (EvictionThreshold(.nodeFilesystemInodesFree, .percent(5)), 0, 0, false),
        ])
    func thresholds(threshold: EvictionThreshold, available: Int64, capacity: Int64, isMet: Bool) {
        #expect(threshold.isMet(by: EvictionObservation(available: available, capacity: capacity)) == isMet)
    }

    @Test("a pressure is told of for five minutes after it was last seen")
    func transition() {
        var state = EvictionState()
        let low = EvictionObservation(available: 1, capacity: 100)
        #expect(state.observe([.nodeFilesystemAvailable: low], now: .seconds(0))?.observation == low)
        #expect(state.pressures == [.disk])
        #expect(state.observe([.nodeFilesystemAvailable: Self.plenty], now: .seconds(10)) == nil)
        #expect(state.pressures == [.disk])
        #expect(state.observe([.nodeFilesystemAvailable: low], now: .seconds(20)) != nil)
        _ = state.observe([:], now: .seconds(319))
        #expect(state.pressures == [.disk])
        _ = state.observe([:], now: .seconds(320))
        #expect(state.pressures.isEmpty)
    }

    @Test("memory goes before disks, and disks before process ids")
    func urgency() {
        var state = EvictionState()
        let low = EvictionObservation(available: 1, capacity: 1000)
        let all = Dictionary(uniqueKeysWithValues: EvictionSignal.allCases.map { ($0, low) })
        #expect(state.observe(all, now: .zero)?.threshold.signal == .memoryAvailable)
        #expect(state.pressures == [.memory, .disk, .processes])
        let some = all.filter { $0.key != .memoryAvailable }
        #expect(state.observe(some, now: .zero)?.threshold.signal == .nodeFilesystemAvailable)
    }

    private static func candidate(
        _ name: String, _ usage: Int64?, request: Int64 = 0, priority: Int32 = 0
    ) -> EvictionCandidate {
        EvictionCandidate(uid: name, priority: priority, request: request, usage: usage)
    }

    @Test("pods go by excess, then importance, then by how much they use beyond what they asked for")
    func ranking() {
        let candidates = [
            Self.candidate("modest", 50, request: 100), Self.candidate("unknown", nil, priority: 1000),
            Self.candidate("greedy", 500, request: 100), Self.candidate("greedier", 900, request: 100),
            Self.candidate("important", 9000, request: 100, priority: 10),
            Self.candidate("exact", 100, request: 100, priority: -5), Self.candidate("lazy", 0, request: 100),
        ]
        let order = EvictionCandidate.ranked(candidates, for: .memory).map(\.uid)
        #expect(order == ["unknown", "greedier", "greedy", "important", "exact", "modest", "lazy"])
        let processes = EvictionCandidate.ranked(candidates, for: .processes).map(\.uid)
        #expect(processes == ["unknown", "exact", "greedier", "greedy", "modest", "lazy", "important"])
    }

    @Test("the message names what was scarce and who used more than asked for")
    func message() {
        let candidate = EvictionCandidate(
            uid: "u", priority: 0, request: 0, usage: 0,
            containers: [
                .init(name: "big", usage: 300 << 20, request: 100 << 20), .init(name: "small", usage: 1, request: 2),
            ])
        var state = EvictionState()
        let low = EvictionObservation(available: 52 << 20, capacity: 8 << 30)
        let shortage = state.observe([.memoryAvailable: low], now: .zero)
        #expect(
            shortage.map { candidate.message($0) }
                == "The node was low on resource: memory. Threshold quantity: 100Mi, available: 52Mi. "
                + "Container big was using 300Mi, request is 100Mi, has larger consumption of memory. ")
    }

    @Test("the node's conditions follow")
    func conditions() throws {
        var health = NodeHealth()
        health.pressures = [.disk]
        let conditions = health.conditions(previous: [], now: Timestamp(seconds: 1000))
        let told = Dictionary(uniqueKeysWithValues: conditions.map { ($0.type, [$0.status, $0.reason ?? ""]) })
        #expect(told["DiskPressure"] == ["True", "KubeletHasDiskPressure"])
        #expect(told["MemoryPressure"] == ["False", "KubeletHasSufficientMemory"])
        #expect(told["PIDPressure"] == ["False", "KubeletHasSufficientPID"])
        #expect(told["Ready"]?.first == "True")
    }
}

@Suite("Evicting", .timeLimit(.minutes(2))) struct EvictorTests {
    @Test("images go before pods, one pod goes at a time, and critical pods stay")
    func evicts() async throws {
        let harness = try AgentHarness(runtime: FakeRuntime())
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(Pods.pod("vital") { $0.spec.priority = 2_000_001_000 })
            _ = try await harness.create(Pods.pod("web") { $0.spec.priority = 5 })
            _ = try await harness.create(Pods.pod("batch"))
            for name in ["vital", "web", "batch"] { #expect(await harness.until(name) { $0?.isReady == true }) }
            let left = Mutex(Int64(1))
            let steps = Mutex<[String]>([])
            let evictor = Evictor(
                workers: harness.agent.workers, thresholds: EvictionThreshold.standard,
                observe: { [.nodeFilesystemAvailable: .init(available: left.withLock { $0 }, capacity: 100)] },
                reclaimImages: { steps.withLock { $0.append("images") } },
                tell: { pressures in steps.withLock { $0.append("\(pressures.map(\.rawValue))") } },
                warn: { _, message in steps.withLock { $0.append(message) } })
            try await evictor.check()
            #expect(await harness.until("batch") { $0?.status.phase == "Failed" })
            let pod = try #require(try await harness.pod("batch"))
            #expect(pod.status.reason == "Evicted")
            #expect(pod.status.message?.hasPrefix("The node was low on resource: ephemeral-storage.") == true)
            let disruption = pod.status.conditions.first { $0.type == "DisruptionTarget" }
            #expect(disruption?.status == "True" && disruption?.reason == "TerminationByKubelet")
            #expect(try await harness.pod("web")?.status.phase == "Running")
            #expect(
                steps.withLock { $0 } == [
                    #"["DiskPressure"]"#, "Attempting to reclaim ephemeral-storage", "images", #"["DiskPressure"]"#,
                ])
            try await evictor.check()
            #expect(await harness.until("web") { $0?.status.phase == "Failed" })
            try await evictor.check()
            #expect(try await harness.pod("vital")?.status.phase == "Running")
            left.withLock { $0 = 90 }
            steps.withLock { $0 = [] }
            try await evictor.check()
            #expect(steps.withLock { $0 } == [#"["DiskPressure"]"#])
        }
    }
}
