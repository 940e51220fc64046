import Synchronization

/// Runs pieces of work as children of one task, so that none outlives the agent.
///
/// `run()` is a service: it returns once cancelled and after every piece has ended. Work given before it runs waits,
/// work given after it has ended is dropped; `isFull` bounds what may be waiting or running at once.
package final class TaskScope: Sendable {
    package typealias Work = @Sendable () async -> Void

    private let queue: AsyncStream<Work>
    private let feed: AsyncStream<Work>.Continuation

    package init() {
        // Bounded by its users: each pod has a bounded number of operations in flight.
        (queue, feed) = AsyncStream.makeStream(of: Work.self, bufferingPolicy: .unbounded)
    }

    package func spawn(_ work: @escaping Work) {
        feed.yield(work)
    }

    package func run() async {
        await withDiscardingTaskGroup { group in
            for await work in queue { group.addTask(operation: work) }
            group.cancelAll()
        }
    }
}
