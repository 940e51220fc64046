import DevicePlugins
import DeviceTestSupport
import HTTPCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeviceManagerTests {
    @Test func devicesAreCountedAsTheirDriverTellsOfThem() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(PlayedDriver(), devices("a", "b", "!c")) {
                (driver: DevicePluginServer) async throws -> Void in
                await node.until(3, 2)
                driver.set(devices("a", "!b", "!c"))
                await node.until(3, 1)
                driver.set(devices("a", "b"))
                await node.until(2, 2)
            }
        }
    }

    @Test func aContainerGetsTheSameDevicesWheneverItStarts() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        let driver = PlayedDriver(preStart: true)
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(driver, devices("a", "b", "c")) { (_: DevicePluginServer) async throws -> Void in
                await node.until(3, 3)
                #expect(node.manager.reserve("pod", ["test.example/gpu": 2]) == nil)
                let first = try await node.manager.grant("pod", .gpu("c", 2))
                #expect(first.devices == ["a", "b"])
                #expect(first.response?.envs == ["VISIBLE": "a,b"])
                #expect(first.response?.devices.map(\.containerPath) == ["/dev/a", "/dev/b"])
                #expect(first.response?.mounts.first?.hostPath == "/opt/driver")
                #expect(first.response?.cdiDevices.map(\.name) == ["test.example/gpu=a"])
                #expect(try await node.manager.grant("pod", .gpu("c", 2)) == first)
            }
        }
        #expect(driver.asked == ["allocate a b", "preStart a b", "preStart a b"])
    }

    @Test func theDriverMayPreferSomeDevices() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        let driver = PlayedDriver(favourites: ["c", "d"])
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(driver, devices("a", "b", "c", "d", "!e")) {
                (_: DevicePluginServer) async throws -> Void in
                await node.until(5, 4)
                #expect(try await node.manager.grant("pod", .gpu("c", 2)).devices == ["c", "d"])
                // What is taken already is no choice, whatever the driver says.
                #expect(try await node.manager.grant("other", .gpu("c", 1)).devices == ["a"])
            }
        }
        #expect(
            driver.asked == [
                "preferred 2 of a b c d must ", "allocate c d", "preferred 1 of a b must ", "allocate a",
            ])
    }

    @Test(arguments: [
        (2, ["b", "c"]), (1, ["a"]), (3, ["a", "b", "c"]),
    ])
    func devicesNearEachOtherAreTaken(count: Int, taken: [String]) async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(PlayedDriver(), devices("a@0", "b@1", "c@1")) {
                (_: DevicePluginServer) async throws -> Void in
                await node.until(3, 3)
                #expect(try await node.manager.grant("pod", .gpu("c", count)).devices == taken)
            }
        }
    }

    @Test func anInitContainerPassesItsDevicesOn() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(PlayedDriver(), devices("a", "b")) { (_: DevicePluginServer) async throws -> Void in
                await node.until(2, 2)
                #expect(node.manager.reserve("pod", ["test.example/gpu": 1]) == nil)
                #expect(try await node.manager.grant("pod", .gpu("init", 1, isPassedOn: true)).devices == ["a"])
                #expect(try await node.manager.grant("pod", .gpu("main", 1)).devices == ["a"])
                #expect(node.manager.reserve("other", ["test.example/gpu": 1]) == nil)
                #expect(try await node.manager.grant("other", .gpu("main", 1)).devices == ["b"])
            }
        }
    }

    @Test func nobodyGetsWhatAnotherHasOrWasPromised() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(PlayedDriver(), devices("a", "b", "!c")) {
                (_: DevicePluginServer) async throws -> Void in
                await node.until(3, 2)
                #expect(node.manager.reserve("one", ["test.example/gpu": 1]) == nil)
                let shortage = try #require(node.manager.reserve("two", ["test.example/gpu": 2]))
                #expect(
                    shortage.description
                        == "Allocate failed due to requested number of devices unavailable for test.example/gpu. "
                        + "Requested: 2, Available: 1, which is unexpected")
                _ = try await node.manager.grant("one", .gpu("c", 2))
                await #expect(throws: DeviceShortage(resource: "test.example/gpu", requested: 1, available: 0)) {
                    try await node.manager.grant("two", .gpu("c", 1))
                }
                node.manager.release("one")
                #expect(try await node.manager.grant("two", .gpu("c", 1)).devices == ["a"])
            }
        }
    }

    @Test func aRefusalOfTheDriverLeavesTheDevicesFree() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        let driver = PlayedDriver()
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(driver, devices("a")) { (_: DevicePluginServer) async throws -> Void in
                await node.until(1, 1)
                driver.refuse(GRPCError(.internalError, "no power"))
                await #expect(throws: GRPCError(.internalError, "no power")) {
                    try await node.manager.grant("pod", .gpu())
                }
                #expect(node.manager.held("pod").values.joined().isEmpty)
                driver.refuse(nil)
                #expect(try await node.manager.grant("pod", .gpu()).devices == ["a"])
            }
        }
    }

    @Test func aDriverThatEndsTakesItsDevicesOutAndBringsThemBack() async throws {
        let node = try DeviceNode()
        defer { #expect(throws: Never.self) { try node.remove() } }
        try await node.run { (node: DeviceNode) async throws -> Void in
            try await node.with(PlayedDriver(), devices("a", "b")) {
                (driver: DevicePluginServer) async throws -> Void in
                await node.until(2, 2)
                _ = try await node.manager.grant("pod", .gpu())
                #expect(node.manager.held("pod")["c"]?.map(\.health) == [.healthy])
                driver.set(devices("!a", "b"))
                await node.until(2, 1)
                #expect(node.manager.held("pod")["c"]?.map(\.health) == [.unhealthy])
            }
            await node.until(2, 0)
            #expect(node.manager.held("pod")["c"]?.map(\.health) == [.unknown])
            try await node.with(PlayedDriver(), devices("a", "b")) { (_: DevicePluginServer) async throws -> Void in
                await node.until(2, 2)
                #expect(node.manager.held("pod")["c"]?.map(\.health) == [.healthy])
            }
        }
    }

    @Test func whatPodsHaveSurvivesTheAgent() async throws {
        let first = try DeviceNode()
        defer { #expect(throws: Never.self) { try first.remove() } }
        let driver = PlayedDriver()
        // The driver outlives the agent, as a program of its own does.
        try await first.with(driver, devices("a", "b")) { (_: DevicePluginServer) async throws -> Void in
            try await first.run { (node: DeviceNode) async throws -> Void in
                await node.until(2, 2)
                _ = try await node.manager.grant("pod", .gpu())
            }
            let second = try DeviceNode(folder: first.folder)
            #expect(second.manager.counts["test.example/gpu"] == DeviceCount(capacity: 2, allocatable: 2))
            #expect(second.manager.held("pod")["c"]?.map(\.health) == [.unknown])
            // What was answered needs no driver; what was not waits for one.
            #expect(try await second.manager.grant("pod", .gpu()).response?.envs == ["VISIBLE": "a"])
            await #expect(throws: GRPCError.self) { try await second.manager.grant("other", .gpu()) }
            #expect(second.manager.reserve("third", ["test.example/gpu": 2])?.available == 1)
            try await second.run { (node: DeviceNode) async throws -> Void in
                await node.untilHealthy("pod")
                #expect(try await node.manager.grant("other", .gpu()).devices == ["b"])
                node.manager.release(allBut: ["other"])
                #expect(try await node.manager.grant("third", .gpu()).devices == ["a"])
            }
        }
        #expect(driver.asked == ["allocate a", "allocate b", "allocate a"])
    }
}
