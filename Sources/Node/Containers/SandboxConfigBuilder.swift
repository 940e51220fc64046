import CRI
import KubeAPI

/// Describes a pod's sandbox to the runtime.
package struct SandboxConfigBuilder: Sendable {
    package let settings: NodeSettings

    package init(settings: NodeSettings) {
        self.settings = settings
    }

    package func config(_ pod: Pod, attempt: Int64) -> RuntimeV1.PodSandboxConfig {
        var metadata = RuntimeV1.PodSandboxMetadata()
        metadata.name = pod.name
        metadata.namespace = pod.namespace
        metadata.uid = pod.uid
        metadata.attempt = attempt
        var config = RuntimeV1.PodSandboxConfig()
        config.metadata = metadata
        if !pod.usesHostNetwork { config.hostname = PodHosts.hostname(pod, clusterDomain: settings.clusterDomain) }
        config.logDirectory = settings.paths.logFolder(namespace: pod.namespace, name: pod.name, uid: pod.uid)
        config.dnsConfig = PodDNS.config(pod, settings: settings)
        config.portMappings = portMappings(pod)
        config.labels = labels(pod)
        config.annotations = pod.annotations
        config.linux = linux(pod)
        return config
    }

    private func labels(_ pod: Pod) -> [String: String] {
        var labels = pod.labels
        labels[RuntimeLabels.podName] = pod.name
        labels[RuntimeLabels.podNamespace] = pod.namespace
        labels[RuntimeLabels.podUID] = pod.uid
        return labels
    }

    private func portMappings(_ pod: Pod) -> [RuntimeV1.PortMapping] {
        guard !pod.usesHostNetwork else { return [] }
        return (pod.spec.initContainers.filter(\.isSidecar) + pod.spec.containers).flatMap(\.ports).compactMap { port in
            guard let hostPort = port.hostPort, hostPort > 0 else { return nil }
            var mapping = RuntimeV1.PortMapping()
            mapping.protocol = RuntimeV1.PortProtocol(name: port.protocol ?? "TCP").rawValue
            mapping.containerPort = port.containerPort
            mapping.hostPort = hostPort
            mapping.hostIp = port.hostIP ?? ""
            return mapping
        }
    }

    private func linux(_ pod: Pod) -> RuntimeV1.LinuxPodSandboxConfig {
        var linux = RuntimeV1.LinuxPodSandboxConfig()
        linux.cgroupParent = settings.cgroups.parent(QoSClass(pod), pod: pod.uid)
        for sysctl in pod.spec.securityContext?.sysctls ?? [] { linux.sysctls[sysctl.name] = sysctl.value }
        var security = RuntimeV1.LinuxSandboxSecurityContext()
        security.namespaceOptions = SecurityContextBuilder.namespaces(pod, target: nil)
        let context = pod.spec.securityContext
        if let user = context?.runAsUser { security.runAsUser = RuntimeV1.Int64Value(user) }
        // The runtime takes no group without a user.
        if let group = context?.runAsGroup, context?.runAsUser != nil {
            security.runAsGroup = RuntimeV1.Int64Value(group)
        }
        var groups = context?.supplementalGroups ?? []
        if let group = context?.fsGroup { groups.append(group) }
        security.supplementalGroups = groups
        security.privileged = (pod.spec.initContainers + pod.spec.containers).contains {
            $0.securityContext?.privileged == true
        }
        var seccomp = RuntimeV1.SecurityProfile()
        seccomp.profileType = RuntimeV1.ProfileType.runtimeDefault.rawValue
        security.seccomp = seccomp
        linux.securityContext = security
        return linux
    }
}
