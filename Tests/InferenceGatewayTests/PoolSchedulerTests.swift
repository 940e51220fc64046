import Inference
import InferenceGateway
import KubeAPI
import Testing

@Suite("The scheduler of a pool")
struct PoolSchedulerTests {
    private func replica(_ name: String, isOpen: Bool = true) -> Replica {
        Replica(
            id: Replica.ID(pod: ObjectKey(namespace: "n", name: name), uid: name, port: 8000), host: "10.0.0.1",
            isOpen: isOpen)
    }

    private func scheduler(_ names: [String], concurrency: Int = 2, queue: Int = 100) -> PoolScheduler {
        var limits = PoolLimits()
        limits.concurrency = concurrency
        limits.queue = queue
        var scheduler = PoolScheduler(limits: limits)
        scheduler.update(names.map { replica($0) }, limits: limits)
        return scheduler
    }

    private func request(
        _ id: UInt64, _ tenant: String = "a", _ priority: TrafficPriority = .interactive, tokens: Int = 10
    ) -> PoolRequest {
        PoolRequest(id: id, tenant: tenant, priority: priority, promptTokens: tokens, answerTokens: 0)
    }

    private func enter(_ scheduler: inout PoolScheduler, _ request: PoolRequest, now: Duration = .zero) -> [Assignment]
    {
        let (entry, evicted) = scheduler.enter(request, now: now)
        #expect(entry == .waits)
        #expect(evicted == nil)
        return scheduler.dispatch(now: now)
    }

    @Test("The replica with the fewest tokens under way gets the next request, to its limit")
    func leastTokens() {
        var scheduler = scheduler(["x", "y"])
        var names: [String] = []
        for (id, tokens) in [(1, 100), (2, 10), (3, 10), (4, 10)] {
            names += enter(&scheduler, request(UInt64(id), tokens: tokens)).map(\.replica.id.pod.name)
        }
        #expect(names == ["x", "y", "y", "x"])
        #expect(enter(&scheduler, request(5)).isEmpty)
        #expect(scheduler.load == PoolLoad(queued: 1, running: 4, tokensInFlight: 130))
    }

    @Test("What is given back is given to who waits")
    func giveBack() throws {
        var scheduler = scheduler(["x"], concurrency: 1)
        let first = try #require(enter(&scheduler, request(1)).first)
        #expect(enter(&scheduler, request(2)).isEmpty)
        scheduler.finish(first, .answered, now: .zero)
        #expect(scheduler.dispatch(now: .zero).map(\.request) == [2])
        #expect(scheduler.load == PoolLoad(queued: 0, running: 1, tokensInFlight: 10))
    }

    @Test("A pool without replicas has its requests wait, and begins them when there is one")
    func scaleFromZero() {
        var scheduler = scheduler([])
        #expect(enter(&scheduler, request(1)).isEmpty)
        #expect(!scheduler.hasOpenReplica)
        scheduler.update([replica("x")], limits: PoolLimits())
        #expect(scheduler.dispatch(now: .zero).map(\.request) == [1])
    }

    @Test("A replica that is being ended gets nothing new and finishes what it has")
    func terminating() throws {
        var scheduler = scheduler(["x"])
        let first = try #require(enter(&scheduler, request(1)).first)
        scheduler.update([replica("x", isOpen: false)], limits: scheduler.limits)
        #expect(enter(&scheduler, request(2)).isEmpty)
        scheduler.update([], limits: scheduler.limits)
        #expect(scheduler.load.running == 1)
        #expect(scheduler.runningByPod == [ObjectKey(namespace: "n", name: "x"): 1])
        scheduler.finish(first, .answered, now: .zero)
        #expect(scheduler.load == PoolLoad(queued: 1, running: 0, tokensInFlight: 0))
        scheduler.update([replica("x")], limits: scheduler.limits)
        #expect(scheduler.dispatch(now: .zero).map(\.request) == [2])
    }

