import Machinery

/// Feeds a controller the keys of its queue, with a number of workers.
package struct ControllerRunner<C: Controller>: Sendable {
    private let controller: C
    private let queue: WorkQueue<C.Key>
    private let workers: Int
    private let log: FailureLog

    package init(
        _ controller: C, queue: WorkQueue<C.Key>, workers: Int = 1, log: FailureLog = .standardError
    ) {
        self.controller = controller
        self.queue = queue
        self.workers = max(workers, 1)
        self.log = log
    }

    /// Works until the task is cancelled or the queue shut down; a key whose reconciling fails is tried again.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<workers {
                group.addTask {
                    while let key = await queue.next() { await work(on: key) }
                }
            }
        }
    }

    private func work(on key: C.Key) async {
        defer { queue.done(key) }
        do {
            let outcome = try await controller.reconcile(key)
            queue.forget(key)
            if case .requeue(let delay) = outcome { queue.addAfter(key, delay) }
        } catch is CancellationError {
            return
        } catch {
            if Task.isCancelled { return }
            // Conflicts and vanished objects are how optimistic writes work: the informer is about to bring the news.
            let isRoutine = (error as? StatusError).map { $0.isConflict || $0.isNotFound } ?? false
            if !isRoutine || queue.failures(of: key) > 5 { log.report(controller.name, "\(key): \(error)") }
            queue.addRateLimited(key)
        }
    }
}
