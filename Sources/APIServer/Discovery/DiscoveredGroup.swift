import Machinery

/// A group as discovery tells of it: what this server serves of it, and what extension servers do.
struct DiscoveredGroup: Sendable {
    let name: String
    let local: CatalogGroup?
    /// The versions that extension servers serve.
    let remote: [String: AggregatedAPIs.Version]
    /// In the order of preference.
    let versions: [String]

    /// All groups in the order of preference.
    static func all(_ catalog: ResourceCatalog, _ aggregated: AggregatedAPIs) -> [DiscoveredGroup] {
        var remote: [String: [String: AggregatedAPIs.Version]] = [:]
        for (version, entry) in aggregated.versions { remote[version.group, default: [:]][version.version] = entry }
        let names = Set(catalog.groups.map(\.name)).union(remote.keys)
        let priorities = aggregated.priorities
        return names.sorted { priorities.precedes(group: $0, $1) }.map { name in
            DiscoveredGroup(name, local: catalog.group(name), remote: remote[name] ?? [:], priorities)
        }
    }

    private init(
        _ name: String, local: CatalogGroup?, remote: [String: AggregatedAPIs.Version], _ priorities: APIPriorities
    ) {
        self.name = name
        self.local = local
        self.remote = remote
        versions = Set(local?.versions ?? []).union(remote.keys).sorted { priorities.precedes($0, $1, in: name) }
    }

    /// A document of the group: one that is told by what is served here alone is made once for as long as that stays.
    func document(_ key: String, make: () -> [UInt8]) -> [UInt8] {
        guard remote.isEmpty, let local, local.versions == versions else { return make() }
        return local.document(key, make: make)
    }
}
