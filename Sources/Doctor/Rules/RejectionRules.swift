import KubeAPI

/// Why the API server did not take a pod.
enum RejectionRules {
    /// What refusals say, the first that fits.
    private static let signs: [(text: String, cause: Cause, summary: String)] = [
        ("exceeded quota", .quotaExceeded, "The namespace's quota is used up."),
        ("failed quota", .quotaExceeded, "The namespace's quota wants limits or requests that the pod does not have."),
        ("violates PodSecurity", .podSecurity, "The pod does more than the namespace's Pod Security standard allows."),
        (
            "failed calling webhook", .webhookFailed,
            "An admission webhook does not answer, and nothing passes without it."
        ),
        ("ValidatingAdmissionPolicy", .policyDenied, "An admission policy refuses the pod."),
        ("admission webhook", .webhookDenied, "An admission webhook refuses the pod."),
        ("error looking up service account", .missingServiceAccount, "The pod's service account is not there."),
        ("serviceaccount \"", .missingServiceAccount, "The pod's service account is not there."),
        ("usage per Container", .limitRange, "The pod is outside of what the namespace's limit range allows."),
        ("usage per Pod", .limitRange, "The pod is outside of what the namespace's limit range allows."),
        ("limit to request ratio", .limitRange, "The pod is outside of what the namespace's limit range allows."),
        ("is forbidden: User", .forbidden, "Its controller may not create pods."),
    ]

    static func finding(_ subject: ObjectName, _ event: Event, _ picture: ClusterPicture) -> Finding {
        let message = event.message ?? ""
        let sign = signs.first { message.contains($0.text) }
        var cause = sign?.cause ?? .podsRejected
        if cause == .quotaExceeded, requested(message).contains("/gpu=") { cause = .gpuQuota }
        let summary = cause == .gpuQuota ? "The namespace's quota of GPUs is used up." : sign?.summary
        return Finding(
            cause, subject, summary ?? "The API server does not take the pods.",
            evidence: [.event(event)]
                + (cause == .quotaExceeded || cause == .gpuQuota ? quotas(subject.namespace, picture) : []),
            next: next(cause, subject))
    }

    /// What was asked for beyond the quota, as in `requested: requests.nvidia.com/gpu=1, used: …`.
    private static func requested(_ message: String) -> Substring {
        guard let start = message.range(of: "requested: ") else { return "" }
        let rest = message[start.upperBound...]
        return rest[..<(rest.range(of: ", used: ")?.lowerBound ?? rest.endIndex)]
    }

    private static func quotas(_ namespace: String, _ picture: ClusterPicture) -> [Evidence] {
        picture.quotas.filter { $0.namespace == namespace }.flatMap { quota in
            quota.status.hard.sorted { $0.key < $1.key }.map { name, hard in
                Evidence("quota \(quota.name)", "\(name): \(quota.status.used[name] ?? .zero) of \(hard) used")
            }
        }
    }

    private static func next(_ cause: Cause, _ subject: ObjectName) -> [String] {
        switch cause {
        case .quotaExceeded, .gpuQuota: [subject.kubectl("describe quota")]
        case .limitRange: [subject.kubectl("describe limitrange")]
        case .podSecurity: ["kubectl get namespace \(subject.namespace) --show-labels"]
        case .webhookFailed, .webhookDenied:
            ["kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations", subject.describe]
        case .policyDenied: ["kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings"]
        case .missingServiceAccount: [subject.kubectl("get serviceaccounts")]
        default: [subject.describe]
        }
    }
}
