import KubeAPI
import Machinery

/// An object of a custom resource: any tree with metadata.
struct CustomObject: KubeObject {
    // What kind it is only its definition knows.
    static let kind = GroupVersionKind(group: "", version: "", kind: "")
    static let resource = GroupVersionResource(group: "", version: "", resource: "")
    static let isNamespaced = false

    var json: JSONObject

    init(json: JSONObject) { self.json = json }

    var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) }
    }
}

/// The rules of a version of a custom resource, all of which come from its definition.
struct CustomResourceStrategy: Strategy {
    typealias Object = CustomObject

    let version: CustomVersion
    private let family: CustomFamily

    init(_ version: CustomVersion) {
        self.version = version
        family = version.family
    }

    var custom: CustomVersion? { version }

    func applyDefaults(_ object: inout CustomObject) {
        object.json = version.schema.defaulted(object.json)
    }

    func prepareForCreate(_ object: inout CustomObject) {
        if version.hasStatus { object.json["status"] = nil }
    }

    func prepareForUpdate(_ object: inout CustomObject, from old: CustomObject) {
        if version.hasStatus { object.json["status"] = old.json["status"] }
    }

    // MARK: Rules

    func validate(_ object: CustomObject) -> [FieldError] {
        let object = object.json
        var errors = version.validator.validate(.object(object))
        errors += version.scale?.validateSpec(object) ?? []
        errors += version.scale?.validateStatus(object) ?? []
        errors += EmbeddedMetadata.validate(object, version.schema)
        errors += ListTypeRules.validate(object, version.schema)
        return errors + ruleErrors(object, from: nil, unless: errors)
    }

    /// The rules of the schema, which need an object whose shape is right.
    private func ruleErrors(_ object: JSONObject, from old: JSONObject?, unless errors: [FieldError]) -> [FieldError] {
        guard let rules = version.rules else { return [] }
        let blocking: [FieldError.Kind] = [.notSupported, .required, .tooLong, .tooMany, .typeInvalid]
        if errors.contains(where: { blocking.contains($0.kind) }) {
            return [
                FieldError(
                    .invalid, field: FieldPath.root.description, value: .null,
                    detail: "some validation rules were not checked because the object was invalid; correct the "
                        + "existing errors to complete validation")
            ]
        }
        return RuleValidation.validate(.object(object), from: old.map(JSON.object), rules).errors
    }

    func validateChange(_ object: CustomObject, from old: CustomObject) -> [FieldError] {
        let (object, old) = (object.json, old.json)
        var errors = version.validator.validate(.object(object), former: .value(.object(old)))
        errors += version.scale?.validateSpec(object) ?? []
        errors += version.scale?.validateStatus(object) ?? []
        errors += EmbeddedMetadata.validate(object, version.schema)
        errors += newListTypeErrors(object, from: old)
        return errors + ruleErrors(object, from: old, unless: errors)
    }

    func validateStatusUpdate(_ object: CustomObject, from old: CustomObject) -> [FieldError] {
        let (object, old) = (object.json, old.json)
        var errors: [FieldError] = []
        if let validator = version.statusValidator, let status = object["status"] {
            errors += validator.validate(
                status, former: old["status"].map(SchemaValidator.Former.value) ?? .unknown, at: FieldPath("status"))
        }
        errors += version.scale?.validateStatus(object) ?? []
        errors += newListTypeErrors(object, from: old)
        return errors + ruleErrors(object, from: old, unless: errors)
    }

    /// Lists that repeated themselves before may go on doing so.
    private func newListTypeErrors(_ object: JSONObject, from old: JSONObject) -> [FieldError] {
        let errors = ListTypeRules.validate(object, version.schema)
        return errors.isEmpty || !ListTypeRules.validate(old, version.schema).isEmpty ? [] : errors
    }

    func warnings(for object: CustomObject, from old: CustomObject?) -> [String] {
        let before = Set(old?.metadata.finalizers ?? [])
        return object.metadata.finalizers.filter { !before.contains($0) }.sorted().flatMap(Self.warnings)
    }

    private static func warnings(finalizer: String) -> [String] {
        let name = "metadata.finalizers: \(GoQuote.quote(finalizer)): "
        var texts = Names.qualifiedName(finalizer).map { name + $0 }
        if !finalizer.contains("/"), !["orphan", "foregroundDeletion", "kubernetes"].contains(finalizer) {
            texts.append(
                name + "prefer a domain-qualified finalizer name"
                    + (finalizer.contains(".") ? " including a path (/)" : "")
                    + " to avoid accidental conflicts with other finalizer writers")
        }
        return texts
    }

    // MARK: Reading

    var selectableFieldNames: [String] { version.selectableFields.map(\.name) }

    /// Versions may have fields of the same name with other values.
    func selectableField(named label: String) -> String {
        version.selectableFields.contains { $0.name == label } ? version.headerName(label) : label
    }

    func selectableFields(_ object: CustomObject) -> [(name: String, value: String)] {
        version.selectableValues(object.json).map { (version.headerName($0.name), $0.value) }
    }

    var columns: [TableColumn] { [.name] + version.columns.map(\.definition) }

    func cells(_ object: CustomObject, now: Timestamp) -> [JSON] {
        [.string(object.name)] + version.columns.map { $0.cell(object.json, now: now) }
    }
}

extension CustomVersion {
    /// The name under which an object's header has a field of this version.
    func headerName(_ field: String) -> String { "\(gvk.version)/\(field)" }
}
