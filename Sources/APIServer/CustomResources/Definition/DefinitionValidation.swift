import Machinery

/// All that can be wrong with a CustomResourceDefinition.
///
/// What a definition had wrong before does not count again, so that rules may grow stricter. Paths are those of
/// Kubernetes' internal form, in which what all versions have in common stands once: `spec.validation`.
/// Source: k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation.
package struct DefinitionValidation {
    private let definition: CustomResourceDefinition
    private let old: CustomResourceDefinition?
    private let spec: CustomResourceDefinition.Spec
    private let path = FieldPath("spec")
    package private(set) var errors: [FieldError] = []

    package init(_ definition: CustomResourceDefinition, from old: CustomResourceDefinition? = nil) {
        self.definition = definition
        self.old = old
        spec = definition.spec
        checkName()
        checkGroup()
        checkSchemasArePresent()
        checkVersions()
        checkNames()
        checkParts()
        checkConversion()
        checkImmutable()
        errors += NamesRules.validate(definition.status.acceptedNames, at: FieldPath("status").child("acceptedNames"))
        checkStoredVersions()
        checkApproval()
        checkPreserving()
    }

    private mutating func checkName() {
        guard definition.name != "\(spec.names.plural).\(spec.group)", old == nil else { return }
        errors.append(
            .invalid(
                FieldPath("metadata").child("name"), definition.name,
                "must be spec.names.plural+\".\"+spec.group"))
    }

    private mutating func checkGroup() {
        let place = path.child("group")
        if spec.group.isEmpty {
            errors.append(.required(place))
        } else {
            let problems = Names.dns1123Subdomain(spec.group)
            if !problems.isEmpty {
                errors.append(.invalid(place, spec.group, problems.joined(separator: ",")))
            } else if !spec.group.contains(".") {
                errors.append(.invalid(place, spec.group, "should be a domain with at least one dot"))
            }
        }
        if spec.scope.isEmpty {
            errors.append(.required(path.child("scope")))
        } else if !["Cluster", "Namespaced"].contains(spec.scope) {
            errors.append(.notSupported(path.child("scope"), spec.scope, supported: ["Cluster", "Namespaced"]))
        }
    }

    private mutating func checkSchemasArePresent() {
        let lackedBefore = old.map { $0.spec.versions.contains { $0.schema == nil } } ?? false
        for (index, version) in spec.versions.enumerated() where version.schema == nil {
            let place = path.child("versions").index(index).child("schema", "openAPIV3Schema")
            if !lackedBefore {
                errors.append(.required(place))
            } else if !spec.preservesUnknownFields, version.isServed {
                errors.append(.required(place, "because otherwise all fields are pruned"))
            }
        }
    }

    private mutating func checkVersions() {
        let place = path.child("versions")
        var names: Set<String> = []
        var areUnique = true
        for (index, version) in spec.versions.enumerated() {
            if !names.insert(version.name).inserted { areUnique = false }
            let problems = Names.dns1035Label(version.name)
            if !problems.isEmpty {
                errors.append(
                    .invalid(
                        place.index(index).child("name"), version.name, problems.joined(separator: ",")))
            }
            for problem in Self.deprecation(version) {
                errors.append(
                    .invalid(
                        place.index(index).child("deprecationWarning"), version.deprecationWarning ?? "", problem))
            }
        }
        let value = definition.json["spec"]?["versions"] ?? .array([])
        if !areUnique { errors.append(.invalid(place, value, "must contain unique version names")) }
        if spec.versions.count(where: \.isStorage) != 1 {
            errors.append(.invalid(place, value, "must have exactly one version marked as storage version"))
        }
    }

    private static func deprecation(_ version: CustomResourceDefinition.Version) -> [String] {
        guard let warning = version.deprecationWarning else { return [] }
        guard version.isDeprecated else { return ["can only be set for deprecated versions"] }
        var problems: [String] = []
        if warning.utf8.count > 256 { problems.append("must be <= 256 characters long") }
        if warning.isEmpty { problems.append("must not be an empty string") }
        var position = 0
        for scalar in warning.unicodeScalars {
            if !GoQuote.isPrintable(scalar) {
                problems.append(
                    "must only contain printable UTF-8 characters; non-printable character found at index \(position)")
                break
            }
            position += scalar.utf8.count
        }
        return problems
    }

    private mutating func checkNames() {
        let place = path.child("names")
        for (key, value) in [
            ("plural", spec.names.plural), ("singular", spec.names.singular), ("kind", spec.names.kind),
            ("listKind", spec.names.listKind),
        ] where value.isEmpty {
            errors.append(.required(place.child(key)))
        }
        errors += NamesRules.validate(spec.names, at: place)
    }

    // MARK: What versions may have in common

    private mutating func checkParts() {
        let options = SchemaRuleOptions(spec, old: old?.spec)
        if spec.hasCommon("schema") {
            let version = spec.versions[0]
            checkSchema(
                version, path.child("validation"), options, statusIsSeparate: spec.versions.contains(where: \.hasStatus)
            )
        } else {
            for (index, version) in spec.versions.enumerated() {
                checkSchema(
                    version, path.child("versions").index(index).child("schema"), options,
                    statusIsSeparate: version.hasStatus)
            }
        }
        for (key, check) in [
            ("subresources", Self.subresources), ("additionalPrinterColumns", Self.columns),
        ] as [(String, (CustomResourceDefinition.Version, FieldPath) -> [FieldError])] {
            if spec.hasCommon(key) {
                errors += check(spec.versions[0], path.child(key))
            } else {
                for (index, version) in spec.versions.enumerated() {
                    errors += check(version, path.child("versions").index(index).child(key))
                }
            }
        }
        if spec.hasCommon("selectableFields") {
            checkSelectableFields(spec.versions[0], path.child("selectableFields"))
        } else {
            for (index, version) in spec.versions.enumerated() {
                checkSelectableFields(version, path.child("versions").index(index).child("selectableFields"))
            }
        }
    }

    private mutating func checkSchema(
        _ version: CustomResourceDefinition.Version, _ place: FieldPath, _ options: SchemaRuleOptions,
        statusIsSeparate: Bool
    ) {
        guard let json = version.schema else { return }
        errors += SchemaRules.validate(
            json, at: place, options: options.unchanged(version.name), statusIsSeparate: statusIsSeparate)
    }

    private static func subresources(
        _ version: CustomResourceDefinition.Version, _ place: FieldPath
    ) -> [FieldError] {
        guard let scale = version.scale else { return [] }
        var errors: [FieldError] = []
        for (key, root) in [("specReplicasPath", ".spec"), ("statusReplicasPath", ".status")] {
            let path = place.child("scale.\(key)")
            let value = scale.string(key) ?? ""
            if value.isEmpty {
                errors.append(.required(path))
            } else if let problem = simplePath(value) {
                errors.append(.invalid(path, value, problem))
            } else if !value.hasPrefix(root + ".") {
                errors.append(.invalid(path, value, "should be a json path under \(root)"))
            }
        }
        if let value = scale.string("labelSelectorPath"), !value.isEmpty {
            let path = place.child("scale.labelSelectorPath")
            if let problem = simplePath(value) {
                errors.append(.invalid(path, value, problem))
            } else if !value.hasPrefix(".spec."), !value.hasPrefix(".status.") {
                errors.append(.invalid(path, value, "should be a json path under either .spec or .status"))
            }
        }
        return errors
    }

    private static func simplePath(_ text: String) -> String? {
        text.hasPrefix(".") ? nil : "must be a simple json path starting with ."
    }

    private static func columns(_ version: CustomResourceDefinition.Version, _ place: FieldPath) -> [FieldError] {
        let types = ["boolean", "date", "integer", "number", "string"]
        let formats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"]
        var errors: [FieldError] = []
        for (index, column) in version.columns.enumerated() {
            let path = place.index(index)
            if (column.string("name") ?? "").isEmpty { errors.append(.required(path.child("name"))) }
            let type = column.string("type") ?? ""
            let detail = "must be one of \(types.joined(separator: ","))"
            if type.isEmpty {
                errors.append(.required(path.child("type"), detail))
            } else if !types.contains(type) {
                errors.append(.invalid(path.child("type"), type, detail))
            }
            if let format = column.string("format"), !format.isEmpty, !formats.contains(format) {
                errors.append(
                    .invalid(
                        path.child("format"), format, "must be one of \(formats.joined(separator: ","))"))
            }
            let jsonPath = column.string("jsonPath") ?? ""
            if jsonPath.isEmpty {
                errors.append(.required(path.child("JSONPath")))
            } else if let problem = simplePath(jsonPath) {
                errors.append(.invalid(path.child("JSONPath"), jsonPath, problem))
            }
        }
        return errors
    }

    private mutating func checkSelectableFields(_ version: CustomResourceDefinition.Version, _ place: FieldPath) {
        let paths = version.selectableFields
        guard !paths.isEmpty else { return }
        guard let json = version.schema else {
            errors.append(
                .invalid(place, "", "may only be set when `version.schema.openAPIV3Schema` is not included"))
            return
        }
        let schema = StructuralSchema(json)
        var seen: Set<String> = []
        for (index, text) in paths.enumerated() {
            let path = place.index(index).child("jsonPath")
            guard !text.isEmpty else {
                errors.append(.required(path))
                continue
            }
            let target: SchemaPath
            do throws(SchemaPath.Failure) {
                target = try SchemaPath(text, in: schema, allowsBrackets: false)
            } catch {
                errors.append(.invalid(path, text, "is an invalid path: \(error)"))
                continue
            }
            if target.root == "metadata" {
                errors.append(.invalid(path, text, "must not point to fields in metadata"))
            }
            if !["string", "boolean", "integer"].contains(target.schema.type) {
                errors.append(
                    .invalid(
                        path, text,
                        "must point to a field of type string, boolean or integer. Enum string fields and strings "
                            + "with formats are allowed."))
            }
            if !seen.insert(target.text).inserted { errors.append(.duplicate(path, text)) }
        }
        let before = old?.spec.versions.first { $0.name == version.name }?.selectableFields
        if seen.count > 8, before != paths { errors.append(.tooMany(place, count: seen.count, maximum: 8)) }
    }

    // MARK: Conversion and the rest

    private mutating func checkConversion() {
        guard let conversion = spec.conversion else { return }
        errors += ConversionRules.validate(
            conversion, old: old, preservesUnknownFields: spec.preservesUnknownFields, at: path.child("conversion"))
    }

    private mutating func checkImmutable() {
        guard let old else { return }
        func same(_ new: String, _ before: String, _ place: FieldPath) -> [FieldError] {
            new == before ? [] : [.invalid(place, new, "field is immutable")]
        }
        if old.isTrue(.established) {
            errors += same(spec.scope, old.spec.scope, path.child("scope"))
            errors += same(spec.names.kind, old.spec.names.kind, path.child("names", "kind"))
        }
        errors += same(spec.group, old.spec.group, path.child("group"))
        errors += same(spec.names.plural, old.spec.names.plural, path.child("names", "plural"))
    }

    private mutating func checkStoredVersions() {
        let place = FieldPath("status").child("storedVersions")
        let stored = definition.status.storedVersions
        guard !stored.isEmpty else {
            // There is none because there is no storage version, which was told.
            guard spec.storageVersion != nil else { return }
            errors.append(.invalid(place, .array([]), "must have at least one stored version"))
            return
        }
        let value = JSON.array(stored.map(JSON.string))
        for version in spec.versions where version.isStorage && !stored.contains(version.name) {
            errors.append(.invalid(place, value, "must have the storage version \(version.name)"))
        }
        for (index, name) in stored.enumerated() where !spec.versions.contains(where: { $0.name == name }) {
            errors.append(
                .invalid(
                    place.index(index), name,
                    "missing from spec.versions; \(name) was previously a storage version, and must remain in "
                        + "spec.versions until a storage migration ensures no data remains persisted in \(name) and "
                        + "removes \(name) from status.storedVersions"))
        }
    }

    private mutating func checkApproval() {
        guard APIApproval.isProtected(spec.group) else { return }
        let approval = APIApproval(definition.annotations)
        if let old, APIApproval(old.annotations).state == approval.state { return }
        let place = FieldPath("metadata").child("annotations").key(APIApproval.annotation)
        switch approval.state {
        case .approved, .bypassed: return
        case .missing: errors.append(.required(place, approval.message))
        case .invalid:
            errors.append(
                .invalid(place, definition.annotations[APIApproval.annotation] ?? "", approval.message))
        }
    }

    private mutating func checkPreserving() {
        guard spec.preservesUnknownFields, old?.spec.preservesUnknownFields != true else { return }
        errors.append(
            .invalid(
                path.child("preserveUnknownFields"), true,
                "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema "
                    + "instead"))
    }
}

extension CustomResourceDefinition.Spec {
    /// Whether all versions say the same in a part: it then stands at the top of Kubernetes' internal form.
    func hasCommon(_ key: String) -> Bool {
        guard let first = versions.first?.json[key] else { return false }
        return versions.allSatisfy { $0.json[key] == first }
    }
}
