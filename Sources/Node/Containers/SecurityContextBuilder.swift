import CRI
import KubeAPI

/// What a container may do, from its own and its pod's security context.
package enum SecurityContextBuilder {
    /// What is hidden from containers unless they ask for an unmasked `/proc`.
    static let maskedPaths = [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap",
        "/sys/firmware",
    ]
    static let readOnlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]

    /// Whose namespaces the containers of a pod live in.
    ///
    /// - Parameter target: the container whose processes an ephemeral container wants to see.
    package static func namespaces(_ pod: Pod, target: String?) -> RuntimeV1.NamespaceOption {
        var options = RuntimeV1.NamespaceOption()
        let node = RuntimeV1.NamespaceMode.node.rawValue
        let shared = RuntimeV1.NamespaceMode.pod.rawValue
        options.network = pod.usesHostNetwork ? node : shared
        options.ipc = pod.spec.hostIPC == true ? node : shared
        if pod.spec.hostPID == true {
            options.pid = node
        } else if pod.spec.shareProcessNamespace == true {
            options.pid = shared
        } else {
            options.pid = RuntimeV1.NamespaceMode.container.rawValue
        }
        if let target, pod.spec.hostPID != true, pod.spec.shareProcessNamespace != true {
            options.pid = RuntimeV1.NamespaceMode.target.rawValue
            options.targetId = target
        }
        return options
    }

    /// - Parameter image: what the image says about its user.
    /// - Throws: when the container must not run as root and would.
    package static func context(
        _ container: Container, pod: Pod, image: RuntimeV1.Image?, target: String?
    ) throws(ContainerStartError) -> RuntimeV1.LinuxContainerSecurityContext {
        let own = container.securityContext
        let shared = pod.spec.securityContext
        let isPrivileged = own?.privileged ?? false
        var context = RuntimeV1.LinuxContainerSecurityContext()
        context.privileged = isPrivileged
        context.namespaceOptions = namespaces(pod, target: target)
        try setUser(container, pod: pod, image: image, &context)
        if let group = own?.runAsGroup ?? shared?.runAsGroup { context.runAsGroup = RuntimeV1.Int64Value(group) }
        var groups = shared?.supplementalGroups ?? []
        if let group = shared?.fsGroup { groups.append(group) }
        context.supplementalGroups = groups
        if shared?.supplementalGroupsPolicy == "Strict" {
            context.supplementalGroupsPolicy = RuntimeV1.SupplementalGroupsPolicy.strict.rawValue
        }
        context.readonlyRootfs = own?.readOnlyRootFilesystem ?? false
        context.noNewPrivs = own?.allowPrivilegeEscalation == false && !isPrivileged
        if let capabilities = own?.capabilities {
            var known = RuntimeV1.Capability()
            known.addCapabilities = capabilities.add
            known.dropCapabilities = capabilities.drop
            context.capabilities = known
        }
        if own?.procMount != "Unmasked", !isPrivileged {
            context.maskedPaths = maskedPaths
            context.readonlyPaths = readOnlyPaths
        }
        context.seccomp = profile(own?.seccompProfile ?? shared?.seccompProfile)
        if let appArmor = own?.appArmorProfile ?? shared?.appArmorProfile {
            var profile = RuntimeV1.SecurityProfile()
            profile.profileType = profileType(appArmor.type).rawValue
            profile.localhostRef = appArmor.localhostProfile ?? ""
            context.apparmor = profile
        }
        return context
    }

    private static func profile(_ wanted: SeccompProfile?) -> RuntimeV1.SecurityProfile {
        var profile = RuntimeV1.SecurityProfile()
        // Kubernetes' own default: no filter unless the pod asks for one.
        profile.profileType = wanted.map { profileType($0.type) }?.rawValue ?? RuntimeV1.ProfileType.unconfined.rawValue
        profile.localhostRef = wanted?.localhostProfile ?? ""
        return profile
    }

    private static func profileType(_ name: String) -> RuntimeV1.ProfileType {
        switch name {
        case "RuntimeDefault": .runtimeDefault
        case "Localhost": .localhost
        default: .unconfined
        }
    }

    private static func setUser(
        _ container: Container, pod: Pod, image: RuntimeV1.Image?,
        _ context: inout RuntimeV1.LinuxContainerSecurityContext
    ) throws(ContainerStartError) {
        let own = container.securityContext
        let shared = pod.spec.securityContext
        let wanted = own?.runAsUser ?? shared?.runAsUser
        if let wanted {
            context.runAsUser = RuntimeV1.Int64Value(wanted)
        } else if let uid = image?.uid {
            context.runAsUser = uid
        } else if let name = image?.username, !name.isEmpty {
            context.runAsUsername = name
        } else {
            context.runAsUser = RuntimeV1.Int64Value(0)
        }
        guard own?.runAsNonRoot ?? shared?.runAsNonRoot ?? false else { return }
        let about = "(pod: \"\(pod.logName)\", container: \(container.name))"
        if let wanted {
            guard wanted != 0 else {
                throw .configuration("container's runAsUser breaks non-root policy \(about)")
            }
        } else if let name = image?.username, !name.isEmpty, image?.uid == nil {
            throw .configuration(
                "container has runAsNonRoot and image has non-numeric user (\(name)), "
                    + "cannot verify user is non-root \(about)"
            )
        } else if (image?.uid?.value ?? 0) == 0 {
            throw .configuration("container has runAsNonRoot and image will run as root \(about)")
        }
    }
}
