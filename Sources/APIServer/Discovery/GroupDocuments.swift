import KubeSchemas
import Machinery

/// What discovery tells of one group.
enum GroupDocuments {
    static func group(_ group: DiscoveredGroup, withKind: Bool) -> JSONObject {
        let versions = group.versions.map { version -> JSON in
            ["groupVersion": .string("\(group.name)/\(version)"), "version": .string(version)]
        }
        var object: JSONObject = [
            "name": .string(group.name), "versions": .array(versions), "preferredVersion": versions.first ?? .null,
        ]
        if withKind {
            object["kind"] = "APIGroup"
            object["apiVersion"] = "v1"
        }
        return object
    }

    static func resourceList(_ group: CatalogGroup, _ version: String) -> JSONObject {
        let groupVersion = GroupVersion(group: group.name, version: version)
        var resources: [JSON] = []
        for served in group.served(in: version) {
            let resource = served.resource
            var entry: JSONObject = [
                "name": .string(resource.gvr.resource), "singularName": .string(resource.singularName),
                "namespaced": .bool(resource.isNamespaced), "kind": .string(resource.gvk.kind),
                "verbs": .array(resource.verbs.map(JSON.string)),
            ]
            entry.set("shortNames", resource.shortNames)
            entry.set("categories", resource.categories)
            resources.append(.object(entry))
            for subresource in served.discovered {
                var entry: JSONObject = [
                    "name": .string("\(resource.gvr.resource)/\(subresource.name)"), "singularName": "",
                    "namespaced": .bool(resource.isNamespaced), "kind": .string(subresource.kind.kind),
                    "verbs": .array(subresource.verbs.map(JSON.string)),
                ]
                if subresource.kind.groupVersion != groupVersion {
                    entry["group"] = .string(subresource.kind.group)
                    entry["version"] = .string(subresource.kind.version)
                }
                resources.append(.object(entry))
            }
        }
        return [
            "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .string(groupVersion.apiVersion),
            "resources": .array(resources),
        ]
    }

    static func aggregated(_ group: DiscoveredGroup) -> JSONObject {
        let versions = group.versions.map { version -> JSON in
            if let remote = group.remote[version] { return remote.discovery.entry(version) }
            let served = group.local?.served(in: version) ?? []
            return [
                "version": .string(version), "freshness": "Current",
                "resources": .array(served.map { .object(aggregatedResource($0)) }),
            ]
        }
        var metadata = JSONObject()
        metadata.set("name", group.name.isEmpty ? nil : group.name)
        return ["metadata": .object(metadata), "versions": .array(versions)]
    }

    private static func aggregatedResource(_ served: ResourceCatalog.Served) -> JSONObject {
        let resource = served.resource
        var entry: JSONObject = [
            "resource": .string(resource.gvr.resource), "singularResource": .string(resource.singularName),
            "scope": resource.isNamespaced ? "Namespaced" : "Cluster", "responseKind": responseKind(resource.gvk),
            "verbs": .array(resource.verbs.map(JSON.string)),
        ]
        entry.set("shortNames", resource.shortNames)
        entry.set("categories", resource.categories)
        let subresources = served.discovered.map { subresource -> JSON in
            [
                "subresource": .string(subresource.name), "responseKind": responseKind(subresource.kind),
                "verbs": .array(subresource.verbs.map(JSON.string)),
            ]
        }
        if !subresources.isEmpty { entry["subresources"] = .array(subresources) }
        return entry
    }

    private static func responseKind(_ kind: GroupVersionKind) -> JSON {
        ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)]
    }
}
