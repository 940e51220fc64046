import HTTPCore
import NIOCore
import NIOPosix
import Synchronization
import Testing

@Suite("Turns on an event loop", .timeLimit(.minutes(2)))
struct LoopTurnsTests {
    /// What ran, in its order.
    private final class Record: Sendable {
        private let entries = Mutex<[String]>([])
        func add(_ entry: String) { entries.withLock { $0.append(entry) } }
        var all: [String] { entries.withLock { $0 } }
    }

    private func withLoop(_ body: (EventLoopTaskExecutor) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await body(EventLoopTaskExecutor(group.next()))
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    @Test("A single request runs in place, on the loop or off it")
    func inPlace() async throws {
        try await withLoop { executor in
            let record = Record()
            try await executor.eventLoop.submit {
                executor.start {
                    await executor.turns.take(lane: 0)
                    record.add("request")
                }
                record.add("after")
            }.get()
            #expect(record.all == ["request", "after"])
            await executor.turns.take(lane: 0, steppingBack: true)
        }
    }

    @Test("Lanes take turns, however many wait in one of them")
    func lanes() async throws {
        try await withLoop { executor in
            let record = Record()
            let tasks = try await executor.eventLoop.submit {
                let many = (0..<100).map { _ in
                    executor.start {
                        await executor.turns.take(lane: 3, steppingBack: true)
                        record.add("many")
                    }
                }
                let few = (0..<2).map { _ in
                    executor.start {
                        await executor.turns.take(lane: 1, steppingBack: true)
                        record.add("few")
                    }
                }
                return many + few
            }.get()
            for task in tasks { await task.value }
            #expect(record.all.count == 102)
            #expect(record.all.prefix(4).filter { $0 == "few" }.count == 2)
        }
    }

    @Test("Requests that let each other in without end leave the loop time for its connections")
    func chain() async throws {
        try await withLoop { executor in
            let server = try await ServerBootstrap(group: executor.eventLoop).bind(host: "127.0.0.1", port: 0).get()
            let address = try #require(server.localAddress)
            let isConnected = Atomic<Bool>(false)
            let (connection, chain) = try await executor.eventLoop.submit {
                let connection = ClientBootstrap(group: executor.eventLoop).connect(to: address)
                // Told by the loop itself: nothing but the chain can keep it from it.
                connection.whenComplete { _ in isConnected.store(true, ordering: .relaxed) }
                let chain = executor.start {
                    while !isConnected.load(ordering: .relaxed) {
                        await executor.turns.take(lane: 0, steppingBack: true)
                    }
                }
                return (connection, chain)
            }.get()
            await chain.value
            let client = try await connection.get()
            try await client.close()
            try await server.close()
        }
    }
}
