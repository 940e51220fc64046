import FlowControl
import Testing

@Suite("Fair queues")
struct FairQueuesTests {
    @Test("Requests execute while there are seats, then wait, then are rejected")
    func overflow() {
        var queues = Fixture.queues(seats: 2, length: 3)
        let answers = (1...6).map { queues.enters(UInt64($0)) }
        #expect(answers == ["executes", "executes", "waits", "waits", "waits", "queue-full"])
        #expect(queues.enters(7, flow: 1) == "waits")
        #expect(queues.waiting == 4)
    }

    @Test("A level without queues rejects what finds no seat, an exempt one nothing")
    func withoutQueues() {
        var queues = FairQueues(nil, isExempt: false, seats: 2, now: 0)
        #expect((1...3).map { queues.enters(UInt64($0)) } == ["executes", "executes", "concurrency-limit"])
        var exempt = FairQueues(nil, isExempt: true, seats: 0, now: 0)
        #expect((1...3).map { exempt.enters(UInt64($0)) } == ["executes", "executes", "executes"])
    }

    @Test("An elephant's full queue does not keep mice waiting for more than their turn")
    func fairness() throws {
        var queues = Fixture.queues(seats: 1)
        var now = 0.0
        var running = try queues.started(1)
        for ticket in 2...40 { #expect(queues.enters(UInt64(ticket)) == "waits") }
        for mouse in 1...3 { #expect(queues.enters(UInt64(1000 + mouse), flow: UInt64(mouse)) == "waits") }
        var order: [UInt64] = []
        for _ in 0..<6 {
            now += 0.003
            queues.advance(to: now)
            queues.finish(running)
            running = try queues.next()
            order.append(running.arrival.ticket)
        }
        #expect(Set(order.prefix(4)).isSuperset(of: [1001, 1002, 1003]))
        // When the mice are served, the elephant has all of it, in order.
        #expect(order.suffix(2) == [3, 4])
    }

    @Test("Two flows with requests of different lengths get the same time, not the same number")
    func lengths() throws {
        var queues = Fixture.queues(seats: 1)
        var now = 0.0
        var spent = [0.0, 0.0]
        var ticket: UInt64 = 1
        var running = try queues.started(ticket)
        for _ in 0..<400 {
            for flow in [UInt64(0), 1] where queues.queues[Int(flow)].waiting < 3 {
                ticket += 1
                #expect(queues.enters(ticket, flow: flow) == "waits")
            }
            let flow = Int(running.arrival.flow)
            let length = flow == 0 ? 0.010 : 0.001
            now += length
            spent[flow] += length
            queues.advance(to: now)
            queues.finish(running)
            running = try queues.next()
        }
        #expect(abs(spent[0] - spent[1]) < 0.2 * (spent[0] + spent[1]))
    }

    @Test("Virtual time runs with the seats that each active queue has")
    func virtualTime() {
        var queues = Fixture.queues(seats: 4)
        queues.advance(to: 1)
        #expect(queues.virtualTime == 0)
        #expect(queues.enters(1, flow: 0) == "executes")
        queues.advance(to: 2)
        #expect(queues.virtualTime == 1)
        #expect(queues.enters(2, flow: 1, seats: 2) == "executes")
        queues.advance(to: 4)
        #expect(queues.virtualTime == 1 + 2 * 1.5)
        #expect(queues.enters(3, flow: 1, seats: 2) == "waits")
        queues.advance(to: 5)
        // Five seats are asked for, four are there, for two queues.
        #expect(queues.virtualTime == 4 + 2)
    }

    @Test("A queue is charged by estimate at first, and by what it took in the end")
    func charge() throws {
        var queues = Fixture.queues(seats: 4)
        queues.advance(to: 1)
        let seat = try queues.started(1, seats: 2)
        #expect(abs(queues.queues[0].nextStart - 0.006) < 1e-9)
        queues.advance(to: 1.5)
        queues.finish(seat)
        #expect(abs(queues.queues[0].nextStart - 1) < 1e-9)
        #expect(queues.isIdle)
    }

    @Test("A wide request in front is waited for; one wider than the level has it alone")
    func wide() throws {
        var queues = Fixture.queues(seats: 3)
        let first = try queues.started(1)
        #expect(queues.enters(2, seats: 9) == "waits")
        #expect(queues.enters(3) == "waits")
        #expect(throws: NoSeat.self) { try queues.next() }
        queues.finish(first)
        let second = try queues.next()
        #expect(second.arrival.ticket == 2)
        #expect(throws: NoSeat.self) { try queues.next() }
        queues.finish(second)
        let next = try queues.next()
        #expect(next.arrival.ticket == 3)
    }

    @Test("A write keeps its seats while its watchers are told")
    func lingering() throws {
        var queues = Fixture.queues(seats: 2)
        let estimate = WorkEstimate(initialSeats: 1, finalSeats: 2, additionalSeconds: 0.005)
        guard case .executes(let seat) = queues.enter(Arrival(ticket: 1, tally: 0, estimate: estimate, flow: 0)) else {
            Issue.record("the request did not execute")
            return
        }
        queues.finish(seat)
        #expect(queues.seatsInUse == 2)
        #expect(queues.enters(2) == "waits")
        #expect(queues.nextRelease == 0.005)
        queues.advance(to: 0.005)
        let next = try queues.next()
        #expect(next.arrival.ticket == 2)
    }

    @Test("A request taken out of the middle leaves the others in order")
    func removal() throws {
        var queues = Fixture.queues(seats: 1)
        var running = try queues.started(1)
        var places: [Int] = []
        for ticket in 2...5 {
            guard case .waits(let place) = queues.enter(Fixture.arrival(UInt64(ticket))) else { continue }
            places.append(place)
        }
        let (removed, again) = (queues.remove(places[1]), queues.remove(places[1]))
        #expect(removed?.arrival.ticket == 3)
        #expect(again == nil)
        var order: [UInt64] = []
        while queues.waiting > 0 {
            queues.finish(running)
            running = try queues.next()
            order.append(running.arrival.ticket)
        }
        queues.finish(running)
        #expect(order == [2, 4, 5])
        #expect(queues.isIdle && queues.busyQueues == 0)
    }

    @Test("Who came too long ago is taken out, the rest stays")
    func expiry() {
        var queues = Fixture.queues(seats: 1)
        #expect(queues.enters(1) == "executes")
        #expect(queues.enters(2) == "waits")
        #expect(queues.enters(3, flow: 1) == "waits")
        queues.advance(to: 2)
        #expect(queues.enters(4, flow: 1) == "waits")
        #expect(queues.oldestArrival == 0)
        let expired = queues.expire(1)
        #expect(Set(expired.map(\.arrival.ticket)) == [2, 3])
        #expect(queues.oldestArrival == 2)
        #expect(queues.waiting == 1)
    }

    @Test("Queues that are no longer wanted drain and go")
    func fewerQueues() throws {
        var queues = Fixture.queues(seats: 1, queues: 4)
        let first = try queues.started(1)
        #expect(queues.enters(2, flow: 3) == "waits")
        queues.configure(Fixture.queuing(queues: 2))
        #expect(queues.queues.count == 4)
        queues.finish(first)
        let second = try queues.next()
        queues.finish(second)
        #expect(queues.queues.count == 2)
    }

    @Test("Whatever comes and goes, the seats in use stay within the limit and all come back")
    func invariants() {
        var generator = SystemRandomNumberGenerator()
        var queues = FairQueues(Fixture.queuing(queues: 8, hand: 3, length: 10), isExempt: false, seats: 7, now: 0)
        var running: [Seat] = []
        var now = 0.0
        for step in 0..<5000 {
            now += Double.random(in: 0...0.002, using: &generator)
            queues.advance(to: now)
            if Bool.random(using: &generator) {
                let arrival = Fixture.arrival(
                    UInt64(step), flow: generator.next(), seats: Int.random(in: 1...5, using: &generator))
                if case .executes(let seat) = queues.enter(arrival) { running.append(seat) }
            } else if !running.isEmpty {
                queues.finish(running.remove(at: Int.random(in: 0..<running.count, using: &generator)))
                while let seat = queues.dispatch() { running.append(seat) }
            }
            #expect(queues.seatsInUse <= 7)
            #expect(queues.waiting <= 80)
        }
        while let seat = running.popLast() {
            queues.finish(seat)
            while let next = queues.dispatch() { running.append(next) }
        }
        #expect(queues.isIdle && queues.demand.present == 0)
    }
}

@Suite("Shuffle sharding")
struct ShuffleShardingTests {
    @Test("A hand has distinct queues of the deck, always the same", arguments: [(64, 6), (128, 6), (4, 4), (3, 8)])
    func hands(_ queues: Int, _ size: Int) {
        var generator = SystemRandomNumberGenerator()
        var hand: [Int] = []
        for _ in 0..<200 {
            let flow = generator.next()
            ShuffleSharding.deal(flow, queues: queues, handSize: size, into: &hand)
            #expect(Set(hand).count == min(size, queues))
            #expect(hand.allSatisfy { (0..<queues).contains($0) })
            var again: [Int] = []
            ShuffleSharding.deal(flow, queues: queues, handSize: size, into: &again)
            #expect(hand == again)
        }
    }
}
