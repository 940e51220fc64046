import Machinery

/// Security settings of pods and containers: identities, seccomp, AppArmor, SELinux, kernel parameters, user namespaces.
struct PodSecurityValidation {
    private static let maximumSysctlLength = 253
    private static let sysctlPattern =
        "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"

    let spec: PodSpec
    let path: FieldPath

    func validate() -> [FieldError] {
        var errors: [FieldError] = []
        if let security = spec.securityContext { errors += validate(security, at: path.child("securityContext")) }
        if spec.shareProcessNamespace == true, spec.hostPID == true {
            errors.append(
                .invalid(
                    path.child("shareProcessNamespace"), .bool(true),
                    "ShareProcessNamespace and HostPID cannot both be enabled"))
        }
        return errors + validateUserNamespace() + validateSystem()
    }

    private func validate(_ security: PodSecurityContext, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for name in ["fsGroup", "runAsUser", "runAsGroup"] {
            errors += Self.identity(security.json.int64(name), at: place.child(name))
        }
        for (index, group) in security.supplementalGroups.enumerated() {
            errors += Self.identity(group, at: place.child("supplementalGroups").index(index))
        }
        errors += validate(security.sysctls, at: place.child("sysctls"))
        if let policy = security.fsGroupChangePolicy {
            errors += Check.supported(policy, ["Always", "OnRootMismatch"], at: place.child("fsGroupChangePolicy"))
        }
        if let policy = security.supplementalGroupsPolicy {
            errors += Check.supported(policy, ["Merge", "Strict"], at: place.child("supplementalGroupsPolicy"))
        }
        if let policy = security.seLinuxChangePolicy {
            errors += Check.supported(policy, ["MountOption", "Recursive"], at: place.child("seLinuxChangePolicy"))
        }
        return errors + Self.profiles(security.json, at: place)
    }

    private static func identity(_ value: Int64?, at place: FieldPath) -> [FieldError] {
        guard let value else { return [] }
        return Names.range(value, 0...Int64(Int32.max)).map { .invalid(place, value, $0) }
    }

    private func validate(_ sysctls: [Sysctl], at list: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var names: Set<String> = []
        for (index, sysctl) in sysctls.enumerated() {
            let place = list.index(index).child("name")
            let name = sysctl.name
            if name.isEmpty {
                errors.append(.required(place))
            } else if !Self.isSysctl(name) {
                errors.append(
                    .invalid(
                        place, name,
                        "must have at most \(Self.maximumSysctlLength) characters and match regex "
                            + Self.sysctlPattern))
            } else if !names.insert(name).inserted {
                errors.append(.duplicate(place, name))
            }
            let plain = name.replacing("/", with: ".")
            if spec.hostNetwork == true, plain.hasPrefix("net.") {
                errors.append(.invalid(place, name, "may not be specified when 'hostNetwork' is true"))
            }
            let isShared =
                plain.hasPrefix("fs.mqueue.") || plain == "kernel.sem" || plain.hasPrefix("kernel.shm")
                || plain.hasPrefix("kernel.msg")
            if spec.hostIPC == true, isShared {
                errors.append(.invalid(place, name, "may not be specified when 'hostIPC' is true"))
            }
        }
        return errors
    }

