import KubeSchemas
import Machinery

/// Writes the paths of resources as OpenAPI operations.
struct OpenAPIPaths {
    let version: OpenAPISchema.Version

    private struct Parameter {
        let name: String
        let type: String
        let description: String
    }

    private static let listParameters = [
        Parameter(name: "allowWatchBookmarks", type: "boolean", description: "Asks for bookmark events in a watch."),
        Parameter(name: "continue", type: "string", description: "The token of the previous page."),
        Parameter(name: "fieldSelector", type: "string", description: "Restricts objects by their fields."),
        Parameter(name: "labelSelector", type: "string", description: "Restricts objects by their labels."),
        Parameter(name: "limit", type: "integer", description: "How many objects a page holds at most."),
        Parameter(name: "resourceVersion", type: "string", description: "Which state is read."),
        Parameter(name: "resourceVersionMatch", type: "string", description: "How resourceVersion is meant."),
        Parameter(name: "sendInitialEvents", type: "boolean", description: "Begins a watch with the present objects."),
        Parameter(name: "timeoutSeconds", type: "integer", description: "How long a list or watch may take."),
        Parameter(name: "watch", type: "boolean", description: "Streams changes instead of listing."),
    ]
    private static let writeParameters = [
        Parameter(name: "dryRun", type: "string", description: "All: does everything but store the result."),
        Parameter(name: "fieldManager", type: "string", description: "Who is entered as owner of the fields written."),
        Parameter(
            name: "fieldValidation", type: "string",
            description: "What happens to unknown and duplicate fields: Ignore, Warn or Strict."),
    ]
    private static let force = Parameter(
        name: "force", type: "boolean", description: "Takes fields over from other appliers.")
    private static let deleteParameters = [
        Parameter(name: "dryRun", type: "string", description: "All: does everything but store the result."),
        Parameter(name: "gracePeriodSeconds", type: "integer", description: "How long the object may take to end."),
        Parameter(name: "propagationPolicy", type: "string", description: "Orphan, Background or Foreground."),
    ]

    func paths(of served: ResourceCatalog.Served) -> JSONObject {
        let resource = served.resource
        let gv = resource.gvr.groupVersion
        let root = gv.group.isEmpty ? "/api/\(gv.version)" : "/apis/\(gv.apiVersion)"
        let base =
            resource.isNamespaced
            ? "\(root)/namespaces/{namespace}/\(resource.gvr.resource)"
            : "\(root)/\(resource.gvr.resource)"
        let scope = resource.isNamespaced ? ["namespace"] : []
        var paths = JSONObject()
        add(&paths, base, resource, verbs: ["list", "create", "deletecollection"], kind: resource.gvk, path: scope)
        if resource.verbs.contains("get") {
            add(
                &paths, base + "/{name}", resource, verbs: ["get", "update", "patch", "delete"], kind: resource.gvk,
                path: ["name"] + scope)
        }
        if resource.isNamespaced, resource.verbs.contains("list") {
            add(&paths, "\(root)/\(resource.gvr.resource)", resource, verbs: ["list"], kind: resource.gvk, path: [])
        }
        for subresource in served.discovered {
            let operations = operations(
                resource, verbs: subresource.verbs, kind: subresource.kind, suffix: subresource.name)
            paths["\(base)/{name}/\(subresource.name)"] = .object(
                withParameters(operations, path: ["name"] + scope))
        }
        return paths
    }

    private func add(
        _ paths: inout JSONObject, _ path: String, _ resource: APIResource, verbs: [String], kind: GroupVersionKind,
        path parameters: [String]
    ) {
        let served = verbs.filter(resource.verbs.contains)
        guard !served.isEmpty else { return }
        let suffix = path.hasSuffix("}") ? "" : parameters.isEmpty && resource.isNamespaced ? "ForAllNamespaces" : ""
        paths[path] = .object(
            withParameters(operations(resource, verbs: served, kind: kind, suffix: suffix), path: parameters))
    }

    private func withParameters(_ operations: JSONObject, path: [String]) -> JSONObject {
        var object = operations
        if !path.isEmpty {
            object["parameters"] = .array(
                path.map { name in
                    parameter(
                        Parameter(
                            name: name, type: "string",
                            description: name == "name" ? "Name of the object." : "The object's namespace."),
                        place: "path")
                })
        }
        return object
    }

    private func operations(
        _ resource: APIResource, verbs: [String], kind: GroupVersionKind, suffix: String
    ) -> JSONObject {
        var result = JSONObject()
        for verb in verbs {
            guard let (method, action) = Self.method(verb) else { continue }
            var operation: JSONObject = [
                "operationId": .string(operationID(verb, resource, suffix)), "tags": .array([.string(tag(resource))]),
                "x-kubernetes-action": .string(action), "x-kubernetes-group-version-kind": OpenAPISchema.kind(kind),
                "parameters": .array(parameters(verb).map { parameter($0, place: "query") }),
            ]
            body(verb, resource: resource, kind: kind, isSubresource: !suffix.isEmpty && verb != "list", &operation)
            result[method] = .object(operation)
        }
        return result
    }

