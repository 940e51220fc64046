import KubeSchemas
import Machinery

/// Derives typed models from schemas: per structured type a view over the JSON tree with one accessor per field.
struct ModelGenerator {
    struct File {
        let name: String
        let text: String
    }

    /// The packages that get typed models: those the product's own loops work with.
    private static let packages = [
        "io.k8s.apimachinery.pkg.apis.meta.v1", "io.k8s.api.core.v1", "io.k8s.api.apps.v1", "io.k8s.api.batch.v1",
        "io.k8s.api.rbac.v1", "io.k8s.api.authentication.v1", "io.k8s.api.authorization.v1",
        "io.k8s.api.autoscaling.v2", "io.k8s.api.autoscaling.v1", "io.k8s.api.certificates.v1",
        "io.k8s.api.coordination.v1",
        "io.k8s.api.discovery.v1", "io.k8s.api.events.v1", "io.k8s.api.policy.v1", "io.k8s.api.scheduling.v1",
        "io.k8s.api.node.v1", "io.k8s.api.networking.v1", "io.k8s.api.storage.v1",
        "io.k8s.api.admissionregistration.v1", "io.k8s.api.resource.v1", "io.k8s.api.flowcontrol.v1",
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1", "io.k8s.api.certificates.v1beta1",
        "io.k8s.api.coordination.v1beta1", "io.k8s.api.apiserverinternal.v1alpha1",
        "io.k8s.api.storagemigration.v1beta1", "io.k8s.api.scheduling.v1alpha2", "io.k8s.api.resource.v1alpha3",
        "io.k8s.metrics.pkg.apis.metrics.v1beta1",
    ]

    private static let keywords: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum", "extension",
        "fallthrough", "false", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let",
        "nil", "operator", "private", "protocol", "public", "repeat", "return", "self", "static", "struct", "subscript",
        "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// Members of kinds and templates that read as empty rather than absent.
    private static let alwaysPresent: Set<String> = ["metadata", "spec", "status"]

    private let definitions: [String]
    /// Swift names by definition: the plain name, or with its group in front where an earlier type has that name.
    private let names: [String: String]

    /// Where definitions are looked up.
    private let schema: (String) -> Schema?
    /// For messages: where their schemas are found in code, such as `MessageSchemas.runtimeV1`.
    private let messageCatalog: String?
    /// Whether descriptions become comments: those of the API are long, meant for its users, and would only be written
    /// down twice.
    private var describes: Bool { messageCatalog != nil }

    /// Messages of one package.
    init(messages: MessageSchemas, catalog: String) {
        definitions = messages.order
        schema = messages.schema
        messageCatalog = catalog
        names = Dictionary(
            uniqueKeysWithValues: messages.order.map { ($0, String($0.dropFirst(messages.prefix.count + 1))) })
    }

    /// The built-in API.
    init() {
        schema = BuiltinSchemas.schema(definition:)
        messageCatalog = nil
        definitions = BuiltinSchemas.definitions.filter { definition in
            Self.packages.contains {
                definition.hasPrefix($0 + ".") && !definition.dropFirst($0.count + 1).contains(".")
            }
        }
        var names: [String: String] = [:]
        // Names that the machinery gives to values rather than wire forms.
        var taken: Set<String> = [
            "APIResource", "GroupVersionKind", "GroupVersionResource", "GroupResource", "IPAddress", "CIDR",
        ]
        for definition in definitions {
            let parts = definition.split(separator: ".").map(String.init)
            let plain = parts[parts.count - 1]
            let name = taken.contains(plain) ? parts[parts.count - 3].capitalizedFirst + plain : plain
            taken.insert(name)
            names[definition] = name
        }
        self.names = names
    }

    func files() -> [File] {
        Self.packages.map { package in
            let parts = package.split(separator: ".").map(String.init)
            let title = parts[parts.count - 2].capitalizedFirst + parts[parts.count - 1].capitalizedFirst
            var text = "// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.\n"
            text += "// swift-format-ignore-file\n\nimport Machinery\n"
            for definition in definitions where definition.hasPrefix(package + ".") {
                guard let schema = schema(definition), let name = names[definition] else {
                    continue
                }
                text += "\n" + model(schema, name: name)
            }
            return File(name: title + ".swift", text: text)
        }
    }

    /// One file with the messages inside a namespace enumeration, so that `Container` stays the API's.
    func messageFile(namespace: String) -> File {
        var text = "// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.\n"
        text += "// swift-format-ignore-file\n\nimport KubeSchemas\nimport Machinery\n\nextension \(namespace) {\n"
        for definition in definitions {
            guard let schema = schema(definition), let name = names[definition] else { continue }
            text += model(schema, name: name)
        }
        return File(name: namespace + ".swift", text: text + "}\n")
    }

