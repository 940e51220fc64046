import KubeSchemas
import Machinery
import Synchronization

/// What the server serves at one moment: resources and the documents that tell of them.
package final class ServedAPI: Sendable {
    package let resources: ResourceCatalog
    /// What extension servers serve.
    let aggregated: AggregatedAPIs
    let discovery: DiscoveryDocuments
    let openAPI: OpenAPIDocuments

    init(
        _ resources: ResourceCatalog, serverAddress: String, aggregated: AggregatedAPIs, openAPI: OpenAPIDocuments
    ) {
        self.resources = resources
        self.aggregated = aggregated
        discovery = DiscoveryDocuments(
            resources, aggregated: aggregated, serverAddress: serverAddress)
        self.openAPI = openAPI
    }
}

/// The catalog that changes while the server runs: resources come and go with their definitions.
///
/// A request takes `current` once, under a lock held for no longer than it takes to copy a reference, and keeps it: it
/// sees one state, whatever happens meanwhile. A change is seen by every request that begins after `set` returned.
package final class LiveCatalog: Sendable {
    private struct State {
        var current: ServedAPI
        /// What was added, by who added it.
        var added: [String: [ResourceCatalog.Served]] = [:]
        /// Which of them are in a group, in the order of their names.
        var owners: [String: Set<String>] = [:]
    }

    private let serverAddress: String
    private let state: Mutex<State>

    package init(_ builtin: ResourceCatalog, serverAddress: String, version: String) {
        self.serverAddress = serverAddress
        state = Mutex(
            State(
                current: ServedAPI(
                    builtin, serverAddress: serverAddress, aggregated: AggregatedAPIs(),
                    openAPI: OpenAPIDocuments(builtin, version: version))))
    }

    package var current: ServedAPI { state.withLock { $0.current } }

    /// Serves what an owner (a definition's name) has, in the place of what it had; nothing ends it.
    func set(_ parts: [String: [ResourceCatalog.Served]]) {
        state.withLock { state in
            var touched: Set<String> = []
            for (owner, served) in parts {
                for entry in state.added[owner] ?? [] {
                    touched.insert(entry.resource.gvr.group)
                    state.owners[entry.resource.gvr.group]?.remove(owner)
                }
                state.added[owner] = served.isEmpty ? nil : served
                for entry in served {
                    touched.insert(entry.resource.gvr.group)
                    state.owners[entry.resource.gvr.group, default: []].insert(owner)
                }
            }
            var groups: [String: [ResourceCatalog.Served]] = [:]
            for group in touched {
                groups[group] = (state.owners[group] ?? []).sorted().flatMap { owner in
                    (state.added[owner] ?? []).filter { $0.resource.gvr.group == group }
                }
            }
            guard !groups.isEmpty else { return }
            let resources = state.current.resources.adding(groups)
            replace(&state, resources, state.current.aggregated)
        }
    }

    /// Routes requests to extension servers, and tells of them.
    func set(_ aggregated: AggregatedAPIs) {
        state.withLock { state in
            guard state.current.aggregated != aggregated else { return }
            replace(&state, state.current.resources, aggregated)
        }
    }

    private func replace(_ state: inout State, _ resources: ResourceCatalog, _ aggregated: AggregatedAPIs) {
        state.current = ServedAPI(
            resources, serverAddress: serverAddress, aggregated: aggregated,
            openAPI: state.current.openAPI.following(resources, aggregated))
    }
}
