import KubeSchemas
import Machinery

/// Definitions of OpenAPI documents of version 2, and what refers to them.
enum SwaggerDefinitions {
    private static let prefix = "#/definitions/"

    /// Those that something refers to, by itself or by others.
    static func reachable(from root: JSON, in all: JSONObject) -> JSONObject {
        var found = JSONObject()
        var waiting = references(in: root)
        while let name = waiting.popLast() {
            guard found[name] == nil, let definition = all[name] else { continue }
            found[name] = definition
            waiting += references(in: definition)
        }
        return found
    }

    private static func references(in value: JSON) -> [String] {
        switch value {
        case .object(let object):
            return object.members.flatMap { member -> [String] in
                guard member.key == "$ref", let text = member.value.stringValue, text.hasPrefix(prefix) else {
                    return references(in: member.value)
                }
                return [String(text.dropFirst(prefix.count))]
            }
        case .array(let elements):
            return elements.flatMap(references)
        case .null, .bool, .int, .double, .string:
            return []
        }
    }

    /// Puts the documents of several servers together with what this server has. A definition whose name another one
    /// has goes by a name with a number behind it, as kube-aggregator does; equal ones are one.
    static func merge(_ documents: [RemoteOpenAPI]) -> (paths: JSONObject, definitions: JSONObject) {
        var paths = JSONObject()
        var definitions = JSONObject()
        var origins: [String: JSON] = [:]
        for document in documents {
            var names: [String: String] = [:]
            for (name, definition) in document.definitions {
                let free = freeName(name) { candidate in
                    origins[candidate] == definition || definitions[candidate] == nil && !isOurs(candidate)
                }
                origins[free] = definition
                if free != name { names[name] = free }
            }
            for (name, definition) in document.definitions {
                definitions[names[name] ?? name] = renamed(definition, names)
            }
            for (path, item) in document.paths where paths[path] == nil { paths[path] = renamed(item, names) }
        }
        return (paths, definitions)
    }

    private static func freeName(_ name: String, isFree: (String) -> Bool) -> String {
        var candidate = name
        var number = 1
        while !isFree(candidate) {
            number += 1
            candidate = "\(name)_v\(number)"
        }
        return candidate
    }

    private static func isOurs(_ name: String) -> Bool {
        BuiltinSchemas.schema(definition: name) != nil || OpenAPISchema.opaque[name] != nil
    }

    private static func renamed(_ value: JSON, _ names: [String: String]) -> JSON {
        guard !names.isEmpty else { return value }
        switch value {
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.map { member -> (String, JSON) in
                        if member.key == "$ref", let text = member.value.stringValue, text.hasPrefix(prefix),
                            let other = names[String(text.dropFirst(prefix.count))]
                        {
                            return (member.key, .string(prefix + other))
                        }
                        return (member.key, renamed(member.value, names))
                    }))
        case .array(let elements):
            return .array(elements.map { renamed($0, names) })
        case .null, .bool, .int, .double, .string:
            return value
        }
    }
}
