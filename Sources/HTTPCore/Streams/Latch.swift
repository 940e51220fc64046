/// An event that happens once, or fails. One task may wait for it.
package final class Latch: Sendable {
    private let queue = BoundedQueue<Void>(capacity: 1, cost: { _ in 1 })

    package init() {}

    /// Lets the waiter go, with `error` if given. The first call counts.
    package func open(throwing error: (any Error)? = nil) {
        queue.finish(throwing: error)
    }

    /// Suspends until the event.
    /// - Throws: the event's failure; `CancellationError` when cancelled while waiting.
    package func wait() async throws {
        _ = try await queue.next()
    }
}
