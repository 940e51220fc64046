import KubeAPI
import Machinery

extension PodMachine {
    /// Brings the pod closer to its specification.
    mutating func keepRunning(now: Timestamp, _ actions: inout [PodAction]) {
        if case .unprepared(let retryAt) = volumes {
            begin(.prepareVolumes, .prepareVolumes, notBefore: retryAt, now: now, &actions)
        }
        prune(now: now, &actions)
        guard let sandbox = currentSandbox else { return renewSandbox(now: now, &actions) }
        for older in sandboxes.dropFirst() where !stoppedSandboxes.contains(older.id) {
            begin(.stopSandbox(id: older.id), .stopSandbox(id: older.id), notBefore: sandboxRetryAt, now: now, &actions)
        }
        var wanted: [Start] = []
        switch initialize(in: sandbox, now: now, &wanted, &actions) {
        case .done: keepMain(in: sandbox, now: now, &wanted, &actions)
        case .underWay: break
        case .failed:
            lifecycle = .terminating(.completed, graceSeconds: pod.gracePeriodSeconds)
            return
        }
        keepEphemeral(in: sandbox, &wanted)
        if case .terminating = lifecycle { return }
        startNext(of: wanted, in: sandbox, now: now, &actions)
    }

    /// A container to be started, and the end it has to be away from.
    struct Start {
        let container: Container
        let kind: ContainerKind
        let previous: ContainerRecord?
    }

    enum Initialization {
        case done
        case underWay
        case failed
    }

    // MARK: Sandbox

    private mutating func renewSandbox(now: Timestamp, _ actions: inout [PodAction]) {
        // The old sandbox takes its containers along.
        guard stopSandboxes(now: now, &actions) else { return }
        var isLive = false
        for records in containers.values {
            for record in records where !record.hasEnded {
                isLive = true
                stop(record, graceSeconds: 0, message: nil, runsPreStop: false, &actions)
            }
        }
        guard !isLive else { return }
        if !sandboxes.isEmpty, !containers.isEmpty, !restartsAnything {
            lifecycle = .terminating(.completed, graceSeconds: 0)
            return
        }
        let isNew = !inFlight.contains(.createSandbox)
        begin(
            .createSandbox, .createSandbox(attempt: sandboxes.first.map { $0.attempt + 1 } ?? 0),
            notBefore: sandboxRetryAt, now: now, &actions)
        if isNew, inFlight.contains(.createSandbox), !sandboxes.isEmpty {
            actions.append(
                .event(
                    isWarning: false, reason: "SandboxChanged",
                    message: "Pod sandbox changed, it will be killed and re-created.", container: nil))
        }
    }

    /// Whether any main container would be started again now that all have ended.
    private var restartsAnything: Bool {
        pod.spec.containers.contains { container in
            guard let record = newest(container.name) else { return pod.restartPolicy != "Never" }
            return container.restarts(afterExitCode: record.exitCode, podPolicy: pod.restartPolicy)
        }
    }

    // MARK: Containers

    private mutating func initialize(
        in sandbox: SandboxRecord, now: Timestamp, _ wanted: inout [Start], _ actions: inout [PodAction]
    ) -> Initialization {
        let isInitialized = pod.spec.containers.contains { newest($0.name)?.sandboxID == sandbox.id }
        for container in pod.spec.initContainers {
            let record = newest(container.name)
            let isCurrent = record?.sandboxID == sandbox.id
            if container.isSidecar {
                if let record, isCurrent, record.isRunning {
                    if replaceIfBroken(record, container, &actions) { return isInitialized ? .done : .underWay }
                    if !isInitialized, !isStarted(record, container) { return .underWay }
                } else {
                    wanted.append(Start(container: container, kind: .sidecar, previous: record))
                    if !isInitialized { return .underWay }
                }
                continue
            }
            if isInitialized { continue }
            guard let record, isCurrent else {
                wanted.append(Start(container: container, kind: .initialization, previous: record))
                return .underWay
            }
            switch record.state {
            case .running: return .underWay
            case .exited where record.exitCode == 0: continue
            case .exited, .unknown:
                if pod.restartPolicy == "Never" { return .failed }
                wanted.append(Start(container: container, kind: .initialization, previous: record))
                return .underWay
            case .created:
                if !inFlight.contains(.start(container: container.name)) {
                    wanted.append(Start(container: container, kind: .initialization, previous: record))
                }
                return .underWay
            }
        }
        return .done
    }

    private mutating func keepMain(
        in sandbox: SandboxRecord, now: Timestamp, _ wanted: inout [Start], _ actions: inout [PodAction]
    ) {
        var isOver = true
        for container in pod.spec.containers {
            guard let record = newest(container.name) else {
                isOver = false
                wanted.append(Start(container: container, kind: .main, previous: nil))
                continue
            }
            switch record.state {
            case .running:
                isOver = false
                _ = replaceIfBroken(record, container, &actions)
            case .created:
                isOver = false
                wanted.append(Start(container: container, kind: .main, previous: record))
            case .exited, .unknown:
                guard container.restarts(afterExitCode: record.exitCode, podPolicy: pod.restartPolicy) else { continue }
                isOver = false
                wanted.append(Start(container: container, kind: .main, previous: record))
            }
        }
        if isOver { lifecycle = .terminating(.completed, graceSeconds: pod.gracePeriodSeconds) }
    }

