import Client
import KubeAPI
import Machinery
import Synchronization

/// Places pods on nodes: one decision after the other over what is known, bindings side by side.
///
/// What it knows and decides is a `SchedulerCore` under one lock; this is the part that waits: it feeds informers'
/// changes in, and sees in the API to what was decided.
package final class Scheduler: Sendable {
    package static let name = "default-scheduler"
    /// How many bindings may be under way.
    private static let maximumBindings = 192
    /// How many pods may wait to be told that they fit nowhere, and how many are told at a time.
    private static let maximumReports = 16384
    private static let maximumWriters = 32
    /// How many pods are decided in one go.
    private static let batch = 16
    /// How long decisions go on before others may have the lock.
    private static let longestHold = Duration.milliseconds(2)
    private static let forgottenInterval = Duration.seconds(30)

    struct State: ~Copyable {
        var core: SchedulerCore
        var waiter: CheckedContinuation<Void, Never>?
        var isClosed = false
        /// Those who wait for the cluster to be in some state.
        var conditions: [Int: ClusterCondition] = [:]
        var nextCondition = 0
    }

    let client: Client
    let events: EventRecorder
    let informers: SchedulerInformers
    let extenders: ExtenderCalls
    private let reports: AsyncStream<PodReport>
    private let report: AsyncStream<PodReport>.Continuation
    private let preemptions: AsyncStream<(PodInfo, SchedulerCore.Preemption)>
    private let preempt: AsyncStream<(PodInfo, SchedulerCore.Preemption)>.Continuation
    let state: Mutex<State>
    private let clock: any WallClock
    let log: FailureLog

    /// - Parameters:
    ///   - followsPodGroups: whether the server serves `scheduling.k8s.io` groups.
    ///   - extenders: how to reach the extenders that the configuration names.
    package init(
        client: Client, informers: InformerFactory, followsPodGroups: Bool = false,
        configuration: SchedulerConfiguration = SchedulerConfiguration(),
        extenders: (any ExtenderTransport)? = nil,
        clock: any WallClock = SystemWallClock(), log: FailureLog = .standardError
    ) {
        self.client = client
        self.clock = clock
        self.log = log
        self.extenders = ExtenderCalls(transport: extenders)
        events = EventRecorder(client: client, component: Self.name, log: log)
        (reports, report) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumReports))
        (preemptions, preempt) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumReports))
        let core = SchedulerCore(configuration)
        metrics = core.metrics
        state = Mutex(State(core: core))
        self.informers = SchedulerInformers(informers, followsPodGroups: followsPodGroups)
        follow()
    }

    /// What the scheduler has done so far.
    package let metrics: SchedulerMetrics

    /// How many pods wait, by how they wait.
    package var waiting: (active: Int, resting: Int, unschedulable: Int) { state.withLock { $0.core.queue.counts } }

    /// Schedules until cancelled. The informers are the caller's to run.
    package func run() async throws {
        try await informers.waitForSync()
        await withTaskCancellationHandler {
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [events] in await events.run() }
                group.addTask { try await self.wakeForgotten() }
                group.addTask { await self.writeReports() }
                group.addTask { await self.makeRoom() }
                await schedule()
                group.cancelAll()
            }
        } onCancel: {
            wake { $0.isClosed = true }
        }
    }

    private func schedule() async {
        let slots = RequestSlots(limit: Self.maximumBindings)
        await withDiscardingTaskGroup { binders in
            while let outcomes = await decide() {
                for outcome in outcomes {
                    if case .consult(let consultation) = outcome {
                        await slots.take()
                        binders.addTask {
                            if let binding = await self.consult(consultation) { await self.bind(binding) }
                            slots.give()
                        }
                    }
                    guard let binding = settle(outcome) else { continue }
                    await slots.take()
                    binders.addTask {
                        await self.bind(binding)
                        slots.give()
                    }
                }
            }
        }
    }

    /// The next decisions; waits for pods. `nil` when closed.
    private func decide() async -> [SchedulerCore.Outcome]? {
        while true {
            let (outcomes, deadline, isClosed) = state.withLock { state in
                var outcomes: [SchedulerCore.Outcome] = []
                let now = ContinuousClock.now
                while outcomes.count < Self.batch, !state.isClosed, let next = state.core.next(now: now) {
                    outcomes += next
                    // Informers wait for the lock meanwhile.
                    if ContinuousClock.now - now > Self.longestHold { break }
                }
                return (outcomes, state.core.queue.firstReady, state.isClosed)
            }
            if !outcomes.isEmpty { return outcomes }
            if isClosed { return nil }
            await wait(until: deadline)
        }
    }

    private func wait(until deadline: ContinuousClock.Instant?) async {
        let timer = deadline.map { deadline in
            Task { [weak self] in
                // Cancelled when something else woke the scheduler first.
                do { try await Task.sleep(until: deadline) } catch { return }
                self?.wake { _ in }
            }
        }
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state -> Bool in
                if state.isClosed || state.core.queue.hasWork(now: .now) { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        timer?.cancel()
    }

    /// Changes the state, and wakes the loop and whoever waits for what is now so.
    func wake(_ change: (inout State) -> Void) {
        let (waiter, settled) = state.withLock {
            state -> (CheckedContinuation<Void, Never>?, [(CheckedContinuation<FilterStatus, Never>, FilterStatus)]) in
            change(&state)
            let settled = Self.settledConditions(&state)
            guard state.isClosed || state.core.queue.hasWork(now: .now) else { return (nil, settled) }
            defer { state.waiter = nil }
            return (state.waiter, settled)
        }
        waiter?.resume()
        for (continuation, status) in settled { continuation.resume(returning: status) }
    }

    /// Pods that no event woke are tried again once in a while.
    private func wakeForgotten() async throws {
        while true {
            try await Task.sleep(for: Self.forgottenInterval)
            wake { $0.core.queue.wakeForgotten(now: .now) }
        }
    }

    /// Tells of a decision; the binding to be seen to, where there is one.
    func settle(_ outcome: SchedulerCore.Outcome) -> SchedulerCore.PendingBinding? {
        switch outcome {
        case .skipped, .consult: return nil
        case .bind(let binding): return binding
        case .failed(let pod, let message):
            tell(PodReport(pod: pod, reason: "SchedulerError", message: message, nominatedNode: nil))
        case .unschedulable(let pod, let message, let preemption, let losesNomination):
            tell(
                PodReport(
                    pod: pod, reason: "Unschedulable", message: message,
                    nominatedNode: preemption?.node ?? (losesNomination ? "" : nil)))
            if let preemption, case .dropped = preempt.yield((pod, preemption)) {
                wake { $0.core.preemptionEnded(pod, preemption.victims, succeeded: false, now: .now) }
            }
        }
        return nil
    }

    func tell(_ next: PodReport) {
        events.event(
            about: next.pod.reference, type: .warning, reason: "FailedScheduling", message: next.message)
        if case .dropped = report.yield(next) {
            // It will be told with the next try.
            log.report("scheduler", "too many pods fit nowhere to tell each; left out \(next.pod.key)")
        }
    }

    /// Writes what there is to tell, a bounded number at a time, until cancelled.
    private func writeReports() async {
        let writer = PodReportWriter(client: client, pods: informers.pods, clock: clock, log: log)
        await withDiscardingTaskGroup { writers in
            let slots = RequestSlots(limit: Self.maximumWriters)
            for await next in reports {
                await slots.take()
                writers.addTask {
                    await writer.write(next)
                    slots.give()
                }
            }
        }
    }

    /// Takes victims off their nodes, until cancelled.
    private func makeRoom() async {
        let eviction = VictimEviction(client: client, events: events, clock: clock, log: log)
        await withDiscardingTaskGroup { evictions in
            let slots = RequestSlots(limit: Self.maximumWriters)
            for await (pod, preemption) in preemptions {
                await slots.take()
                evictions.addTask {
                    let succeeded = await eviction.evict(preemption.victims, for: pod, from: preemption.node)
                    self.wake { $0.core.preemptionEnded(pod, preemption.victims, succeeded: succeeded, now: .now) }
                    slots.give()
                }
            }
        }
    }
}
