import KubeAPI
import Machinery

/// What a policy says of objects: pods, templates of pods, and the pods that a namespace has already.
package struct PodSecurityReview: Sendable {
    private let configuration: PodSecurityConfiguration

    /// How many pods of a namespace are looked at when its labels change.
    private static let maximumPods = 3000

    package init(_ configuration: PodSecurityConfiguration) {
        self.configuration = configuration
    }

    /// What the modes of a policy say of one pod.
    package struct Verdict: Hashable, Sendable {
        /// Why the pod is refused.
        package var refusal: String?
        package var warning: String?
        /// For the audit log, by the keys of `pod-security.kubernetes.io/`.
        package var notes: [String: String]

        package init(refusal: String? = nil, warning: String? = nil, notes: [String: String] = [:]) {
            self.refusal = refusal
            self.warning = warning
            self.notes = notes
        }
    }

    /// Whether a pod may differ from its old state without being judged anew: only images and containers count.
    package static func isSignificant(_ pod: Pod, from old: Pod) -> Bool {
        func images(_ containers: [Container]) -> [String] { containers.map { $0.image ?? "" } }
        if images(pod.spec.containers) != images(old.spec.containers) { return true }
        if images(pod.spec.initContainers) != images(old.spec.initContainers) { return true }
        return pod.spec.ephemeralContainers.contains { new in
            let before = old.spec.ephemeralContainers.first { $0.name == new.name }
            return before == nil || before?.image != new.image
        }
    }

    /// Where the template of pods lies in workloads.
    package static func template(in object: JSONObject, of resource: GroupResource) -> PodTemplateSpec? {
        let template: JSON? =
            switch (resource.group, resource.resource) {
            case ("", "podtemplates"): object["template"]
            case ("batch", "cronjobs"): object["spec"]?["jobTemplate"]?["spec"]?["template"]
            case ("", "replicationcontrollers"), ("apps", "replicasets"), ("apps", "deployments"),
                ("apps", "statefulsets"), ("apps", "daemonsets"), ("batch", "jobs"):
                object["spec"]?["template"]
            default: nil
            }
        return template?.objectValue.map(PodTemplateSpec.init(json:))
    }

    /// - Parameter enforces: not for templates, of which their pods are refused.
    package func verdict(
        _ subject: PodSecuritySubject, _ policy: PodSecurityPolicy, errors: [FieldError], enforces: Bool
    ) -> Verdict {
        var verdict = Verdict()
        if let runtimeClass = subject.spec.runtimeClassName,
            configuration.exemptRuntimeClasses.contains(runtimeClass)
        {
            verdict.notes["exempt"] = "runtimeClass"
            return verdict
        }
        if !errors.isEmpty { verdict.notes["error"] = "Failed to parse policy: \(errors.aggregated)" }
        var known: [PodSecurityStandard: String] = [:]
        func violations(_ standard: PodSecurityStandard) -> String? {
            let text =
                known[standard]
                ?? PodSecurityEvaluator.text(PodSecurityEvaluator.violations(of: standard, by: subject))
            known[standard] = text
            return text.isEmpty ? nil : "violate PodSecurity \"\(standard)\": \(text)"
        }
        if enforces {
            verdict.notes["enforce-policy"] = policy.enforce.description
            if violations(policy.enforce) != nil {
                verdict.refusal =
                    "violates PodSecurity \"\(policy.enforce)\": \(known[policy.enforce] ?? "")"
            }
        }
        if let text = violations(policy.audit) { verdict.notes["audit-violations"] = "would \(text)" }
        if verdict.refusal == nil, let text = violations(policy.warn) { verdict.warning = "would \(text)" }
        return verdict
    }

    /// Whether new labels can make pods unwelcome that were not so before.
    package static func mustCheckPods(_ new: PodSecurityStandard, from old: PodSecurityStandard) -> Bool {
        guard new != old, new.level != .privileged else { return false }
        return new.version != old.version || new.level > old.level
    }

    /// Warnings of the pods that break what is to be enforced: alike ones together, with the name of the first.
    package func warnings(pods: [Pod], namespace: String, enforce: PodSecurityStandard) -> [String] {
        let ordered = prioritized(pods)
        let checked = ordered.prefix(Self.maximumPods)
        var groups: [String: (first: String, count: Int)] = [:]
        for pod in checked {
            let subject = PodSecuritySubject(annotations: pod.annotations, spec: pod.spec)
            let reasons = PodSecurityEvaluator.violations(of: enforce, by: subject).map(\.reason)
            guard !reasons.isEmpty else { continue }
            let text = reasons.joined(separator: ", ")
            let group = groups[text] ?? (pod.name, 0)
            groups[text] = (min(group.first, pod.name), group.count + 1)
        }
        var warnings: [String] = []
        if checked.count < ordered.count {
            warnings.append(
                "new PodSecurity enforce level only checked against the first \(checked.count) of \(ordered.count) "
                    + "existing pods")
        }
        guard !groups.isEmpty else { return warnings }
        warnings.append(
            "existing pods in namespace \"\(namespace)\" violate the new PodSecurity enforce level \"\(enforce)\"")
        return warnings
            + groups.map { text, group in
                switch group.count {
                case 1: "\(group.first): \(text)"
                case 2: "\(group.first) (and 1 other pod): \(text)"
                default: "\(group.first) (and \(group.count - 1) other pods): \(text)"
                }
            }.sorted()
    }

    /// One pod of each controller first: its others are most likely alike.
    private func prioritized(_ pods: [Pod]) -> [Pod] {
        var seen: Set<String> = []
        var first: [Pod] = []
        var others: [Pod] = []
        for pod in pods {
            if let name = pod.spec.runtimeClassName, configuration.exemptRuntimeClasses.contains(name) { continue }
            if let owner = pod.controllerOwner, !seen.insert(owner.uid).inserted {
                others.append(pod)
            } else {
                first.append(pod)
            }
        }
        return first + others
    }
}
