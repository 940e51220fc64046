import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Synchronization
import Testing

@Suite("Leader election", .timeLimit(.minutes(3)))
struct LeaderElectorTests {
    let server = FakeAPIServer()
    let time = TestTime()
    let key = ObjectKey(namespace: "kube-system", name: "gantry-controllers")

    private func elector(_ identity: String) -> LeaderElector {
        LeaderElector(
            client: server.client(), lease: key, identity: identity, clock: time, wallClock: time.wall,
            log: FailureLog { _, _ in })
    }

    /// Work that goes on until it is cancelled, and says so.
    private func endless(_ running: Flag) -> @Sendable () async throws -> Void {
        {
            running.set(true)
            defer { running.set(false) }
            let (forever, _) = AsyncStream.makeStream(of: Never.self)
            for await _ in forever {}
            try Task.checkCancellation()
        }
    }

    private var lease: Lease? { server.get(Lease.self, key.name, namespace: key.namespace) }

    @Test("lets the first one act, keeps its Lease fresh, and gives it back at the end")
    func acquires() async throws {
        let running = Flag()
        let leader = Task { [self] in try await elector("a").run(endless(running)) }
        #expect(await running.until(true))
        #expect(lease?.spec.holderIdentity == "a")
        #expect(lease?.spec.leaseDurationSeconds == 15)
        let first = lease?.spec.renewTime
        await time.untilSleepers(1)
        time.advance(by: .seconds(2))
        let wasRenewed = await server.until { server in
            server.get(Lease.self, "gantry-controllers", namespace: "kube-system")?.spec.renewTime != first
        }
        #expect(wasRenewed)
        leader.cancel()
        await #expect(throws: CancellationError.self) { try await leader.value }
        #expect(lease?.spec.holderIdentity == "")
    }

    @Test("lets a second one act only once the first has not renewed for the whole lease")
    func takesOver() async throws {
        var held = Lease(name: key.name, namespace: key.namespace)
        held.spec.holderIdentity = "dead"
        held.spec.leaseDurationSeconds = 15
        held.spec.renewTime = time.wall.now
        held.spec.leaseTransitions = 3
        server.seed(held)
        let running = Flag()
        let second = Task { [self] in try await elector("b").run(endless(running)) }
        // It first sees the Lease now, so the fifteen seconds run from now, whatever the Lease's own time says.
        var waited = Duration.zero
        while !running.value, waited < .seconds(60) {
            await time.untilSleepers(1)
            time.advance(by: .seconds(1))
            waited += .seconds(1)
            if waited < .seconds(15) { #expect(!running.value) }
            await Task.yield()
        }
        #expect(await running.until(true))
        #expect(waited >= .seconds(15))
        #expect(lease?.spec.holderIdentity == "b")
        #expect(lease?.spec.leaseTransitions == 4)
        second.cancel()
        _ = await second.result
    }

    @Test("stops the work before the Lease can be another's when it cannot be renewed")
    func fences() async throws {
        let running = Flag()
        let leader = Task { [self] in try await elector("a").run(endless(running)) }
        #expect(await running.until(true))
        await time.untilSleepers(1)
        server.intercept { _ in .serviceUnavailable("away") }
        var passed = Duration.zero
        while running.value, passed < .seconds(15), !Task.isCancelled {
            // Nobody sleeps while a request is under way, and nobody any more once leadership is lost.
            if time.sleeperCount > 0 {
                time.advance(by: .seconds(1))
                passed += .seconds(1)
            }
            for _ in 0..<50 where running.value { await Task.yield() }
        }
        if running.value { leader.cancel() }
        #expect(passed <= .seconds(12))
        await #expect(throws: LeaderElector.LeadershipLost.self) { try await leader.value }
        #expect(!running.value)
    }

    @Test("lets no write out after its time, even in the moment a paused process goes on; reads it lets through")
    func fenceIsTimed() async throws {
        let running = Flag()
        let elector = elector("a")
        let client = server.client().fenced(by: elector.fence)
        func write(_ name: String) async throws { _ = try await client.create(ConfigMap(name: name, namespace: "d")) }
        await #expect(throws: elector.fence.refusal) { try await write("before") }
        let leader = Task { [self] in try await elector.run(endless(running)) }
        #expect(await running.until(true))
        try await write("leading")
        await time.untilSleepers(1)
        // The elector sleeps on: nothing but the clock tells that time has passed.
        server.intercept { $0.path.contains("/leases/") ? .serviceUnavailable("away") : nil }
        time.advance(by: .seconds(10))
        await #expect(throws: elector.fence.refusal) { try await write("paused") }
        _ = try await client.get(ConfigMap.self, ObjectKey(namespace: "d", name: "leading"))
        await #expect(throws: LeaderElector.LeadershipLost.self) { try await leader.value }
        await #expect(throws: elector.fence.refusal) { try await write("after") }
        #expect(server.writes.filter { $0.path.contains("configmaps") }.count == 1)
    }

    @Test("closes the fence before it gives the Lease back")
    func fenceCloses() async throws {
        let running = Flag()
        let elector = elector("a")
        let leader = Task { [self] in try await elector.run(endless(running)) }
        #expect(await running.until(true))
        #expect(elector.fence.isOpen)
        leader.cancel()
        _ = await leader.result
        #expect(!elector.fence.isOpen)
        #expect(lease?.spec.holderIdentity == "")
    }

    @Test("stops the work at once when another one has taken the Lease")
    func loses() async throws {
        let running = Flag()
        let leader = Task { [self] in try await elector("a").run(endless(running)) }
        #expect(await running.until(true))
        server.edit(Lease.self, key.name, namespace: key.namespace) { $0.spec.holderIdentity = "b" }
        await time.untilSleepers(1)
        time.advance(by: .seconds(2))
        await #expect(throws: LeaderElector.LeadershipLost.self) { try await leader.value }
        #expect(lease?.spec.holderIdentity == "b")
    }
}

/// A Boolean that a test waits for.
final class Flag: Sendable {
    private let state = Mutex(false)
    var value: Bool { state.withLock { $0 } }
    func set(_ value: Bool) { state.withLock { $0 = value } }

    func until(_ wanted: Bool) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(20)
        while value != wanted {
            if ContinuousClock.now > deadline { return false }
            await Task.yield()
        }
        return true
    }
}
