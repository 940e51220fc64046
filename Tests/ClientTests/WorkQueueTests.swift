import Client
import ClientTestSupport
import Synchronization
import Testing

@Suite("A work queue")
struct WorkQueueTests {
    @Test("hands out keys in the order they came, each once")
    func order() async {
        let queue = WorkQueue<String>()
        for key in ["a", "b", "a", "c", "b"] { queue.add(key) }
        #expect(queue.count == 3)
        #expect(await queue.next() == "a")
        #expect(await queue.next() == "b")
        #expect(await queue.next() == "c")
    }

    @Test("brings a key back when it was added during its work, and not before the work is done")
    func reAdd() async {
        let queue = WorkQueue<String>()
        queue.add("a")
        #expect(await queue.next() == "a")
        queue.add("a")
        queue.add("a")
        #expect(queue.count == 0)
        queue.done("a")
        #expect(queue.count == 1)
        #expect(await queue.next() == "a")
        queue.done("a")
        #expect(queue.count == 0)
    }

    @Test("holds delayed keys until their time, earliest first, with one timer")
    func delays() async {
        let time = TestTime()
        let queue = WorkQueue<String>(clock: time)
        queue.addAfter("late", .seconds(10))
        queue.addAfter("soon", .seconds(1))
        queue.addAfter("late", .seconds(5))
        #expect(queue.delayedCount == 2)
        await time.untilSleepers(1)
        time.advance(by: .seconds(1))
        #expect(await queue.next() == "soon")
        #expect(queue.count == 0)
        await time.untilSleepers(1)
        time.advance(by: .seconds(4))
        #expect(await queue.next() == "late")
        #expect(queue.delayedCount == 0)
        #expect(time.sleeperCount == 0)
    }

    @Test("doubles the delay of a key that keeps failing, up to the limit, until it is forgotten")
    func backoff() {
        let backoff = Backoff(initial: .milliseconds(5), limit: .seconds(1000))
        let expected: [(failures: Int, delay: Duration)] = [
            (0, .milliseconds(5)), (1, .milliseconds(10)), (2, .milliseconds(20)), (10, .milliseconds(5120)),
            (17, .milliseconds(655_360)), (18, .seconds(1000)), (100_000, .seconds(1000)),
        ]
        for (failures, delay) in expected { #expect(backoff.delay(afterFailures: failures) == delay) }
        let queue = WorkQueue<String>(clock: TestTime())
        queue.addRateLimited("a")
        queue.addRateLimited("a")
        #expect(queue.failures(of: "a") == 2)
        queue.forget("a")
        #expect(queue.failures(of: "a") == 0)
    }

    /// Who works on what, and how often each key was worked on.
    private final class Tally: Sendable {
        private let active = Mutex<Set<Int>>([])
        private let counts = Mutex<[Int: Int]>([:])

        /// - Returns: whether nobody else works on the key.
        func begin(_ key: Int) -> Bool {
            counts.withLock { $0[key, default: 0] += 1 }
            return active.withLock { $0.insert(key).inserted }
        }

        func end(_ key: Int) { active.withLock { _ = $0.remove(key) } }
        func count(_ key: Int) -> Int { counts.withLock { $0[key] ?? 0 } }
        func finished(_ times: Int) -> Int { counts.withLock { $0.values.count { $0 >= times } } }
    }

    @Test("never lets two workers have one key, and loses none, whatever the order of things")
    func manyWorkers() async {
        let queue = WorkQueue<Int>()
        let tally = Tally()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    while let key = await queue.next() {
                        let isAlone = tally.begin(key)
                        #expect(isAlone)
                        await Task.yield()
                        if tally.count(key) < 5 { queue.add(key) }
                        tally.end(key)
                        queue.done(key)
                        if tally.finished(5) == 200 { queue.shutDown() }
                    }
                }
            }
            for key in 0..<200 { queue.add(key) }
        }
        #expect(tally.finished(5) == 200)
    }

    @Test("lets waiting workers go when it is shut down or they are cancelled")
    func ends() async {
        let queue = WorkQueue<Int>()
        let waiting = Task { await queue.next() }
        waiting.cancel()
        #expect(await waiting.value == nil)
        let second = Task { await queue.next() }
        queue.shutDown()
        #expect(await second.value == nil)
        queue.add(1)
        #expect(await queue.next() == nil)
    }
}
