import Machinery

package enum IngressValidation {
    private static let path = FieldPath("spec")
    private static let classAnnotation = "kubernetes.io/ingress.class"
    private static let forbiddenSequences = ["//", "/./", "/../", "%2f", "%2F"]
    private static let forbiddenEnds = ["/..", "/."]

    package static func validate(_ ingress: Ingress) -> [FieldError] {
        let spec = ingress.spec
        var errors: [FieldError] = []
        if spec.rules.isEmpty, spec.defaultBackend == nil {
            errors.append(
                .invalid(path, spec.json["rules"] ?? .null, "either `defaultBackend` or `rules` must be specified"))
        }
        if let backend = spec.defaultBackend { errors += validate(backend, at: path.child("defaultBackend")) }
        for (index, rule) in spec.rules.enumerated() {
            errors += validate(rule, at: path.child("rules").index(index))
        }
        for (index, tls) in spec.tls.enumerated() {
            let place = path.child("tls").index(index)
            for (position, host) in tls.hosts.enumerated() {
                errors += validateHost(host, at: place.child("hosts").index(position))
            }
            errors += Check.nameIfGiven(tls.secretName, at: place.child("secretName"), Names.dns1123Subdomain)
        }
        if let name = spec.ingressClassName {
            errors += Names.dns1123Subdomain(name).map { .invalid(path.child("ingressClassName"), name, $0) }
        }
        return errors
    }

    package static func validateCreate(_ ingress: Ingress) -> [FieldError] {
        guard let old = ingress.annotations[classAnnotation], let name = ingress.spec.ingressClassName, old != name
        else { return [] }
        return [
            .invalid(
                FieldPath("annotations").child(classAnnotation), old,
                "must match `ingressClassName` when both are specified")
        ]
    }

    private static func validateHost(_ host: String, at place: FieldPath) -> [FieldError] {
        let problems = host.contains("*") ? Names.wildcardDNS1123Subdomain(host) : Names.dns1123Subdomain(host)
        return problems.map { .invalid(place, host, $0) }
    }

    private static func validate(_ rule: IngressRule, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let host = rule.host, !host.isEmpty {
            if InternetAddress(host) != nil {
                errors.append(.invalid(place.child("host"), host, "must be a DNS name, not an IP address"))
            }
            errors += validateHost(host, at: place.child("host"))
        }
        guard let http = rule.http else { return errors }
        let paths = place.child("http", "paths")
        if http.paths.isEmpty { errors.append(.required(paths)) }
        for (index, entry) in http.paths.enumerated() { errors += validate(entry, at: paths.index(index)) }
        return errors
    }

    private static func validate(_ entry: HTTPIngressPath, at place: FieldPath) -> [FieldError] {
        let type = entry.json.string("pathType") ?? ""
        let text = entry.path ?? ""
        let field = place.child("path")
        var errors: [FieldError] = []
        switch type {
        case "":
            return [.required(place.child("pathType"), "pathType must be specified")]
        case "Exact", "Prefix":
            if !text.hasPrefix("/") { errors.append(.invalid(field, text, "must be an absolute path")) }
            errors += forbiddenSequences.filter(text.contains).map {
                .invalid(field, text, "must not contain '\($0)'")
            }
            errors += forbiddenEnds.filter(text.hasSuffix).map {
                .invalid(field, text, "cannot end with '\($0)'")
            }
        case "ImplementationSpecific":
            if !text.isEmpty, !text.hasPrefix("/") {
                errors.append(.invalid(field, text, "must be an absolute path"))
            }
        default:
            errors.append(
                .notSupported(
                    place.child("pathType"), type, supported: ["Exact", "ImplementationSpecific", "Prefix"]))
        }
        return errors + validate(entry.backend, at: place.child("backend"))
    }

    private static func validate(_ backend: IngressBackend, at place: FieldPath) -> [FieldError] {
        switch (backend.resource, backend.service) {
        case (_?, _?):
            return [.invalid(place, "", "cannot set both resource and service backends")]
        case (let resource?, nil):
            var errors: [FieldError] = []
            let field = place.child("resource")
            errors += Check.nameIfGiven(resource.apiGroup, at: field.child("apiGroup"), Names.dns1123Subdomain)
            errors += Check.pathSegment(resource.kind, at: field.child("kind"))
            return errors + Check.pathSegment(resource.name, at: field.child("name"))
        case (nil, let service?):
            return validate(service, at: place)
        case (nil, nil):
            return [.invalid(place, "", "resource or service backend is required")]
        }
    }

    private static func validate(_ service: IngressServiceBackend, at place: FieldPath) -> [FieldError] {
        var errors = Check.name(service.name, at: place.child("service", "name"), Names.dns1035Label)
        let name = service.port?.name ?? ""
        let number = service.port?.number ?? 0
        switch (name.isEmpty, number == 0) {
        case (false, false): errors.append(.invalid(place, "", "cannot set both port name & port number"))
        case (false, true):
            errors += Names.portName(name).map { .invalid(place.child("service", "port", "name"), name, $0) }
        case (true, false): errors += Check.port(number, at: place.child("service", "port", "number"))
        case (true, true): errors.append(.required(place, "port name or number is required"))
        }
        return errors
    }

    package static func validateStatus(_ ingress: Ingress) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, entry) in (ingress.status.loadBalancer?.ingress ?? []).enumerated() {
            let place = FieldPath("status").child("loadBalancer", "ingress").index(index)
            if let address = entry.ip, !address.isEmpty { errors += Check.address(address, at: place.child("ip")) }
            guard let host = entry.hostname, !host.isEmpty else { continue }
            errors += Names.dns1123Subdomain(host).map { .invalid(place.child("hostname"), host, $0) }
            if InternetAddress(host) != nil {
                errors.append(.invalid(place.child("hostname"), host, "must be a DNS name, not an IP address"))
            }
        }
        return errors
    }
}

package enum IngressClassValidation {
    private static let path = FieldPath("spec")
    private static let maximumControllerBytes = 250

    package static func validate(_ item: IngressClass) -> [FieldError] {
        var errors: [FieldError] = []
        let controller = item.spec.controller ?? ""
        if controller.utf8.count > maximumControllerBytes {
            errors.append(.tooLong(path.child("controller"), maximumBytes: maximumControllerBytes))
        }
        errors += Check.domainPrefixedPath(controller, at: path.child("controller"))
        guard let parameters = item.spec.parameters else { return errors }
        let place = path.child("parameters")
        errors += Check.nameIfGiven(parameters.apiGroup, at: place.child("apiGroup"), Names.dns1123Subdomain)
        errors += Check.pathSegment(parameters.kind, at: place.child("kind"))
        errors += Check.pathSegment(parameters.name, at: place.child("name"))
        switch parameters.scope {
        case nil: errors.append(.required(place.child("scope")))
        case "Namespace"?:
            if let namespace = parameters.namespace {
                errors += Names.dns1123Label(namespace).map { .invalid(place.child("namespace"), namespace, $0) }
            } else {
                errors.append(.required(place.child("namespace"), "`parameters.scope` is set to 'Namespace'"))
            }
        case "Cluster"?:
            if parameters.namespace != nil {
                errors.append(.forbidden(place.child("namespace"), "`parameters.scope` is set to 'Cluster'"))
            }
        case let scope?:
            errors.append(.notSupported(place.child("scope"), scope, supported: ["Cluster", "Namespace"]))
        }
        return errors
    }

    package static func validateUpdate(_ item: IngressClass, from old: IngressClass) -> [FieldError] {
        Check.unchanged(
            item.spec.json["controller"], from: old.spec.json["controller"], at: path.child("controller"))
    }
}
