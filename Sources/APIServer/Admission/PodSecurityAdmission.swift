import AdmissionRules
import KubeAPI
import KubeSchemas
import Machinery

/// Holds pods against the Pod Security Standard that the labels of their namespace name (KEP-2579): refuses pods, warns
/// of workloads whose pods would be, and of pods already there when the labels change.
struct PodSecurityAdmission: ValidatingAdmission {
    let name = "PodSecurity"
    let lookup: ObjectLookup
    let configuration: PodSecurityConfiguration
    private let review: PodSecurityReview

    private static let prefix = "pod-security.kubernetes.io/"
    /// What of pods is not theirs to be judged by.
    private static let ignored: Set<String> = [
        "exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status",
    ]

    init(_ configuration: PodSecurityConfiguration, lookup: ObjectLookup) {
        self.configuration = configuration
        self.lookup = lookup
        review = PodSecurityReview(configuration)
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.isWholeObject, attributes.operation == .create || attributes.operation == .update,
            let object = attributes.object
        else { return }
        if attributes.resource == Pod.resource { return try validatePod(Pod(json: object), attributes) }
        guard attributes.subresource.isEmpty else { return }
        if attributes.resource == Namespace.resource {
            return try validateNamespace(Namespace(json: object), attributes)
        }
        guard let template = PodSecurityReview.template(in: object, of: attributes.resource.groupResource) else {
            return
        }
        guard !isExempt(attributes), let (policy, errors) = policy(of: attributes.namespace),
            !errors.isEmpty || policy.warn.level != .privileged || policy.audit.level != .privileged
        else { return }
        try judge(
            PodSecuritySubject(annotations: template.metadata.annotations, spec: template.spec), policy, errors,
            attributes, enforces: false)
    }

    // MARK: Pods

    private func validatePod(_ pod: Pod, _ attributes: AdmissionAttributes) throws(StatusError) {
        guard !Self.ignored.contains(attributes.subresource), !isExempt(attributes) else { return }
        guard let (policy, errors) = policy(of: attributes.namespace) else {
            throw StatusError.internalError("failed to lookup namespace \"\(attributes.namespace)\"")
        }
        if errors.isEmpty, policy.isFullyPrivileged {
            return note(["enforce-policy": "privileged:latest"], attributes)
        }
        if attributes.operation == .update, let old = attributes.oldObject.map(Pod.init(json:)),
            !PodSecurityReview.isSignificant(pod, from: old)
        {
            return
        }
        try judge(
            PodSecuritySubject(annotations: pod.annotations, spec: pod.spec), policy, errors, attributes,
            enforces: true)
    }

    private func policy(of namespace: String) -> (policy: PodSecurityPolicy, errors: [FieldError])? {
        lookup.object("namespaces", "", namespace).map {
            PodSecurityPolicy.parse(labels: ObjectMeta($0["metadata"]).labels, defaults: configuration.defaults)
        }
    }

    private func judge(
        _ subject: PodSecuritySubject, _ policy: PodSecurityPolicy, _ errors: [FieldError],
        _ attributes: AdmissionAttributes, enforces: Bool
    ) throws(StatusError) {
        let verdict = review.verdict(subject, policy, errors: errors, enforces: enforces)
        note(verdict.notes, attributes)
        if let warning = verdict.warning { attributes.warnings.add(warning) }
        if let refusal = verdict.refusal {
            throw StatusError.forbidden(attributes.resource.groupResource, name: attributes.name, refusal)
        }
    }

    private func isExempt(_ attributes: AdmissionAttributes) -> Bool {
        let reason: String
        if configuration.exemptNamespaces.contains(attributes.namespace) {
            reason = "namespace"
        } else if configuration.exemptUsers.contains(attributes.user.name) {
            reason = "user"
        } else {
            return false
        }
        note(["exempt": reason], attributes)
        return true
    }

    private func note(_ notes: [String: String], _ attributes: AdmissionAttributes) {
        for (key, value) in notes { attributes.write.auditAnnotations.add(Self.prefix + key, value) }
    }

    // MARK: Namespaces

    private func validateNamespace(_ namespace: Namespace, _ attributes: AdmissionAttributes) throws(StatusError) {
        let (policy, errors) = PodSecurityPolicy.parse(labels: namespace.labels, defaults: configuration.defaults)
        let isExempt = configuration.exemptNamespaces.contains(namespace.name)
        func warnOfExemption() {
            let warning = policy.exemptionWarning(
                namespace: namespace.name, labels: namespace.labels, defaults: configuration.defaults)
            if let warning { attributes.warnings.add(warning) }
        }
        guard let before = attributes.oldObject.map(Namespace.init(json:)) else {
            guard errors.isEmpty else { throw invalid(namespace, errors) }
            if isExempt { warnOfExemption() }
            return
        }
        let old = PodSecurityPolicy.parse(labels: before.labels, defaults: configuration.defaults)
        guard errors.isEmpty || errors == old.errors else { throw invalid(namespace, errors) }
        guard PodSecurityReview.mustCheckPods(policy.enforce, from: old.policy.enforce) else { return }
        if isExempt { return warnOfExemption() }
        let pods = try pods(in: namespace.name)
        for warning in review.warnings(pods: pods, namespace: namespace.name, enforce: policy.enforce) {
            attributes.warnings.add(warning)
        }
    }

    private func invalid(_ namespace: Namespace, _ errors: [FieldError]) -> StatusError {
        .invalid(Namespace.kind, name: namespace.name, errors)
    }

    private func pods(in namespace: String) throws(StatusError) -> [Pod] {
        var pods: [Pod] = []
        for stored in lookup.cache.snapshot("pods").objects(namespace: namespace) {
            do {
                pods.append(Pod(try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys)))
            } catch {
                throw StatusError.internalError("stored pod \(stored.key.name) cannot be read: \(error)")
            }
        }
        return pods
    }
}
