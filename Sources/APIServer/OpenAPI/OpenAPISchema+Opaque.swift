import KubeSchemas
import Machinery

/// Values that schemas say nothing about: Kubernetes has names for them, which generated clients know.
extension OpenAPISchema {
    private static let meta = "io.k8s.apimachinery.pkg.apis.meta.v1"
    private static let extensions = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"
    private static let raw = "io.k8s.apimachinery.pkg.runtime.RawExtension"

    /// By the type that has the field, and the field.
    private static let opaqueFields: [String: [String: String]] = {
        var fields = [
            "\(meta).ManagedFieldsEntry": ["fieldsV1": "\(meta).FieldsV1"], "\(meta).WatchEvent": ["object": raw],
            "io.k8s.api.apps.v1.ControllerRevision": ["data": raw],
            "\(extensions).JSONSchemaProps": [
                "default": "\(extensions).JSON", "example": "\(extensions).JSON", "enum": "\(extensions).JSON",
                "items": "\(extensions).JSONSchemaPropsOrArray",
                "additionalItems": "\(extensions).JSONSchemaPropsOrBool",
                "additionalProperties": "\(extensions).JSONSchemaPropsOrBool",
                "dependencies": "\(extensions).JSONSchemaPropsOrStringArray",
            ],
        ]
        for version in ["v1", "v1beta2", "v1beta1"] {
            fields["io.k8s.api.resource.\(version).AllocatedDeviceStatus"] = ["data": raw]
            fields["io.k8s.api.resource.\(version).OpaqueDeviceConfiguration"] = ["parameters": raw]
        }
        return fields
    }()

    static let opaque: [String: JSONObject] = [
        raw: ["description": "An object of a form that is not known here.", "type": "object"],
        "\(meta).FieldsV1": ["description": "A set of fields, as a tree of their names.", "type": "object"],
        "\(meta).Patch": ["description": "What a patch request changes.", "type": "object"],
        "\(extensions).JSON": ["description": "Any JSON value."],
        "\(extensions).JSONSchemaPropsOrArray": ["description": "A schema, or a list of schemas."],
        "\(extensions).JSONSchemaPropsOrBool": ["description": "A schema, or whether anything is allowed."],
        "\(extensions).JSONSchemaPropsOrStringArray": ["description": "A schema, or a list of names."],
    ]

    /// What a field's value is called; `nil` where it has no name.
    static func opaqueType(of field: String, in schema: Schema) -> String? {
        opaqueFields[schema.definition]?[field]
    }

    /// What no resource is made of: discovery, watches, the server's version.
    static let protocolTypes: [Schema] =
        ["APIGroupList", "APIResourceList", "APIVersions", "WatchEvent"]
        .compactMap { BuiltinSchemas.schema(definition: "\(meta).\($0)") }
        + [BuiltinSchemas.schema(definition: "io.k8s.apimachinery.pkg.version.Info")].compactMap(\.self)

    /// Definitions that only operations name.
    static let protocolDefinitions = ["\(meta).Patch"]
}