    /// Segments of letters, digits, dashes and underscores between dots or slashes, each beginning and ending plainly.
    private static func isSysctl(_ name: String) -> Bool {
        func isPlain(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        let segments = name.utf8.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/")
        }
        return name.utf8.count <= maximumSysctlLength
            && segments.allSatisfy { segment in
                guard let first = segment.first, let last = segment.last, isPlain(first), isPlain(last) else {
                    return false
                }
                return segment.allSatisfy {
                    isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
            }
    }

    /// A pod with users of its own shares no other namespace with its node.
    private func validateUserNamespace() -> [FieldError] {
        guard spec.hostUsers == false else { return [] }
        var errors: [FieldError] = []
        if spec.hostNetwork == true {
            errors.append(.forbidden(path.child("hostNetwork"), "when `hostUsers` is false"))
        }
        if spec.hostPID == true { errors.append(.forbidden(path.child("HostPID"), "when `hostUsers` is false")) }
        if spec.hostIPC == true { errors.append(.forbidden(path.child("HostIPC"), "when `hostUsers` is false")) }
        for (container, place) in containers where !container.values("volumeDevices").isEmpty {
            errors.append(.forbidden(place.child("volumeDevices"), "when `hostUsers` is false"))
        }
        return errors
    }

    private var containers: [(JSONObject, FieldPath)] {
        ["initContainers", "containers", "ephemeralContainers"].flatMap { list in
            spec.json.values(list).enumerated().compactMap { index, value in
                value.objectValue.map { ($0, path.child(list).index(index)) }
            }
        }
    }

    // MARK: Operating systems

    private static let linuxOnly = [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls",
        "runAsUser", "runAsGroup", "supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy",
    ]
    private static let linuxOnlyInContainers = [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged",
        "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
    ]

    private func validateSystem() -> [FieldError] {
        guard let system = spec.os else { return [] }
        let security = spec.securityContext?.json ?? JSONObject()
        let place = path.child("securityContext")
        switch system.name {
        case "":
            return [.required(path.child("os", "name"))]
        case "linux":
            let text = "windows options cannot be set for a linux pod"
            var errors: [FieldError] =
                security["windowsOptions"] == nil ? [] : [.forbidden(place.child("windowsOptions"), text)]
            for (container, at) in containers where container["securityContext"]?["windowsOptions"] != nil {
                errors.append(.forbidden(at.child("securityContext", "windowsOptions"), text))
            }
            return errors
        case "windows":
            let text = "cannot be set for a windows pod"
            var errors: [FieldError] = Self.linuxOnly.filter { security[$0] != nil }.map {
                .forbidden(place.child($0), text)
            }
            for name in ["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"] {
                let value = spec.json[name]
                let isSet = name == "hostPID" || name == "hostIPC" ? value?.boolValue == true : value != nil
                if isSet { errors.append(.forbidden(path.child(name), text)) }
            }
            for (container, at) in containers {
                errors += Self.linuxOnlyInContainers.filter { container["securityContext"]?[$0] != nil }.map {
                    .forbidden(at.child("securityContext", $0), text)
                }
            }
            return errors
        default:
            return [.notSupported(path.child("os"), system.name, supported: ["linux", "windows"])]
        }
    }

    // MARK: Shared by pods and containers

    /// Seccomp and AppArmor profiles, and what Windows has instead.
    static func profiles(_ security: JSONObject, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let profile = security["seccompProfile"]?.objectValue {
            errors += seccomp(profile, at: place.child("seccompProfile"))
        }
        if let profile = security["appArmorProfile"]?.objectValue {
            errors += appArmor(profile, at: place.child("appArmorProfile"))
        }
        if let options: WindowsSecurityContextOptions = security.view("windowsOptions") {
            errors += WindowsOptionsValidation.validate(options, at: place.child("windowsOptions"))
        }
        return errors
    }

    private static func seccomp(_ profile: JSONObject, at place: FieldPath) -> [FieldError] {
        let type = profile.string("type") ?? ""
        let local = profile.string("localhostProfile")
        let field = place.child("localhostProfile")
        var errors: [FieldError] = []
        if type.isEmpty {
            errors.append(.required(place.child("type"), "type is required when seccompProfile is set"))
        } else {
            errors += Check.supported(
                type, ["Localhost", "RuntimeDefault", "Unconfined"], at: place.child("type"))
        }
        if type == "Localhost" {
            guard let local else {
                return errors + [.required(field, "must be set when seccomp type is Localhost")]
            }
            return errors + VolumeValidation.localPath(local, at: field)
        }
        if local != nil {
            errors.append(.invalid(field, .object(profile), "can only be set when seccomp type is Localhost"))
        }
        return errors
    }

    private static let maximumProfileLength = 4095

    private static func appArmor(_ profile: JSONObject, at place: FieldPath) -> [FieldError] {
        let field = place.child("localhostProfile")
        let local = profile.string("localhostProfile")
        switch profile.string("type") ?? "" {
        case "Localhost":
            guard let local, !local.isEmpty else {
                return [.required(field, "must be set when AppArmor type is Localhost")]
            }
            var errors: [FieldError] = []
            if local.first?.isWhitespace == true || local.last?.isWhitespace == true {
                errors.append(.invalid(field, local, "must not be padded with whitespace"))
            }
            if local.utf8.count > maximumProfileLength {
                errors.append(.tooLong(field, maximumBytes: maximumProfileLength))
            }
            return errors
        case "RuntimeDefault", "Unconfined":
            return local.map { [.invalid(field, $0, "can only be set when AppArmor type is Localhost")] } ?? []
        case "":
            return [.required(place.child("type"), "type is required when appArmorProfile is set")]
        case let type:
            return [
                .notSupported(
                    place.child("type"), type, supported: ["Localhost", "RuntimeDefault", "Unconfined"])
            ]
        }
    }

    /// Security settings of one container.
    static func container(_ security: SecurityContext, hostUsers: Bool, at place: FieldPath) -> [FieldError] {
        var errors = identity(security.runAsUser, at: place.child("runAsUser"))
        errors += identity(security.runAsGroup, at: place.child("runAsGroup"))
        if let mount = security.procMount {
            errors += Check.supported(mount, ["Default", "Unmasked"], at: place.child("procMount"))
            if hostUsers, mount == "Unmasked" {
                errors.append(
                    .invalid(place.child("procMount"), mount, "`hostUsers` must be false to use `Unmasked`"))
            }
        }
        if security.allowPrivilegeEscalation == false {
            let value = JSON.object(security.json)
            if security.privileged == true {
                errors.append(
                    .invalid(
                        place, value, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"))
            }
            if security.capabilities?.add.contains("CAP_SYS_ADMIN") == true {
                errors.append(
                    .invalid(
                        place, value,
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"))
            }
        }
        return errors + profiles(security.json, at: place)
    }
}
