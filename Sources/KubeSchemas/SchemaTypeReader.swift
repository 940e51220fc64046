import Machinery

/// Turns the declarations of one text into schemas and resources.
struct SchemaTypeReader {
    private static let metaPrefix = "io.k8s.apimachinery.pkg.apis.meta.v1"
    private static let foreignPrefixes = [
        "meta.v1": metaPrefix,
        "apiextensions.v1": "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1",
        "apiregistration.v1": "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1",
    ]

    private static let apiVersion: SchemaDocumentation =
        "The API group and version in which the object is written, as in apps/v1; only v1 for the core group."
    private static let kind: SchemaDocumentation =
        "The name of the object's type in CamelCase, as in Deployment. It cannot be changed."

    let prefix: String
    let names: Set<String>
    /// How references find the types they name.
    var resolve: @Sendable (String) -> Schema? = { BuiltinSchemas.schema(definition: $0) }

    func schema(_ declaration: SchemaText.TypeDeclaration) -> Schema {
        var fields = declaration.fields.map(field)
        if declaration.isKind {
            fields.append(SchemaField(name: "apiVersion", type: .string, documentation: Self.apiVersion))
            fields.append(SchemaField(name: "kind", type: .string, documentation: Self.kind))
        }
        return Schema(
            name: declaration.name, definition: "\(prefix).\(declaration.name)",
            documentation: Self.documentation(declaration.documentation), fields: fields,
            isAtomic: declaration.isAtomic, preservesUnknownFields: false)
    }

    func resource(
        _ declaration: SchemaText.ResourceDeclaration, group: String, version: String, schema: Schema
    ) -> APIResource {
        APIResource(
            gvr: GroupVersionResource(group: group, version: version, resource: declaration.name),
            gvk: GroupVersionKind(group: group, version: version, kind: declaration.kind),
            isNamespaced: declaration.isNamespaced, singularName: declaration.singular,
            shortNames: declaration.shortNames, categories: declaration.categories, verbs: declaration.verbs,
            subresources: declaration.subresources.map { subresource in
                APIResource.Subresource(
                    name: subresource.name, kind: kind(subresource.kind, group: group, version: version),
                    verbs: subresource.verbs)
            }, schema: schema)
    }

    /// `Pod`, or `autoscaling/v1/Scale` for a kind of another group.
    private func kind(_ text: String, group: String, version: String) -> GroupVersionKind {
        let parts = text.split(separator: "/").map(String.init)
        guard parts.count == 3 else { return GroupVersionKind(group: group, version: version, kind: text) }
        return GroupVersionKind(group: parts[0] == "core" ? "" : parts[0], version: parts[1], kind: parts[2])
    }

    private static func documentation(_ comment: Substring?) -> SchemaDocumentation {
        comment.map { .comment($0) } ?? ""
    }

    private func field(_ declaration: SchemaText.FieldDeclaration) -> SchemaField {
        SchemaField(
            name: declaration.name, type: type(declaration.type, of: declaration), isRequired: declaration.isRequired,
            distinguishesZero: declaration.distinguishesZero, protobufPath: declaration.protobufPath,
            protobufChoice: declaration.protobufChoice,
            retainsKeys: declaration.retainsKeys, isReplaced: declaration.isReplaced,
            defaultValue: declaration.defaultValue,
            enumeration: declaration.enumeration,
            documentation: Self.documentation(declaration.documentation))
    }

    private func type(_ text: Substring, of declaration: SchemaText.FieldDeclaration) -> SchemaType {
        switch text {
        case "string": return .string
        case "int32": return .int32
        case "int64": return .int64
        case "bool": return .bool
        case "double": return .double
        case "bytes": return .bytes
        case "quantity": return .quantity
        case "time": return .time
        case "microtime": return .microTime
        case "duration": return .duration
        case "intOrString": return .intOrString
        case "any": return .any
        default: break
        }
        if text.first == "[" {
            let semantics = ListSemantics(kind: declaration.listKind, patchMergeKey: declaration.patchMergeKey)
            return .list(of: type(text.dropFirst().dropLast(), of: declaration), semantics)
        }
        if text.first == "{" {
            return .map(of: type(text.dropFirst().dropLast(), of: declaration), isAtomic: declaration.isAtomic)
        }
        return .object(
            SchemaReference(definition: definition(of: text), resolve: resolve))
    }

    private func definition(of text: Substring) -> String {
        let name = String(text)
        guard let dot = name.lastIndex(of: ".") else {
            return names.contains(name) ? "\(prefix).\(name)" : "\(Self.metaPrefix).\(name)"
        }
        let package = String(name[..<dot])
        let full = Self.foreignPrefixes[package] ?? "io.k8s.api.\(package)"
        return full + name[dot...]
    }
}
