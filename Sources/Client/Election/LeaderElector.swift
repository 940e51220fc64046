import KubeAPI
import Machinery
import Synchronization

/// Lets one of several processes act, by a Lease that the acting one keeps renewing.
///
/// Fencing: leadership is counted from before the request that last renewed it, on this process' own monotonic clock,
/// and ends `renewDeadline` later. At that moment the work is cancelled and `fence` closes, through which the work is
/// to write; others wait for the whole `leaseDuration` from after they saw the renewal. Clocks of different machines
/// are never compared.
package struct LeaderElector: Sendable {
    /// Leadership was lost: the Lease could not be renewed in time, or another process took it.
    package struct LeadershipLost: Error, CustomStringConvertible {
        package let lease: ObjectKey
        package var description: String { "leadership of \(lease) was lost" }
    }

    /// Open while this process leads.
    package let fence: LeadershipFence

    private let client: Client
    private let key: ObjectKey
    private let identity: String
    private let timing: LeaderElectionTiming
    private let clock: DelayClock
    private let wallClock: any WallClock
    private let log: FailureLog

    package init(
        client: Client, lease: ObjectKey, identity: String, timing: LeaderElectionTiming = LeaderElectionTiming(),
        clock: some Clock<Duration> = ContinuousClock(), wallClock: any WallClock = SystemWallClock(),
        log: FailureLog = .standardError
    ) {
        self.client = client
        self.key = lease
        self.identity = identity
        self.timing = timing
        self.clock = DelayClock(clock)
        fence = LeadershipFence(clock: self.clock)
        self.wallClock = wallClock
        self.log = log
    }

    /// Waits for leadership, then does the work until it ends, leadership is lost, or the task is cancelled.
    ///
    /// The Lease is given back when the work ends or the task is cancelled, so that another one need not wait.
    /// - Throws: `LeadershipLost` after the work was cancelled and has returned; `CancellationError`; the work's errors.
    package func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
        var observed = ObservedLease()
        let acquiredAt = try await acquire(&observed)
        let held = observed
        fence.open(until: acquiredAt + timing.renewDeadline)
        defer { fence.close() }
        try await withThrowingTaskGroup(of: ObservedLease?.self) { group in
            group.addTask {
                try await work()
                return nil
            }
            group.addTask { try await renew(held, since: acquiredAt) }
            let outcome: Result<Void, any Error>
            do {
                _ = try await group.next()
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            group.cancelAll()
            while let rest = await group.nextResult() { _ = rest }
            fence.close()
            if case .failure(let error) = outcome, error is LeadershipLost { throw error }
            await release()
            try outcome.get()
        }
    }

    private func acquire(_ observed: inout ObservedLease) async throws -> Duration {
        while true {
            let started = clock.now
            do throws(StatusError) {
                if try await tryAcquire(&observed) { return started }
            } catch {
                if !error.isConflict { log.report("leader election \(key)", error.message) }
            }
            try await clock.sleep(for: timing.retryPeriod * Double.random(in: 1..<1.2))
        }
    }

    /// Renews until it fails for `renewDeadline`.
    private func renew(_ held: ObservedLease, since acquired: Duration) async throws -> ObservedLease? {
        var observed = held
        var renewedAt = acquired
        while true {
            let deadline = renewedAt + timing.renewDeadline
            try await clock.sleep(for: min(timing.retryPeriod, deadline - clock.now))
            let started = clock.now
            guard started < deadline else { throw lost() }
            do {
                let before = observed
                let attempt = try await within(deadline - started) {
                    var lease = before
                    let holds = try await tryAcquire(&lease)
                    return (lease, holds)
                }
                guard let (lease, holds) = attempt else { throw lost() }
                observed = lease
                guard holds else { throw lost() }
                renewedAt = started
                fence.open(until: started + timing.renewDeadline)
            } catch let error as StatusError {
                if !error.isConflict { log.report("leader election \(key)", error.message) }
            }
        }
    }

    private func lost() -> LeadershipLost {
        fence.close()
        return LeadershipLost(lease: key)
    }

    /// The operation's result, or `nil` when the time was over first.
    private func within<Value: Sendable>(
        _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                try await clock.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { return nil }
            return first
        }
    }

    /// Takes or renews the Lease; `false` when another one holds it.
    private func tryAcquire(_ observed: inout ObservedLease) async throws(StatusError) -> Bool {
        let current: Lease
        do throws(StatusError) {
            current = try await client.get(Lease.self, key)
        } catch {
            guard error.isNotFound else { throw error }
            var lease = Lease(name: key.name, namespace: key.namespace)
            lease.spec = record(replacing: nil)
            observed.observe(try await client.create(lease), now: clock.now)
            return true
        }
        observed.observe(current, now: clock.now)
        if observed.isHeldByAnother(than: identity, now: clock.now) { return false }
        var lease = current
        lease.spec = record(replacing: current.spec)
        observed.observe(try await client.update(lease), now: clock.now)
        return true
    }

    private func record(replacing previous: LeaseSpec?) -> LeaseSpec {
        let now = wallClock.now
        var spec = previous ?? LeaseSpec()
        if previous?.holderIdentity != identity {
            spec.acquireTime = now
            spec.leaseTransitions = (previous?.leaseTransitions).map { $0 &+ 1 } ?? 0
        }
        spec.holderIdentity = identity
        spec.leaseDurationSeconds = Int32(clamping: timing.leaseDuration.components.seconds)
        spec.renewTime = now
        return spec
    }

    /// Gives the Lease back if it is still ours; when that fails, others wait until it runs out.
    private func release() async {
        // The surrounding task may be cancelled; this one request is still worth making, with its own bound.
        let task = Task {
            do throws(StatusError) {
                var lease = try await client.get(Lease.self, key)
                guard lease.spec.holderIdentity == identity else { return }
                lease.spec.holderIdentity = ""
                lease.spec.leaseDurationSeconds = 1
                lease.spec.renewTime = wallClock.now
                _ = try await client.update(lease)
            } catch {
                log.report("leader election \(key)", "could not give the Lease back: \(error.message)")
            }
        }
        await task.value
    }
}
