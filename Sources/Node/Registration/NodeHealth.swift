import CRI
import KubeAPI
import Machinery

/// What the node's conditions are made of, as found at one moment.
package struct NodeHealth: Hashable, Sendable {
    /// Why pods cannot run; `nil` when they can.
    package var problem: String?
    /// What runs dry; found by the evictor.
    package var pressures: Set<NodePressure> = []

    package init(problem: String? = nil) {
        self.problem = problem
    }

    package static func check(_ runtime: any RuntimeService, pressures: Set<NodePressure>) async -> NodeHealth {
        var health = NodeHealth()
        health.pressures = pressures
        do {
            let status = try await runtime.status(verbose: false)
            let problems = (status.status.conditions).filter { !$0.status }.map { condition in
                let what =
                    condition.type == "NetworkReady"
                    ? "container runtime network not ready" : "container runtime not ready"
                return "\(what): \(condition.type)=false reason:\(condition.reason) message:\(condition.message)"
            }
            if !problems.isEmpty { health.problem = problems.joined(separator: ", ") }
        } catch {
            health.problem = "container runtime status check may not have completed yet: \(error)"
        }
        return health
    }

    /// The node's conditions; those that did not change keep the time at which they did.
    package func conditions(previous: [NodeCondition], now: Timestamp) -> [NodeCondition] {
        func condition(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) -> NodeCondition {
            var condition = NodeCondition()
            condition.type = type
            condition.status = isTrue ? "True" : "False"
            condition.reason = reason
            condition.message = message
            condition.lastHeartbeatTime = now.inSeconds
            let earlier = previous.first { $0.type == type }
            condition.lastTransitionTime =
                earlier?.status == condition.status ? earlier?.lastTransitionTime ?? now.inSeconds : now.inSeconds
            return condition
        }
        let hasMemoryPressure = pressures.contains(.memory)
        let hasDiskPressure = pressures.contains(.disk)
        let hasPIDPressure = pressures.contains(.processes)
        return [
            condition(
                "MemoryPressure", hasMemoryPressure,
                hasMemoryPressure ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory",
                hasMemoryPressure
                    ? "kubelet has insufficient memory available" : "kubelet has sufficient memory available"),
            condition(
                "DiskPressure", hasDiskPressure,
                hasDiskPressure ? "KubeletHasDiskPressure" : "KubeletHasNoDiskPressure",
                hasDiskPressure ? "kubelet has disk pressure" : "kubelet has no disk pressure"),
            condition(
                "PIDPressure", hasPIDPressure, hasPIDPressure ? "KubeletHasInsufficientPID" : "KubeletHasSufficientPID",
                hasPIDPressure ? "kubelet has insufficient PID available" : "kubelet has sufficient PID available"),
            condition(
                "Ready", problem == nil, problem == nil ? "KubeletReady" : "KubeletNotReady",
                problem ?? "kubelet is posting ready status"),
        ]
    }
}
