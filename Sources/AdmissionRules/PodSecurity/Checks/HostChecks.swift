import KubeAPI

/// What of their node pods may share.
enum HostChecks {
    static let namespaces = PodSecurityCheck("hostNamespaces", .baseline, [(0, sharesNoNamespace)])
    static let paths = PodSecurityCheck("hostPathVolumes", .baseline, [(0, mountsNoPath)])
    static let ports = PodSecurityCheck("hostPorts", .baseline, [(0, takesNoPort)])
    static let probes = PodSecurityCheck("hostProbesAndHostLifecycle", .baseline, [(34, probesOnlyItself)])
    static let windowsProcess = PodSecurityCheck("windowsHostProcess", .baseline, [(0, isNoHostProcess)])

    @Sendable private static func sharesNoNamespace(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let spec = subject.spec
        let shared = [
            ("hostNetwork", spec.hostNetwork), ("hostPID", spec.hostPID), ("hostIPC", spec.hostIPC),
        ].filter { $0.1 == true }
        guard !shared.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "host namespaces", detail: shared.map { "\($0.0)=true" }.joined(separator: ", "))
    }

    @Sendable private static func mountsNoPath(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let volumes = subject.spec.volumes.filter { $0.json["hostPath"] != nil }.map(\.name)
        guard !volumes.isEmpty else { return nil }
        return PodSecurityViolation(reason: "hostPath volumes", detail: PodSecurityWords.named("volume", volumes))
    }

    @Sendable private static func takesNoPort(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        var ports: Set<String> = []
        let containers = subject.names { container in
            let taken = container.ports.compactMap(\.hostPort).filter { $0 != 0 }
            ports.formUnion(taken.map { "\($0)" })
            return !taken.isEmpty
        }
        guard !containers.isEmpty else { return nil }
        let noun = PodSecurityWords.plural("hostPort", ports.count)
        return PodSecurityViolation(
            reason: "hostPort",
            detail: "\(user(containers)) \(noun) \(ports.sorted().joined(separator: ", "))")
    }

    @Sendable private static func probesOnlyItself(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        var hosts: Set<String> = []
        var containers: Set<String> = []
        for container in subject.containers {
            let probes = [container.livenessProbe, container.readinessProbe, container.startupProbe].map(\.?.json)
            let handlers = [container.lifecycle?.postStart, container.lifecycle?.preStop].map(\.?.json)
            let bad = (probes + handlers).compactMap { $0 }.flatMap { action in
                ["httpGet", "tcpSocket"].compactMap { action[$0]?["host"]?.stringValue }.filter { !$0.isEmpty }
            }
            guard !bad.isEmpty else { continue }
            hosts.formUnion(bad)
            containers.insert(container.name)
        }
        guard !containers.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "probe or lifecycle host",
            detail: "\(user(containers.sorted())) "
                + PodSecurityWords.named("probe or lifecycle host", hosts.sorted()))
    }

    @Sendable private static func isNoHostProcess(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let containers = subject.names { $0.securityContext?.windowsOptions?.hostProcess == true }
        let setters = PodSecurityWords.setters(
            pod: subject.spec.securityContext?.windowsOptions?.hostProcess == true, containers: containers)
        guard !setters.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "hostProcess",
            detail: "\(setters.joined(separator: " and ")) must not set securityContext.windowsOptions.hostProcess=true"
        )
    }

    private static func user(_ containers: [String]) -> String {
        "\(PodSecurityWords.named("container", containers)) \(containers.count == 1 ? "uses" : "use")"
    }
}
