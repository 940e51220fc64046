import Machinery

/// What extension servers serve at one moment, and the order of all groups. A value: what changes is a new one.
struct AggregatedAPIs: Hashable, Sendable {
    /// A group version of an extension server, as far as it told of itself.
    struct Version: Hashable, Sendable {
        var service: AggregatedService
        var discovery = RemoteDiscovery()
        var openAPI = RemoteOpenAPI()
    }

    var priorities = APIPriorities()
    var versions: [GroupVersion: Version] = [:]

    /// Who answers a request, when this server does not.
    func version(for info: RequestInfo) -> Version? {
        guard !versions.isEmpty else { return nil }
        if info.isResourceRequest { return versions[GroupVersion(group: info.apiGroup, version: info.apiVersion)] }
        return Self.groupVersion(of: info.path).flatMap { versions[$0] }
    }

    /// The group version of `/apis/GROUP/VERSION` or `/api/VERSION`, and of its OpenAPI document when `prefix` is that
    /// of those.
    static func groupVersion(of path: String, under prefix: String = "/") -> GroupVersion? {
        guard path.hasPrefix(prefix) else { return nil }
        let parts = path.dropFirst(prefix.count).split(separator: "/").map(String.init)
        switch (parts.first, parts.count) {
        case ("api", 2): return GroupVersion(group: "", version: parts[1])
        case ("apis", 3): return GroupVersion(group: parts[1], version: parts[2])
        default: return nil
        }
    }
}
