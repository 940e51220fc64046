import HTTPCore
import NIOCore
import Testing

@Suite("A bounded queue", .timeLimit(.minutes(1)))
struct BoundedQueueTests {
    @Test("keeps the order and gives what was queued before the end")
    func order() async throws {
        let queue = BoundedQueue<Int>(capacity: 10, cost: { _ in 1 })
        for number in 1...3 { try await queue.push(number) }
        queue.finish()
        #expect(try await queue.next() == 1)
        #expect(try await queue.next() == 2)
        #expect(try await queue.next() == 3)
        #expect(try await queue.next() == nil)
        await #expect(throws: BoundedQueueError.finished) { try await queue.push(4) }
    }

    @Test("gives a failure after what was queued")
    func failure() async throws {
        let queue = BoundedQueue<Int>(capacity: 10, cost: { _ in 1 })
        try await queue.push(1)
        queue.finish(throwing: ByteDuplexError.closed)
        #expect(try await queue.next() == 1)
        await #expect(throws: ByteDuplexError.closed) { try await queue.next() }
    }

    @Test("never holds more than its capacity and one element per producer")
    func bounded() async throws {
        let queue = BoundedQueue<ByteBuffer>(bytes: 100)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<500 { try await queue.push(ByteBuffer(repeating: 7, count: 30)) }
                }
            }
            var total = 0
            while total < 4 * 500 * 30 {
                #expect(queue.queuedCost <= 100 + 4 * 30)
                total += try #require(try await queue.next()).readableBytes
            }
            #expect(total == 4 * 500 * 30)
            try await group.waitForAll()
        }
    }

    @Test("lets waiting sides be cancelled")
    func cancellation() async throws {
        let empty = BoundedQueue<Int>(capacity: 1, cost: { _ in 1 })
        let consumer = Task { try await empty.next() }
        consumer.cancel()
        await #expect(throws: CancellationError.self) { try await consumer.value }

        let full = BoundedQueue<Int>(capacity: 1, cost: { _ in 1 })
        try await full.push(1)
        let producer = Task { try await full.push(2) }
        producer.cancel()
        await #expect(throws: CancellationError.self) { try await producer.value }
        #expect(try await full.next() == 1)
    }

    @Test("drops everything once the consumer has gone")
    func discard() async throws {
        let queue = BoundedQueue<Int>(capacity: 1, cost: { _ in 1 })
        try await queue.push(1)
        async let blocked: Void = queue.push(2)
        queue.discard()
        try await blocked
        try await queue.push(3)
        #expect(queue.queuedCost == 0)
        #expect(try await queue.next() == nil)
    }
}

@Suite("A lock across suspensions", .timeLimit(.minutes(1)))
struct AsyncLockTests {
    @Test("lets one body in at a time, also when waiters are cancelled")
    func exclusion() async throws {
        let lock = AsyncLock()
        let inside = BoundedQueue<Int>(capacity: 1, cost: { _ in 1 })
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let task = Task {
                        try await lock.withLock {
                            // Full while another body is inside, which would never end.
                            #expect(inside.queuedCost == 0)
                            try await inside.push(number)
                            await Task.yield()
                            _ = try await inside.next()
                        }
                    }
                    if number % 3 == 0 { task.cancel() }
                    _ = await task.result
                }
            }
        }
        #expect(try await lock.withLock { true })
    }
}
