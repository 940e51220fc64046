import KubeAPI
import Machinery

/// What a Job's pod failure policy says about a failed pod.
enum PodFailureRules {
    enum Verdict: Hashable, Sendable {
        /// The whole Job fails, with this message.
        case failJob(String)
        case failIndex
        /// Does not count against the limit.
        case ignore
        /// Counts as ever.
        case count
    }

    /// The first rule that matches decides.
    static func verdict(for pod: Pod, job: Job) -> Verdict {
        guard let policy = job.spec.podFailurePolicy, pod.isFailed else { return .count }
        for (index, rule) in policy.rules.enumerated() {
            guard let what = match(rule, pod) else { continue }
            switch rule.action {
            case "FailJob": return .failJob("\(what) matching FailJob rule at index \(index)")
            case "FailIndex": return job.spec.backoffLimitPerIndex == nil ? .count : .failIndex
            case "Ignore": return .ignore
            default: return .count
            }
        }
        return .count
    }

    private static func match(_ rule: PodFailurePolicyRule, _ pod: Pod) -> String? {
        if let requirement = rule.onExitCodes {
            for status in pod.status.containerStatuses + pod.status.initContainerStatuses {
                if let name = requirement.containerName, name != status.name { continue }
                guard let code = status.state?.terminated?.exitCode, code != 0 else { continue }
                let isListed = requirement.values.contains(Int64(code))
                if (requirement.operator == "In") == isListed {
                    return "Container \(status.name) for pod \(pod.key) failed with exit code \(code)"
                }
            }
            return nil
        }
        for pattern in rule.onPodConditions {
            if let condition = pod.condition(pattern.type), condition.status == pattern.status ?? "True" {
                return "Pod \(pod.key) has condition \(condition.type)"
            }
        }
        return nil
    }
}
