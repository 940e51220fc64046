import Inference
import KubeAPI
import NIOCore
import Synchronization

/// A pool as requests see it: they ask for a replica, wait, and give it back.
///
/// Decisions are `PoolScheduler`'s, made under a lock; who waited is woken after its release.
final class PoolDispatcher: Sendable {
    /// Why a request gets no replica.
    enum Refusal: Error, Hashable, Sendable {
        case queueFull
        /// It waited as long as it may. Whether there was a replica at all.
        case timedOut(hadReplica: Bool)
        case poolGone
        /// The client left.
        case cancelled
    }

    private typealias Outcome = Result<Assignment, Refusal>

    private struct Waiter {
        let request: PoolRequest
        let continuation: UnsafeContinuation<Outcome, Never>
        /// Ends the wait; set for those who really wait.
        var timer: Scheduled<Void>?
    }

    private struct State {
        var scheduler = PoolScheduler()
        var waiters: [UInt64: Waiter] = [:]
        var isClosed = false
        /// When somebody looks for replicas that may be tried again.
        var wakesAt: Duration?
    }

    private let pool: ObjectKey
    private let loads: PoolLoads
    private let timers: any EventLoop
    private let state = Mutex(State())
    private let origin = ContinuousClock.now

    init(_ pool: ObjectKey, loads: PoolLoads, timers: any EventLoop) {
        self.pool = pool
        self.loads = loads
        self.timers = timers
    }

    private var now: Duration { origin.duration(to: .now) }

    var limits: PoolLimits { state.withLock { $0.scheduler.limits } }
    var openPods: Int { state.withLock { $0.scheduler.openPods } }
    var runningByPod: [ObjectKey: Int] { state.withLock { $0.scheduler.runningByPod } }

    func update(_ replicas: [Replica], limits: PoolLimits) {
        change { $0.scheduler.update(replicas, limits: limits) }
    }

    /// The pool is no more: nobody gets a replica of it, those who have one may finish.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            for waiter in state.waiters.values { _ = state.scheduler.withdraw(waiter.request) }
            loads.set(pool, state.scheduler.load)
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { resume(waiter, .failure(.poolGone)) }
    }

    /// Waits for a replica, at most so long.
    ///
    /// - Parameter isRepeat: the request had a replica before, which did not begin to answer it.
    nonisolated(nonsending) func assign(
        _ request: PoolRequest, timeout: Duration, isRepeat: Bool = false
    ) async throws(Refusal) -> Assignment {
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Outcome, Never>) in
                enter(request, timeout, isRepeat, continuation)
            }
        } onCancel: {
            withdraw(request.id, .cancelled)
        }
        return try outcome.get()
    }

    func finish(_ assignment: Assignment, _ verdict: ReplicaVerdict) {
        let now = now
        change { $0.scheduler.finish(assignment, verdict, now: now) }
    }

    private func enter(
        _ request: PoolRequest, _ timeout: Duration, _ isRepeat: Bool,
        _ continuation: UnsafeContinuation<Outcome, Never>
    ) {
        let waiter = Waiter(request: request, continuation: continuation)
        var refused: Refusal?
        var evicted: Waiter?
        let now = now
        change { state in
            if state.isClosed {
                refused = .poolGone
            } else if Task.isCancelled {
                refused = .cancelled
            } else if isRepeat {
                state.scheduler.putBack(request)
            } else {
                let (entry, other) = state.scheduler.enter(request, now: now)
                if entry == .refused { refused = .queueFull }
                evicted = other.flatMap { state.waiters.removeValue(forKey: $0.id) }
            }
            if refused == nil { state.waiters[request.id] = waiter }
        }
        if let evicted { resume(evicted, .failure(.queueFull)) }
        if let refused { resume(waiter, .failure(refused)) } else { limit(request.id, timeout) }
    }

    /// Sees to it that a request that waits now does not wait for ever.
    private func limit(_ id: UInt64, _ timeout: Duration) {
        guard state.withLock({ $0.waiters[id] != nil }) else { return }
        let timer = timers.scheduleTask(in: .nanoseconds(timeout.nanoseconds)) { [weak self] in
            guard let self else { return }
            withdraw(id, .timedOut(hadReplica: state.withLock { $0.scheduler.hasOpenReplica }))
        }
        let isKept = state.withLock { state in
            state.waiters[id]?.timer = timer
            return state.waiters[id] != nil
        }
        if !isKept { timer.cancel() }
    }

    private func withdraw(_ id: UInt64, _ refusal: Refusal) {
        var withdrawn: Waiter?
        change { state in
            withdrawn = state.waiters.removeValue(forKey: id)
            if let withdrawn { _ = state.scheduler.withdraw(withdrawn.request) }
        }
        if let withdrawn { resume(withdrawn, .failure(refusal)) }
    }

    /// Changes the state, begins what can be begun after it, and tells of the load.
    private func change(_ body: (inout State) -> Void) {
        let now = now
        let (begun, wake) = state.withLock { state -> ([(Waiter, Assignment)], Duration?) in
            body(&state)
            var begun: [(Waiter, Assignment)] = []
            for assignment in state.scheduler.dispatch(now: now) {
                guard let waiter = state.waiters.removeValue(forKey: assignment.request) else { continue }
                begun.append((waiter, assignment))
            }
            // Under the lock, so that an older load never comes after a newer one.
            loads.set(pool, state.scheduler.load)
            return (begun, Self.nextWake(&state, now))
        }
        for (waiter, assignment) in begun { resume(waiter, .success(assignment)) }
        if let wake { scheduleWake(in: wake) }
    }

    private static func nextWake(_ state: inout State, _ now: Duration) -> Duration? {
        guard let next = state.scheduler.nextReturn(now: now), next < state.wakesAt ?? .seconds(Int64.max) else {
            return nil
        }
        state.wakesAt = next
        return next - now
    }

    private func scheduleWake(in delay: Duration) {
        timers.scheduleTask(in: .nanoseconds(delay.nanoseconds)) { [weak self] in
            self?.change { $0.wakesAt = nil }
        }
    }

    private func resume(_ waiter: Waiter, _ outcome: Outcome) {
        waiter.timer?.cancel()
        waiter.continuation.resume(returning: outcome)
    }
}

extension Duration {
    /// Whole nanoseconds, not negative.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max / 4 : max(0, whole &+ attoseconds / 1_000_000_000)
    }
}
