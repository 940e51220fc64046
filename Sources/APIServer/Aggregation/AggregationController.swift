import Client
import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// Follows the APIServices: says whether their servers can be reached, has what they serve told by discovery and
/// OpenAPI, and has requests routed to them.
///
/// Servers are looked at whenever their APIService, Service or endpoints change, and each half minute; one request is
/// both the check and the discovery. Where there are no extension servers nothing is done.
final class AggregationController: Sendable {
    private static let bucket = APIService.resource.groupResource.description
    private static let slices = EndpointSlice.resource.groupResource.description
    private static let recheck = Duration.seconds(30)
    private static let documentInterval = Duration.seconds(60)
    private static let timeout = Duration.seconds(5)
    private static let documentTimeout = Duration.seconds(20)
    private static let workers = 4
    private static let attempts = 2
    private static let discoveryLimit = 4 << 20
    private static let documentLimit = 32 << 20
    /// The key of telling everybody what is known; no APIService has it as a name.
    private static let publishing = ""

    /// What is known of one extension server's group version.
    private struct Known {
        var version: AggregatedAPIs.Version
        var documentsAt: ContinuousClock.Instant?
    }

    private let lookup: ObjectLookup
    private let catalog: LiveCatalog
    private let remote: AggregationClient
    private let client: Client
    private let clock: any WallClock
    private let queue = WorkQueue<String>(
        name: "availableconditioncontroller", backoff: Backoff(initial: .milliseconds(50), limit: .seconds(30)))
    private let known = Mutex<[String: Known]>([:])
    /// Which Services matter, by namespace and name: what else happens to Services is nothing to us.
    private let watched = Mutex<[ObjectKey: Set<String>]>([:])
    private let subscriptions = Mutex<[Subscription]>([])

    init(
        lookup: ObjectLookup, catalog: LiveCatalog, remote: AggregationClient, client: Client, clock: any WallClock
    ) throws(StatusError) {
        self.lookup = lookup
        self.catalog = catalog
        self.remote = remote
        self.client = client
        self.clock = clock
        let followed = try [
            follow(Self.bucket) { [queue] event in
                queue.add(Self.publishing)
                queue.add(event.key.name)
            },
            follow("services") { [weak self] event in
                self?.changed(ObjectKey(namespace: event.key.namespace, name: event.key.name))
            },
            follow(Self.slices) { [weak self] event in
                guard let name = event.object.header.label("kubernetes.io/service-name") else { return }
                self?.changed(ObjectKey(namespace: event.key.namespace, name: name))
            },
        ]
        subscriptions.withLock { $0 = followed }
        publish()
        for object in lookup.cache.snapshot(Self.bucket).objects() { queue.add(object.key.name) }
    }

    private func follow(
        _ bucket: String, _ note: @escaping @Sendable (StoreEvent) -> Void
    ) throws(StatusError) -> Subscription {
        let group = WatchGroup { deliveries in for delivery in deliveries { note(delivery.event) } }
        do {
            return try lookup.cache.subscribe(bucket, WatchSelection(), from: .now, group: group).subscription
        } catch {
            throw StatusError.internalError("following \(bucket): \(error)")
        }
    }

    private func changed(_ service: ObjectKey) {
        let names = watched.withLock { $0.isEmpty ? [] : $0[service] ?? [] }
        for name in names { queue.add(name) }
    }

