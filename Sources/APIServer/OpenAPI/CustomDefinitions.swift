import KubeSchemas
import Machinery

/// The schemas of custom resources as OpenAPI documents show them.
///
/// Source: k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder: identity and metadata are added, and version 2
/// loses what it cannot say: alternatives, null, and the inside of what keeps unknown fields.
enum CustomDefinitions {
    private static let objectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
    private static let listMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta"
    private static let texts = [
        "apiVersion": "APIVersion defines in which version of its schema the object is written.",
        "kind": "Kind names the type of the object, in CamelCase.",
        "metadata": "Standard object's metadata: name, labels, annotations and so on.",
    ]

    /// The definitions of the kind and of its list; none for built-in resources.
    static func definitions(_ served: ResourceCatalog.Served, _ version: OpenAPISchema.Version) -> JSONObject {
        guard let custom = served.custom else { return JSONObject() }
        let kind = served.resource.gvk
        let list = served.resource.listKind
        return [
            CustomModel.name(kind): .object(object(custom, kind, version)),
            CustomModel.name(list): .object(self.list(served.resource, custom, version)),
        ]
    }

    private static func object(
        _ custom: CustomVersion, _ kind: GroupVersionKind, _ version: OpenAPISchema.Version
    ) -> JSONObject {
        var schema: JSONObject
        if version == .v2, custom.schema.preservesUnknownFields {
            schema = ["type": "object"]
        } else {
            schema = published(custom.schema, version, isRoot: true)
            addIdentity(&schema, version)
        }
        schema["x-kubernetes-group-version-kind"] = .array([OpenAPISchema.kind(kind)])
        addSelectableFields(&schema, custom)
        return schema
    }

    private static func list(
        _ resource: APIResource, _ custom: CustomVersion, _ version: OpenAPISchema.Version
    ) -> JSONObject {
        let item = JSON.object(["$ref": .string(version.referencePrefix + CustomModel.name(resource.gvk))])
        var schema: JSONObject = [
            "type": "object", "required": ["items"],
            "description": .string("\(resource.listKind.kind) is a list of \(resource.gvk.kind)"),
            "properties": [
                "apiVersion": text("apiVersion"), "kind": text("kind"),
                "metadata": reference(listMeta, version, "Metadata of the list."),
                "items": [
                    "type": "array", "items": item,
                    "description": .string("List of \(resource.gvr.resource)."),
                ],
            ],
            "x-kubernetes-group-version-kind": .array([OpenAPISchema.kind(resource.listKind)]),
        ]
        addSelectableFields(&schema, custom)
        return schema
    }

    private static func addSelectableFields(_ schema: inout JSONObject, _ custom: CustomVersion) {
        guard !custom.selectableFields.isEmpty else { return }
        schema["x-kubernetes-selectable-fields"] = .array(
            custom.selectableFields.map { ["fieldPath": .string($0.name)] })
    }

    // MARK: One schema

    private static func published(
        _ schema: StructuralSchema, _ version: OpenAPISchema.Version, isRoot: Bool = false
    ) -> JSONObject {
        var json = schema.json
        var isOpen = false
        if version == .v2 {
            for key in ["allOf", "oneOf", "anyOf", "not", "nullable"] { json[key] = nil }
            if schema.isNullable {
                json["type"] = nil
                isOpen = true
            }
            if schema.preservesUnknownFields {
                if schema.type == "object" || schema.type == "array" { json["type"] = nil }
                isOpen = true
            }
            let required = json.strings("required")
            json.set("required", required.filter { schema.property($0)?.isNullable != true })
            if schema.isIntOrString { json["type"] = nil }
        }
        if isOpen {
            json["items"] = nil
            json["properties"] = nil
        } else {
            if !schema.properties.isEmpty {
                json["properties"] = .object(
                    JSONObject(schema.properties.map { ($0.name, JSON.object(published($0.schema, version))) }))
            }
            if let items = schema.items { json["items"] = .object(published(items, version)) }
            if let additional = schema.additional.schema {
                json["additionalProperties"] = .object(published(additional, version))
            }
        }
        if schema.isEmbeddedResource, !isRoot, !isOpen {
            addIdentity(&json, version)
            var required = json.strings("required")
            for name in ["kind", "apiVersion"] where !required.contains(name) { required.append(name) }
            json.set("required", required)
        }
        return json
    }

    private static func addIdentity(_ schema: inout JSONObject, _ version: OpenAPISchema.Version) {
        var properties = schema["properties"]?.objectValue ?? JSONObject()
        properties["apiVersion"] = text("apiVersion")
        properties["kind"] = text("kind")
        properties["metadata"] = reference(objectMeta, version, texts["metadata"] ?? "")
        schema["properties"] = .object(properties)
    }

    private static func text(_ name: String) -> JSON {
        ["type": "string", "description": .string(texts[name] ?? "")]
    }

    /// Version 3 ignores what stands beside a reference.
    private static func reference(
        _ definition: String, _ version: OpenAPISchema.Version, _ description: String
    ) -> JSON {
        let target = JSON.string(version.referencePrefix + definition)
        return switch version {
        case .v2: ["$ref": target, "description": .string(description)]
        case .v3: ["allOf": [["$ref": target]], "description": .string(description)]
        }
    }
}
