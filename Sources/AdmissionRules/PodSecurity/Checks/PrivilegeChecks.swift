/// Whether containers may have, or get, more rights than they start with.
enum PrivilegeChecks {
    static let privileged = PodSecurityCheck("privileged", .baseline, [(0, isNotPrivileged)])
    static let escalation = PodSecurityCheck(
        "allowPrivilegeEscalation", .restricted, [(8, staysAsIs), (25, { $0.isWindows ? nil : staysAsIs($0) })])

    @Sendable private static func isNotPrivileged(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let containers = subject.names { $0.securityContext?.privileged == true }
        guard !containers.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "privileged",
            detail: "\(PodSecurityWords.named("container", containers)) must not set securityContext.privileged=true")
    }

    @Sendable private static func staysAsIs(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let containers = subject.names { $0.securityContext?.allowPrivilegeEscalation != false }
        guard !containers.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "allowPrivilegeEscalation != false",
            detail: "\(PodSecurityWords.named("container", containers)) must set "
                + "securityContext.allowPrivilegeEscalation=false")
    }
}
