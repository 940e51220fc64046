import Machinery

/// Checks that the kinds of dynamic resource allocation share (KEP-4381).
enum DeviceCheck {
    static let maximumRequests = 32
    static let maximumConstraints = 32
    static let maximumConfigurations = 32
    private static let maximumSelectors = 32
    private static let maximumExpressionBytes = 10 * 1024
    private static let maximumParameterBytes = 10 * 1024
    private static let maximumPoolBytes = 253
    private static let maximumIdentifierBytes = 32
    private static let taintEffects = ["NoExecute", "NoSchedule", "None"]

    static func label(_ name: String, at path: FieldPath) -> [FieldError] {
        Names.dns1123Label(name).map { .invalid(path, name, $0) }
    }

    static func driver(_ name: String, at path: FieldPath) -> [FieldError] {
        CSIDriverValidation.validateName(name, at: path)
    }

    static func pool(_ name: String, at path: FieldPath) -> [FieldError] {
        if name.isEmpty { return [.required(path)] }
        let tooLong: [FieldError] =
            name.utf8.count > maximumPoolBytes ? [.tooLong(path, maximumBytes: maximumPoolBytes)] : []
        return tooLong
            + name.split(separator: "/", omittingEmptySubsequences: false).flatMap { part in
                Names.dns1123Subdomain(String(part)).map { .invalid(path, String(part), $0) }
            }
    }