    private static func method(_ verb: String) -> (method: String, action: String)? {
        switch verb {
        case "get": ("get", "get")
        case "list": ("get", "list")
        case "create": ("post", "post")
        case "update": ("put", "put")
        case "patch": ("patch", "patch")
        case "delete": ("delete", "delete")
        case "deletecollection": ("delete", "deletecollection")
        default: nil
        }
    }

    private func tag(_ resource: APIResource) -> String {
        let group = resource.gvr.group.isEmpty ? "core" : String(resource.gvr.group.prefix { $0 != "." })
        return "\(group)_\(resource.gvr.version)"
    }

    private func operationID(_ verb: String, _ resource: APIResource, _ suffix: String) -> String {
        let words: [String: String] = [
            "get": "read", "update": "replace", "deletecollection": "deleteCollection",
        ]
        let parts = tag(resource).split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        let scope = resource.isNamespaced && suffix != "ForAllNamespaces" ? "Namespaced" : ""
        let name =
            suffix.isEmpty || suffix == "ForAllNamespaces"
            ? suffix : suffix.prefix(1).uppercased() + suffix.dropFirst()
        return "\(words[verb] ?? verb)\(parts)\(scope)\(resource.gvk.kind)\(name)"
    }

    private func parameters(_ verb: String) -> [Parameter] {
        switch verb {
        case "list": Self.listParameters
        case "create", "update": Self.writeParameters
        case "patch": Self.writeParameters + [Self.force]
        case "delete": Self.deleteParameters
        case "deletecollection": Self.listParameters + Self.deleteParameters
        default: []
        }
    }

    private func parameter(_ parameter: Parameter, place: String) -> JSON {
        var object: JSONObject = [
            "name": .string(parameter.name), "in": .string(place), "description": .string(parameter.description),
        ]
        switch version {
        case .v2: object["type"] = .string(parameter.type)
        case .v3: object["schema"] = ["type": .string(parameter.type)]
        }
        if version == .v2 || place == "query" { object["uniqueItems"] = true }
        if place == "path" { object["required"] = true }
        return .object(object)
    }

    private func body(
        _ verb: String, resource: APIResource, kind: GroupVersionKind, isSubresource: Bool,
        _ operation: inout JSONObject
    ) {
        let definition =
            isSubresource
            ? Self.definition(of: kind, resource) : resource.schema.definition
        let status = "io.k8s.apimachinery.pkg.apis.meta.v1.Status"
        let name: String?
        switch verb {
        case "list":
            name = Self.definition(of: resource.listKind, resource)
        case "delete", "deletecollection":
            name = status
        default:
            name = definition
        }
        let sends = ["create", "update", "patch"].contains(verb)
        let schema = name.map { JSON.object(["$ref": .string(version.referencePrefix + $0)]) }
        var ok: JSONObject = ["description": "OK"]
        switch version {
        case .v2:
            if let schema { ok["schema"] = schema }
            operation["consumes"] =
                verb == "patch"
                ? .array(Registry.PatchType.accepted(isCustom: resource.isCustom).map(JSON.string)) : ["*/*"]
            operation["produces"] = ["application/json", "application/yaml"]
            if sends, let definition {
                let body: JSON = [
                    "name": "body", "in": "body", "required": true,
                    "schema": ["$ref": .string(version.referencePrefix + definition)],
                ]
                operation["parameters"] = .array((operation["parameters"]?.arrayValue ?? []) + [body])
            }
        case .v3:
            if let schema { ok["content"] = ["application/json": ["schema": schema]] }
            if sends, let definition {
                let content: JSON = ["schema": ["$ref": .string(version.referencePrefix + definition)]]
                let types =
                    verb == "patch" ? Registry.PatchType.accepted(isCustom: resource.isCustom) : ["*/*"]
                operation["requestBody"] = [
                    "required": true, "content": .object(JSONObject(types.map { ($0, content) })),
                ]
            }
        }
        operation["responses"] = ["200": .object(ok), "401": ["description": "Unauthorized"]]
    }

    private static func definition(of kind: GroupVersionKind, _ resource: APIResource) -> String? {
        if let schema = BuiltinSchemas.schema(kind: kind) { return schema.definition }
        return resource.isCustom ? CustomModel.name(kind) : nil
    }

    /// The schemas that operations of this resource name.
    static func roots(of served: ResourceCatalog.Served) -> [Schema] {
        var kinds = [served.resource.gvk, served.resource.listKind]
        kinds += served.discovered.map(\.kind)
        return kinds.compactMap { BuiltinSchemas.schema(kind: $0) }
            + ["DeleteOptions", "Status", "ObjectMeta", "ListMeta"].compactMap {
                BuiltinSchemas.schema(definition: "io.k8s.apimachinery.pkg.apis.meta.v1.\($0)")
            }
    }
}
