import KubeAPI
import Machinery

extension PodStatusBuilder {
    func containerStatus(
        _ container: Container, _ kind: ContainerKind, _ machine: PodMachine, previous: PodStatus
    ) -> ContainerStatus {
        let earlier =
            (previous.initContainerStatuses + previous.containerStatuses + previous.ephemeralContainerStatuses)
            .first { $0.name == container.name }
        guard let record = machine.newest(container.name) else {
            return statusWithoutRecord(container, kind, machine, earlier: earlier)
        }
        var status = ContainerStatus()
        status.name = container.name
        status.image = record.image
        status.imageID = record.imageRef
        status.containerID = "\(runtimeName)://\(record.id)"
        status.restartCount = record.restartCount
        let isStarted = machine.isStarted(record, container)
        status.started = isStarted
        switch kind {
        case .main, .sidecar: status.ready = machine.isReady(record, container)
        case .initialization: status.ready = record.state == .exited && record.exitCode == 0
        case .ephemeral: status.ready = false
        }
        let older = machine.containers[container.name]?.dropFirst().first { $0.hasEnded }
        var state = ContainerState()
        var last = older.map(ended) ?? (record.restartCount > 0 ? earlier?.lastState : nil)
        switch record.state {
        case .running:
            var running = ContainerStateRunning()
            running.startedAt = record.startedAt.inSeconds
            state.running = running
        case .created:
            state.waiting = waiting(container, kind, machine)
        case .exited, .unknown:
            if !machine.isDown, machine.cause == nil, let reason = machine.waiting[container.name] {
                var waiting = ContainerStateWaiting()
                waiting.reason = reason.reason
                waiting.message = reason.message.isEmpty ? nil : reason.message
                state.waiting = waiting
                last = ended(record)
            } else {
                state = ended(record)
            }
        }
        status.state = state
        status.lastState = last
        addResources(container, &status)
        return status
    }

    private func statusWithoutRecord(
        _ container: Container, _ kind: ContainerKind, _ machine: PodMachine, earlier: ContainerStatus?
    ) -> ContainerStatus {
        var status = ContainerStatus()
        status.name = container.name
        status.image = container.image ?? ""
        status.imageID = ""
        status.ready = false
        status.started = false
        status.restartCount = earlier?.restartCount ?? 0
        status.lastState = earlier?.lastState
        if machine.pod.hasTerminalPhase || machine.isDown, let earlier, let old = earlier.state {
            if old.terminated != nil { return earlier }
            if old.running != nil {
                // It ran, and nobody saw its end.
                var end = ContainerStateTerminated()
                end.exitCode = 137
                end.reason = "ContainerStatusUnknown"
                end.message = "The container could not be located when the pod was terminated"
                var state = ContainerState()
                state.terminated = end
                status.state = state
                status.containerID = earlier.containerID
                return status
            }
        }
        var state = ContainerState()
        state.waiting = waiting(container, kind, machine)
        status.state = state
        return status
    }

    private func waiting(
        _ container: Container, _ kind: ContainerKind, _ machine: PodMachine
    ) -> ContainerStateWaiting {
        var waiting = ContainerStateWaiting()
        if let known = machine.waiting[container.name] {
            waiting.reason = known.reason
            waiting.message = known.message.isEmpty ? nil : known.message
        } else {
            let comesAfterInit = kind != .ephemeral && !machine.pod.spec.initContainers.isEmpty
            waiting.reason = comesAfterInit ? "PodInitializing" : "ContainerCreating"
        }
        return waiting
    }

    private func ended(_ record: ContainerRecord) -> ContainerState {
        var end = ContainerStateTerminated()
        end.containerID = "\(runtimeName)://\(record.id)"
        end.exitCode = record.exitCode
        end.reason = record.reason.isEmpty ? (record.exitCode == 0 ? "Completed" : "Error") : record.reason
        end.message = record.message.isEmpty ? nil : record.message
        end.startedAt = record.startedAt.inSeconds
        end.finishedAt = record.finishedAt.inSeconds
        var state = ContainerState()
        state.terminated = end
        return state
    }

    private func addResources(_ container: Container, _ status: inout ContainerStatus) {
        if let resources = container.resources, !resources.json.isEmpty {
            var known = ResourceRequirements()
            known.limits = resources.limits
            known.requests = resources.requests
            if !known.json.isEmpty { status.resources = known }
            status.allocatedResources = resources.requests
        }
        status.volumeMounts = container.volumeMounts.map { mount in
            var entry = VolumeMountStatus()
            entry.name = mount.name
            entry.mountPath = mount.mountPath
            if mount.readOnly == true {
                entry.readOnly = true
                entry.recursiveReadOnly = "Disabled"
            }
            return entry
        }
    }
}
