import KubeAPI
import Machinery

/// Which system calls pods may make: a filter of the runtime or of the node, none of their own.
enum SeccompChecks {
    static let baseline = PodSecurityCheck(
        "seccompProfile_baseline", .baseline, [(0, annotatesNone), (19, { judge($0, isRequired: false) })])
    static let restricted = PodSecurityCheck(
        "seccompProfile_restricted", .restricted, overrides: "seccompProfile_baseline",
        [
            (19, { judge($0, isRequired: true) }),
            (25, { $0.isWindows ? nil : judge($0, isRequired: true) }),
        ])

    private static let podAnnotation = "seccomp.security.alpha.kubernetes.io/pod"
    private static let containerPrefix = "container.seccomp.security.alpha.kubernetes.io/"

    /// Until version 19 profiles were annotations.
    @Sendable private static func annotatesNone(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let keys = [podAnnotation] + subject.containers.map { containerPrefix + $0.name }
        let bad = Set(
            keys.compactMap { key -> String? in
                guard let value = subject.annotations[key], value != "runtime/default", value != "docker/default",
                    !value.hasPrefix("localhost/")
                else { return nil }
                return "\(key)=\(GoQuote.quote(value))"
            })
        guard !bad.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "seccompProfile",
            detail: "forbidden \(PodSecurityWords.plural("annotation", bad.count)) "
                + bad.sorted().joined(separator: ", "))
    }

    private static func judge(_ subject: PodSecuritySubject, isRequired: Bool) -> PodSecurityViolation? {
        var types: Set<String> = []
        func isBad(_ profile: SeccompProfile) -> Bool {
            guard profile.type != "RuntimeDefault", profile.type != "Localhost" else { return false }
            types.insert(profile.type)
            return true
        }
        let ofPod = subject.spec.securityContext?.seccompProfile
        let podIsBad = ofPod.map(isBad) ?? false
        let containers = subject.names { $0.securityContext?.seccompProfile.map(isBad) ?? false }
        let setters = PodSecurityWords.setters(pod: podIsBad, containers: containers)
        if !setters.isEmpty {
            return PodSecurityViolation(
                reason: "seccompProfile",
                detail: "\(setters.joined(separator: " and ")) must not set securityContext.seccompProfile.type to "
                    + PodSecurityWords.quoted(types.sorted()))
        }
        guard isRequired, ofPod == nil else { return nil }
        let silent = subject.names { $0.securityContext?.seccompProfile == nil }
        guard !silent.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "seccompProfile",
            detail: "pod or \(PodSecurityWords.named("container", silent)) must set "
                + "securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"")
    }
}
