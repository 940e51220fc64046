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
    }

    private func validate(
        _ container: Container, at place: FieldPath, isInit: Bool, names: inout Set<String>
    ) -> [FieldError] {
        var errors = Check.name(container.name, at: place.child("name"), Names.dns1123Label)
        if !container.name.isEmpty, !names.insert(container.name).inserted {
            errors.append(.duplicate(place.child("name"), container.name))
        }
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
        errors += validateSecurity(container, at: place.child("securityContext"))
        let isSidecar = isInit && container.restartPolicy == "Always"
        if isInit, !isSidecar {
            for handler in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]
            where container.json[handler] != nil {
                errors.append(
                    .forbidden(
                        place.child(handler), "may not be set for init containers without restartPolicy=Always"))
            }
        } else {
            errors += ProbeValidation.validate(container, at: place)
        }
        return errors
    }

    private func validateImage(_ image: String, at place: FieldPath) -> [FieldError] {
        if image.isEmpty { return [.required(place)] }
        guard image.first?.isWhitespace != true, image.last?.isWhitespace != true else {
            return [.invalid(place, image, "must not have leading or trailing whitespace")]
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
                if let expression = mount.subPathExpr, !expression.isEmpty {
                    errors.append(
                        .invalid(
                            place.child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive"))
                }
            }
        }
        return errors
    }

    private func validateSecurity(_ container: Container, at place: FieldPath) -> [FieldError] {
        guard let security = container.securityContext else { return [] }
        var errors: [FieldError] = []
        for (name, value) in [("runAsUser", security.runAsUser), ("runAsGroup", security.runAsGroup)] {
            guard let value else { continue }
            errors += Names.range(value, 0...Int64(Int32.max)).map { .invalid(place.child(name), value, $0) }
        }
        if security.allowPrivilegeEscalation == false, security.privileged == true {
            errors.append(
                .invalid(
                    place, .object(security.json),
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"))
        }
        return errors
    }
}
