import KubeAPI

/// The one word for where a pod is in its life.
package enum PodPhase {
    package static func phase(
        pod: Pod, initStatuses: [ContainerStatus], statuses: [ContainerStatus], isTerminal: Bool
    ) -> String {
        var isInitializing = false
        var initHasFailed = false
        for (container, status) in zip(pod.spec.initContainers, initStatuses) {
            if container.isSidecar {
                if !isTerminal, status.started != true, status.state?.terminated == nil { isInitializing = true }
            } else if let ended = status.state?.terminated {
                if ended.exitCode != 0 {
                    initHasFailed = true
                    isInitializing = isInitializing || !isTerminal
                }
            } else {
                isInitializing = true
            }
        }
        if initHasFailed, pod.restartPolicy == "Never" { return "Failed" }
        var running = 0
        var waiting = 0
        var succeeded = 0
        var failed = 0
        var restarted = 0
        for (container, status) in zip(pod.spec.containers, statuses) {
            if status.state?.running != nil {
                running += 1
            } else if let ended = status.state?.terminated {
                if ended.exitCode == 0 { succeeded += 1 } else { failed += 1 }
                if container.restarts(afterExitCode: ended.exitCode, podPolicy: pod.restartPolicy) { restarted += 1 }
            } else if status.lastState?.terminated != nil {
                // Between two lives, held back.
                restarted += 1
                failed += 1
            } else {
                waiting += 1
            }
        }
        let hasStarted = running + succeeded + failed > 0
        if isInitializing, !hasStarted || waiting > 0, !isTerminal { return "Pending" }
        if waiting > 0 { return isTerminal ? "Failed" : "Pending" }
        if running > 0 { return "Running" }
        guard succeeded + failed > 0 else { return isTerminal ? "Failed" : "Pending" }
        if isTerminal { return failed == 0 ? "Succeeded" : "Failed" }
        if restarted > 0 { return "Running" }
        return failed == 0 ? "Succeeded" : "Failed"
    }
}
