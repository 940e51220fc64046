import Client
import KubeAPI
import Machinery

/// One attempt at deleting everything in a namespace, and what it left.
struct NamespaceSweep: Sendable {
    /// Objects that are still there, by resource.
    private(set) var remaining: [(resource: Machinery.GroupResource, version: String, count: Int)] = []
    /// What they wait for, by finalizer.
    private(set) var finalizers: [String: Int] = [:]
    private(set) var discoveryErrors: [String] = []
    private(set) var deletionErrors: [String] = []
    /// The longest time a pod was given to end.
    private var longestGrace: Int64 = 0
    private(set) var error: StatusError?

    static func run(_ client: Client, namespace: String) async -> NamespaceSweep {
        var sweep = NamespaceSweep()
        let served: ServedResources
        do throws(StatusError) {
            served = try await client.servedResources()
        } catch {
            sweep.fail(error)
            sweep.discoveryErrors.append(error.message)
            return sweep
        }
        for failure in served.failures {
            sweep.discoveryErrors.append("\(failure.groupVersion): \(failure.error.message)")
            sweep.fail(failure.error)
        }
        let deletable = served.resources.filter { $0.isNamespaced && $0.verbs.contains("delete") }
        // Pods first: what they use must outlive them.
        let pods = deletable.filter { $0.resource.groupResource == Pod.resource.groupResource }
        for resource in pods { await sweep.empty(resource, client, namespace) }
        guard sweep.remaining.isEmpty else { return sweep }
        for resource in deletable where resource.resource.groupResource != Pod.resource.groupResource {
            await sweep.empty(resource, client, namespace)
        }
        return sweep
    }

    private mutating func fail(_ error: StatusError) {
        if self.error == nil { self.error = error }
    }

    private mutating func empty(_ served: ServedResource, _ client: Client, _ namespace: String) async {
        let resource = client.resource(served.resource).metadata
        do throws(StatusError) {
            var items: [JSONObject] = []
            if served.verbs.contains("list") {
                items = try await Self.all(resource, namespace)
                guard !items.isEmpty else { return }
            }
            var options = DeleteOptions()
            options.propagationPolicy = "Background"
            if served.verbs.contains("deletecollection") {
                try await resource.deleteCollection(namespace: namespace, options)
            } else {
                for item in items { try await Self.delete(item, resource, namespace, options) }
            }
            guard served.verbs.contains("list") else { return }
            note(try await Self.all(resource, namespace), of: served.resource)
        } catch {
            if error.isNotFound || error.reason == .methodNotAllowed { return }
            deletionErrors.append("\(served.resource.groupResource): \(error.message)")
            fail(error)
        }
    }

    private static func all(
        _ resource: ResourceClient, _ namespace: String
    ) async throws(StatusError) -> [JSONObject] {
        var options = ListOptions(namespace: namespace, limit: 500)
        var items: [JSONObject] = []
        while true {
            let page = try await resource.list(options)
            items += page.items
            guard let token = page.continueToken else { return items }
            options.continueToken = token
        }
    }

    private static func delete(
        _ item: JSONObject, _ resource: ResourceClient, _ namespace: String, _ options: DeleteOptions
    ) async throws(StatusError) {
        let name = item["metadata"]?["name"]?.stringValue ?? ""
        do throws(StatusError) {
            try await resource.delete(ObjectKey(namespace: namespace, name: name), options)
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    private mutating func note(_ items: [JSONObject], of resource: GroupVersionResource) {
        guard !items.isEmpty else { return }
        remaining.append((resource.groupResource, resource.version, items.count))
        for item in items {
            let metadata = ObjectMeta(item["metadata"])
            for finalizer in metadata.finalizers { finalizers[finalizer, default: 0] += 1 }
            if resource.groupResource == Pod.resource.groupResource {
                longestGrace = max(longestGrace, metadata.deletionGracePeriodSeconds ?? 0)
            }
        }
    }

    /// How long until it is worth another look; `nil` when nothing remains.
    var remainingWait: Duration? {
        guard !remaining.isEmpty else { return nil }
        return longestGrace > 0 ? .seconds(min(longestGrace / 2 + 1, 15)) : .seconds(1)
    }

    var conditions: [NamespaceConditions.Finding] {
        let left = remaining.map { "\($0.resource.resource).\($0.resource.group) has \($0.count) resource instances" }
        let waits = finalizers.sorted { $0.key < $1.key }.map { "\($0.key) in \($0.value) resource instances" }
        return [
            .init(
                type: "NamespaceDeletionDiscoveryFailure", isTrue: !discoveryErrors.isEmpty,
                reason: discoveryErrors.isEmpty ? "ResourcesDiscovered" : "DiscoveryFailed",
                message: discoveryErrors.isEmpty
                    ? "All resources successfully discovered"
                    : "Discovery failed for some groups, \(discoveryErrors.count) failing: "
                        + discoveryErrors.joined(separator: ", ")),
            .init(
                type: "NamespaceDeletionGroupVersionParsingFailure", isTrue: false, reason: "ParsedGroupVersions",
                message: "All legacy kube types successfully parsed"),
            .init(
                type: "NamespaceDeletionContentFailure", isTrue: !deletionErrors.isEmpty,
                reason: deletionErrors.isEmpty ? "ContentDeleted" : "ContentDeletionFailed",
                message: deletionErrors.isEmpty
                    ? "All content successfully deleted, may be waiting on finalization"
                    : "Failed to delete all resource types, \(deletionErrors.count) remaining: "
                        + deletionErrors.joined(separator: ", ")),
            .init(
                type: "NamespaceContentRemaining", isTrue: !left.isEmpty,
                reason: left.isEmpty ? "ContentRemoved" : "SomeResourcesRemain",
                message: left.isEmpty
                    ? "All content successfully removed"
                    : "Some resources are remaining: " + left.joined(separator: ", ")),
            .init(
                type: "NamespaceFinalizersRemaining", isTrue: !waits.isEmpty,
                reason: waits.isEmpty ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
                message: waits.isEmpty
                    ? "All content-preserving finalizers finished"
                    : "Some content in the namespace has finalizers remaining: " + waits.joined(separator: ", ")),
        ]
    }
}