    @Test("A replica that takes no connection rests, ever longer, and comes back with one request")
    func rest() throws {
        var scheduler = scheduler(["x"], concurrency: 4)
        var failed = request(1)
        var assignment = try #require(enter(&scheduler, failed).first)
        var now = Duration.zero
        for rest in [Duration.milliseconds(500), .seconds(1), .seconds(2)] {
            scheduler.finish(assignment, .unreachable, now: now)
            failed.avoided = assignment.replica.id
            scheduler.putBack(failed)
            #expect(scheduler.dispatch(now: now).isEmpty)
            #expect(scheduler.nextReturn(now: now) == now + rest)
            now += rest
            assignment = try #require(scheduler.dispatch(now: now).first)
        }
        #expect(enter(&scheduler, request(2), now: now).isEmpty)
        scheduler.finish(assignment, .answered, now: now)
        #expect(scheduler.dispatch(now: now).map(\.request) == [2])
        #expect(enter(&scheduler, request(3), now: now).count == 1)
    }

    @Test("A request that a replica failed goes to another one")
    func another() throws {
        var scheduler = scheduler(["x", "y"])
        var failed = request(1)
        let first = try #require(enter(&scheduler, failed).first)
        scheduler.finish(first, .hungUp, now: .zero)
        failed.avoided = first.replica.id
        scheduler.putBack(failed)
        let second = try #require(scheduler.dispatch(now: .zero).first)
        #expect(second.replica.id != first.replica.id)
        // To hang up once is no reason to be left alone.
        #expect(enter(&scheduler, request(2)).first?.replica.id == first.replica.id)
    }

    @Test("Interactive requests go before batch, whoever came first")
    func priorities() throws {
        var scheduler = scheduler(["x"], concurrency: 1)
        var running = try #require(enter(&scheduler, request(1)).first)
        for id in UInt64(2)...4 { #expect(enter(&scheduler, request(id, "a", .batch)).isEmpty) }
        #expect(enter(&scheduler, request(5)).isEmpty)
        var order: [UInt64] = []
        while scheduler.queued > 0 {
            scheduler.finish(running, .answered, now: .zero)
            running = try #require(scheduler.dispatch(now: .zero).first)
            order.append(running.request)
        }
        #expect(order == [5, 2, 3, 4])
    }

    @Test("In a full queue the tenant that has the most loses its newest, others keep theirs")
    func eviction() {
        var scheduler = scheduler(["x"], concurrency: 1, queue: 3)
        for id in UInt64(1)...4 { _ = enter(&scheduler, request(id, "flood")) }
        let (entry, evicted) = scheduler.enter(request(5, "other"), now: .zero)
        #expect(entry == .waits)
        #expect(evicted?.id == 4)
        let last = scheduler.enter(request(6, "flood"), now: .zero)
        #expect(last.0 == .refused)
        let batch = scheduler.enter(request(7, "third", .batch), now: .zero)
        #expect(batch.0 == .refused)
    }

    @Test("A request that left waits no longer")
    func withdraw() throws {
        var scheduler = scheduler(["x"], concurrency: 1)
        let first = try #require(enter(&scheduler, request(1)).first)
        _ = enter(&scheduler, request(2))
        let (once, twice) = (scheduler.withdraw(request(2)), scheduler.withdraw(request(2)))
        #expect(once && !twice)
        scheduler.finish(first, .answered, now: .zero)
        #expect(scheduler.dispatch(now: .zero).isEmpty)
        #expect(scheduler.load.isIdle)
    }

    @Test("Tenants share by tokens: who sends long prompts gets fewer of them")
    func shares() throws {
        var scheduler = scheduler(["x"], concurrency: 1)
        var running = try #require(enter(&scheduler, request(1, "long", tokens: 40)).first)
        for id in UInt64(0)..<40 {
            _ = enter(&scheduler, request(100 + id, "long", tokens: 40))
            _ = enter(&scheduler, request(200 + id, "short", tokens: 10))
        }
        var tokens: [String: Int] = [:]
        for _ in 0..<40 {
            scheduler.finish(running, .answered, now: .zero)
            running = try #require(scheduler.dispatch(now: .zero).first)
            tokens[running.request < 200 ? "long" : "short", default: 0] += running.request < 200 ? 40 : 10
        }
        let long = try #require(tokens["long"])
        let short = try #require(tokens["short"])
        #expect(abs(long - short) <= 80, "\(tokens)")
    }
}
