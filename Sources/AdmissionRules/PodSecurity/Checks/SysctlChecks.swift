/// Which kernel settings pods may change: those that stay within the pod.
enum SysctlChecks {
    private static let first: Set<String> = [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies",
        "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
    ]
    private static let since27 = first.union(["net.ipv4.ip_local_reserved_ports"])
    private static let since29 = since27.union([
        "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
    ])
    private static let since32 = since29.union(["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"])

    static let sysctls = PodSecurityCheck(
        "sysctls", .baseline,
        [
            (0, { judge($0, allowed: first) }), (27, { judge($0, allowed: since27) }),
            (29, { judge($0, allowed: since29) }), (32, { judge($0, allowed: since32) }),
        ])

    private static func judge(_ subject: PodSecuritySubject, allowed: Set<String>) -> PodSecurityViolation? {
        let bad = (subject.spec.securityContext?.sysctls ?? []).map(\.name).filter { !allowed.contains($0) }
        guard !bad.isEmpty else { return nil }
        return PodSecurityViolation(reason: "forbidden sysctls", detail: bad.joined(separator: ", "))
    }
}
