import InferenceGateway
import KubeAPI
import Machinery
import Testing

/// A day at a pool, played: requests come, are begun, and end, in time that is made up.
private struct PlayedPool {
    private struct Event {
        let at: Duration
        let what: What
    }

    private enum What {
        case arrives(PoolRequest)
        case ends(Assignment)
    }

    private var scheduler: PoolScheduler
    private var events = Heap<Event> { $0.at < $1.at }
    private var arrivals: [UInt64: Duration] = [:]
    private var waits: [String: [Duration]] = [:]
    private var number: UInt64 = 0
    private let service: Duration

    init(places: Int, service: Duration) {
        var limits = PoolLimits()
        limits.concurrency = places
        scheduler = PoolScheduler(limits: limits)
        scheduler.update(
            [Replica(id: Replica.ID(pod: ObjectKey(namespace: "n", name: "x"), uid: "x", port: 1), host: "h")],
            limits: limits)
        self.service = service
    }

    /// Requests of a tenant, in even steps.
    mutating func send(_ tenant: String, perSecond rate: Double, for time: Duration) {
        let step = Duration.seconds(1) / rate
        var at = Duration.zero
        while at < time {
            number += 1
            events.insert(Event(at: at, what: .arrives(PoolRequest(id: number, tenant: tenant, promptTokens: 100))))
            at += step
        }
    }

    mutating func run() {
        while let event = events.popFirst() {
            switch event.what {
            case .arrives(let request):
                arrivals[request.id] = event.at
                _ = scheduler.enter(request, now: event.at)
            case .ends(let assignment): scheduler.finish(assignment, .answered, now: event.at)
            }
            for assignment in scheduler.dispatch(now: event.at) {
                let arrival = arrivals[assignment.request] ?? event.at
                waits[assignment.tenant, default: []].append(event.at - arrival)
                events.insert(Event(at: event.at + service, what: .ends(assignment)))
            }
        }
    }

    func p95(_ tenant: String) -> Duration {
        let sorted = (waits[tenant] ?? []).sorted()
        return sorted.isEmpty ? .zero : sorted[sorted.count * 95 / 100]
    }
}

@Suite("Fairness between tenants")
struct FairnessTests {
    @Test("A tenant within its share waits no longer when another one floods", arguments: [10.0, 30, 39])
    func light(rate: Double) {
        // Eight places of 100 ms: eighty requests a second, forty for each of two.
        var calm = PlayedPool(places: 8, service: .milliseconds(100))
        calm.send("light", perSecond: rate, for: .seconds(60))
        calm.run()
        var flooded = PlayedPool(places: 8, service: .milliseconds(100))
        flooded.send("light", perSecond: rate, for: .seconds(60))
        flooded.send("flood", perSecond: 1000, for: .seconds(60))
        flooded.run()
        #expect(flooded.p95("flood") > .seconds(1))
        // Where there was no wait, none of a fifth of the time that a request takes may come up.
        #expect(flooded.p95("light") <= max(calm.p95("light") * 1.2, .milliseconds(20)), "\(flooded.p95("light"))")
    }

    @Test("A tenant that itself queues waits as long beside one that floods as beside one that takes its share")
    func heavy() {
        func wait(other: Double) -> Duration {
            var pool = PlayedPool(places: 8, service: .milliseconds(100))
            pool.send("heavy", perSecond: 44, for: .seconds(60))
            pool.send("other", perSecond: other, for: .seconds(60))
            pool.run()
            return pool.p95("heavy")
        }
        let (fair, flooded) = (wait(other: 44), wait(other: 1000))
        #expect(fair > .milliseconds(100))
        #expect(flooded <= fair * 1.2, "\(flooded) after \(fair)")
    }
}
