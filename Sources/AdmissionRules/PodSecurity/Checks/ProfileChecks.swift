import KubeAPI
import Machinery

/// Which AppArmor profiles and SELinux labels pods may choose.
enum ProfileChecks {
    static let appArmor = PodSecurityCheck("appArmorProfile", .baseline, [(0, keepsAppArmor)])
    static let seLinux = PodSecurityCheck(
        "seLinuxOptions", .baseline,
        [
            (0, { keepsSELinux($0, types: seLinuxTypes) }),
            (31, { keepsSELinux($0, types: seLinuxTypes.union(["container_engine_t"])) }),
        ])

    private static let annotationPrefix = "container.apparmor.security.beta.kubernetes.io/"
    private static let seLinuxTypes: Set<String> = ["", "container_t", "container_init_t", "container_kvm_t"]

    @Sendable private static func keepsAppArmor(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        var types: Set<String> = []
        func isBad(_ profile: AppArmorProfile?) -> Bool {
            guard let profile, profile.type != "RuntimeDefault", profile.type != "Localhost" else { return false }
            types.insert(profile.type)
            return true
        }
        let pod = isBad(subject.spec.securityContext?.appArmorProfile)
        let containers = subject.names { isBad($0.securityContext?.appArmorProfile) }
        var setters = PodSecurityWords.setters(pod: pod, containers: containers)
        let annotations = subject.annotations.filter { key, value in
            key.hasPrefix(annotationPrefix) && !value.isEmpty && value != "runtime/default"
                && !value.hasPrefix("localhost/")
        }
        if !annotations.isEmpty { setters.append(PodSecurityWords.plural("annotation", annotations.count)) }
        guard !setters.isEmpty else { return nil }
        let values = types.sorted() + annotations.map { "\($0.key)=\(GoQuote.quote($0.value))" }.sorted()
        return PodSecurityViolation(
            reason: PodSecurityWords.plural("forbidden AppArmor profile", values.count),
            detail: "\(setters.joined(separator: " and ")) must not set AppArmor profile type to "
                + PodSecurityWords.quoted(values))
    }

    private static func keepsSELinux(_ subject: PodSecuritySubject, types: Set<String>) -> PodSecurityViolation? {
        var badTypes: Set<String> = []
        var setsUser = false
        var setsRole = false
        func isBad(_ options: SELinuxOptions?) -> Bool {
            guard let options else { return false }
            let (type, user, role) = (options.type ?? "", options.user ?? "", options.role ?? "")
            if !types.contains(type) { badTypes.insert(type) }
            if !user.isEmpty { setsUser = true }
            if !role.isEmpty { setsRole = true }
            return !types.contains(type) || !user.isEmpty || !role.isEmpty
        }
        let pod = isBad(subject.spec.securityContext?.seLinuxOptions)
        let containers = subject.names { isBad($0.securityContext?.seLinuxOptions) }
        let setters = PodSecurityWords.setters(pod: pod, containers: containers)
        guard !setters.isEmpty else { return nil }
        var parts: [String] = []
        if !badTypes.isEmpty { parts.append(PodSecurityWords.named("type", badTypes.sorted())) }
        if setsUser { parts.append("user may not be set") }
        if setsRole { parts.append("role may not be set") }
        return PodSecurityViolation(
            reason: "seLinuxOptions",
            detail: "\(setters.joined(separator: " and ")) set forbidden securityContext.seLinuxOptions: "
                + parts.joined(separator: "; "))
    }
}
