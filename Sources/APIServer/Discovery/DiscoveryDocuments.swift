import KubeSchemas
import Machinery

/// The discovery documents, legacy and aggregated, derived from what is served and encoded once.
package struct DiscoveryDocuments: Sendable {
    /// Group versions with several versions are preferred in this order of stability.
    private struct Group {
        let name: String
        var versions: [String]
    }

    private let legacy: [String: [UInt8]]
    private let aggregated: [String: [UInt8]]

    package init(_ catalog: ResourceCatalog, serverAddress: String) {
        var groups: [Group] = []
        for groupVersion in catalog.groupVersions {
            if let index = groups.firstIndex(where: { $0.name == groupVersion.group }) {
                groups[index].versions.append(groupVersion.version)
            } else {
                groups.append(Group(name: groupVersion.group, versions: [groupVersion.version]))
            }
        }
        var legacy: [String: [UInt8]] = [:]
        var aggregated: [String: [UInt8]] = [:]
        let core = groups.filter { $0.name.isEmpty }
        let named = groups.filter { !$0.name.isEmpty }
        legacy["/api"] = Self.apiVersions(core, serverAddress: serverAddress).encoded()
        legacy["/apis"] = Self.groupList(named).encoded()
        aggregated["/api"] = Self.aggregatedList(core, catalog).encoded()
        aggregated["/apis"] = Self.aggregatedList(named, catalog).encoded()
        for group in groups {
            if !group.name.isEmpty { legacy["/apis/\(group.name)"] = Self.group(group, withKind: true).encoded() }
            for version in group.versions {
                let groupVersion = GroupVersion(group: group.name, version: version)
                let path = group.name.isEmpty ? "/api/\(version)" : "/apis/\(groupVersion.apiVersion)"
                legacy[path] = Self.resourceList(groupVersion, catalog).encoded()
            }
        }
        self.legacy = legacy
        self.aggregated = aggregated
    }

    static let aggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

    func response(path: String, accept: String) -> ServerResponse? {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        if accept.contains("as=APIGroupDiscoveryList"),
            accept.contains("v=v2;") || accept.hasSuffix("v=v2")
                || accept.contains("v=v2,"), let bytes = aggregated[path]
        {
            return ServerResponse(contentType: Self.aggregatedType, body: .bytes(bytes))
        }
        return legacy[path].map { .json($0) }
    }

    private static func apiVersions(_ core: [Group], serverAddress: String) -> JSONObject {
        [
            "kind": "APIVersions", "versions": .array(core.flatMap(\.versions).map(JSON.string)),
            "serverAddressByClientCIDRs": [
                ["clientCIDR": "0.0.0.0/0", "serverAddress": .string(serverAddress)]
            ],
        ]
    }

    private static func groupList(_ groups: [Group]) -> JSONObject {
        [
            "kind": "APIGroupList", "apiVersion": "v1",
            "groups": .array(groups.map { .object(group($0, withKind: false)) }),
        ]
    }

    private static func group(_ group: Group, withKind: Bool) -> JSONObject {
        let versions = group.versions.map { version -> JSON in
            ["groupVersion": .string("\(group.name)/\(version)"), "version": .string(version)]
        }
        var object: JSONObject = [
            "name": .string(group.name), "versions": .array(versions), "preferredVersion": versions[0],
        ]
        if withKind {
            object["kind"] = "APIGroup"
            object["apiVersion"] = "v1"
        }
        return object
    }

    private static func resourceList(_ groupVersion: GroupVersion, _ catalog: ResourceCatalog) -> JSONObject {
        var resources: [JSON] = []
        for served in catalog.all where served.resource.gvr.groupVersion == groupVersion {
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

    private static func aggregatedList(_ groups: [Group], _ catalog: ResourceCatalog) -> JSONObject {
        let items = groups.map { group -> JSON in
            let versions = group.versions.map { version -> JSON in
                let groupVersion = GroupVersion(group: group.name, version: version)
                let served = catalog.all.filter { $0.resource.gvr.groupVersion == groupVersion }
                return [
                    "version": .string(version), "freshness": "Current",
                    "resources": .array(served.map { .object(aggregatedResource($0)) }),
                ]
            }
            var metadata = JSONObject()
            metadata.set("name", group.name.isEmpty ? nil : group.name)
            return ["metadata": .object(metadata), "versions": .array(versions)]
        }
        return [
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": .object(JSONObject()),
            "items": .array(items),
        ]
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
