import KubeAPI
import Machinery

/// Holds pods against the Pod Security Standards (KEP-2579), in the words of Kubernetes.
package enum PodSecurityEvaluator {
    /// In the order in which violations are told.
    private static let checks: [PodSecurityCheck] = [
        ProfileChecks.appArmor, CapabilityChecks.baseline, HostChecks.namespaces, HostChecks.paths, HostChecks.ports,
        HostChecks.probes, PrivilegeChecks.privileged, ProcMountChecks.baseline, ProfileChecks.seLinux,
        SeccompChecks.baseline, SysctlChecks.sysctls, HostChecks.windowsProcess,
        PrivilegeChecks.escalation, CapabilityChecks.restricted, ProcMountChecks.restricted, VolumeChecks.restricted,
        UserChecks.nonRoot, UserChecks.user, SeccompChecks.restricted,
    ]

    /// From here on nothing has changed.
    private static let lastVersion = checks.map(\.lastChange).max() ?? 0

    /// What of a standard a pod breaks.
    package static func violations(
        of standard: PodSecurityStandard, by subject: PodSecuritySubject
    ) -> [PodSecurityViolation] {
        let minor =
            switch standard.version {
            case .latest: lastVersion
            case .minor(let number): min(number, lastVersion)
            }
        return rules(standard.level, minor).compactMap { $0(subject) }
    }

    private static func rules(_ level: PodSecurityLevel, _ minor: Int) -> [PodSecurityCheck.Rule] {
        switch level {
        case .privileged: return []
        case .baseline: return checks.filter { $0.level == .baseline }.compactMap { $0.rule(at: minor) }
        case .restricted:
            let overridden = Set(
                checks.filter { $0.level == .restricted && $0.rule(at: minor) != nil }.compactMap(\.overrides))
            return checks.filter { !overridden.contains($0.name) }.compactMap { $0.rule(at: minor) }
        }
    }

    /// All violations in one line.
    package static func text(_ violations: [PodSecurityViolation]) -> String {
        violations.map { $0.detail.isEmpty ? $0.reason : "\($0.reason) (\($0.detail))" }.joined(separator: ", ")
    }
}
