import Machinery

/// What the labels of a namespace demand of its pods.
package struct PodSecurityPolicy: Hashable, Sendable {
    /// Pods that break it are refused.
    package var enforce: PodSecurityStandard
    /// Pods that break it are noted in the audit log.
    package var audit: PodSecurityStandard
    /// Clients that make pods that break it are warned.
    package var warn: PodSecurityStandard

    package init(
        enforce: PodSecurityStandard = PodSecurityStandard(.privileged),
        audit: PodSecurityStandard = PodSecurityStandard(.privileged),
        warn: PodSecurityStandard = PodSecurityStandard(.privileged)
    ) {
        self.enforce = enforce
        self.audit = audit
        self.warn = warn
    }

    private static let prefix = "pod-security.kubernetes.io/"

    package var isFullyPrivileged: Bool {
        enforce.level == .privileged && audit.level == .privileged && warn.level == .privileged
    }

    func isEquivalent(to other: PodSecurityPolicy) -> Bool {
        enforce.isEquivalent(to: other.enforce) && audit.isEquivalent(to: other.audit)
            && warn.isEquivalent(to: other.warn)
    }

    /// The policy of a namespace's labels, and what is wrong with them.
    ///
    /// A level that cannot be read is the strictest where it is enforced, and none where it is only told. Who is
    /// refused is warned by the same rules, unless the labels say otherwise.
    package static func parse(
        labels: [String: String], defaults: PodSecurityPolicy
    ) -> (policy: PodSecurityPolicy, errors: [FieldError]) {
        var policy = defaults
        var errors: [FieldError] = []
        func level(_ mode: String, unreadable: PodSecurityLevel) -> (level: PodSecurityLevel, isValid: Bool)? {
            guard let text = labels[prefix + mode] else { return nil }
            if let level = PodSecurityLevel(rawValue: text) { return (level, true) }
            let known = PodSecurityLevel.allCases.map(\.rawValue).joined(separator: ", ")
            errors.append(invalid(mode, text, "must be one of \(known)"))
            return (unreadable, false)
        }
        func version(_ mode: String) -> PodSecurityVersion? {
            guard let text = labels["\(prefix)\(mode)-version"] else { return nil }
            if let version = PodSecurityVersion(text) { return version }
            errors.append(invalid("\(mode)-version", text, "must be \"latest\" or \"v1.x\""))
            return .latest
        }
        let enforced = level("enforce", unreadable: .restricted)
        if let enforced { policy.enforce.level = enforced.level }
        if let version = version("enforce") { policy.enforce.version = version }
        if let audited = level("audit", unreadable: .privileged) { policy.audit.level = audited.level }
        if let version = version("audit") { policy.audit.version = version }
        let warned = level("warn", unreadable: .privileged)
        if let warned { policy.warn.level = warned.level }
        let warnVersion = version("warn")
        if let warnVersion { policy.warn.version = warnVersion }
        if warned == nil, enforced?.isValid == true, policy.enforce.level > policy.warn.level {
            policy.warn.level = policy.enforce.level
            if warnVersion == nil { policy.warn.version = policy.enforce.version }
        }
        return (policy, errors)
    }

    private static func invalid(_ label: String, _ value: String, _ detail: String) -> FieldError {
        .invalid(FieldPath("metadata").child("labels").key(prefix + label), .string(value), detail)
    }

    /// What is told of a namespace that no policy is applied to, though its labels ask for one; `nil` if they do not.
    package func exemptionWarning(
        namespace: String, labels: [String: String], defaults: PodSecurityPolicy
    ) -> String? {
        guard !isFullyPrivileged, !isEquivalent(to: defaults) else { return nil }
        let parts = [("enforce", enforce), ("audit", audit), ("warn", warn)].filter { mode, standard in
            standard.level != .privileged
                && (labels[Self.prefix + mode] != nil || labels["\(Self.prefix)\(mode)-version"] != nil)
        }
        let text = parts.map { "\($0.0)=\($0.1)" }.joined(separator: ", ")
        return "namespace \"\(namespace)\" is exempt from Pod Security, and the policy (\(text)) will be ignored"
    }
}
