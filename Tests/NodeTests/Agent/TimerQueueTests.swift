import ClientTestSupport
import Machinery
import Node
import Synchronization
import Testing

@Suite struct TimerQueueTests {
    @Test func whatIsDueHappensInOrderAndCancelledThingsDoNot() {
        let time = TestTime()
        let queue = TimerQueue(clock: NodeClock(time))
        let seen = Mutex<[String]>([])
        queue.after(.seconds(3)) { seen.withLock { $0.append("c") } }
        queue.after(.seconds(1)) { seen.withLock { $0.append("a") } }
        let cancelled = queue.after(.seconds(2)) { seen.withLock { $0.append("x") } }
        queue.after(.seconds(2)) { seen.withLock { $0.append("b") } }
        queue.cancel(cancelled)
        #expect(queue.fireDue() == .seconds(1))
        time.advance(by: .seconds(2))
        #expect(queue.fireDue() == .seconds(1))
        #expect(seen.withLock { $0 } == ["a", "b"])
        time.advance(by: .seconds(5))
        #expect(queue.fireDue() == nil)
        #expect(seen.withLock { $0 } == ["a", "b", "c"])
    }

    @Test(.timeLimit(.minutes(1))) func theQueueWakesForAnEarlierEntry() async {
        let queue = TimerQueue(clock: NodeClock())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await queue.run() }
            let bell = Doorbell()
            queue.after(.seconds(3600)) {}
            queue.after(.milliseconds(1)) { bell.ring() }
            await bell.wait()
            group.cancelAll()
        }
    }
}
