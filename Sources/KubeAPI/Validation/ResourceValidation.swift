import Machinery

/// What containers ask for, and what they may not exceed.
enum ResourceValidation {
    static func validate(_ resources: JSON?, at path: FieldPath) -> [FieldError] {
        let limits = resources?["limits"]?.objectValue ?? JSONObject()
        let requests = resources?["requests"]?.objectValue ?? JSONObject()
        var errors = validate(limits, at: path.child("limits"))
        for (name, amount) in requests {
            let place = path.child("requests")
            errors += validate(name, amount, at: place)
            guard let request = Quantity(json: amount) else { continue }
            if let limit = limits[name].flatMap(Quantity.init(json:)) {
                let canOvercommit = !name.contains("/") && !name.hasPrefix("hugepages-")
                if !canOvercommit, request != limit {
                    errors.append(.invalid(place, request.description, "must be equal to \(name) limit of \(limit)"))
                } else if limit < request {
                    errors.append(
                        .invalid(place, request.description, "must be less than or equal to \(name) limit of \(limit)"))
                }
            } else if name.contains("/"), !name.hasPrefix("kubernetes.io/") {
                errors.append(.required(path.child("limits"), "Limit must be set for non overcommitable resources"))
            }
        }
        return errors
    }

    private static func validate(_ amounts: JSONObject, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (name, amount) in amounts { errors += validate(name, amount, at: path) }
        return errors
    }

    private static let known: Set<String> = ["cpu", "memory", "ephemeral-storage"]

    private static func validate(_ name: String, _ amount: JSON, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = Names.qualifiedName(name).map { .invalid(path, name, $0) }
        if errors.isEmpty, !name.contains("/"), !known.contains(name), !name.hasPrefix("hugepages-") {
            errors.append(.invalid(path, name, "must be a standard resource type or fully qualified"))
            errors.append(.invalid(path, name, "must be a standard resource for containers"))
        }
        if let quantity = Quantity(json: amount), quantity < .zero {
            errors.append(.invalid(path.key(name), quantity.description, Check.notNegativeText))
        }
        return errors
    }
}
