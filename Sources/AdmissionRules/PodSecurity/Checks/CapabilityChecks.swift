/// What of root's power containers may have.
enum CapabilityChecks {
    private static let harmless: Set<String> = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
        "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]

    static let baseline = PodSecurityCheck("capabilities_baseline", .baseline, [(0, addsOnlyHarmless)])
    static let restricted = PodSecurityCheck(
        "capabilities_restricted", .restricted, overrides: "capabilities_baseline",
        [(22, dropsAll), (25, { $0.isWindows ? nil : dropsAll($0) })])

    @Sendable private static func addsOnlyHarmless(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let (containers, added) = additions(subject) { harmless.contains($0) }
        guard !containers.isEmpty else { return nil }
        return PodSecurityViolation(reason: "non-default capabilities", detail: text(containers, added))
    }

    @Sendable private static func dropsAll(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let keeping = subject.names { container in
            !(container.securityContext?.capabilities?.drop ?? []).contains("ALL")
        }
        let (containers, added) = additions(subject) { $0 == "NET_BIND_SERVICE" }
        var details: [String] = []
        if !keeping.isEmpty {
            let names = PodSecurityWords.named("container", keeping)
            details.append("\(names) must set securityContext.capabilities.drop=[\"ALL\"]")
        }
        if !containers.isEmpty { details.append(text(containers, added)) }
        guard !details.isEmpty else { return nil }
        return PodSecurityViolation(reason: "unrestricted capabilities", detail: details.joined(separator: "; "))
    }

    private static func additions(
        _ subject: PodSecuritySubject, isAllowed: (String) -> Bool
    ) -> (containers: [String], added: [String]) {
        var added: Set<String> = []
        let containers = subject.names { container in
            let bad = (container.securityContext?.capabilities?.add ?? []).filter { !isAllowed($0) }
            added.formUnion(bad)
            return !bad.isEmpty
        }
        return (containers, added.sorted())
    }

    private static func text(_ containers: [String], _ added: [String]) -> String {
        "\(PodSecurityWords.named("container", containers)) must not include \(PodSecurityWords.quoted(added)) in "
            + "securityContext.capabilities.add"
    }
}
