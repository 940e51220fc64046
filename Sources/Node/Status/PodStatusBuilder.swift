import KubeAPI
import Machinery

/// Computes a pod's status from what the machine knows; the same input gives the same status.
package struct PodStatusBuilder: Sendable {
    /// The node's own addresses, the main one first.
    package let hostAddresses: [String]
    /// The scheme of container ids, as in `containerd://…`.
    package let runtimeName: String

    package init(hostAddresses: [String], runtimeName: String) {
        self.hostAddresses = hostAddresses
        self.runtimeName = runtimeName
    }

    /// - Parameters:
    ///   - previous: the status last written or read; what it says about the past is kept.
    ///   - devices: how the devices of each container are.
    package func status(
        of machine: PodMachine, previous: PodStatus, devices: [String: [ResourceStatus]] = [:], now: Timestamp
    ) -> PodStatus {
        let pod = machine.pod
        var status = PodStatus()
        let statuses = pod.allContainers.map { container, kind in
            var status = containerStatus(container, kind, machine, previous: previous)
            if let known = devices[container.name] { status.allocatedResourcesStatus = known }
            return (kind, status)
        }
        status.initContainerStatuses = statuses.filter { $0.0 == .initialization || $0.0 == .sidecar }.map(\.1)
        status.containerStatuses = statuses.filter { $0.0 == .main }.map(\.1)
        status.ephemeralContainerStatuses = statuses.filter { $0.0 == .ephemeral }.map(\.1)
        let phase = phase(of: machine, status)
        status.phase = phase
        if case .failed(let reason, let message)? = machine.cause {
            status.reason = reason
            status.message = message
        } else if machine.pod.hasTerminalPhase {
            status.reason = previous.reason
            status.message = previous.message
        }
        status.qosClass = QoSClass(pod).rawValue
        status.startTime = machine.startTime
        if let generation = pod.metadata.generation { status.observedGeneration = generation }
        addAddresses(machine, previous: previous, &status)
        status.conditions = PodConditions(machine: machine, phase: phase, previous: previous, now: now).all(status)
        return status
    }

    private func addAddresses(_ machine: PodMachine, previous: PodStatus, _ status: inout PodStatus) {
        if case .failed = machine.cause, machine.sandboxes.isEmpty, previous.podIP == nil { return }
        status.hostIP = hostAddresses.first
        status.hostIPs = hostAddresses.map { address in
            var entry = HostIP()
            entry.ip = address
            return entry
        }
        let addresses: [String]
        if machine.pod.usesHostNetwork {
            addresses = machine.sandboxes.isEmpty && previous.podIP == nil ? [] : hostAddresses
        } else if let sandbox = machine.sandboxes.first(where: { !$0.addresses.isEmpty }) {
            addresses = sandbox.addresses
        } else {
            addresses = previous.podIPs.map(\.ip)
        }
        status.podIP = addresses.first
        status.podIPs = addresses.map { address in
            var entry = PodIP()
            entry.ip = address
            return entry
        }
    }

    private func phase(of machine: PodMachine, _ status: PodStatus) -> String {
        if case .failed = machine.cause, machine.isDown { return "Failed" }
        if machine.pod.hasTerminalPhase, let phase = machine.pod.status.phase { return phase }
        return PodPhase.phase(
            pod: machine.pod, initStatuses: status.initContainerStatuses, statuses: status.containerStatuses,
            isTerminal: machine.isDown)
    }
}

extension PodMachine {
    /// Why the pod goes or went down.
    var cause: Cause? {
        switch lifecycle {
        case .terminating(let cause, _), .terminated(let cause): cause
        case .active, .leaving, .gone: nil
        }
    }

    /// Whether nothing of the pod runs and nothing will.
    package var isDown: Bool {
        switch lifecycle {
        case .active, .terminating: false
        case .terminated, .leaving, .gone: true
        }
    }
}
