import Synchronization

/// Keys waiting to be worked on: each at most once, never two workers on one key at the same time.
///
/// A key added while it is worked on comes back when that work is done. Delayed keys wait in a heap behind one timer,
/// which exists only while something waits: an idle queue does nothing. The queue is bounded by the number of
/// distinct keys, thus by the objects they stand for.
package final class WorkQueue<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var ready = FIFO<Key>()
        /// Keys to be worked on: those in `ready`, and those that came back during their work.
        var dirty: Set<Key> = []
        var processing: Set<Key> = []
        /// Since when keys are ready, and the names of the work on keys; of measured queues only.
        var readySince: [Key: ContinuousClock.Instant] = [:]
        var work: [Key: Int] = [:]
        var delayed = DelayHeap<Key>()
        var failures: [Key: Int] = [:]
        var waiters: [(id: Int, continuation: CheckedContinuation<Key?, Never>)] = []
        var nextWaiter = 0
        var timer: (due: Duration, task: Task<Void, Never>)?
        var isShutDown = false
    }

    /// What is to be done after the lock is released.
    private struct Delivery {
        let waiter: CheckedContinuation<Key?, Never>
        let key: Key?
    }

    private let clock: DelayClock
    private let backoff: Backoff
    private let metrics: WorkQueueMetrics.Queue?
    private let state = Mutex(State())

    /// - Parameter name: under which the queue is measured; `nil`: it is not.
    package init(
        name: String? = nil, clock: some Clock<Duration> = ContinuousClock(),
        backoff: Backoff = Backoff(initial: .milliseconds(5), limit: .seconds(1000)),
        metrics: WorkQueueMetrics = .process
    ) {
        self.metrics = name.map(metrics.queue)
        self.clock = DelayClock(clock)
        self.backoff = backoff
    }

    package var count: Int { state.withLock { $0.ready.count } }
    package var delayedCount: Int { state.withLock { $0.delayed.count } }

    /// Makes the key ready now; does nothing when it already is.
    package func add(_ key: Key) {
        perform(state.withLock { enqueue(key, &$0) })
    }

    /// Makes the key ready after a while, or earlier where it is asked for again.
    package func addAfter(_ key: Key, _ delay: Duration) {
        guard delay > .zero else { return add(key) }
        state.withLock { state in
            guard !state.isShutDown else { return }
            state.delayed.insert(key, due: clock.now + delay)
            setTimer(&state)
        }
    }

    /// Makes a key that failed ready after its own delay, doubled with each failure until it is forgotten.
    package func addRateLimited(_ key: Key) {
        metrics?.retries.add()
        let failures = state.withLock { state in
            let failures = state.failures[key] ?? 0
            state.failures[key] = failures + 1
            return failures
        }
        addAfter(key, backoff.delay(afterFailures: failures))
    }

    /// How often a key failed since it was last forgotten.
    package func failures(of key: Key) -> Int {
        state.withLock { $0.failures[key] ?? 0 }
    }

    /// Ends a key's series of failures.
    package func forget(_ key: Key) {
        state.withLock { state in
            state.failures[key] = nil
        }
    }

    /// Waits for a key; `nil` once the queue is shut down or the task is cancelled. Each key must be given to `done`.
    package func next() async -> Key? {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let delivery = state.withLock { state -> Delivery? in
                    if state.isShutDown || Task.isCancelled { return Delivery(waiter: continuation, key: nil) }
                    if let key = state.ready.popFirst() {
                        take(key, &state)
                        return Delivery(waiter: continuation, key: key)
                    }
                    state.waiters.append((id, continuation))
                    return nil
                }
                perform(delivery)
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Key?, Never>? in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
                return state.waiters.remove(at: index).continuation
            }
            waiter?.resume(returning: nil)
        }
    }

    /// The work on a key is over; a key that was added meanwhile is ready again.
    package func done(_ key: Key) {
        let delivery = state.withLock { state -> Delivery? in
            state.processing.remove(key)
            if let metrics, let work = state.work.removeValue(forKey: key) { metrics.end(work) }
            guard state.dirty.contains(key) else { return nil }
            ready(key, &state)
            return match(&state)
        }
        perform(delivery)
    }

    /// Lets nobody wait any longer and takes nothing more.
    package func shutDown() {
        let (waiters, timer) = state.withLock { state in
            state.isShutDown = true
            defer {
                state.waiters = []
                state.timer = nil
            }
            return (state.waiters.map(\.continuation), state.timer?.task)
        }
        timer?.cancel()
        for waiter in waiters { waiter.resume(returning: nil) }
    }
}

extension WorkQueue {
    private func enqueue(_ key: Key, _ state: inout State) -> Delivery? {
        guard !state.isShutDown, state.dirty.insert(key).inserted, !state.processing.contains(key) else { return nil }
        ready(key, &state)
        return match(&state)
    }

    private func ready(_ key: Key, _ state: inout State) {
        state.ready.append(key)
        guard let metrics else { return }
        state.readySince[key] = .now
        metrics.adds.add()
        metrics.depth.add()
    }

    private func take(_ key: Key, _ state: inout State) {
        state.dirty.remove(key)
        state.processing.insert(key)
        guard let metrics else { return }
        metrics.depth.add(-1)
        let now = ContinuousClock.now
        if let since = state.readySince.removeValue(forKey: key) { metrics.waits.observe(since.duration(to: now)) }
        state.work[key] = metrics.begin(at: now)
    }

    /// Pairs a ready key with a waiting worker.
    private func match(_ state: inout State) -> Delivery? {
        guard !state.waiters.isEmpty, let key = state.ready.popFirst() else { return nil }
        take(key, &state)
        return Delivery(waiter: state.waiters.removeFirst().continuation, key: key)
    }

    private func perform(_ delivery: Delivery?) {
        delivery?.waiter.resume(returning: delivery?.key)
    }

    /// Has one timer run, for the earliest delayed key.
    private func setTimer(_ state: inout State) {
        guard let earliest = state.delayed.earliest, !state.isShutDown else { return }
        if let timer = state.timer {
            if timer.due <= earliest { return }
            timer.task.cancel()
        }
        let pause = max(earliest - clock.now, .zero)
        let clock = clock
        let task = Task { [weak self] in
            // A cancelled timer has been replaced by an earlier one.
            guard (try? await clock.sleep(for: pause)) != nil, !Task.isCancelled else { return }
            self?.timerFired(due: earliest)
        }
        state.timer = (earliest, task)
    }

    private func timerFired(due: Duration) {
        let deliveries = state.withLock { state -> [Delivery] in
            if state.timer?.due == due { state.timer = nil }
            let deliveries = state.delayed.popDue(now: clock.now).compactMap { enqueue($0, &state) }
            setTimer(&state)
            return deliveries
        }
        for delivery in deliveries { perform(delivery) }
    }
}
