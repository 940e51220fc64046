/// Whether containers may run as root; in a user namespace of its own, a pod's root is nobody outside.
enum UserChecks {
    static let nonRoot = PodSecurityCheck(
        "runAsNonRoot", .restricted, [(0, saysNonRoot), (35, { $0.hasOwnUsers ? nil : saysNonRoot($0) })])
    static let user = PodSecurityCheck(
        "runAsUser", .restricted, [(23, isNotZero), (35, { $0.hasOwnUsers ? nil : isNotZero($0) })])

    @Sendable private static func saysNonRoot(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let reason = "runAsNonRoot != true"
        let ofPod = subject.spec.securityContext?.runAsNonRoot
        let setters = PodSecurityWords.setters(
            pod: ofPod == false, containers: subject.names { $0.securityContext?.runAsNonRoot == false })
        if !setters.isEmpty {
            return PodSecurityViolation(
                reason: reason,
                detail: "\(setters.joined(separator: " and ")) must not set securityContext.runAsNonRoot=false")
        }
        guard ofPod != true else { return nil }
        let silent = subject.names { $0.securityContext?.runAsNonRoot == nil }
        guard !silent.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: reason,
            detail: "pod or \(PodSecurityWords.named("container", silent)) must set "
                + "securityContext.runAsNonRoot=true")
    }

    @Sendable private static func isNotZero(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let setters = PodSecurityWords.setters(
            pod: subject.spec.securityContext?.runAsUser == 0,
            containers: subject.names { $0.securityContext?.runAsUser == 0 })
        guard !setters.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "runAsUser=0", detail: "\(setters.joined(separator: " and ")) must not set runAsUser=0")
    }
}
