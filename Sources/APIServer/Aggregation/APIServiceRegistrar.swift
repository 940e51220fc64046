import Client
import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// Lists the group versions of custom resources as APIServices, and takes those off the list that no definition serves
/// any more. What people registered themselves is left alone.
///
/// Source: kube-aggregator's autoregister controller; its label says what it may change.
final class APIServiceRegistrar: Sendable {
    static let label = "kube-aggregator.kubernetes.io/automanaged"
    private static let continuously = "true"
    /// Custom resources stand behind what servers bring along.
    private static let groupPriority: Int32 = 1000
    private static let versionPriority: Int32 = 100
    private static let services = APIService.resource.groupResource.description
    private static let definitions = CustomResourceDefinition.resource.groupResource.description

    private enum Work: Hashable, Sendable {
        case definition(String)
        case service(GroupVersion)
    }

    private struct Served {
        var byDefinition: [String: Set<GroupVersion>] = [:]
        var counts: [GroupVersion: Int] = [:]
    }

    private let lookup: ObjectLookup
    private let client: Client
    private let queue = WorkQueue<Work>(name: "autoregister")
    private let served = Mutex(Served())
    private let subscriptions: [Subscription]

    init(lookup: ObjectLookup, client: Client) throws(StatusError) {
        self.lookup = lookup
        self.client = client
        let queue = queue
        subscriptions = try [
            Self.follow(Self.definitions, lookup.cache) { queue.add(.definition($0.key.name)) },
            Self.follow(Self.services, lookup.cache) { event in
                if let version = Self.groupVersion(event.key.name) { queue.add(.service(version)) }
            },
        ]
        for object in lookup.cache.snapshot(Self.definitions).objects() {
            note(object.key.name)
        }
        for object in lookup.cache.snapshot(Self.services).objects() {
            if let version = Self.groupVersion(object.key.name) { queue.add(.service(version)) }
        }
        for version in served.withLock({ Array($0.counts.keys) }) { queue.add(.service(version)) }
    }

    private static func follow(
        _ bucket: String, _ cache: WatchCache, _ note: @escaping @Sendable (StoreEvent) -> Void
    ) throws(StatusError) -> Subscription {
        let group = WatchGroup { deliveries in for delivery in deliveries { note(delivery.event) } }
        do {
            return try cache.subscribe(bucket, WatchSelection(), from: .now, group: group).subscription
        } catch {
            throw StatusError.internalError("following \(bucket): \(error)")
        }
    }

    /// Of `VERSION.GROUP`.
    private static func groupVersion(_ name: String) -> GroupVersion? {
        guard let dot = name.firstIndex(of: ".") else { return nil }
        return GroupVersion(group: String(name[name.index(after: dot)...]), version: String(name[..<dot]))
    }

    /// Works until cancelled.
    func run() async {
        await withTaskCancellationHandler {
            while let work = await queue.next() {
                do {
                    switch work {
                    case .definition(let name): note(name)
                    case .service(let version): try await reconcile(version)
                    }
                    queue.forget(work)
                } catch {
                    queue.addRateLimited(work)
                }
                queue.done(work)
            }
        } onCancel: {
            queue.shutDown()
        }
    }

    /// Counts what a definition serves.
    private func note(_ name: String) {
        let definition = lookup.object(Self.definitions, "", name).map(CustomResourceDefinition.init(json:))
        let now = Set(
            (definition?.spec.versions ?? []).filter(\.isServed).map {
                GroupVersion(group: definition?.spec.group ?? "", version: $0.name)
            })
        let changed = served.withLock { served -> Set<GroupVersion> in
            let before = served.byDefinition[name] ?? []
            served.byDefinition[name] = now.isEmpty ? nil : now
            for version in now.subtracting(before) { served.counts[version, default: 0] += 1 }
            for version in before.subtracting(now) {
                let left = (served.counts[version] ?? 1) - 1
                served.counts[version] = left == 0 ? nil : left
            }
            return now.symmetricDifference(before)
        }
        for version in changed { queue.add(.service(version)) }
    }

    private func reconcile(_ version: GroupVersion) async throws(StatusError) {
        let name = "\(version.version).\(version.group)"
        let isWanted = served.withLock { $0.counts[version] != nil }
        guard let current = lookup.object(Self.services, "", name).map(APIService.init(json:)) else {
            if isWanted { try await create(name, version) }
            return
        }
        guard current.labels[Self.label] == Self.continuously else { return }
        guard isWanted else { return try await delete(current) }
        let spec = Self.spec(version)
        guard current.spec != spec else { return }
        var changed = current
        changed.spec = spec
        try await tolerating { () async throws(StatusError) in _ = try await client.update(changed) }
    }

    private static func spec(_ version: GroupVersion) -> APIServiceSpec {
        var spec = APIServiceSpec()
        spec.group = version.group
        spec.version = version.version
        spec.groupPriorityMinimum = groupPriority
        spec.versionPriority = versionPriority
        return spec
    }

    private func create(_ name: String, _ version: GroupVersion) async throws(StatusError) {
        var service = APIService(name: name)
        service.metadata.labels = [Self.label: Self.continuously]
        service.spec = Self.spec(version)
        let made = service
        try await tolerating { () async throws(StatusError) in _ = try await client.create(made) }
    }

    private func delete(_ service: APIService) async throws(StatusError) {
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = service.uid
        options.preconditions = preconditions
        let given = options
        try await tolerating { () async throws(StatusError) in
            try await client.delete(APIService.self, service.key, given)
        }
    }

    /// What changed meanwhile comes back here by itself.
    private func tolerating(_ write: () async throws(StatusError) -> Void) async throws(StatusError) {
        do throws(StatusError) {
            try await write()
        } catch {
            guard error.isNotFound || [.conflict, .alreadyExists].contains(error.reason) else { throw error }
        }
    }
}
