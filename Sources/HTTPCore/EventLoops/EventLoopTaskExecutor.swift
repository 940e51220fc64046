import NIOCore
import Synchronization

/// Runs tasks on one event loop: `Task(executorPreference:)` with it keeps async code on the thread of its connection.
/// Must outlive the tasks it runs.
package final class EventLoopTaskExecutor: TaskExecutor {
    package let eventLoop: any EventLoop
    /// How what runs here shares the loop's time.
    package let turns: LoopTurns

    /// Set on the loop around the creation of a task whose first job is to run in place. Other threads may read it but
    /// act only where they are on the loop, so a stale value has no effect.
    private let startsInPlace = Atomic<Bool>(false)

    package init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        turns = LoopTurns(eventLoop)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if startsInPlace.load(ordering: .relaxed), eventLoop.inEventLoop {
            startsInPlace.store(false, ordering: .relaxed)
            job.runSynchronously(on: asUnownedTaskExecutor())
        } else {
            eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    /// Starts a task on the loop, at once when called on the loop: the operation has run up to its first suspension, or
    /// to its end, by the time this returns.
    @discardableResult
    package func start(_ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        guard eventLoop.inEventLoop else {
            return Task(executorPreference: self, operation: operation)
        }
        startsInPlace.store(true, ordering: .relaxed)
        defer { startsInPlace.store(false, ordering: .relaxed) }
        return Task(executorPreference: self, operation: operation)
    }
}
