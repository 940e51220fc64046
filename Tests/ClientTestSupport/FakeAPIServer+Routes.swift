import Client
import KubeAPI
import KubeSchemas
import Machinery

/// What a path addresses.
struct Route {
    let resource: KubeSchemas.APIResource
    let namespace: String?
    let name: String?
    let subresource: String?

    var key: ObjectKey { ObjectKey(namespace: namespace ?? "", name: name ?? "") }
}

extension FakeAPIServer {
    func handle(_ request: APIRequest) throws(StatusError) -> JSONObject {
        if let answer = discovery(request.path) { return answer }
        let route = try route(request.path)
        let body = try body(of: request)
        switch (request.method, route.name) {
        case ("GET", nil): return try list(route, request)
        case ("GET", .some) where route.subresource == "scale": return Self.scale(of: try get(route))
        case ("PUT", .some) where route.subresource == "scale": return try setScale(route, body)
        case ("GET", .some): return try get(route)
        case ("POST", nil): return try create(route, body)
        case ("POST", .some): return try post(route, body)
        case ("PUT", .some): return try update(route, body)
        case ("PATCH", .some): return try patch(route, request)
        case ("DELETE", .some): return try delete(route, DeleteOptions(json: body))
        case ("DELETE", nil): return try deleteCollection(route, request, DeleteOptions(json: body))
        default: throw StatusError.methodNotAllowed()
        }
    }

    func route(_ path: String) throws(StatusError) -> Route {
        var parts = path.split(separator: "/").map(String.init)
        let version: GroupVersion
        if parts.first == "api", parts.count >= 2 {
            version = GroupVersion(group: "", version: parts[1])
            parts.removeFirst(2)
        } else if parts.first == "apis", parts.count >= 3 {
            version = GroupVersion(group: parts[1], version: parts[2])
            parts.removeFirst(3)
        } else {
            throw StatusError.pathNotFound()
        }
        var namespace: String?
        if parts.count >= 3, parts[0] == "namespaces", !["status", "finalize"].contains(parts[2]) {
            namespace = parts[1]
            parts.removeFirst(2)
        }
        guard let plural = parts.first,
            let resource = resources[
                GroupVersionResource(group: version.group, version: version.version, resource: plural)]
        else { throw StatusError.pathNotFound() }
        return Route(
            resource: resource, namespace: namespace, name: parts.count > 1 ? parts[1] : nil,
            subresource: parts.count > 2 ? parts[2...].joined(separator: "/") : nil)
    }

    private func body(of request: APIRequest) throws(StatusError) -> JSONObject {
        guard !request.body.isEmpty, request.method != "PATCH" else { return JSONObject() }
        guard let value = try? JSON(parsing: request.body), case .object(let object) = value else {
            throw StatusError.badRequest("the body is no JSON object")
        }
        return object
    }

    private func get(_ route: Route) throws(StatusError) -> JSONObject {
        let found = state.withLock { $0.objects[route.resource.gvr]?[route.key] }
        guard let found else {
            throw StatusError.notFound(route.resource.gvr.groupResource, name: route.key.name)
        }
        return found
    }

    private static func scale(of object: JSONObject) -> JSONObject {
        let labels = object["spec"]?["selector"]?["matchLabels"]?.objectValue ?? JSONObject()
        let selector = labels.members.map { "\($0.key)=\($0.value.stringValue ?? "")" }.joined(separator: ",")
        return [
            "apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": object["metadata"] ?? .null,
            "spec": ["replicas": object["spec"]?["replicas"] ?? 0],
            "status": ["replicas": object["status"]?["replicas"] ?? 0, "selector": .string(selector)],
        ]
    }

    private func setScale(_ route: Route, _ body: JSONObject) throws(StatusError) -> JSONObject {
        let changed = try change(route.resource, route.key) { object in
            var spec = object["spec"]?.objectValue ?? JSONObject()
            spec["replicas"] = body["spec"]?["replicas"] ?? 0
            object["spec"] = .object(spec)
        }
        return Self.scale(of: changed)
    }

    private func list(_ route: Route, _ request: APIRequest) throws(StatusError) -> JSONObject {
        let filter = try ObjectFilter(namespace: route.namespace, query: request.query)
        let (all, revision, compacted) = state.withLock { state in
            (Array((state.objects[route.resource.gvr] ?? [:])), state.revision, state.compacted)
        }
        var items = all.filter { filter.matches($0.value) }.sorted { $0.key < $1.key }
        var version = String(revision)
        if let token = request.query.first(where: { $0.name == "continue" })?.value {
            // A token is the revision of the first page and the last key that was sent.
            let parts = token.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, let first = UInt64(parts[0]) else { throw StatusError.badRequest("bad token") }
            guard first >= compacted else { throw StatusError.expired("the continue token is too old") }
            version = parts[0]
            let after = ObjectKey(namespace: parts[1], name: parts[2])
            items = items.filter { after < $0.key }
        }
        var metadata: JSONObject = ["resourceVersion": .string(version)]
        if let limit = request.query.first(where: { $0.name == "limit" }).flatMap({ Int($0.value) }),
            items.count > limit, let last = items.prefix(limit).last?.key
        {
            items = Array(items.prefix(limit))
            metadata["continue"] = .string("\(version)|\(last.namespace)|\(last.name)")
        }
        return [
            "apiVersion": .string(route.resource.gvk.apiVersion), "kind": .string(route.resource.gvk.kind + "List"),
            "metadata": .object(metadata), "items": .array(items.map { .object($0.value) }),
        ]
    }

    private func discovery(_ path: String) -> JSONObject? {
        let versions = Set(resources.keys.map(\.groupVersion))
        switch path {
        case "/api": return ["kind": "APIVersions", "versions": ["v1"]]
        case "/apis":
            let groups = Set(versions.map(\.group)).subtracting([""]).sorted()
            return [
                "kind": "APIGroupList",
                "groups": .array(
                    groups.map { group in
                        let entries = versions.filter { $0.group == group }.sorted { $0.version < $1.version }
                            .map { version -> JSON in
                                ["groupVersion": .string(version.apiVersion), "version": .string(version.version)]
                            }
                        let stable = entries.first { $0["version"] == "v1" } ?? entries[0]
                        return ["name": .string(group), "versions": .array(entries), "preferredVersion": stable]
                    }),
            ]
        default:
            guard let version = versions.first(where: { path == Self.prefix(of: $0) }) else { return nil }
            let served = resources.values.filter { $0.gvr.groupVersion == version }.sorted {
                $0.gvr.resource < $1.gvr.resource
            }
            let scales = served.filter { $0.subresources.contains { $0.name == "scale" } }.map { resource -> JSON in
                ["name": .string(resource.gvr.resource + "/scale"), "kind": "Scale", "namespaced": true]
            }
            return [
                "kind": "APIResourceList", "groupVersion": .string(version.apiVersion),
                "resources": .array(
                    served.map { resource -> JSON in
                        [
                            "name": .string(resource.gvr.resource), "kind": .string(resource.gvk.kind),
                            "namespaced": .bool(resource.isNamespaced), "singularName": .string(resource.singularName),
                            "verbs": .array(resource.verbs.map { .string($0) }),
                        ]
                    } + scales),
            ]
        }
    }

    private static func prefix(of version: GroupVersion) -> String {
        version.group.isEmpty ? "/api/\(version.version)" : "/apis/\(version.group)/\(version.version)"
    }
}
