import Client
import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// Establishes custom resources and takes them down: accepts names, says what is wrong, deletes the instances of a
/// definition that goes, and has everything served that is to be.
///
/// It hears of definitions from the watch cache as they are committed. Several servers may do the same work: what they
/// write is the same, and conflicts are tried anew.
package final class CustomResourceController: Sendable {
    private let resources: CustomResources
    private let cache: WatchCache
    private let client: Client
    private let clock: any WallClock
    private let queue = WorkQueue<String>(name: "crd_establishing")
    private let subscription: Subscription
    /// What tells of the instances of definitions that go.
    private let waiting = Mutex<[String: Subscription]>([:])

    init(
        _ resources: CustomResources, cache: WatchCache, client: Client, clock: any WallClock
    ) throws(StatusError) {
        self.resources = resources
        self.cache = cache
        self.client = client
        self.clock = clock
        let queue = queue
        let group = WatchGroup { deliveries in for delivery in deliveries { queue.add(delivery.event.key.name) } }
        do {
            subscription = try cache.subscribe(
                CustomResources.bucket, WatchSelection(), from: .now, group: group
            ).subscription
        } catch {
            throw StatusError.internalError("following the definitions: \(error)")
        }
        resources.installAll()
        for definition in resources.definitions() { queue.add(definition.name) }
    }

    /// Works until cancelled.
    package func run() async {
        await withTaskCancellationHandler {
            while let name = await queue.next() {
                do {
                    try await reconcile(name)
                    queue.forget(name)
                } catch {
                    // Conflicts come with the change that made them; everything else is tried again later.
                    queue.addRateLimited(name)
                }
                queue.done(name)
            }
        } onCancel: {
            queue.shutDown()
        }
    }

    private func reconcile(_ name: String) async throws {
        guard let definition = resources.definition(name) else {
            resources.remove(name)
            return requeueOthers(than: name)
        }
        if definition.isBeingDeleted { return try await terminate(definition) }
        let others = resources.definitions()
        let wanted = DefinitionStatus.updated(definition, others: others, now: clock.now)
        if wanted.isTrue(.established) { resources.install(wanted) }
        guard wanted.status != definition.status else { return }
        try await writeStatus(wanted)
        if wanted.status.acceptedNames != definition.status.acceptedNames { requeueOthers(than: name) }
    }

    /// Names that came free may be what others wait for.
    private func requeueOthers(than name: String) {
        for other in resources.definitions() where other.name != name && !other.isTrue(.namesAccepted) {
            queue.add(other.name)
        }
    }

    private func writeStatus(_ definition: CustomResourceDefinition) async throws(StatusError) {
        do throws(StatusError) {
            _ = try await client.updateStatus(definition)
        } catch {
            // Gone, or changed: the change brings it back here.
            guard error.isNotFound || error.reason == .conflict else { throw error }
        }
    }

    // MARK: Deletion

    private func terminate(_ definition: CustomResourceDefinition) async throws {
        guard definition.metadata.finalizers.contains(CustomResourceDefinition.cleanupFinalizer) else { return }
        if definition.isTrue(.established) {
            // From here on nothing is created, so what is there is all there is.
            resources.install(definition)
            if definition.condition(.terminating)?.reason != "InstanceDeletionInProgress" {
                var marked = definition
                marked.setCondition(
                    .terminating, true, reason: "InstanceDeletionInProgress",
                    message: "CustomResource deletion is in progress", now: clock.now)
                try await writeStatus(marked)
                return
            }
            guard try await deleteInstances(of: definition) else { return }
        }
        var done = definition
        done.metadata.finalizers.removeAll { $0 == CustomResourceDefinition.cleanupFinalizer }
        do throws(StatusError) {
            _ = try await client.update(done)
        } catch {
            guard error.isNotFound || error.reason == .conflict else { throw error }
        }
    }

    /// Deletes all objects; whether none is left. When some wait for their finalizers, their end brings the definition
    /// back.
    private func deleteInstances(of definition: CustomResourceDefinition) async throws -> Bool {
        guard let bucket = resources.bucket(of: definition.name),
            let version = definition.spec.versions.first(where: \.isServed)
        else { return true }
        let names = definition.status.acceptedNames
        let resource = client.resource(
            GroupVersionResource(group: definition.spec.group, version: version.name, resource: names.plural))
        let namespaces = Set(cache.snapshot(bucket).objects().map(\.key.namespace))
        for namespace in namespaces.sorted() {
            try await resource.deleteCollection(namespace: namespace.isEmpty ? nil : namespace)
        }
        return try waitsForNothing(definition.name, bucket)
    }

    /// Whether a bucket is empty; when not, the definition comes back as soon as it is.
    private func waitsForNothing(_ name: String, _ bucket: String) throws(WatchCacheError) -> Bool {
        let (cache, queue) = (cache, queue)
        let group = WatchGroup { _ in if cache.snapshot(bucket).count == 0 { queue.add(name) } }
        let opening = try cache.subscribe(bucket, WatchSelection(), from: .now, group: group)
        // The last object may have gone before anybody listened.
        let isEmpty = cache.snapshot(bucket).count == 0
        waiting.withLock { $0[name] = isEmpty ? nil : opening.subscription }
        return isEmpty
    }
}
