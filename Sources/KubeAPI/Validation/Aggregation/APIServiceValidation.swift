import Machinery

/// Group versions of the API and who serves them.
package enum APIServiceValidation {
    private static let spec = FieldPath("spec")

    /// The name is `<version>.<group>`.
    package static func validate(_ service: APIService) -> [FieldError] {
        let given = service.spec
        let (group, version) = (given.group ?? "", given.version ?? "")
        var errors: [FieldError] = []
        let name = "\(version).\(group)"
        if Names.pathSegment(service.name).isEmpty, service.name != name {
            errors.append(
                .invalid(
                    "metadata.name", service.name, "must be `spec.version+\".\"+spec.group`: \(GoQuote.quote(name))"))
        }
        if group.isEmpty, version != "v1" {
            errors.append(
                .required(spec.child("group"), "only v1 may have an empty group and it better be legacy kube"))
        }
        errors += Check.nameIfGiven(group, at: spec.child("group"), Names.dns1123Subdomain)
        errors += Names.dns1035Label(version).map { .invalid(spec.child("version"), version, $0) }
        if !(1...20000).contains(given.groupPriorityMinimum) {
            errors.append(
                .invalid(
                    spec.child("groupPriorityMinimum"), given.groupPriorityMinimum,
                    "must be positive and less than 20000"))
        }
        if !(1...1000).contains(given.versionPriority) {
            errors.append(
                .invalid(spec.child("versionPriority"), given.versionPriority, "must be positive and less than 1000"))
        }
        return errors + validateServer(given)
    }

    private static func validateServer(_ given: APIServiceSpec) -> [FieldError] {
        let bundle = Base64.decode(given.caBundle ?? "") ?? []
        let skips = given.insecureSkipTLSVerify ?? false
        var errors: [FieldError] = []
        guard let service = given.service else {
            if !bundle.isEmpty {
                errors.append(
                    .invalid(
                        spec.child("caBundle"), "\(bundle.count) bytes", "local APIServices may not have a caBundle"))
            }
            if skips {
                errors.append(
                    .invalid(
                        spec.child("insecureSkipTLSVerify"), .bool(true),
                        "local APIServices may not have insecureSkipTLSVerify"))
            }
            return errors
        }
        let path = spec.child("service")
        if (service.namespace ?? "").isEmpty { errors.append(.required(path.child("namespace"))) }
        if (service.name ?? "").isEmpty { errors.append(.required(path.child("name"))) }
        let port = service.port ?? 443
        let problems = Names.portNumber(Int64(port))
        if !problems.isEmpty {
            errors.append(
                .invalid(path.child("port"), port, "port is not valid: \(problems.joined(separator: ", "))"))
        }
        if skips, !bundle.isEmpty {
            errors.append(
                .invalid(
                    spec.child("insecureSkipTLSVerify"), .bool(true), "may not be true if caBundle is present"))
        }
        return errors
    }

    package static func validateStatus(_ service: APIService) -> [FieldError] {
        service.status.conditions.enumerated().flatMap { index, condition in
            Check.supported(
                condition.status, ["True", "False", "Unknown"],
                at: FieldPath("status").child("conditions").index(index).child("status"))
        }
    }
}
