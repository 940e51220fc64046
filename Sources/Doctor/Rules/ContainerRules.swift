import KubeAPI
import Machinery

/// Containers that do not start, do not stay up, or are not ready.
enum ContainerRules {
    static func examine(_ pod: Pod, in picture: ClusterPicture) -> [Finding] {
        guard pod.status.phase != "Succeeded", !pod.isBeingDeleted else { return [] }
        if pod.status.phase == "Failed", picture.isReplaced(pod) || pod.status.reason == "Evicted" { return [] }
        var findings: [Finding] = []
        for status in pod.status.initContainerStatuses {
            findings += examine(ContainerFacts(pod, status, isInit: true, picture))
        }
        for status in pod.status.containerStatuses {
            findings += examine(ContainerFacts(pod, status, isInit: false, picture))
        }
        return findings
    }

    private static func examine(_ facts: ContainerFacts) -> [Finding] {
        if let waiting = facts.status.state?.waiting { return Self.waiting(facts, waiting) }
        if facts.hasFailed, facts.isInit || facts.pod.status.phase == "Failed" { return [crash(facts)] }
        if facts.isOutOfMemory { return [outOfMemory(facts)] }
        return ProbeRules.examine(facts)
    }

    private static func waiting(_ facts: ContainerFacts, _ waiting: ContainerStateWaiting) -> [Finding] {
        let message = waiting.message ?? ""
        switch waiting.reason ?? "" {
        case "CrashLoopBackOff": return [crash(facts)]
        case "ImagePullBackOff", "ErrImagePull", "RegistryUnavailable", "ImageInspectError":
            return [ImageRules.pull(facts, message)]
        case "InvalidImageName", "ErrImageNeverPull": return [ImageRules.name(facts, waiting.reason ?? "", message)]
        case "CreateContainerConfigError": return [configuration(facts, message)]
        case "CreateContainerError", "RunContainerError", "StartError": return [start(facts, message)]
        case "ContainerCreating": return creating(facts)
        // Waits for containers before it, or for its turn.
        default: return []
        }
    }

    // MARK: Before the start

    private static func configuration(_ facts: ContainerFacts, _ message: String) -> Finding {
        let evidence = [Evidence("container \(facts.name)", message)]
        if let missing = MissingObject(message) { return missing.finding(facts.subject, evidence) }
        if message.contains("runAsNonRoot") {
            return Finding(
                .runAsRoot, facts.subject,
                "Container \(facts.name) may not run as root, and its image names no other user.",
                evidence: evidence,
                next: [facts.subject.kubectl("get pod \(facts.pod.name) -o jsonpath={..securityContext}")])
        }
        return Finding(
            .containerStart, facts.subject, "What container \(facts.name) asks for does not fit.", evidence: evidence,
            next: [facts.subject.describe])
    }

    private static func start(_ facts: ContainerFacts, _ message: String) -> Finding {
        let evidence = [Evidence("container \(facts.name)", message)]
        if message.contains("devices:") {
            return Finding(
                .deviceAllocation, facts.subject, "The node cannot give container \(facts.name) its devices.",
                evidence: evidence, next: ["kubectl describe node \(facts.pod.spec.nodeName ?? "")"])
        }
        if isCommandMissing(message) { return commandMissing(facts, evidence) }
        return Finding(
            .containerStart, facts.subject, "The runtime cannot start container \(facts.name).", evidence: evidence,
            next: [facts.subject.describe])
    }

    private static func isCommandMissing(_ message: String) -> Bool {
        message.contains("executable file not found") || message.contains("no such file or directory: unknown")
            || message.contains("exec format error") || message.contains("permission denied: unknown")
    }

    private static func commandMissing(_ facts: ContainerFacts, _ evidence: [Evidence]) -> Finding {
        let command = (facts.container?.command ?? []).joined(separator: " ")
        return Finding(
            .commandNotFound, facts.subject,
            "The image of container \(facts.name) has no program \(command.isEmpty ? "to run" : "\"\(command)\"").",
            evidence: evidence, next: [facts.subject.kubectl("get pod \(facts.pod.name) -o jsonpath={..command}")])
    }

    /// What keeps a pod's containers from being made at all.
    private static func creating(_ facts: ContainerFacts) -> [Finding] {
        if let event = facts.picture.events(of: facts.subject, reason: "FailedMount").first
            ?? facts.picture.events(of: facts.subject, reason: "FailedAttachVolume").first
        {
            let evidence = [Evidence.event(event)]
            if let missing = MissingObject(event.message ?? "") { return [missing.finding(facts.subject, evidence)] }
            return [
                Finding(
                    .volumeMount, facts.subject, "A volume of the pod cannot be mounted.", evidence: evidence,
                    next: [facts.subject.describe])
            ]
        }
        if let event = facts.picture.events(of: facts.subject, reason: "FailedCreatePodSandBox").first {
            return [
                Finding(
                    .sandbox, facts.subject, "The pod's network or namespaces cannot be made.",
                    evidence: [.event(event)],
                    next: ["kubectl describe node \(facts.pod.spec.nodeName ?? "")", facts.subject.describe])
            ]
        }
        return []
    }

    // MARK: After the start

    private static func outOfMemory(_ facts: ContainerFacts) -> Finding {
        let limit = facts.container?.resources?.limits["memory"].map(\.description) ?? "none"
        return Finding(
            .outOfMemory, facts.subject,
            "Container \(facts.name) used more memory than its limit (\(limit)) and was killed.",
            evidence: [
                Evidence("container \(facts.name)", facts.endText), Evidence("limits", "memory: \(limit)"),
            ],
            next: [
                facts.subject.kubectl("top pod \(facts.pod.name) --containers"),
                facts.subject.kubectl("logs \(facts.pod.name) -c \(facts.name) --previous"),
            ])
    }

    private static func crash(_ facts: ContainerFacts) -> Finding {
        if facts.isOutOfMemory { return outOfMemory(facts) }
        let evidence = [Evidence("container \(facts.name)", facts.endText)]
        let logs = facts.subject.kubectl("logs \(facts.pod.name) -c \(facts.name) --previous")
        if let finding = LogRules.finding(facts, evidence, next: logs) { return finding }
        if let failure = ProbeRules.killed(facts) { return failure }
        let message = facts.end?.message ?? ""
        if facts.end?.exitCode == 127 || facts.end?.exitCode == 126 || isCommandMissing(message) {
            return commandMissing(facts, evidence)
        }
        let cause: Cause = facts.isInit ? .initContainer : .crashLoop
        return Finding(
            cause, facts.subject,
            "\(facts.isInit ? "Init container" : "Container") \(facts.name) ends with code \(facts.end?.exitCode ?? 0)"
                + " again and again.",
            evidence: evidence + facts.lastLines, next: [logs, facts.subject.describe])
    }
}