    static func uid(_ value: String, at path: FieldPath) -> [FieldError] {
        let groups = value.split(separator: "-", omittingEmptySubsequences: false)
        let isHex = groups.allSatisfy { $0.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit } }
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12], isHex else {
            let problem =
                value.utf8.count == 36 ? "invalid UUID format" : "invalid UUID length: \(value.utf8.count)"
            return [.invalid(path, value, "error validating uid: \(problem)")]
        }
        guard value != value.lowercased() else { return [] }
        return [
            .invalid(
                path, value,
                "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase "
                    + "hexadecimal characters")
        ]
    }

    /// A name with or without the domain it belongs to.
    static func qualifiedName(_ name: String, at path: FieldPath) -> [FieldError] {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1:
            return identifier(parts[0], at: path)
        case 2:
            return
                (parts[0].isEmpty
                ? [.invalid(path, "", "the domain must not be empty")] : driver(parts[0], at: path))
                + (parts[1].isEmpty
                    ? [.invalid(path, "", "the name must not be empty")] : identifier(parts[1], at: path))
        default:
            return []
        }
    }

    static func fullyQualifiedName(_ name: String, at path: FieldPath) -> [FieldError] {
        let errors = qualifiedName(name, at: path)
        if name.contains("/") { return errors }
        return errors + [
            .invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash")
        ]
    }

    private static func identifier(_ name: String, at path: FieldPath) -> [FieldError] {
        let tooLong: [FieldError] =
            name.utf8.count > maximumIdentifierBytes ? [.tooLong(path, maximumBytes: maximumIdentifierBytes)] : []
        return tooLong + Names.cIdentifier(name).map { .invalid(path, name, $0) }
    }

    /// A list of at most so many elements; those of longer ones are not looked at.
    static func list<Element>(
        _ elements: [Element], atMost maximum: Int, at path: FieldPath, _ check: (Element, FieldPath) -> [FieldError]
    ) -> [FieldError] {
        let tooMany = Check.atMost(maximum, elements.count, at: path)
        guard tooMany.isEmpty else { return tooMany }
        return elements.enumerated().flatMap { check($0.element, path.index($0.offset)) }
    }

    static func selectors(
        _ selectors: [DeviceSelector], isStored: Bool, _ expressions: any ExpressionChecking, at path: FieldPath
    ) -> [FieldError] {
        list(selectors, atMost: maximumSelectors, at: path) { selector, place in
            guard let cel = selector.cel else { return [.required(place.child("cel"))] }
            let place = place.child("cel", "expression")
            guard cel.expression.utf8.count <= maximumExpressionBytes else {
                return [.tooLong(place, maximumBytes: maximumExpressionBytes)]
            }
            var context = ExpressionContext()
            context.hasAuthorizer = false
            context.isStored = isStored
            return expressions.check(cel.expression, .deviceSelector, context, at: place)
        }
    }

    static func configuration(
        _ configuration: OpaqueDeviceConfiguration?, isStored: Bool, at path: FieldPath
    ) -> [FieldError] {
        guard let opaque = configuration else { return [.required(path.child("opaque"))] }
        let place = path.child("opaque")
        return driver(opaque.driver, at: place.child("driver"))
            + raw(
                opaque.parameters, maximumBytes: isStored ? .max : maximumParameterBytes,
                at: place.child("parameters"))
    }

    /// An object of a driver's own making.
    static func raw(_ value: JSON?, maximumBytes: Int, at path: FieldPath) -> [FieldError] {
        guard let value, !value.isNull else { return [.required(path)] }
        if value.encoded().count > maximumBytes { return [.tooLong(path, maximumBytes: maximumBytes)] }
        return value.objectValue == nil ? [.invalid(path, "<value omitted>", "must be a valid JSON object")] : []
    }

    static func toleration(_ toleration: DeviceToleration, at path: FieldPath) -> [FieldError] {
        var errors = Check.nameIfGiven(toleration.key, at: path.child("key"), Names.qualifiedName)
        let value = toleration.value ?? ""
        switch toleration.operator ?? "" {
        case "Exists":
            if !value.isEmpty {
                errors.append(.invalid(path.child("value"), value, "must be empty for operator `Exists`"))
            }
        case "Equal": errors += Names.labelValue(value).map { .invalid(path.child("value"), value, $0) }
        case "": errors.append(.required(path.child("operator")))
        case let other: errors += Check.supported(other, ["Equal", "Exists"], at: path.child("operator"))
        }
        return errors + Check.oneOfIfGiven(toleration.effect, taintEffects, at: path.child("effect"))
    }

    static func taint(_ taint: DeviceTaint, from old: DeviceTaint?, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = Names.qualifiedName(taint.key).map { .invalid(path.child("key"), taint.key, $0) }
        if let value = taint.value, !value.isEmpty {
            errors += Names.labelValue(value).map { .invalid(path.child("value"), value, $0) }
        }
        guard old == nil || old?.effect != taint.effect else { return errors }
        return errors + Check.oneOf(taint.effect, taintEffects, at: path.child("effect"))
    }

    private static let maximumBindingConditions = 4

    /// Conditions that must hold, or must not, before a pod is bound.
    static func bindingConditions(_ wanted: [String], _ failing: [String], at path: FieldPath) -> [FieldError] {
        func name(_ value: String, _ place: FieldPath) -> [FieldError] {
            Names.qualifiedName(value).map { .invalid(place, value, $0) }
        }
        let (first, second) = (path.child("bindingConditions"), path.child("bindingFailureConditions"))
        var errors = list(wanted, atMost: maximumBindingConditions, at: first, name)
        errors += list(failing, atMost: maximumBindingConditions, at: second, name)
        errors += Check.unique(wanted, at: first) + Check.unique(failing, at: second)
        for (index, condition) in failing.enumerated() where wanted.contains(condition) {
            errors.append(
                .invalid(
                    second.index(index), condition,
                    "bindingFailureConditions must not overlap with bindingConditions"))
        }
        if wanted.isEmpty, !failing.isEmpty {
            errors.append(
                .invalid(first, .array([]), "bindingConditions are required to use bindingFailureConditions"))
        }
        if failing.isEmpty, !wanted.isEmpty {
            errors.append(
                .invalid(second, .array([]), "bindingFailureConditions are required to use bindingConditions"))
        }
        return errors
    }

    static func nodeSelector(_ selector: NodeSelector, at path: FieldPath) -> [FieldError] {
        let place = path.child("nodeSelectorTerms")
        if selector.nodeSelectorTerms.isEmpty {
            return [.required(place, "must have at least one node selector term")]
        }
        return selector.nodeSelectorTerms.enumerated().flatMap {
            SchedulingValidation.validate($0.element, at: place.index($0.offset))
        }
    }
}
