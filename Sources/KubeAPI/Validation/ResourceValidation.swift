import Machinery

/// What containers ask for, and what they may not exceed.
enum ResourceValidation {
    static func validate(_ resources: JSON?, at path: FieldPath) -> [FieldError] {
        let limits = resources?["limits"]?.objectValue ?? JSONObject()
        let requests = resources?["requests"]?.objectValue ?? JSONObject()
        var errors = validate(limits, at: path.child("limits"))
        let place = path.child("requests")
        for (name, amount) in requests {
            errors += validate(name, amount, at: place)
            guard let request = Quantity(json: amount) else { continue }
            if let limit = limits[name].flatMap(Quantity.init(json:)) {
                let canOvercommit = allowsOvercommit(name)
                if !canOvercommit, request != limit {
                    errors.append(.invalid(place, request.description, "must be equal to \(name) limit of \(limit)"))
                } else if limit < request {
                    errors.append(
                        .invalid(place, request.description, "must be less than or equal to \(name) limit of \(limit)"))
                }
            } else if isQualified(name), !name.hasPrefix("kubernetes.io/") {
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
    /// Names without a domain that mean something anywhere: to containers, quotas and limit ranges.
    private static let standard = known.union([
        "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
        "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets",
        "configmaps", "persistentvolumeclaims", "storage", "requests.storage", "services.nodeports",
        "services.loadbalancers",
    ])
    private static let integers: Set<String> = [
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps",
        "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
    ]

    private static func validate(_ name: String, _ amount: JSON, at path: FieldPath) -> [FieldError] {
        containerName(name, at: path) + notNegative(Quantity(json: amount), at: path.key(name))
    }

    private static func isQualified(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: "/")) }

    /// A resource that containers can ask for.
    static func containerName(_ name: String, at path: FieldPath) -> [FieldError] {
        if name == "cpu" || name == "memory" { return [] }
        var errors = self.name(name, at: path)
        if !isQualified(name), !known.contains(name), !name.hasPrefix("hugepages-") {
            errors.append(.invalid(path, name, "must be a standard resource for containers"))
        }
        return errors
    }

    /// A resource of any use.
    static func name(_ name: String, at path: FieldPath) -> [FieldError] {
        let errors: [FieldError] = Names.qualifiedName(name).map { .invalid(path, name, $0) }
        guard errors.isEmpty, !isQualified(name), !standard.contains(name), !name.hasPrefix("hugepages-"),
            !name.hasPrefix("requests.hugepages-")
        else { return errors }
        return [.invalid(path, name, "must be a standard resource type or fully qualified")]
    }

    static func notNegative(_ quantity: Quantity?, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        guard let quantity, quantity < .zero else { return [] }
        return [.invalid(path(), quantity.description, Check.notNegativeText)]
    }

    static func positive(_ quantity: Quantity?, at path: @autoclosure () -> FieldPath) -> [FieldError] {
        guard let quantity, quantity < .zero || quantity.isZero else { return [] }
        return [.invalid(path(), quantity.description, "must be greater than zero")]
    }

    /// An amount of a resource of which some come in whole numbers only.
    static func amount(_ quantity: Quantity, of name: String, at path: FieldPath) -> [FieldError] {
        var errors = notNegative(quantity, at: path)
        let isWhole = integers.contains(name) || isQualified(name) && !name.hasPrefix("kubernetes.io/")
        if isWhole, quantity.nanos % 1_000_000_000 != 0 {
            errors.append(.invalid(path, quantity.description, "must be an integer"))
        }
        return errors
    }

    /// Whether more of a resource can be asked for than there is.
    static func allowsOvercommit(_ name: String) -> Bool { !isQualified(name) && !name.hasPrefix("hugepages-") }
}
