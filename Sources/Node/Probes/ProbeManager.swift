import KubeAPI
import Machinery
import Synchronization

/// Runs the probes of all containers on the agent's one timer, at a fixed rate each.
///
/// Liveness and readiness wait for the startup probe to pass. A try that takes longer than the period delays the next
/// one; tries of one probe never overlap.
package final class ProbeManager: Sendable {
    package typealias Report = @Sendable (ProbeVerdict) -> Void
    package typealias Failure = @Sendable (ProbeKind, String) -> Void

    private struct Watched {
        let target: ProbeTarget
        let report: Report
        let failure: Failure
        var schedules: [ProbeKind: ProbeSchedule] = [:]
        var timers: [ProbeKind: UInt64] = [:]
        var hasStarted: Bool
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
                target: target, report: report, failure: failure, hasStarted: hasStarted, startedAt: startedAt)
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
        for kind in hasStarted ? [ProbeKind.liveness, .readiness] : [.startup] { schedule(target.containerID, kind, first: true) }
    }

    /// Stops probing a container.
    package func stop(_ containerID: String) {
        let entry = watched.withLock { $0.removeValue(forKey: containerID) }
        for timer in entry?.timers.values.map({ $0 }) ?? [] { timers.cancel(timer) }
    }

    private func schedule(_ id: String, _ kind: ProbeKind, first: Bool, after past: Duration = .zero) {
        let delay = watched.withLock { watched -> Duration? in
            guard let entry = watched[id], let schedule = entry.schedules[kind] else { return nil }
            guard first else { return max(schedule.period - past, .zero) }
            // The delay counts from the container's start, which a restarted agent did not see.
            let running = max(clock.time.since(entry.startedAt), .zero)
            return max(schedule.initialDelay - running, .zero)
        }
        guard let delay else { return }
        let timer = timers.after(delay) { [self] in
            scope.spawn { [self] in await run(id, kind) }
        }
        let isWatched = watched.withLock { watched in
            guard watched[id] != nil else { return false }
            watched[id]?.timers[kind] = timer
            return true
        }
        if !isWatched { timers.cancel(timer) }
    }

    private func run(_ id: String, _ kind: ProbeKind) async {
        guard let entry = watched.withLock({ $0[id] }), let schedule = entry.schedules[kind] else { return }
        let start = clock.now
        let outcome = await runner.run(schedule.probe, on: entry.target, timeout: schedule.timeout)
        let (verdict, isWatched) = watched.withLock { watched -> (ProbeVerdict?, Bool) in
            guard watched[id] != nil else { return (nil, false) }
            let verdict = watched[id]?.schedules[kind]?.note(outcome == .success)
            if verdict == .started { watched[id]?.hasStarted = true }
            return (verdict, true)
        }
        guard isWatched else { return }
        if case .failure(let message) = outcome { entry.failure(kind, message) }
        if let verdict { entry.report(verdict) }
        switch verdict {
        case .started:
            for next in [ProbeKind.liveness, .readiness] { self.schedule(id, next, first: true) }
        // The container is on its way out.
        case .failing: return
        case .ready, nil: self.schedule(id, kind, first: false, after: clock.now - start)
        }
    }
}
