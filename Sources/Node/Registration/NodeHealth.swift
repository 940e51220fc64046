import CRI
import Glibc
import KubeAPI
import Machinery

/// What the node's conditions are made of, as found at one moment.
package struct NodeHealth: Hashable, Sendable {
    /// Why pods cannot run; `nil` when they can.
    package var problem: String?
    package var hasMemoryPressure = false
    package var hasDiskPressure = false
    package var hasPIDPressure = false

    package init(problem: String? = nil) {
        self.problem = problem
    }

    /// - Parameter folder: the data folder; images and volumes are on its filesystem.
    package static func check(_ runtime: any RuntimeService, folder: String) async -> NodeHealth {
        var health = NodeHealth()
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
        let available = MachineFacts.memory()["MemAvailable"] ?? .max
        health.hasMemoryPressure = available < 100 << 20
        var disk = statvfs()
        if statvfs(folder, &disk) == 0, disk.f_blocks > 0 {
            let isLowOnSpace = Double(disk.f_bavail) / Double(disk.f_blocks) < 0.1
            let isLowOnFiles = disk.f_files > 0 && Double(disk.f_favail) / Double(disk.f_files) < 0.05
            health.hasDiskPressure = isLowOnSpace || isLowOnFiles
        }
        if let load = Files.text("/proc/loadavg"), let limit = Files.text("/proc/sys/kernel/pid_max") {
            // The fourth word is `running/all`.
            let words = load.split(separator: " ")
            let processes = words.count > 3 ? words[3].split(separator: "/").last.flatMap { Int($0) } : nil
            if let processes, let maximum = Int(limit.filter(\.isNumber)), maximum > 0 {
                health.hasPIDPressure = processes > maximum - maximum / 20
            }
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
