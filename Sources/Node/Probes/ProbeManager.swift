import KubeAPI
import Machinery
import Synchronization

/// Runs the probes of all containers on the agent's one timer, at a fixed rate each.
///
/// Liveness and readiness wait for the startup probe to pass. A try that takes longer than the period delays the next
/// one; tries of one probe never overlap.
///
/// A container that has just started is seldom ready at its probe's first try, and the next one may be far. So within
/// the first period, probes over the network that wait for a first success are tried in between as well, at growing
/// distances; what these find counts only when it is good.
package final class ProbeManager: Sendable {
    package typealias Report = @Sendable (ProbeVerdict) -> Void
    package typealias Failure = @Sendable (ProbeKind, String) -> Void

    private struct Watched {
        let target: ProbeTarget
        let report: Report
        let failure: Failure
        var schedules: [ProbeKind: ProbeSchedule] = [:]
        var timers: [ProbeKind: UInt64] = [:]
        /// When the next try that counts is due, and the wait before one in between.
        var nextRegular: [ProbeKind: Duration] = [:]
        var extraWait: [ProbeKind: Duration] = [:]
        let startedAt: Timestamp
    }

    private let runner: any ProbeRunner
    private let timers: TimerQueue
    private let scope: TaskScope
    private let clock: NodeClock
    private let watched = Mutex<[String: Watched]>([:])

    package init(runner: any ProbeRunner, timers: TimerQueue, scope: TaskScope, clock: NodeClock) {
        self.runner = runner
        self.timers = timers
        self.scope = scope
        self.clock = clock
    }

    /// Probes a container that runs; a container that is probed already goes on as it is.
    ///
    /// - Parameter known: what stood before the agent's own restart.
    package func start(
        _ target: ProbeTarget, startedAt: Timestamp, known: PodMachine.ProbeState?, report: @escaping Report,
        failure: @escaping Failure
    ) {
        let container = target.container
        guard container.startupProbe != nil || container.livenessProbe != nil || container.readinessProbe != nil else {
            return
        }
        let hasStarted = container.startupProbe == nil || known?.started == true
        let isNew = watched.withLock { watched in
            guard watched[target.containerID] == nil else { return false }
            var entry = Watched(
                target: target, report: report, failure: failure, startedAt: startedAt)
            if let probe = container.startupProbe, !hasStarted {
                entry.schedules[.startup] = ProbeSchedule(kind: .startup, probe: probe)
            }
            if let probe = container.livenessProbe {
                entry.schedules[.liveness] = ProbeSchedule(kind: .liveness, probe: probe)
            }
            if let probe = container.readinessProbe {
                entry.schedules[.readiness] = ProbeSchedule(kind: .readiness, probe: probe, standing: known?.ready)
            }
            watched[target.containerID] = entry
            return true
        }
        guard isNew else { return }
        for kind in hasStarted ? [ProbeKind.liveness, .readiness] : [.startup] {
            schedule(target.containerID, kind, first: true)
        }
    }

    /// Stops probing a container.
    package func stop(_ containerID: String) {
        let entry = watched.withLock { $0.removeValue(forKey: containerID) }
        for timer in entry?.timers.values.map({ $0 }) ?? [] { timers.cancel(timer) }
    }

    private static let firstExtraWait: Duration = .milliseconds(50)

    private func schedule(_ id: String, _ kind: ProbeKind, first: Bool) {
        let now = clock.now
        let (delay, isExtra) = watched.withLock { watched -> (Duration?, Bool) in
            guard var entry = watched[id], let schedule = entry.schedules[kind] else { return (nil, false) }
            defer { watched[id] = entry }
            if first {
                // The delay counts from the container's start, which a restarted agent did not see.
                let running = max(clock.time.since(entry.startedAt), .zero)
                let delay = max(schedule.initialDelay - running, .zero)
                entry.nextRegular[kind] = now + delay
                entry.extraWait[kind] = schedule.waitsForSuccess ? Self.firstExtraWait : nil
                return (delay, false)
            }
            let regular = entry.nextRegular[kind] ?? now
            if let wait = entry.extraWait[kind], schedule.waitsForSuccess, now + wait < regular {
                entry.extraWait[kind] = wait * 2
                return (wait, true)
            }
            return (max(regular - now, .zero), false)
        }
        guard let delay else { return }
        let timer = timers.after(delay) { [self] in
            scope.spawn { [self] in await run(id, kind, isExtra: isExtra) }
        }
        let isWatched = watched.withLock { watched in
            guard watched[id] != nil else { return false }
            watched[id]?.timers[kind] = timer
            return true
        }
        if !isWatched { timers.cancel(timer) }
    }

    private func run(_ id: String, _ kind: ProbeKind, isExtra: Bool) async {
        guard let entry = watched.withLock({ $0[id] }), let schedule = entry.schedules[kind] else { return }
        let start = clock.now
        let outcome = await runner.run(schedule.probe, on: entry.target, timeout: schedule.timeout)
        let counts = !isExtra || outcome == .success
        let (verdict, isWatched) = watched.withLock { watched -> (ProbeVerdict?, Bool) in
            guard watched[id] != nil else { return (nil, false) }
            if !isExtra {
                // Extra tries fill the first period only.
                if entry.schedules[kind]?.hasCounted == true { watched[id]?.extraWait[kind] = nil }
                watched[id]?.nextRegular[kind] = max(start + schedule.period, clock.now)
            }
            return (counts ? watched[id]?.schedules[kind]?.note(outcome == .success) : nil, true)
        }
        guard isWatched else { return }
        if counts, case .failure(let message) = outcome { entry.failure(kind, message) }
        if let verdict { entry.report(verdict) }
        switch verdict {
        case .started:
            for next in [ProbeKind.liveness, .readiness] { self.schedule(id, next, first: true) }
        // The container is on its way out.
        case .failing: return
        case .ready, nil: self.schedule(id, kind, first: false)
        }
    }
}
