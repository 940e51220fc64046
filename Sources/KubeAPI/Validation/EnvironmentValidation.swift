import Machinery

/// Environment variables of containers.
enum EnvironmentValidation {
    private static let sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]

    static func validate(_ variables: [EnvVar], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, variable) in variables.enumerated() {
            let place = path.index(index)
            errors += Check.name(variable.name, at: place.child("name"), Names.relaxedEnvironmentVariable)
            guard let source = variable.valueFrom else { continue }
            errors += validate(source, isBesideValue: !(variable.value ?? "").isEmpty, at: place.child("valueFrom"))
        }
        return errors
    }

    private static func validate(_ source: EnvVarSource, isBesideValue: Bool, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let given = sources.filter { source.json[$0] != nil }
        if let field = source.fieldRef {
            if field.fieldPath.isEmpty { errors.append(.required(path.child("fieldRef", "fieldPath"))) }
        }
        if let key = source.configMapKeyRef { errors += validate(key.name, key.key, at: path.child("configMapKeyRef")) }
        if let key = source.secretKeyRef { errors += validate(key.name, key.key, at: path.child("secretKeyRef")) }
        if given.isEmpty {
            errors.append(
                .invalid(
                    path, "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or "
                        + "`fileKeyRef`"))
        } else if isBesideValue {
            errors.append(.invalid(path, "", "may not be specified when `value` is not empty"))
        } else if given.count > 1 {
            errors.append(.invalid(path, "", "may not have more than one field specified at a time"))
        }
        return errors
    }

    private static func validate(_ name: String?, _ key: String, at path: FieldPath) -> [FieldError] {
        var errors = Check.nameIfGiven(name, at: path.child("name"), Names.dns1123Subdomain)
        errors += Check.name(key, at: path.child("key"), Names.configMapKey)
        return errors
    }

    static func validate(_ sources: [EnvFromSource], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, source) in sources.enumerated() {
            let place = path.index(index)
            errors += Check.nameIfGiven(source.prefix, at: place.child("prefix"), Names.relaxedEnvironmentVariable)
            let given = [source.configMapRef?.json, source.secretRef?.json].compactMap { $0 }
            if given.isEmpty {
                errors.append(.invalid(place, "", "must specify one of: `configMapRef` or `secretRef`"))
            } else if given.count > 1 {
                errors.append(.invalid(place, "", "may not have more than one field specified at a time"))
            }
        }
        return errors
    }
}
