/// Whether containers may see all of `/proc`.
enum ProcMountChecks {
    static let baseline = PodSecurityCheck(
        "procMount", .baseline, [(0, isMasked), (35, { $0.hasOwnUsers ? nil : isMasked($0) })])
    static let restricted = PodSecurityCheck(
        "procMount_restricted", .restricted, overrides: "procMount", [(35, isMasked)])

    @Sendable private static func isMasked(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        var types: Set<String> = []
        let containers = subject.names { container in
            guard let type = container.securityContext?.procMount, type != "Default" else { return false }
            types.insert(type)
            return true
        }
        guard !containers.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "procMount",
            detail: "\(PodSecurityWords.named("container", containers)) must not set securityContext.procMount to "
                + PodSecurityWords.quoted(types.sorted()))
    }
}