    private func model(_ schema: Schema, name: String) -> String {
        var text = ""
        if describes, !schema.documentation.isEmpty { text += "/// \(schema.documentation)\n" }
        let resource = BuiltinSchemas.resources.first { $0.schema === schema }
        let conformance = messageCatalog != nil ? "MessageView" : resource == nil ? "JSONView" : "KubeObject"
        text += "package struct \(name): \(conformance) {\n"
        if let messageCatalog {
            text += "    package static let schema = \(messageCatalog).message(\"\(name)\")\n"
        }
        if let resource {
            let gvk = resource.gvk
            let gvr = resource.gvr
            text += "    package static let kind = GroupVersionKind(group: \"\(gvk.group)\", "
            text += "version: \"\(gvk.version)\", kind: \"\(gvk.kind)\")\n"
            text += "    package static let resource = GroupVersionResource(group: \"\(gvr.group)\", "
            text += "version: \"\(gvr.version)\", resource: \"\(gvr.resource)\")\n"
            text += "    package static let isNamespaced = \(resource.isNamespaced)\n"
        }
        text += "    package var json: JSONObject\n    package init(json: JSONObject) { self.json = json }\n"
        for field in schema.fields { text += accessor(field) }
        return text + "}\n"
    }

    private func accessor(_ field: SchemaField) -> String {
        let identifier = Self.keywords.contains(field.name) ? "`\(field.name)`" : field.name
        guard !field.name.contains("-"), !field.name.contains("$") else { return "" }
        let key = "\"\(field.name)\""
        func property(_ type: String, get: String, set: String) -> String {
            let documentation = !describes || field.documentation.isEmpty ? "" : "    /// \(field.documentation)\n"
            return documentation
                + "    package var \(identifier): \(type) { get { \(get) } set { \(set) } }\n"
        }
        func scalar(_ type: String, _ reader: String, zero: String, setter: String = "set") -> String {
            let read = "json.\(reader)(\(key))"
            return field.isRequired
                ? property(type, get: "\(read) ?? \(zero)", set: "json.\(setter)(\(key), Optional(newValue))")
                : property("\(type)?", get: read, set: "json.\(setter)(\(key), newValue)")
        }
        func value(_ type: String, _ reader: String, setter: String = "set") -> String {
            property("\(type)?", get: "json.\(reader)(\(key))", set: "json.\(setter)(\(key), newValue)")
        }
        switch field.type {
        case .string, .bytes: return scalar("String", "string", zero: "\"\"")
        case .duration: return scalar("String", "string", zero: "\"\"")
        case .int32: return scalar("Int32", "int32", zero: "0")
        case .int64: return scalar("Int64", "int64", zero: "0")
        case .bool: return scalar("Bool", "bool", zero: "false")
        case .double: return scalar("Double", "double", zero: "0")
        case .quantity: return value("Quantity", "quantity")
        case .time: return value("Timestamp", "time", setter: "setTime")
        case .microTime: return value("Timestamp", "microTime", setter: "setMicroTime")
        case .intOrString: return value("IntOrString", "intOrString")
        case .any: return property("JSON?", get: "json[\(key)]", set: "json[\(key)] = newValue")
        case .object(let reference):
            guard let type = names[reference.definition] else {
                return property("JSON?", get: "json[\(key)]", set: "json[\(key)] = newValue")
            }
            if Self.alwaysPresent.contains(field.name) {
                return property(
                    type, get: "json.view(\(key)) ?? \(type)()",
                    set: "json.set(\(key), newValue.json.isEmpty ? nil : newValue)")
            }
            return field.isRequired
                ? property(type, get: "json.view(\(key)) ?? \(type)()", set: "json.set(\(key), Optional(newValue))")
                : property("\(type)?", get: "json.view(\(key))", set: "json.set(\(key), newValue)")
        case .list(let element, _): return list(of: element, key: key) { property($0, get: $1, set: $2) }
        case .map(let element, _): return map(of: element, key: key) { property($0, get: $1, set: $2) }
        }
    }

    private func list(of element: SchemaType, key: String, property: (String, String, String) -> String) -> String {
        switch element {
        case .string, .bytes: return property("[String]", "json.strings(\(key))", "json.set(\(key), newValue)")
        case .int32, .int64: return property("[Int64]", "json.integers(\(key))", "json.set(\(key), newValue)")
        case .object(let reference):
            guard let type = names[reference.definition] else { break }
            return property("[\(type)]", "json.views(\(key))", "json.set(\(key), newValue)")
        case .bool, .double, .quantity, .time, .microTime, .intOrString, .duration, .any, .list, .map: break
        }
        return property("[JSON]", "json.values(\(key))", "json.set(\(key), newValue)")
    }

    private func map(of element: SchemaType, key: String, property: (String, String, String) -> String) -> String {
        switch element {
        case .string, .bytes:
            return property("[String: String]", "json.stringMap(\(key))", "json.set(\(key), newValue)")
        case .quantity:
            return property("[String: Quantity]", "json.quantityMap(\(key))", "json.set(\(key), newValue)")
        case .object(let reference):
            guard let type = names[reference.definition] else { break }
            return property("[String: \(type)]", "json.viewMap(\(key))", "json.set(\(key), newValue)")
        case .int32, .int64, .bool, .double, .time, .microTime, .intOrString, .duration, .any, .list, .map: break
        }
        return property("JSON?", "json[\(key)]", "json[\(key)] = newValue")
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
