import Machinery

/// Field and label selectors in access reviews (KEP-4601): the requirements of a request's selectors, both ways.
///
/// Requirements are joined by "and", so leaving out one that is not understood asks for more, never for less.
enum AccessSelectors {
    /// The terms, and whether those are all.
    static func fields(_ selector: JSONObject) -> (terms: [FieldSelector.Term], isWhole: Bool) {
        if let raw = selector.string("rawSelector"), !raw.isEmpty {
            guard let parsed = try? FieldSelector(parsing: raw) else { return ([], false) }
            return (parsed.terms, true)
        }
        let requirements = selector.values("requirements").compactMap(\.objectValue)
        let terms = requirements.compactMap { requirement -> FieldSelector.Term? in
            let values = requirement.strings("values")
            guard values.count == 1 else { return nil }
            switch requirement.string("operator") {
            case "In": return .init(field: requirement.string("key") ?? "", value: values[0])
            case "NotIn": return .init(field: requirement.string("key") ?? "", value: values[0], isNegated: true)
            default: return nil
            }
        }
        return (terms, terms.count == requirements.count)
    }

    static func labels(_ selector: JSONObject) -> (requirements: [Selector.Requirement], isWhole: Bool) {
        if let raw = selector.string("rawSelector"), !raw.isEmpty {
            guard let parsed = try? Selector(parsing: raw) else { return ([], false) }
            return (parsed.requirements, true)
        }
        let given = selector.values("requirements").compactMap(\.objectValue)
        let requirements = given.compactMap { requirement -> Selector.Requirement? in
            let operations: [String: Selector.Operation] = [
                "In": .in, "NotIn": .notIn, "Exists": .exists, "DoesNotExist": .doesNotExist,
            ]
            guard let operation = operations[requirement.string("operator") ?? ""] else { return nil }
            return try? Selector.Requirement(
                key: requirement.string("key") ?? "", operation, requirement.strings("values"))
        }
        return (requirements, requirements.count == given.count)
    }

    /// What is wrong with the selectors of a review's `resourceAttributes`.
    static func problems(_ attributes: JSONObject, _ path: FieldPath) -> [FieldError] {
        ["fieldSelector", "labelSelector"].flatMap { name -> [FieldError] in
            guard let selector = attributes[name]?.objectValue else { return [] }
            return problems(of: selector, path.child(name), isOfFields: name == "fieldSelector")
        }
    }

    private static func problems(of selector: JSONObject, _ path: FieldPath, isOfFields: Bool) -> [FieldError] {
        var errors: [FieldError] = []
        let raw = selector.string("rawSelector") ?? ""
        let requirements = selector.values("requirements").compactMap(\.objectValue)
        if !raw.isEmpty, !requirements.isEmpty {
            errors.append(
                .invalid(path.child("rawSelector"), raw, "may not specified at the same time as requirements"))
        }
        if raw.isEmpty, requirements.isEmpty {
            errors.append(
                .required(
                    path.child("requirements"), "when \(path) is specified, requirements or rawSelector is required"))
        }
        for (index, requirement) in requirements.enumerated() {
            let place = path.child("requirements").index(index)
            errors += problems(in: requirement, place)
            let key = requirement.string("key") ?? ""
            if isOfFields {
                if key.isEmpty { errors.append(.required(place.child("key"), "must be specified")) }
            } else {
                errors += Names.qualifiedName(key).map { .invalid(place.child("key"), key, $0) }
            }
        }
        return errors
    }

    /// Operators of newer clients are let through.
    private static func problems(in requirement: JSONObject, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let values = requirement.values("values")
        switch requirement.string("operator") ?? "" {
        case "In" where values.isEmpty, "NotIn" where values.isEmpty:
            errors.append(.required(path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'"))
        case "Exists" where !values.isEmpty, "DoesNotExist" where !values.isEmpty:
            errors.append(
                .forbidden(
                    path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
        default:
            break
        }
        return errors
    }

    /// The selectors of a request as `resourceAttributes` of a review has them.
    static func json(_ attributes: AccessAttributes) -> [(key: String, value: JSON)] {
        var result: [(key: String, value: JSON)] = []
        func add(_ key: String, _ requirements: [JSON]) {
            if !requirements.isEmpty { result.append((key, ["requirements": .array(requirements)])) }
        }
        add(
            "fieldSelector",
            (attributes.fieldSelector?.terms ?? []).map { term in
                [
                    "key": .string(term.field), "operator": term.isNegated ? "NotIn" : "In",
                    "values": [.string(term.value)],
                ]
            })
        add(
            "labelSelector",
            (attributes.labelSelector?.requirements ?? []).compactMap { requirement in
                guard let name = name(of: requirement.operation) else { return nil }
                var object: JSONObject = ["key": .string(requirement.key), "operator": .string(name)]
                object.set("values", requirement.values)
                return .object(object)
            })
        return result
    }

    private static func name(of operation: Selector.Operation) -> String? {
        switch operation {
        case .equals, .doubleEquals, .in: "In"
        case .notEquals, .notIn: "NotIn"
        case .exists: "Exists"
        case .doesNotExist: "DoesNotExist"
        case .greaterThan, .lessThan: nil
        }
    }
}
