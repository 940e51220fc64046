import AdmissionRules
import Client
import KubeAPI
import Machinery
import Synchronization

/// Follows what quotas count: pods through the informer that all share, other resources only in namespaces whose quotas
/// mention them, and by their metadata alone where only their number counts.
final class QuotaMonitors: Sendable {
    struct Place: Hashable, Sendable {
        let namespace: String
        let resource: GroupResource
    }

    private struct Entry {
        let monitor: QuotaMonitor
        let stop: AsyncStream<Void>.Continuation
    }

    private struct Start: Sendable {
        let place: Place
        let resource: GroupVersionResource
        let monitor: QuotaMonitor
        let stopped: AsyncStream<Void>
    }

    private struct State {
        var entries: [Place: Entry] = [:]
        /// `nil` while nothing runs.
        var start: AsyncStream<Start>.Continuation?
        var served: [GroupResource: GroupVersionResource] = [:]
        var servedUntil = Duration.zero
    }

    private let context: ControllerContext
    private let clock: DelayClock
    private let evaluators: QuotaEvaluators
    private let classes: DeviceClassNames
    private let pods: Informer<Pod>
    private let changed: @Sendable (Place) -> Void
    private let state = Mutex(State())

    private static let podResource = Pod.resource.groupResource
    /// Resources of which more than the number of objects counts.
    private static let whole: Set<GroupResource> = [
        Service.resource.groupResource, PersistentVolumeClaim.resource.groupResource,
        GroupResource(group: "resource.k8s.io", resource: "resourceclaims"),
    ]
    /// How long what discovery said is believed when something is missing from it.
    private static let discoveryLife = Duration.seconds(1)

    init(
        _ context: ControllerContext, evaluators: QuotaEvaluators, classes: DeviceClassNames,
        changed: @escaping @Sendable (Place) -> Void
    ) {
        self.context = context
        clock = DelayClock(context.clock)
        self.evaluators = evaluators
        self.classes = classes
        self.changed = changed
        pods = context.informers.informer(Pod.self)
        let evaluator = evaluators.evaluator(for: Self.podResource)
        pods.onChange { change in
            guard let evaluator else { return }
            switch change {
            case .added: return
            case .updated(let old, let new):
                guard QuotaMonitor.differ(old.json, new.json, evaluator) else { return }
            case .deleted: break
            }
            changed(Place(namespace: change.object.namespace, resource: Self.podResource))
        }
    }

    /// What is known of a place.
    enum Contents: Sendable {
        case objects([JSONObject])
        /// Not listed yet; `changed` is called once it is.
        case pending
        /// Nobody serves the resource.
        case unserved
    }

    /// Follows places while `body` runs.
    func run(_ body: @Sendable @escaping () async -> Void) async {
        // As many elements as there are places, each started once.
        let (starts, start) = AsyncStream.makeStream(of: Start.self, bufferingPolicy: .unbounded)
        state.withLock { $0.start = start }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await withDiscardingTaskGroup { group in
                    for await start in starts {
                        group.addTask { await self.follow(start) }
                    }
                }
            }
            group.addTask { await body() }
            await group.next()
            group.cancelAll()
        }
        // The next run starts everything anew.
        let entries = state.withLock { state in
            defer { (state.entries, state.start) = ([:], nil) }
            return state.entries
        }
        for entry in entries.values { entry.stop.finish() }
    }

    func contents(of place: Place) async throws -> Contents {
        if place.resource == Self.podResource {
            try await pods.waitForSync()
            return .objects(pods.list(namespace: place.namespace).map(\.json))
        }
        if let entry = state.withLock({ $0.entries[place] }) {
            return entry.monitor.objects.map { .objects($0) } ?? .pending
        }
        guard let resource = try await version(of: place.resource),
            let evaluator = evaluators.evaluator(for: place.resource)
        else { return .unserved }
        begin(place, resource, evaluator)
        return .pending
    }

    private func begin(_ place: Place, _ resource: GroupVersionResource, _ evaluator: any QuotaEvaluator) {
        let monitor = QuotaMonitor(evaluator) { [changed] in changed(place) }
        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
        state.withLock { state in
            guard let start = state.start, state.entries[place] == nil else { return }
            state.entries[place] = Entry(monitor: monitor, stop: stop)
            start.yield(Start(place: place, resource: resource, monitor: monitor, stopped: stopped))
        }
    }

    /// Lets go of a namespace's places but these.
    func keep(_ places: Set<Place>, in namespace: String) {
        let stopped = state.withLock { state in
            let entries = state.entries.filter { $0.key.namespace == namespace && !places.contains($0.key) }
            for place in entries.keys { state.entries[place] = nil }
            return entries.values
        }
        for entry in stopped { entry.stop.finish() }
    }

    private func follow(_ start: Start) async {
        if start.place.resource.group == "resource.k8s.io" { await learnClasses() }
        let client = context.client.resource(start.resource)
        let reflector = Reflector(
            source: Self.whole.contains(start.place.resource) ? client.withoutManagedFields : client.metadata,
            namespace: start.place.namespace, sink: start.monitor, clock: clock, log: context.log
        ) { $0 }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in start.stopped {} }
            group.addTask { await reflector.run() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Device classes may stand behind extended resources.
    private func learnClasses() async {
        let informer = context.informers.informer(DeviceClass.self)
        classes.follow(informer)
        // Waiting fails only by cancellation, which ends what follows too.
        try? await informer.waitForSync()
    }

    /// The version in which a resource is served; asks discovery when it is not known.
    private func version(of resource: GroupResource) async throws(StatusError) -> GroupVersionResource? {
        let now = clock.now
        let (known, isFresh) = state.withLock { ($0.served[resource], now < $0.servedUntil) }
        if known != nil || isFresh { return known }
        let served = try await context.client.servedResources().resources
            .filter { $0.isNamespaced && $0.verbs.isSuperset(of: ["list", "watch"]) }
        return state.withLock { state in
            state.served = Dictionary(served.map { ($0.resource.groupResource, $0.resource) }) { first, _ in first }
            state.servedUntil = now + Self.discoveryLife
            return state.served[resource]
        }
    }
}