    private mutating func keepEphemeral(in sandbox: SandboxRecord, _ wanted: inout [Start]) {
        for container in pod.spec.ephemeralContainers where newest(container.name) == nil {
            wanted.append(Start(container: Container(json: container.json), kind: .ephemeral, previous: nil))
        }
    }

    /// Stops a running container whose probes gave up on it or whose image was changed.
    private mutating func replaceIfBroken(
        _ record: ContainerRecord, _ container: Container, _ actions: inout [PodAction]
    ) -> Bool {
        if let probe = probes[record.id], let kind = probe.failing {
            stop(
                record, graceSeconds: probe.failingGraceSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30,
                message: "Container \(container.name) failed \(kind.word) probe, will be restarted",
                runsPreStop: true, &actions)
            return true
        }
        if !record.specHash.isEmpty, record.specHash != container.specHash {
            stop(
                record, graceSeconds: pod.spec.terminationGracePeriodSeconds ?? 30,
                message: "Container \(container.name) definition changed, will be restarted", runsPreStop: true,
                &actions)
            return true
        }
        return false
    }

    /// Starts the first container whose time has come; one at a time, so that their order holds.
    private mutating func startNext(
        of wanted: [Start], in sandbox: SandboxRecord, now: Timestamp, _ actions: inout [PodAction]
    ) {
        guard case .ready = volumes else { return }
        for start in wanted {
            let name = start.container.name
            let operation = PodOperation.start(container: name)
            if pulls.contains(name) || inFlight.contains(operation) { continue }
            if let previous = start.previous, inFlight.contains(.stop(containerID: previous.id)) { continue }
            if let retryAt = waiting[name]?.retryAt, retryAt > now {
                actions.append(.wake(after: retryAt.since(now)))
                continue
            }
            if let previous = start.previous, previous.hasEnded, previous.sandboxID == sandbox.id {
                if restartedAfter[name] != previous.id,
                    let (wait, delay) = backoff.remaining(name, endedAt: previous.finishedAt, now: now)
                {
                    holdBack(name, delay: delay, now: now, &actions)
                    actions.append(.wake(after: wait))
                    continue
                }
            }
            guard !inFlight.contains(where: { if case .start = $0 { true } else { false } }) else { return }
            if let previous = start.previous, previous.hasEnded, previous.sandboxID == sandbox.id {
                // A retry of the same start (an image that does not come) is not another crash.
                if restartedAfter[name] != previous.id {
                    restartedAfter[name] = previous.id
                    backoff.noteRestart(name, endedAt: previous.finishedAt, now: now)
                }
            }
            if waiting[name]?.reason == "CrashLoopBackOff" { waiting[name] = nil }
            inFlight.insert(operation)
            actions.append(
                .start(
                    container: name, kind: start.kind,
                    restartCount: start.previous.map { $0.restartCount &+ 1 } ?? 0, sandboxID: sandbox.id))
            return
        }
    }

    private mutating func holdBack(_ name: String, delay: Duration, now: Timestamp, _ actions: inout [PodAction]) {
        let minutes = delay.components.seconds / 60
        let seconds = delay.components.seconds % 60
        let text = minutes > 0 ? "\(minutes)m\(seconds)s" : "\(seconds)s"
        let message = "back-off \(text) restarting failed container=\(name) pod=\(pod.logName)"
        guard waiting[name]?.message != message else { return }
        waiting[name] = Waiting(reason: "CrashLoopBackOff", message: message, retryAt: nil)
        actions.append(
            .event(
                isWarning: true, reason: "BackOff",
                message: "Back-off restarting failed container \(name) in pod \(pod.logName)", container: name))
    }

    /// Removes dead containers but the newest and the one before it, and sandboxes that nothing is left in.
    private mutating func prune(now: Timestamp, _ actions: inout [PodAction]) {
        for name in containers.keys.sorted() {
            let records = containers[name] ?? []
            for record in records.dropFirst(2) where record.hasEnded {
                begin(
                    .removeContainer(id: record.id),
                    .removeContainer(id: record.id, name: name, isKnown: record.state != .unknown), now: now, &actions)
            }
        }
        for sandbox in sandboxes.dropFirst() where stoppedSandboxes.contains(sandbox.id) {
            guard !containers.values.contains(where: { $0.contains { $0.sandboxID == sandbox.id } }) else { continue }
            begin(
                .removeSandbox(id: sandbox.id), .removeSandbox(id: sandbox.id), notBefore: sandboxRetryAt, now: now,
                &actions)
        }
    }
}
