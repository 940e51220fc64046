import Machinery

/// Classes of storage, and of what volumes may be changed to.
package enum StorageClassValidation {
    private static let maximumParameters = 512
    private static let maximumParameterBytes = 256 * 1024

    package static func validate(_ storageClass: StorageClass) -> [FieldError] {
        var errors = validateProvisioner(storageClass.provisioner, at: "provisioner")
        errors += validate(parameters: storageClass.parameters, mayBeEmpty: true, at: "parameters")
        errors += Check.oneOfIfGiven(storageClass.reclaimPolicy, ["Delete", "Retain"], at: "reclaimPolicy")
        errors += Check.oneOf(
            storageClass.volumeBindingMode, ["Immediate", "WaitForFirstConsumer"], at: "volumeBindingMode")
        return errors + validate(topologies: storageClass.allowedTopologies, at: "allowedTopologies")
    }

    package static func validateUpdate(_ new: StorageClass, from old: StorageClass) -> [FieldError] {
        ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"].flatMap { key in
            Check.unchanged(new.json[key], from: old.json[key], at: FieldPath(key))
        }
    }

    package static func warnings(_ storageClass: StorageClass) -> [String] {
        var warnings: [String] = []
        for (index, term) in storageClass.allowedTopologies.enumerated() {
            for (position, expression) in term.matchLabelExpressions.enumerated() {
                guard let text = NodeLabelWarnings.text(expression.key) else { continue }
                let place = FieldPath("allowedTopologies").index(index).child("matchLabelExpressions").index(position)
                warnings.append("\(place.child("key")): \(text)")
            }
        }
        return warnings
    }

    package static func validate(_ attributes: VolumeAttributesClass) -> [FieldError] {
        validateProvisioner(attributes.driverName, at: "driverName")
            + validate(parameters: attributes.parameters, mayBeEmpty: false, at: "parameters")
    }

    package static func validateUpdate(
        _ new: VolumeAttributesClass, from old: VolumeAttributesClass
    ) -> [FieldError] {
        ["driverName", "parameters"].filter { new.json[$0] != old.json[$0] }
            .map { .forbidden(FieldPath($0), "updates to \($0) are forbidden.") }
    }

    private static func validateProvisioner(_ name: String, at path: FieldPath) -> [FieldError] {
        name.isEmpty
            ? [.required(path)] : Names.qualifiedName(name.lowercased()).map { .invalid(path, name.lowercased(), $0) }
    }

    private static func validate(
        parameters: [String: String], mayBeEmpty: Bool, at path: FieldPath
    ) -> [FieldError] {
        guard parameters.count <= maximumParameters else { return [.tooLong(path, maximumBytes: maximumParameters)] }
        var errors: [FieldError] = []
        if parameters[""] != nil { errors.append(.invalid(path, "", "field can not be empty.")) }
        let bytes = parameters.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        if bytes > maximumParameterBytes { errors.append(.tooLong(path, maximumBytes: maximumParameterBytes)) }
        if parameters.isEmpty, !mayBeEmpty {
            errors.append(.required(path, "must contain at least one key/value pair"))
        }
        return errors
    }

    private static func validate(topologies: [TopologySelectorTerm], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var seen: [[String: Set<String>]] = []
        for (index, term) in topologies.enumerated() {
            let place = path.index(index)
            let (requirements, wrong) = validate(term, at: place.child("matchLabelExpressions"))
            errors += wrong
            if seen.contains(requirements) { errors.append(.duplicate(place.child("matchLabelExpressions"), "")) }
            seen.append(requirements)
        }
        return errors
    }

    private static func validate(
        _ term: TopologySelectorTerm, at path: FieldPath
    ) -> (requirements: [String: Set<String>], errors: [FieldError]) {
        var requirements: [String: Set<String>] = [:]
        var errors: [FieldError] = []
        for (index, requirement) in term.matchLabelExpressions.enumerated() {
            let place = path.index(index)
            var values: Set<String> = []
            if requirement.values.isEmpty { errors.append(.required(place.child("values"))) }
            for (position, value) in requirement.values.enumerated() where !values.insert(value).inserted {
                errors.append(.duplicate(place.child("values").index(position), value))
            }
            errors += Names.qualifiedName(requirement.key).map { .invalid(place.child("key"), requirement.key, $0) }
            if requirements[requirement.key] != nil {
                errors.append(.duplicate(place.child("key"), requirement.key))
            }
            requirements[requirement.key] = values
        }
        return (requirements, errors)
    }
}
