import Machinery

/// Where pods want to be in relation to other pods.
enum AffinityValidation {
    static func validate(_ affinity: Affinity, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for name in ["podAffinity", "podAntiAffinity"] {
            guard let part = affinity.json[name]?.objectValue else { continue }
            let required = path.child(name, "requiredDuringSchedulingIgnoredDuringExecution")
            let terms: [PodAffinityTerm] = part.views("requiredDuringSchedulingIgnoredDuringExecution")
            for (index, term) in terms.enumerated() { errors += validate(term, at: required.index(index)) }
            let preferred = path.child(name, "preferredDuringSchedulingIgnoredDuringExecution")
            let weighted: [WeightedPodAffinityTerm] = part.views("preferredDuringSchedulingIgnoredDuringExecution")
            for (index, term) in weighted.enumerated() {
                let place = preferred.index(index)
                if !(1...100).contains(term.weight) {
                    errors.append(.invalid(place.child("weight"), term.weight, "must be in the range 1-100"))
                }
                errors += validate(term.podAffinityTerm, at: place.child("podAffinityTerm"))
            }
        }
        return errors
    }

    private static func validate(_ term: PodAffinityTerm, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for name in ["labelSelector", "namespaceSelector"] {
            guard let selector = term.json[name]?.objectValue else { continue }
            errors += Selector.validate(labelSelector: selector, at: path.child(name))
        }
        for name in term.namespaces {
            errors += Names.dns1123Label(name).map { .invalid(path.child("namespace"), name, $0) }
        }
        let selector = term.json["labelSelector"]?.objectValue
        errors += labelKeys(term.matchLabelKeys, selector, at: path.child("matchLabelKeys"))
        errors += labelKeys(term.mismatchLabelKeys, selector, at: path.child("mismatchLabelKeys"))
        for (index, key) in term.matchLabelKeys.enumerated() where term.mismatchLabelKeys.contains(key) {
            errors.append(
                .invalid(
                    path.child("matchLabelKeys").index(index), key,
                    "exists in both matchLabelKeys and mismatchLabelKeys"))
        }
        if term.topologyKey.isEmpty { errors.append(.required(path.child("topologyKey"), "can not be empty")) }
        return errors
            + Names.qualifiedName(term.topologyKey).map {
                .invalid(path.child("topologyKey"), term.topologyKey, $0)
            }
    }

    private static func labelKeys(_ keys: [String], _ selector: JSONObject?, at path: FieldPath) -> [FieldError] {
        guard !keys.isEmpty else { return [] }
        if selector == nil { return [.forbidden(path, "must not be specified when labelSelector is not set")] }
        return keys.enumerated().flatMap { index, key in
            Names.qualifiedName(key).map { .invalid(path.index(index), key, $0) }
        }
    }

    // MARK: Spread

    static func validate(_ constraint: TopologySpreadConstraint, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let least = constraint.minDomains {
            let place = path.child("minDomains")
            if least <= 0 { errors.append(.invalid(place, least, "must be greater than zero")) }
            if constraint.whenUnsatisfiable != "DoNotSchedule" {
                errors.append(
                    .invalid(
                        place, least,
                        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                            + constraint.whenUnsatisfiable))
            }
        }
        for (name, policy) in [
            ("nodeAffinityPolicy", constraint.nodeAffinityPolicy), ("nodeTaintsPolicy", constraint.nodeTaintsPolicy),
        ] {
            guard let policy else { continue }
            errors += Check.supported(policy, ["Honor", "Ignore"], at: path.child(name))
        }
        let selector = constraint.json["labelSelector"]?.objectValue
        return errors + labelKeys(constraint.matchLabelKeys, selector, at: path.child("matchLabelKeys"))
    }
}