    /// Works until cancelled.
    func run() async {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.workers { group.addTask { await self.work() } }
            }
        } onCancel: {
            queue.shutDown()
        }
    }

    private func work() async {
        while let name = await queue.next() {
            do {
                if try await reconcile(name) { queue.addAfter(name, Self.recheck) }
                queue.forget(name)
            } catch {
                // The condition says what is wrong; it is looked at again after a while.
                queue.addRateLimited(name)
            }
            queue.done(name)
        }
    }

    // MARK: One APIService

    private func current(_ name: String) -> APIService? {
        lookup.object(Self.bucket, "", name).map(APIService.init(json:))
    }

    /// - Returns: whether it is to be looked at again without a change.
    private func reconcile(_ name: String) async throws -> Bool {
        guard name != Self.publishing else {
            publish()
            return false
        }
        guard let object = current(name), let service = AggregatedService(object) else {
            known.withLock { $0[name] = nil }
            if let object = current(name) { try await write(.local, to: object) }
            return false
        }
        known.withLock { known in
            if known[name]?.version.service.groupVersion == service.groupVersion {
                known[name]?.version.service = service
            } else {
                known[name] = Known(version: AggregatedAPIs.Version(service: service))
            }
        }
        if let obstacle = APIServiceAvailability(lookup: lookup).obstacle(service) {
            lost(name)
            try await write(obstacle, to: object)
            return true
        }
        do throws(WebhookCallError) {
            let list = try await ask(service)
            try await learn(name, service, list)
        } catch {
            lost(name)
            try await write(
                APIServiceAvailability.Verdict(
                    isAvailable: false, reason: "FailedDiscoveryCheck", message: error.description), to: object)
            throw error
        }
        try await write(.passed, to: object)
        return true
    }

    /// The server's own list of the group version's resources.
    private func ask(_ service: AggregatedService) async throws(WebhookCallError) -> [UInt8] {
        var failure = WebhookCallError("no attempt was made")
        for _ in 0..<Self.attempts {
            let outcome = await attempt(service)
            switch outcome {
            case .success(let bytes): return bytes
            case .failure(let error): failure = error
            }
        }
        throw failure
    }

    private func attempt(_ service: AggregatedService) async -> Result<[UInt8], WebhookCallError> {
        do {
            let url = "\(try remote.endpoint(service))\(service.path)"
            do {
                let reply = try await remote.get(
                    service, service.path, accept: ContentType.json, limit: Self.discoveryLimit,
                    timeout: Self.timeout)
                if (200..<300).contains(reply.status) { return .success(reply.body) }
                return .failure(
                    WebhookCallError(
                        "failing or missing response from \(url): bad status from \(url): \(reply.status)"))
            } catch {
                return .failure(WebhookCallError("failing or missing response from \(url): \(error)"))
            }
        } catch {
            return .failure(WebhookCallError(error.description))
        }
    }

    private func learn(
        _ name: String, _ service: AggregatedService, _ list: [UInt8]
    ) async throws(WebhookCallError) {
        guard var entry = known.withLock({ $0[name] }) else { return }
        try entry.version.discovery.take(list, service.groupVersion)
        if entry.documentsAt.map({ $0 + Self.documentInterval <= .now }) ?? true {
            try await readDocuments(service, &entry.version.openAPI)
            entry.documentsAt = .now
        }
        known.withLock { $0[name] = entry }
        queue.add(Self.publishing)
    }

    /// What a server has no document of is not told; that is no failure of the server.
    private func readDocuments(
        _ service: AggregatedService, _ openAPI: inout RemoteOpenAPI
    ) async throws(WebhookCallError) {
        let index = try await remote.get(
            service, "/openapi/v3", accept: ContentType.json, limit: Self.discoveryLimit,
            timeout: Self.documentTimeout)
        if index.status == 200 { openAPI.take(index: index.body, service.path) } else { openAPI.forgetIndex() }
        let document = try await remote.get(
            service, "/openapi/v2", accept: ContentType.json, known: openAPI.tag, limit: Self.documentLimit,
            timeout: Self.documentTimeout)
        switch document.status {
        case 200: try openAPI.take(document: document.body, tag: document.headers["etag"] ?? "", service.path)
        case 304: break
        default: openAPI.forgetDocument()
        }
    }

    private func lost(_ name: String) {
        known.withLock { $0[name]?.version.discovery.isCurrent = false }
        queue.add(Self.publishing)
    }

    private func write(_ verdict: APIServiceAvailability.Verdict, to object: APIService) async throws(StatusError) {
        var changed = object
        changed.setAvailable(verdict, now: clock.now)
        guard changed.status != object.status else { return }
        do throws(StatusError) {
            _ = try await client.updateStatus(changed)
        } catch {
            // Gone, or changed: the change brings it back here.
            guard error.isNotFound || error.reason == .conflict else { throw error }
        }
    }

    // MARK: All of them

    /// Has routes, discovery and documents follow what is known. One at a time, as its key is one.
    private func publish() {
        var apis = AggregatedAPIs()
        var services: [ObjectKey: Set<String>] = [:]
        let known = known.withLock { $0 }
        for stored in lookup.cache.snapshot(Self.bucket).objects() {
            guard let object = current(stored.key.name) else { continue }
            apis.priorities.add(object.spec)
            guard let service = AggregatedService(object) else { continue }
            services[ObjectKey(namespace: service.namespace, name: service.service), default: []].insert(service.name)
            var version = known[service.name]?.version ?? AggregatedAPIs.Version(service: service)
            version.service = service
            apis.versions[service.groupVersion] = version
        }
        watched.withLock { $0 = services }
        catalog.set(apis)
    }
}
