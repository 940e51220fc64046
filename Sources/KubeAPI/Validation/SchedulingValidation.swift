import Machinery

/// Where a pod may run: selectors, tolerations, affinity, spread.
enum SchedulingValidation {
    static func validate(_ spec: PodSpec, at path: FieldPath) -> [FieldError] {
        var errors = Names.validateLabels(spec.nodeSelector, at: path.child("nodeSelector"))
        for (index, toleration) in spec.tolerations.enumerated() {
            errors += validate(toleration, at: path.child("tolerations").index(index))
        }
        if let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution {
            errors += validate(
                required,
                at: path.child("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"))
        }
        for (index, term) in (spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
            .enumerated()
        {
            let place = path.child("affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution")
                .index(index)
            if !(1...100).contains(term.weight) {
                errors.append(.invalid(place.child("weight"), term.weight, "must be in the range 1-100"))
            }
            errors += validate(term.preference, isRequired: false, at: place.child("preference"))
        }
        if let affinity = spec.affinity { errors += AffinityValidation.validate(affinity, at: path.child("affinity")) }
        return errors + validate(spec.topologySpreadConstraints, at: path.child("topologySpreadConstraints"))
            + validateGates(spec.schedulingGates, at: path.child("schedulingGates"))
    }

    static func validate(_ selector: NodeSelector, at path: FieldPath) -> [FieldError] {
        let place = path.child("nodeSelectorTerms")
        if selector.nodeSelectorTerms.isEmpty {
            return [.required(place, "must have at least one node selector term")]
        }
        return selector.nodeSelectorTerms.enumerated().flatMap { validate($1, at: place.index($0)) }
    }

    private static func validate(_ toleration: Toleration, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let key = toleration.key ?? ""
        let name = toleration.operator ?? ""
        let value = toleration.value ?? ""
        if !key.isEmpty { errors += Names.qualifiedName(key).map { .invalid(path.child("key"), key, $0) } }
        if key.isEmpty, name != "Exists" {
            errors.append(
                .invalid(
                    path.child("operator"), name,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\""))
        }
        if toleration.tolerationSeconds != nil, toleration.effect != "NoExecute" {
            errors.append(
                .invalid(
                    path.child("effect"), toleration.effect ?? "",
                    "effect must be 'NoExecute' when `tolerationSeconds` is set"))
        }
        switch name {
        case "Equal", "": errors += Names.labelValue(value).map { .invalid(path.child("operator"), value, $0) }
        case "Exists":
            if !value.isEmpty {
                errors.append(
                    .invalid(path.child("operator"), value, "value must be empty when `operator` is 'Exists'"))
            }
        default:
            errors.append(.notSupported(path.child("operator"), name, supported: ["Equal", "Exists"]))
        }
        return errors
            + Check.oneOfIfGiven(
                toleration.effect, ["NoSchedule", "PreferNoSchedule", "NoExecute"], at: path.child("effect"))
    }

    private static func validateFields(_ fields: [NodeSelectorRequirement], at list: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, requirement) in fields.enumerated() {
            let place = list.index(index)
            if !["In", "NotIn"].contains(requirement.operator) {
                errors.append(.invalid(place.child("operator"), requirement.operator, "not a valid selector operator"))
            } else if requirement.values.count != 1 {
                errors.append(
                    .required(
                        place.child("values"),
                        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"))
            }
            guard requirement.key == "metadata.name" else {
                errors.append(.invalid(place.child("key"), requirement.key, "not a valid field selector key"))
                continue
            }
            for (position, value) in requirement.values.enumerated() {
                errors += Names.dns1123Subdomain(value).map {
                    .invalid(place.child("values").index(position), value, $0)
                }
            }
        }
        return errors
    }

    /// - Parameter isRequired: terms that are only preferred may name values that no label can have.
    static func validate(
        _ term: NodeSelectorTerm, isRequired: Bool = true, at path: FieldPath
    ) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, requirement) in term.matchExpressions.enumerated() {
            let place = path.child("matchExpressions").index(index)
            let values = requirement.values
            switch requirement.operator {
            case "In", "NotIn":
                if values.isEmpty {
                    errors.append(
                        .required(place.child("values"), "must be specified when `operator` is 'In' or 'NotIn'"))
                }
            case "Exists", "DoesNotExist":
                if !values.isEmpty {
                    errors.append(
                        .forbidden(
                            place.child("values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
                }
            case "Gt", "Lt":
                if values.count != 1 {
                    errors.append(
                        .required(
                            place.child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'"))
                }
            default:
                errors.append(.invalid(place.child("operator"), requirement.operator, "not a valid selector operator"))
            }
            errors += Names.qualifiedName(requirement.key).map {
                .invalid(place.child("key"), requirement.key, $0)
            }
            guard isRequired else { continue }
            for (position, value) in values.enumerated() {
                errors += Names.labelValue(value).map { .invalid(place.child("values").index(position), value, $0) }
            }
        }
        return errors + validateFields(term.matchFields, at: path.child("matchFields"))
    }

    private static func validate(_ constraints: [TopologySpreadConstraint], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, constraint) in constraints.enumerated() {
            let place = path.index(index)
            if constraint.maxSkew <= 0 {
                errors.append(.invalid(place.child("maxSkew"), constraint.maxSkew, "must be greater than zero"))
            }
            if constraint.topologyKey.isEmpty {
                errors.append(.required(place.child("topologyKey"), "can not be empty"))
            }
            let action = constraint.whenUnsatisfiable
            if !["DoNotSchedule", "ScheduleAnyway"].contains(action) {
                errors.append(
                    .notSupported(
                        place.child("whenUnsatisfiable"), action, supported: ["DoNotSchedule", "ScheduleAnyway"]))
            }
            let twin = constraints[..<index].contains {
                $0.topologyKey == constraint.topologyKey && $0.whenUnsatisfiable == action
            }
            if twin {
                errors.append(
                    .duplicate(
                        place.child("{topologyKey, whenUnsatisfiable}"), "{\(constraint.topologyKey), \(action)}"
                    ))
            }
            errors += Selector.validate(
                labelSelector: constraint.labelSelector?.json, at: place.child("labelSelector"))
            errors += AffinityValidation.validate(constraint, at: place)
        }
        return errors
    }

    private static func validateGates(_ gates: [PodSchedulingGate], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var names: Set<String> = []
        for (index, gate) in gates.enumerated() {
            errors += Names.qualifiedName(gate.name).map { .invalid(path.index(index), gate.name, $0) }
            if !names.insert(gate.name).inserted { errors.append(.duplicate(path.index(index), gate.name)) }
        }
        return errors
    }
}
