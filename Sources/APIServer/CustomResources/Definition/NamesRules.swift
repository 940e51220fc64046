import Machinery

/// The rules for the names of a custom resource.
enum NamesRules {
    static func validate(_ names: CustomResourceDefinition.CustomNames, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (key, value) in [("plural", names.plural), ("singular", names.singular)] where !value.isEmpty {
            errors += label(value, path.child(key))
        }
        for (key, value) in [("kind", names.kind), ("listKind", names.listKind)] where !value.isEmpty {
            let problems = Names.dns1035Label(value.lowercased())
            guard !problems.isEmpty else { continue }
            errors.append(
                .invalid(
                    path.child(key), value,
                    "may have mixed case, but should otherwise match: \(problems.joined(separator: ","))"))
        }
        for (index, name) in names.shortNames.enumerated() {
            errors += label(name, path.child("shortNames").index(index))
        }
        if !names.kind.isEmpty, names.kind == names.listKind {
            errors.append(.invalid(path.child("listKind"), names.listKind, "kind and listKind may not be the same"))
        }
        for (index, name) in names.categories.enumerated() {
            errors += label(name, path.child("categories").index(index))
        }
        return errors
    }

    private static func label(_ value: String, _ path: FieldPath) -> [FieldError] {
        let problems = Names.dns1035Label(value)
        return problems.isEmpty ? [] : [.invalid(path, value, problems.joined(separator: ","))]
    }
}
