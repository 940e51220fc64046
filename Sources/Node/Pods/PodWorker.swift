import Client
import KubeAPI
import Machinery
import Synchronization

/// Looks after one pod: feeds the machine, does what it asks for, and keeps the status in the API current.
///
/// Every input is a short transition under a lock; what comes out is done outside, as children of the agent's scope.
/// Nothing waits here, so a pod at rest costs nothing.
package final class PodWorker: Sendable {
    struct State {
        var machine: PodMachine
        var startup: PodStartup
        /// What the API has, as far as known.
        var written: PodStatus
        /// What the API should have.
        var wanted: PodStatus
        /// The version of the newest status this worker wrote.
        var writtenVersion: UInt64 = 0
        var isWriting = false
        var writeFailures = 0
        var failures: [PodOperation: Int] = [:]
        var wakeTimer: (id: UInt64, at: Timestamp)?
        var renewTimer: UInt64?
        /// Containers whose probes run.
        var probed: Set<String> = []
        /// Rung after every change.
        var observers: [Int: Doorbell] = [:]
        var nextObserver = 0
    }

    package let uid: String
    package let key: ObjectKey
    let services: PodServices
    let state: Mutex<State>
    /// Told when everything of the pod is gone.
    private let onGone: @Sendable (PodWorker) -> Void
    /// Told the ids of sandboxes and containers that are the pod's.
    let onOwned: @Sendable (String) -> Void

    package init(
        pod: Pod, sandboxes: [SandboxRecord], containers: [ContainerRecord], services: PodServices,
        onOwned: @escaping @Sendable (String) -> Void, onGone: @escaping @Sendable (PodWorker) -> Void
    ) {
        uid = pod.uid
        key = pod.key
        self.services = services
        self.onOwned = onOwned
        self.onGone = onGone
        let machine = PodMachine(pod: pod, sandboxes: sandboxes, containers: containers, now: services.clock.time)
        state = Mutex(
            State(machine: machine, startup: PodStartup(machine), written: pod.status, wanted: pod.status))
    }

    // MARK: Inputs

    /// Starts looking after the pod.
    package func begin(rejection: (reason: String, message: String)? = nil) {
        transition { machine, _ in
            if let rejection { machine.reject(reason: rejection.reason, message: rejection.message) }
        }
    }

    /// Takes a newer version of the object from the API.
    package func update(_ pod: Pod) {
        state.withLock { state in
            // A status older than what was written here says nothing new.
            if !state.isWriting, (UInt64(pod.resourceVersion) ?? 0) > state.writtenVersion {
                state.written = pod.status
            }
        }
        let specChanged = state.withLock {
            $0.machine.pod.spec != pod.spec || $0.machine.pod.metadata.labels != pod.labels
                || $0.machine.pod.annotations != pod.annotations
        }
        transition { machine, _ in machine.update(pod) }
        if specChanged { refreshVolumes() }
    }

    /// Ends the pod because the node runs dry.
    func evict(message: String) {
        guard withMachine({ $0.lifecycle == .active }) else { return }
        event(true, PodMachine.evictionReason, message)
        transition { machine, _ in machine.evict(message: message) }
    }

    /// Ends the pod because the node cannot give it what it was let in for.
    func reject(_ rejection: PodAdmission.Rejection) {
        event(true, rejection.reason, rejection.message)
        transition { machine, _ in machine.reject(reason: rejection.reason, message: rejection.message) }
    }

    /// The health of devices is part of the status.
    func refreshDevices() {
        guard !services.devices.statuses(uid).isEmpty else { return }
        transition { _, _ in }
    }

    package func noteGoneFromAPI() {
        transition { machine, _ in machine.noteGoneFromAPI() }
    }

    package func send(_ input: PodInput) {
        transition { machine, now in machine.apply(input, now: now) }
    }

    /// The pod as the API last told it.
    package var pod: Pod { state.withLock { $0.machine.pod } }

    package func withMachine<Result>(_ body: (PodMachine) -> Result) -> Result {
        state.withLock { body($0.machine) }
    }

    /// The status that the API has or is about to have.
    package var status: PodStatus { state.withLock { $0.wanted } }

    // MARK: Transition

    private typealias Outcome = (actions: [PodAction], startsWriting: Bool, isGone: Bool, times: StartupTimes?)

    private func transition(_ body: (inout PodMachine, Timestamp) -> Void) {
        let now = services.clock.time
        let (actions, startsWriting, isGone, times) = state.withLock { state -> Outcome in
            let wasGone = state.machine.isGone
            body(&state.machine, now)
            var actions = state.machine.step(now: now)
            var isWanted = refreshStatus(&state, now: now)
            if isWanted, let delay = state.machine.statusDelay(told: state.written, now: now) {
                isWanted = false
                actions.append(.wake(after: delay))
            }
            if state.machine.isDown, !state.isWriting, !isWanted, !state.machine.finalStatusIsWritten {
                state.machine.noteFinalStatusWritten()
                actions += state.machine.step(now: now)
            }
            let startsWriting = isWanted && !state.isWriting
            if startsWriting { state.isWriting = true }
            let times = state.startup.observe(state.machine, now: now)
            return (actions, startsWriting, state.machine.isGone && !wasGone, times)
        }
        if let times { note(times) }
        if startsWriting { services.scope.spawn { [self] in await writeStatus() } }
        for action in actions { perform(action) }
        syncProbes()
        for observer in state.withLock({ Array($0.observers.values) }) { observer.ring() }
        if isGone { onGone(self) }
    }

    /// Tells where the time of a start went: everybody in metrics, users of models in an event too.
    private func note(_ times: StartupTimes) {
        services.startups.observe(times)
        guard pod.spec.volumes.contains(where: { $0.image != nil }) else { return }
        event(false, "StartupTimes", times.text)
    }

    /// Computes the status anew; whether the API has to learn it.
    private func refreshStatus(_ state: inout State, now: Timestamp) -> Bool {
        switch state.machine.lifecycle {
        case .leaving, .gone: return false
        case .active, .terminating, .terminated: break
        }
        state.wanted = services.statuses.status(
            of: state.machine, previous: state.wanted, devices: services.devices.statuses(uid), now: now)
        return PodStatusPatch.patch(from: state.written, to: state.wanted, uid: uid) != nil
    }

    /// Writes the status until the API has the newest one.
    private func writeStatus() async {
        while true {
            let (pod, wanted, patch) = state.withLock { state in
                let delay = state.machine.statusDelay(told: state.written, now: services.clock.time)
                let patch =
                    delay == nil ? PodStatusPatch.patch(from: state.written, to: state.wanted, uid: uid) : nil
                if patch == nil { state.isWriting = false }
                return (state.machine.pod, state.wanted, patch)
            }
            guard let patch else { return transition { _, _ in } }
            do {
                let stored = try await services.api.patchStatus(pod, patch)
                state.withLock { state in
                    state.written = wanted
                    state.writtenVersion = UInt64(stored.resourceVersion) ?? state.writtenVersion
                    state.writeFailures = 0
                }
            } catch let error as StatusError where error.reason == .notFound || error.reason == .conflict {
                // The pod is gone, or another one has its name; the informer will tell.
                state.withLock { state in
                    state.written = wanted
                    state.isWriting = false
                }
                return transition { _, _ in }
            } catch {
                if Task.isCancelled { return }
                services.log.report("node agent", "status of pod \(key): \(error)")
                let failures = state.withLock { state in
                    state.writeFailures += 1
                    return state.writeFailures
                }
                let backoff = Backoff(initial: .milliseconds(200), limit: .seconds(10))
                guard (try? await services.clock.sleep(for: backoff.jittered(afterFailures: failures))) != nil else {
                    return
                }
            }
        }
    }

    /// Probes run for exactly the containers that run.
    private func syncProbes() {
        struct Start {
            let target: ProbeTarget
            let startedAt: Timestamp
            let known: PodMachine.ProbeState?
        }
        let (starts, stops) = state.withLock { state -> ([Start], [String]) in
            var starts: [Start] = []
            var running: Set<String> = []
            let machine = state.machine
            let isActive = machine.lifecycle == .active
            let address =
                machine.pod.usesHostNetwork
                ? services.settings.hostAddresses.first : machine.currentSandbox?.addresses.first
            for (container, kind) in machine.pod.allContainers where kind == .main || kind == .sidecar {
                guard
                    container.startupProbe != nil || container.livenessProbe != nil || container.readinessProbe != nil,
                    let record = machine.newest(container.name), record.isRunning
                else { continue }
                guard isActive || state.probed.contains(record.id) else { continue }
                running.insert(record.id)
                guard !state.probed.contains(record.id), let address else { continue }
                starts.append(
                    Start(
                        target: ProbeTarget(containerID: record.id, container: container, podAddress: address),
                        startedAt: record.startedAt, known: machine.probes[record.id]))
            }
            let stops = state.probed.subtracting(running)
            state.probed = running
            return (starts, Array(stops))
        }
        for id in stops { services.probes.stop(id) }
        for start in starts {
            let id = start.target.containerID
            let name = start.target.container.name
            services.probes.start(start.target, startedAt: start.startedAt, known: start.known) { [weak self] verdict in
                self?.send(.probe(containerID: id, verdict))
            } failure: { [weak self] kind, message in
                guard let self else { return }
                services.api.event(
                    pod, isWarning: true, reason: "Unhealthy",
                    message: "\(kind.rawValue) probe failed: \(message)", container: name)
            }
        }
    }
}
