import Machinery

package enum ServiceValidation {
    private static let path = FieldPath("spec")

    package static func validate(_ service: Service) -> [FieldError] {
        let spec = service.spec
        let type = spec.type ?? ""
        var errors: [FieldError] = []
        let isHeadless = spec.clusterIP == "None"
        if spec.ports.isEmpty, !isHeadless, type != "ExternalName" { errors.append(.required(path.child("ports"))) }
        if type == "LoadBalancer" || type == "NodePort", isHeadless {
            errors.append(
                .invalid(
                    path.child("clusterIPs").index(0), "None",
                    "may not be set to 'None' for \(type) services"))
        }
        if type == "ExternalName" { errors += validateExternalName(spec) }
        errors += validatePorts(spec, type: type)
        errors += Names.validateLabels(spec.selector, at: path.child("selector"))
        errors += Check.oneOf(spec.sessionAffinity, ["ClientIP", "None"], at: path.child("sessionAffinity"))
        errors += Check.oneOf(
            spec.type, ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"], at: path.child("type"))
        if let seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds, !(1...86400).contains(seconds) {
            errors.append(
                .invalid(
                    path.child("sessionAffinityConfig", "clientIP", "timeoutSeconds"), seconds,
                    "must be greater than 0 && less than 86400"))
        }
        errors += Check.oneOfIfGiven(
            spec.externalTrafficPolicy, ["Cluster", "Local"], at: path.child("externalTrafficPolicy"))
        errors += Check.oneOfIfGiven(
            spec.internalTrafficPolicy, ["Cluster", "Local"], at: path.child("internalTrafficPolicy"))
        if let policy = spec.externalTrafficPolicy, type != "NodePort", type != "LoadBalancer",
            spec.externalIPs.isEmpty
        {
            errors.append(
                .invalid(
                    path.child("externalTrafficPolicy"), policy, "may only be set for externally-accessible services"))
        }
        return errors
    }

    private static func validateExternalName(_ spec: ServiceSpec) -> [FieldError] {
        var errors: [FieldError] = []
        if !spec.clusterIPs.isEmpty || !(spec.clusterIP ?? "").isEmpty {
            errors.append(.forbidden(path.child("clusterIPs"), "may not be set for ExternalName services"))
        }
        let name = spec.externalName ?? ""
        let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
        if bare.isEmpty {
            errors.append(.required(path.child("externalName")))
        } else {
            errors += Names.dns1123Subdomain(bare).map { .invalid(path.child("externalName"), bare, $0) }
        }
        return errors
    }

    private static func validatePorts(_ spec: ServiceSpec, type: String) -> [FieldError] {
        var errors: [FieldError] = []
        var names: Set<String> = []
        var taken: Set<String> = []
        var nodePorts: Set<String> = []
        for (index, port) in spec.ports.enumerated() {
            let place = path.child("ports").index(index)
            let name = port.name ?? ""
            if name.isEmpty {
                if spec.ports.count > 1 { errors.append(.required(place.child("name"))) }
            } else {
                errors += Names.dns1123Label(name).map { .invalid(place.child("name"), name, $0) }
                if !names.insert(name).inserted { errors.append(.duplicate(place.child("name"), name)) }
            }
            errors += Check.port(port.port, at: place.child("port"))
            errors += Check.oneOf(port.protocol, ["SCTP", "TCP", "UDP"], at: place.child("protocol"))
            errors += Check.port(port.targetPort, at: place.child("targetPort"))
            let node = port.nodePort ?? 0
            if node != 0, type == "ClusterIP" || type == "ExternalName" {
                errors.append(.forbidden(place.child("nodePort"), "may not be used when `type` is '\(type)'"))
            }
            if !taken.insert("\(port.protocol ?? "")/\(port.port)").inserted {
                errors.append(
                    .duplicate(place, ["port": .int(Int64(port.port)), "protocol": .string(port.protocol ?? "")]))
            }
            if node != 0, !nodePorts.insert("\(port.protocol ?? "")/\(node)").inserted {
                errors.append(.duplicate(place.child("nodePort"), .int(Int64(node))))
            }
        }
        return errors
    }

    package static func validateUpdate(_ service: Service, from old: Service) -> [FieldError] {
        guard service.spec.type != "ExternalName", old.spec.type != "ExternalName",
            let before = old.spec.clusterIP, !before.isEmpty, service.spec.clusterIP != before
        else { return [] }
        let now = service.spec.clusterIP ?? ""
        return [
            .invalid(
                path.child("clusterIPs").index(0), now,
                now.isEmpty ? "primary clusterIP can not be unset" : "may not change once set")
        ]
    }
}
