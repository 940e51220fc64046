import Client
import KubeAPI
import Machinery
import Synchronization

/// Finds the `scale` of objects of any kind, by way of discovery.
///
/// What a kind's resource is called is asked once and kept; a kind that is not found is asked for again, since custom
/// resources come any time.
final class ScaleFinder: Sendable {
    struct Target: Sendable {
        let resource: GroupVersionResource
        let hasScale: Bool
    }

    private static let maximumCached = 1000
    private let client: Client
    private let known = Mutex<[GroupVersionKind: Target]>([:])

    init(client: Client) {
        self.client = client
    }

    /// The resource of a kind; `nil` when it is not served.
    func target(of kind: GroupVersionKind) async throws(StatusError) -> Target? {
        if let target = known.withLock({ $0[kind] }), target.hasScale { return target }
        guard let (version, served) = try await served(kind),
            let entry = served.first(where: { $0.kind == kind.kind && !$0.name.contains("/") })
        else { return nil }
        let target = Target(
            resource: GroupVersionResource(group: kind.group, version: version, resource: entry.name),
            hasScale: served.contains { $0.name == entry.name + "/scale" })
        known.withLock { known in
            if known.count >= Self.maximumCached { known.removeAll() }
            known[kind] = target
        }
        return target
    }

    /// What is served of a kind's version, or of the one its group prefers when that version is no more.
    private func served(
        _ kind: GroupVersionKind
    ) async throws(StatusError) -> (version: String, entries: [MetaAPIResource])? {
        if let entries = try await entries(kind.group, kind.version) { return (kind.version, entries) }
        guard !kind.group.isEmpty, let preferred = try await preferredVersion(of: kind.group) else { return nil }
        return try await entries(kind.group, preferred).map { (preferred, $0) }
    }

    private func entries(_ group: String, _ version: String) async throws(StatusError) -> [MetaAPIResource]? {
        do throws(StatusError) {
            return try await client.servedEntries(of: GroupVersion(group: group, version: version))
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    private func preferredVersion(of group: String) async throws(StatusError) -> String? {
        do throws(StatusError) {
            return APIGroup(json: try await client.get(path: ["apis", group])).preferredVersion?.version
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    func get(_ resource: GroupVersionResource, _ key: ObjectKey) async throws(StatusError) -> Scale {
        Scale(json: try await client.resource(resource).get(key, subresource: "scale"))
    }

    func update(
        _ resource: GroupVersionResource, _ key: ObjectKey, _ scale: Scale
    ) async throws(StatusError) -> Scale {
        Scale(json: try await client.resource(resource).update(scale.json, key, subresource: "scale"))
    }
}
