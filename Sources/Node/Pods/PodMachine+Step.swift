import KubeAPI
import Machinery

extension PodMachine {
    /// Decides what to do now. Operations it asks for count as in flight until their result comes in.
    package mutating func step(now: Timestamp) -> [PodAction] {
        var actions: [PodAction] = []
        if case .active = lifecycle { checkForEnd(now: now, &actions) }
        switch lifecycle {
        case .active:
            keepRunning(now: now, &actions)
            if case .terminating = lifecycle { bringDown(now: now, &actions) }
        case .terminating: bringDown(now: now, &actions)
        case .terminated, .leaving, .gone: break
        }
        // What the steps above ended is dealt with at once.
        if case .terminated = lifecycle { leave(now: now, &actions) }
        if case .leaving = lifecycle { begin(.cleanUp, .cleanUp, notBefore: finalizeRetryAt, now: now, &actions) }
        return actions
    }

    /// Asks for an operation, unless it is in flight or its time has not come.
    mutating func begin(
        _ operation: PodOperation, _ action: PodAction, notBefore: Timestamp? = nil, now: Timestamp,
        _ actions: inout [PodAction]
    ) {
        guard !inFlight.contains(operation) else { return }
        if let notBefore, notBefore > now { return actions.append(.wake(after: notBefore.since(now))) }
        inFlight.insert(operation)
        actions.append(action)
    }

    private mutating func checkForEnd(now: Timestamp, _ actions: inout [PodAction]) {
        if isGoneFromAPI || pod.isBeingDeleted {
            lifecycle = .terminating(.deleted, graceSeconds: isGoneFromAPI ? 1 : pod.gracePeriodSeconds)
        } else if let deadline = pod.spec.activeDeadlineSeconds {
            let left = (startTime + .seconds(min(deadline, 1 << 40))).since(now)
            if left <= .zero {
                let message = "Pod was active on the node longer than the specified deadline"
                lifecycle = .terminating(
                    .failed(reason: "DeadlineExceeded", message: message), graceSeconds: pod.gracePeriodSeconds)
                actions.append(
                    .event(isWarning: false, reason: "DeadlineExceeded", message: message, container: nil))
            } else {
                actions.append(.wake(after: left))
            }
        }
    }

    // MARK: Going down

    /// Stops the main containers together, sidecars after them one by one in reverse order, then the sandbox.
    private mutating func bringDown(now: Timestamp, _ actions: inout [PodAction]) {
        guard case .terminating(var cause, var grace) = lifecycle else { return }
        if terminationStart == nil { terminationStart = now }
        if isGoneFromAPI || pod.isBeingDeleted {
            let wanted = isGoneFromAPI ? min(grace, 1) : pod.gracePeriodSeconds
            // A second deletion may only shorten the wait.
            if cause != .deleted || wanted < grace {
                grace = cause == .deleted ? min(grace, wanted) : wanted
                if case .failed = cause {} else { cause = .deleted }
                lifecycle = .terminating(cause, graceSeconds: grace)
            }
        }
        stopContainers(graceSeconds: grace, now: now, &actions)
        let isBusy = inFlight.contains { operation in
            switch operation {
            case .createSandbox, .start, .stop, .prepareVolumes: true
            case .stopSandbox, .removeContainer, .removeSandbox, .finalize, .cleanUp: false
            }
        }
        guard !hasLiveContainers, !isBusy else { return }
        if stopSandboxes(now: now, &actions) { lifecycle = .terminated(cause) }
    }

    /// Stops every sandbox, those as well whose process has ended by itself: they still hold their network.
    ///
    /// - Returns: whether all are stopped.
    mutating func stopSandboxes(now: Timestamp, _ actions: inout [PodAction]) -> Bool {
        let left = sandboxes.filter { !stoppedSandboxes.contains($0.id) }
        for sandbox in left {
            begin(
                .stopSandbox(id: sandbox.id), .stopSandbox(id: sandbox.id), notBefore: sandboxRetryAt, now: now,
                &actions)
        }
        return left.isEmpty
    }

    private mutating func stopContainers(graceSeconds: Int64, now: Timestamp, _ actions: inout [PodAction]) {
        let elapsed = terminationStart.map { now.since($0).components.seconds } ?? 0
        let sidecars = pod.spec.initContainers.filter(\.isSidecar).map(\.name)
        let others = containers.keys.filter { !sidecars.contains($0) }.sorted()
        var othersLive = false
        for name in others {
            for record in containers[name] ?? [] where !record.hasEnded {
                othersLive = true
                stop(
                    record, graceSeconds: graceSeconds, message: "Stopping container \(name)", runsPreStop: true,
                    &actions)
            }
        }
        guard !othersLive, !inFlight.contains(where: { if case .start = $0 { true } else { false } }) else { return }
        for name in sidecars.reversed() {
            let live = (containers[name] ?? []).filter { !$0.hasEnded }
            for record in live {
                stop(
                    record, graceSeconds: max(graceSeconds - elapsed, min(graceSeconds, 2)),
                    message: "Stopping container \(name)", runsPreStop: true, &actions)
            }
            if !live.isEmpty { return }
        }
    }

    /// Asks a container to end, again only when the grace has become shorter.
    mutating func stop(
        _ record: ContainerRecord, graceSeconds: Int64, message: String?, runsPreStop: Bool,
        _ actions: inout [PodAction]
    ) {
        let isFirst = stopGrace[record.id] == nil
        if let earlier = stopGrace[record.id], earlier <= graceSeconds { return }
        stopGrace[record.id] = graceSeconds
        inFlight.insert(.stop(containerID: record.id))
        actions.append(
            .stop(
                StopOrder(
                    containerID: record.id, name: record.name, graceSeconds: graceSeconds,
                    message: isFirst ? message : nil, runsPreStop: isFirst && runsPreStop && record.isRunning)))
    }

    private mutating func leave(now: Timestamp, _ actions: inout [PodAction]) {
        if isGoneFromAPI {
            lifecycle = .leaving
            finalizeRetryAt = nil
            return
        }
        guard pod.isBeingDeleted, finalStatusIsWritten else { return }
        begin(.finalize, .finalize, notBefore: finalizeRetryAt, now: now, &actions)
    }
}
