import KubeAPI
import Machinery

/// A resource as discovery tells it.
package struct ServedResource: Hashable, Sendable {
    package let resource: GroupVersionResource
    package let kind: GroupVersionKind
    package let isNamespaced: Bool
    package let verbs: Set<String>

    package init(
        resource: GroupVersionResource, kind: GroupVersionKind, isNamespaced: Bool, verbs: Set<String>
    ) {
        self.resource = resource
        self.kind = kind
        self.isNamespaced = isNamespaced
        self.verbs = verbs
    }
}

/// What a server serves, as far as it could be asked.
package struct ServedResources: Sendable {
    /// Without subresources.
    package var resources: [ServedResource] = []
    /// Group versions that did not answer (an aggregated API that is down), with the reason.
    package var failures: [(groupVersion: GroupVersion, error: StatusError)] = []
}

extension Client {
    /// Asks discovery for all resources, each in the version its group prefers.
    ///
    /// - Parameter allVersions: list every version of a group, not only the preferred one.
    /// - Throws: when the list of groups itself cannot be had; a single group's failure is part of the result.
    package func servedResources(allVersions: Bool = false) async throws(StatusError) -> ServedResources {
        var versions: [GroupVersion] = []
        let core = APIVersions(json: try await transport.exchange(APIRequest(method: "GET", path: "/api")))
        for version in core.versions { versions.append(GroupVersion(group: "", version: version)) }
        let groups = APIGroupList(json: try await transport.exchange(APIRequest(method: "GET", path: "/apis")))
        for group in groups.groups {
            let all = group.versions.map(\.groupVersion)
            let chosen = allVersions ? all : [group.preferredVersion?.groupVersion ?? all.first].compactMap { $0 }
            versions += chosen.compactMap(GroupVersion.init(apiVersion:))
        }
        var served = ServedResources()
        for version in versions {
            do throws(StatusError) {
                served.resources += try await resources(of: version)
            } catch {
                served.failures.append((version, error))
            }
        }
        return served
    }

    /// What discovery lists of a group version, subresources included.
    package func servedEntries(of version: GroupVersion) async throws(StatusError) -> [MetaAPIResource] {
        let path = ResourcePath.group(version)
        return APIResourceList(json: try await transport.exchange(APIRequest(method: "GET", path: path))).resources
    }

    private func resources(of version: GroupVersion) async throws(StatusError) -> [ServedResource] {
        try await servedEntries(of: version).filter { !$0.name.contains("/") }.map { entry in
            ServedResource(
                resource: GroupVersionResource(group: version.group, version: version.version, resource: entry.name),
                kind: GroupVersionKind(group: version.group, version: version.version, kind: entry.kind),
                isNamespaced: entry.namespaced, verbs: Set(entry.verbs))
        }
    }
}
