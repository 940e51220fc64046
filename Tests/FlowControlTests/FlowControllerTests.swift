import ClientTestSupport
import FlowControl
import KubeAPI
import Machinery
import Testing

@Suite("Flow control")
struct FlowControllerTests {
    private let time = TestTime()
    private let jane = Fixture.request(Fixture.user("jane"))

    /// Fills the level of ordinary users, up to some seats.
    private func fill(_ controller: FlowController, leaving free: Int = 0) -> [Seat] {
        let seats = (controller.level("global-default")?.currentSeats ?? 0) - free
        return (0..<seats).compactMap { _ in controller.seat(jane) }
    }

    @Test("A flood of one user leaves nodes and leader election their seats")
    func flood() throws {
        let controller = Fixture.controller(seats: 60, time: time)
        let taken = fill(controller)
        #expect(taken.count == (try #require(controller.level("global-default"))).currentSeats)
        var waits = 0
        var rejected = 0
        for _ in 0..<2000 {
            if controller.ticket(jane) == nil { rejected += 1 } else { waits += 1 }
        }
        #expect(waits == 6 * 50)
        #expect(rejected == 2000 - waits)
        for _ in 0..<3 {
            #expect(controller.seat(Fixture.lease(Fixture.node)) != nil)
            #expect(controller.seat(Fixture.lease(Fixture.user("system:kube-scheduler"))) != nil)
            #expect(controller.seat(Fixture.request(Fixture.user("root", "system:masters"))) != nil)
        }
    }

    @Test("A seat given back goes to who waits, whether or not its task waits yet")
    func handOver() async throws {
        let controller = Fixture.controller(seats: 10, time: time)
        let taken = fill(controller, leaving: 1)
        let last = try #require(controller.seat(jane))
        let early = try #require(controller.ticket(jane))
        controller.finish(last)
        let decision = await controller.wait(early)
        #expect(controller.level("global-default")?.executing == taken.count + 1)
        #expect(decision.rejection == nil)
    }

    @Test("Who waits too long is rejected, and told why")
    func timeOut() async throws {
        let controller = Fixture.controller(seats: 10, waitSeconds: 2, time: time)
        let keeper = Task { await controller.run() }
        _ = fill(controller)
        let ticket = try #require(controller.ticket(jane))
        async let decision = controller.wait(ticket)
        await time.untilSleepers(1)
        time.advance(by: .seconds(3))
        #expect(await decision.rejection == .timeOut)
        let level = try #require(controller.level("global-default"))
        #expect(level.waiting == 0 && level.timedOut == 1)
        #expect(controller.metrics.schemas.first { $0.flowSchema == "global-default" }?.rejectedRequests[.timeOut] == 1)
        keeper.cancel()
        await keeper.value
    }

    @Test("A client that leaves frees its place")
    func cancellation() async throws {
        let controller = Fixture.controller(seats: 10, time: time)
        _ = fill(controller)
        let ticket = try #require(controller.ticket(jane))
        let waiter = Task { await controller.wait(ticket) }
        waiter.cancel()
        #expect(await waiter.value.rejection == .cancelled)
        #expect(controller.level("global-default")?.waiting == 0)
        #expect(controller.ticketCount == 0)
    }

    @Test("A level in need borrows seats that others lend, and gives them back")
    func borrowing() throws {
        let controller = Fixture.controller(seats: 245, time: time)
        let before = try #require(controller.level("global-default")).currentSeats
        var taken = fill(controller)
        for _ in 0..<200 { _ = controller.ticket(jane) }
        time.advance(by: .seconds(11))
        controller.finish(taken.removeLast())
        let borrowed = try #require(controller.level("global-default"))
        #expect(borrowed.currentSeats > 3 * before)
        #expect(borrowed.executing == borrowed.currentSeats)
        let low = try #require(controller.level("workload-low"))
        #expect(low.currentSeats >= low.lowerSeats && low.currentSeats < low.nominalSeats)
        let sum = controller.metrics.levels.reduce(0) { $0 + $1.currentSeats }
        #expect(abs(sum - 245) <= 4)
    }

    @Test("A request classified by a configuration that is gone is classified again")
    func reconfiguration() async {
        let controller = Fixture.controller(time: time)
        let old = controller.classify(jane)
        controller.configure(schemas: [], levels: [])
        guard case .outdated = controller.begin(old, WorkEstimator.least) else {
            Issue.record("the old classification was taken")
            return
        }
        let (schema, decision, _) = await controller.admit(jane) { _ in WorkEstimator.least }
        #expect(schema.name == "catch-all")
        #expect(decision.seat != nil)
    }

    @Test("A level that is no longer configured goes with its last request")
    func quiescing() throws {
        let controller = Fixture.controller(time: time)
        let seat = try #require(controller.seat(jane))
        controller.configure(
            schemas: Fixture.schemas, levels: Fixture.levels.filter { $0.name != "global-default" })
        #expect(controller.level("global-default")?.isQuiescing == true)
        controller.finish(seat)
        #expect(controller.level("global-default") == nil)
        controller.configure(schemas: Fixture.schemas, levels: Fixture.levels)
        #expect(controller.seat(jane) != nil)
    }

    @Test("Figures of schemas that come and go do not pile up")
    func tallies() {
        let controller = Fixture.controller(time: time)
        for number in 0..<400 {
            var schema = FlowControlDefaults.suggestedSchemas[0]
            schema.metadata.name = "made-\(number)"
            controller.configure(schemas: Fixture.schemas + [schema], levels: Fixture.levels)
        }
        #expect(controller.metrics.schemas.count <= 300)
    }

    @Test("What happens is counted")
    func metrics() async throws {
        let controller = Fixture.controller(seats: 10, time: time)
        let seats = fill(controller)
        let ticket = try #require(controller.ticket(jane))
        time.advance(by: .milliseconds(30))
        for seat in seats { controller.finish(seat) }
        let tally = try #require(controller.metrics.schemas.first { $0.flowSchema == "global-default" })
        #expect(tally.priorityLevel == "global-default")
        // The one that waited has its seat.
        #expect(tally.dispatchedRequests == seats.count + 1)
        #expect(tally.executingRequests == 1 && tally.waitingRequests == 0)
        #expect(tally.executionSeconds.total == seats.count)
        #expect(await controller.wait(ticket).seat != nil)
        #expect(abs(tally.waitSeconds.sum - 0.03) < 1e-6)
        #expect(FlowDump.priorityLevels(controller.metrics).hasPrefix("PriorityLevelName,"))
        #expect(FlowDump.queues(controller.metrics).contains("leader-election,"))
    }

    @Test("Thousands of tasks are all answered, some of them cancelled")
    func many() async {
        let controller = Fixture.controller(seats: 20)
        let answered = await withTaskGroup(of: Int.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    let request = Fixture.request(Fixture.user("user-\(number % 20)"))
                    let decision = await controller.admit(request) { _ in WorkEstimator.least }.decision
                    guard let seat = decision.seat else { return 1 }
                    await Task.yield()
                    controller.finish(seat)
                    return 1
                }
            }
            for _ in 0..<200 {
                let task = Task { await controller.admit(jane) { _ in WorkEstimator.least }.decision }
                task.cancel()
                group.addTask {
                    if let seat = await task.value.seat { controller.finish(seat) }
                    return 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(answered == 2200)
        #expect(controller.ticketCount == 0)
        let allIdle = controller.metrics.levels.allSatisfy(\.isIdle)
        #expect(allIdle)
    }
}
