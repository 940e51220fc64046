import Machinery

/// The containers of a pod: each by itself, and what they may not share.
struct ContainerValidation {
    let spec: PodSpec
    let volumes: Set<String>
    let path: FieldPath

    func validate() -> [FieldError] {
        var errors: [FieldError] = []
        var names: Set<String> = []
        var hostPorts: Set<String> = []
        for (index, container) in spec.initContainers.enumerated() {
            let place = path.child("initContainers").index(index)
            errors += validate(container, at: place, isInit: true, names: &names)
            var own: Set<String> = []
            errors += validateHostPorts(container, at: place, taken: &own)
        }
        if spec.containers.isEmpty { errors.append(.required(path.child("containers"))) }
        for (index, container) in spec.containers.enumerated() {
            let place = path.child("containers").index(index)
            errors += validate(container, at: place, isInit: false, names: &names)
            errors += validateHostPorts(container, at: place, taken: &hostPorts)
        }
        return errors
            + EphemeralContainerValidation(spec: spec, path: path).validate { validateCommon($0, at: $1) }
    }

    private func validate(
        _ container: Container, at place: FieldPath, isInit: Bool, names: inout Set<String>
    ) -> [FieldError] {
        var errors = validateCommon(container, at: place)
        if !container.name.isEmpty, !names.insert(container.name).inserted {
            errors.append(.duplicate(place.child("name"), container.name))
        }
        errors += validateRestarts(container, at: place)
        let isSidecar = isInit && container.restartPolicy == "Always"
        if isInit, !isSidecar {
            for handler in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]
            where container.json[handler] != nil {
                errors.append(
                    .forbidden(
                        place.child(handler), "may not be set for init containers without restartPolicy=Always"))
            }
            for (index, policy) in container.resizePolicy.enumerated() where policy.restartPolicy == "RestartContainer"
            {
                errors.append(
                    .invalid(
                        place.child("resizePolicy").index(index).child("restartPolicy"), policy.restartPolicy,
                        "must not be set to 'RestartContainer' for non-sidecar initContainers"))
            }
        } else {
            errors += ProbeValidation.validate(container, of: spec, at: place)
        }
        return errors
    }

    /// What holds for every container, ephemeral ones as well.
    private func validateCommon(_ container: Container, at place: FieldPath) -> [FieldError] {
        var errors = Check.name(container.name, at: place.child("name"), Names.dns1123Label)
        errors += validateImage(container.image ?? "", at: place.child("image"))
        errors += Check.oneOf(
            container.imagePullPolicy, ["Always", "IfNotPresent", "Never"], at: place.child("imagePullPolicy"))
        errors += Check.oneOf(
            container.terminationMessagePolicy, ["FallbackToLogsOnError", "File"],
            at: place.child("terminationMessagePolicy"))
        errors += validatePorts(container.ports, at: place.child("ports"))
        errors += EnvironmentValidation.validate(container.env, at: place.child("env"))
        errors += EnvironmentValidation.validate(container.envFrom, at: place.child("envFrom"))
        errors += validateMounts(container.volumeMounts, at: place.child("volumeMounts"))
        errors += ResourceValidation.validate(container.json["resources"], at: place.child("resources"))
        errors += validateResizePolicy(container.resizePolicy, at: place.child("resizePolicy"))
        if let security = container.securityContext {
            errors += PodSecurityValidation.container(
                security, hostUsers: spec.hostUsers != false, at: place.child("securityContext"))
        }
        return errors
    }

    private static let restartPolicies = ["Always", "Never", "OnFailure"]
    private static let maximumRestartRules = 20
    private static let maximumExitCodes = 255

    /// Restart rules of a single container (KEP-5307).
    private func validateRestarts(_ container: Container, at place: FieldPath) -> [FieldError] {
        let field = place.child("restartPolicy")
        let rules = container.restartPolicyRules
        var errors: [FieldError] = []
        if let policy = container.restartPolicy {
            errors += Check.supported(policy, Self.restartPolicies, at: field)
        } else if !rules.isEmpty {
            errors.append(.required(field, "must specify restartPolicy when restart rules are used"))
        }
        let list = place.child("restartPolicyRules")
        if rules.count > Self.maximumRestartRules {
            errors.append(.tooMany(list, count: rules.count, maximum: Self.maximumRestartRules))
        }
        for (index, rule) in rules.enumerated() {
            let at = list.index(index)
            errors += Check.supported(rule.action, ["Restart", "RestartAllContainers"], at: at.child("action"))
            guard let codes = rule.exitCodes else {
                errors.append(.required(at.child("exitCodes"), "must be specified"))
                continue
            }
            errors += Check.supported(codes.operator, ["In", "NotIn"], at: at.child("exitCodes", "operator"))
            if codes.values.count > Self.maximumExitCodes {
                errors.append(
                    .tooMany(
                        at.child("exitCodes", "values"), count: codes.values.count, maximum: Self.maximumExitCodes))
            }
        }
        return errors
    }

    private func validateResizePolicy(_ policies: [ContainerResizePolicy], at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var seen: Set<String> = []
        for (index, policy) in policies.enumerated() {
            if !seen.insert(policy.resourceName).inserted {
                errors.append(.duplicate(place.index(index), policy.resourceName))
            }
            errors += Check.oneOf(policy.resourceName, ["cpu", "memory"], at: place)
            errors += Check.oneOf(policy.restartPolicy, ["NotRequired", "RestartContainer"], at: place)
            if spec.restartPolicy == "Never", policy.restartPolicy != "NotRequired" {
                errors.append(
                    .invalid(
                        place, policy.restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"))
            }
        }
        return errors
    }

    private func validateImage(_ image: String, at place: @autoclosure () -> FieldPath) -> [FieldError] {
        guard let first = image.utf8.first, let last = image.utf8.last else { return [.required(place())] }
        // What a character is has to be looked up only beyond printable ASCII.
        let visible = UInt8(ascii: "!")...UInt8(ascii: "~")
        if visible.contains(first), visible.contains(last) { return [] }
        guard image.first?.isWhitespace != true, image.last?.isWhitespace != true else {
            return [.invalid(place(), image, "must not have leading or trailing whitespace")]
        }
        return []
    }

    private func validatePorts(_ ports: [ContainerPort], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let place = path.index(index)
            if let name = port.name, !name.isEmpty {
                let problems = Names.portName(name)
                errors += problems.map { .invalid(place.child("name"), name, $0) }
                if problems.isEmpty, !names.insert(name).inserted {
                    errors.append(.duplicate(place.child("name"), name))
                }
            }
            if port.containerPort == 0 {
                errors.append(.required(place.child("containerPort")))
            } else {
                errors += Check.port(port.containerPort, at: place.child("containerPort"))
            }
            if let host = port.hostPort, host != 0 {
                errors += Check.port(host, at: place.child("hostPort"))
                if spec.hostNetwork == true, host != port.containerPort {
                    errors.append(
                        .invalid(
                            place.child("containerPort"), port.containerPort,
                            "must match `hostPort` when `hostNetwork` is true"))
                }
            }
            errors += Check.oneOf(port.protocol, ["SCTP", "TCP", "UDP"], at: place.child("protocol"))
        }
        return errors
    }

    private func validateHostPorts(
        _ container: Container, at place: FieldPath, taken: inout Set<String>
    ) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, port) in container.ports.enumerated() {
            guard let host = port.hostPort, host != 0 else { continue }
            let text = "\(port.protocol ?? "")/\(port.hostIP ?? "")/\(host)"
            if !taken.insert(text).inserted {
                errors.append(.duplicate(place.child("ports").index(index).child("hostPort"), text))
            }
        }
        return errors
    }

    private func validateMounts(_ mounts: [VolumeMount], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var places: Set<String> = []
        for (index, mount) in mounts.enumerated() {
            let place = path.index(index)
            if mount.name.isEmpty {
                errors.append(.required(place.child("name")))
            } else if !volumes.contains(mount.name) {
                errors.append(.notFound(place.child("name"), mount.name))
            }
            if mount.mountPath.isEmpty {
                errors.append(.required(place.child("mountPath")))
            } else if !places.insert(mount.mountPath).inserted {
                errors.append(.invalid(place.child("mountPath"), mount.mountPath, "must be unique"))
            }
            if let sub = mount.subPath, !sub.isEmpty {
                errors += VolumeValidation.localPath(sub, at: place.child("subPath"))
            }
            if let expression = mount.subPathExpr, !expression.isEmpty {
                let place = place.child("subPathExpr")
                if !(mount.subPath ?? "").isEmpty {
                    errors.append(.invalid(place, expression, "subPathExpr and subPath are mutually exclusive"))
                }
                errors += VolumeValidation.localPath(expression, at: place)
            }
        }
        return errors
    }
}
