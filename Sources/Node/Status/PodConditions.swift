import KubeAPI
import Machinery

/// The conditions the node is the author of. Others are left to theirs.
struct PodConditions {
    let machine: PodMachine
    let phase: String
    let previous: PodStatus
    let now: Timestamp

    func all(_ status: PodStatus) -> [PodCondition] {
        let initialized = initialized(status)
        let containersReady = containersReady(status)
        let isSandboxReady = machine.currentSandbox != nil && !machine.isDown
        var conditions = [
            condition("PodReadyToStartContainers", isSandboxReady),
            initialized, ready(containersReady), containersReady,
        ]
        let scheduled = previous.conditions.first { $0.type == "PodScheduled" && $0.status == "True" }
        conditions.append(scheduled ?? condition("PodScheduled", true))
        if case .failed(PodMachine.evictionReason, let message)? = machine.cause {
            conditions.append(
                condition("DisruptionTarget", true, reason: "TerminationByKubelet", message: message))
        }
        return conditions
    }

    private func condition(
        _ type: String, _ isTrue: Bool, reason: String? = nil, message: String? = nil
    ) -> PodCondition {
        var condition = PodCondition()
        condition.type = type
        condition.status = isTrue ? "True" : "False"
        condition.reason = reason
        condition.message = message
        condition.observedGeneration = machine.pod.metadata.generation
        let earlier = previous.conditions.first { $0.type == type }
        condition.lastTransitionTime =
            earlier?.status == condition.status ? earlier?.lastTransitionTime ?? now.inSeconds : now.inSeconds
        return condition
    }

    private func initialized(_ status: PodStatus) -> PodCondition {
        if phase == "Succeeded" { return condition("Initialized", true, reason: "PodCompleted") }
        let hasMainStarted = status.containerStatuses.contains {
            $0.state?.running != nil || $0.state?.terminated != nil || $0.lastState?.terminated != nil
        }
        var pending: [String] = []
        for (container, status) in zip(machine.pod.spec.initContainers, status.initContainerStatuses) {
            let isDone = container.isSidecar ? status.started == true : status.state?.terminated?.exitCode == 0
            if !isDone { pending.append(container.name) }
        }
        guard !pending.isEmpty, !hasMainStarted else { return condition("Initialized", true) }
        return condition(
            "Initialized", false, reason: "ContainersNotInitialized",
            message: "containers with incomplete status: [\(pending.joined(separator: " "))]")
    }

    private func containersReady(_ status: PodStatus) -> PodCondition {
        let type = "ContainersReady"
        switch phase {
        case "Succeeded": return condition(type, false, reason: "PodCompleted")
        case "Failed": return condition(type, false, reason: "PodFailed")
        default: break
        }
        let sidecars = zip(machine.pod.spec.initContainers, status.initContainerStatuses)
            .filter { $0.0.isSidecar }.map(\.1)
        let unready = (sidecars + status.containerStatuses).filter { !$0.ready }.map(\.name)
        guard !unready.isEmpty else { return condition(type, true) }
        return condition(
            type, false, reason: "ContainersNotReady",
            message: "containers with unready status: [\(unready.joined(separator: " "))]")
    }

    private func ready(_ containersReady: PodCondition) -> PodCondition {
        guard containersReady.status == "True" else {
            return condition("Ready", false, reason: containersReady.reason, message: containersReady.message)
        }
        var unmet: [String] = []
        for gate in machine.pod.spec.readinessGates {
            guard let found = machine.pod.status.conditions.first(where: { $0.type == gate.conditionType }) else {
                unmet.append("corresponding condition of pod readiness gate \"\(gate.conditionType)\" does not exist.")
                continue
            }
            if found.status != "True" {
                unmet.append(
                    "the status of pod readiness gate \"\(gate.conditionType)\" is not \"True\", but \(found.status)")
            }
        }
        guard !unmet.isEmpty else { return condition("Ready", true) }
        return condition("Ready", false, reason: "ReadinessGatesNotReady", message: unmet.joined(separator: ", "))
    }
}
