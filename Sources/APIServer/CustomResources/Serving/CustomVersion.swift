import KubeSchemas
import Machinery
import Synchronization

/// One version of a custom resource, compiled from its definition: everything requests need, ready to be shared.
///
/// A changed definition makes new ones; nothing here ever changes.
package final class CustomVersion: Sendable {
    let gvk: GroupVersionKind
    /// All versions of the definition; who serves this one keeps it.
    unowned let family: CustomFamily
    let schema: StructuralSchema
    /// The shape as field ownership sees it.
    let mergeSchema: Schema
    let validator: SchemaValidator
    /// Validates a status by itself; `nil` when the schema says nothing of it.
    let statusValidator: SchemaValidator?
    let columns: [CustomColumn]
    let selectableFields: [SelectableField]
    let hasStatus: Bool
    let scale: ScalePaths?
    let isServed: Bool
    /// What clients of a deprecated version are told.
    let deprecation: String?

    private let ruleMemo = AtomicLazyReference<RuleMemo>()

    private final class RuleMemo: Sendable {
        let tree: RuleTree?
        init(_ tree: RuleTree?) { self.tree = tree }
    }

    /// The rules of `x-kubernetes-validations`, compiled at the first write; `nil` when there are none.
    var rules: RuleTree? {
        (ruleMemo.load() ?? ruleMemo.storeIfNil(RuleMemo(RuleTree(schema, isResource: true)))).tree
    }

    struct SelectableField: Sendable {
        /// The path without its first dot: the name in selectors.
        let name: String
        let path: JSONPath
    }

    /// Tells the watch frames of this version, as it is now, from those of others and of earlier definitions.
    let frameNumber: UInt8

    init(
        _ version: CustomResourceDefinition.Version, of definition: CustomResourceDefinition, family: CustomFamily,
        schema: StructuralSchema, frameNumber: UInt8
    ) {
        self.family = family
        self.frameNumber = frameNumber
        self.schema = schema
        let spec = definition.spec
        let names = definition.status.acceptedNames
        gvk = GroupVersionKind(group: spec.group, version: version.name, kind: names.kind)
        mergeSchema = schema.mergeSchema(name: names.kind, definition: CustomModel.name(gvk))
        validator = SchemaValidator(schema)
        statusValidator = schema.property("status").map(SchemaValidator.init)
        columns = CustomColumn.columns(version)
        selectableFields = version.selectableFields.compactMap { path in
            // What is no path was refused when the definition was written.
            guard let parsed = try? JSONPath(path) else { return nil }
            return SelectableField(name: path.hasPrefix(".") ? String(path.dropFirst()) : path, path: parsed)
        }
        hasStatus = version.hasStatus
        scale = version.scale.map(ScalePaths.init)
        isServed = version.isServed
        deprecation =
            version.isDeprecated
            ? version.deprecationWarning ?? "\(gvk.apiVersion) \(gvk.kind) is deprecated" : nil
    }

    /// Values of the selectable fields; an absent one is empty.
    func selectableValues(_ object: JSONObject) -> [(name: String, value: String)] {
        selectableFields.map { field in
            let value = field.path.values(in: .object(object)).first
            return (field.name, value.map(Self.text) ?? "")
        }
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        case .bool, .int, .double, .array, .object: value.description
        }
    }
}

/// The names that custom resources have in OpenAPI documents.
enum CustomModel {
    /// `com.example.v1.Backup` of `example.com/v1, Kind=Backup`.
    static func name(_ kind: GroupVersionKind) -> String {
        (kind.group.split(separator: ".").reversed() + [Substring(kind.version), Substring(kind.kind)])
            .joined(separator: ".")
    }
}
