import Client
import KubeAPI
import Machinery

/// Follows every resource that can own or be owned: what the server serves, as discovery tells it, and anew whenever
/// custom resources or aggregated APIs come and go.
struct MonitorSet: Sendable {
    /// Tells the garbage collector what happens.
    struct Listener: Sendable {
        let observe: @Sendable (MonitoredChange) -> Void
        /// What is served now.
        let discovered: @Sendable ([ServedResource]) -> Void
        /// The monitors of the first discovery have all listed.
        let ready: @Sendable () -> Void
    }

    private let context: ControllerContext
    private let clock: DelayClock
    private let shared: [GroupVersionResource: SharedMonitor]
    private let signal: AsyncStream<Void>
    private let rediscovery: AsyncStream<Void>.Continuation

    /// Never collected: they own nothing, and come and go by themselves in masses.
    private static let ignored: Set<Machinery.GroupResource> = [
        Machinery.GroupResource(group: "", resource: "events"),
        Machinery.GroupResource(group: "events.k8s.io", resource: "events"),
    ]
    /// Whose changes mean that other resources are served.
    private static let definitions: Set<Machinery.GroupResource> = [
        Machinery.GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions"),
        Machinery.GroupResource(group: "apiregistration.k8s.io", resource: "apiservices"),
    ]
    private static let settlingTime = Duration.seconds(1)
    private static let retryTime = Duration.seconds(30)

    init(_ context: ControllerContext) {
        self.context = context
        clock = DelayClock(context.clock)
        let informers = context.informers
        let monitors = [
            SharedMonitor(informers.informer(Pod.self)), SharedMonitor(informers.informer(ReplicaSet.self)),
            SharedMonitor(informers.informer(Deployment.self)), SharedMonitor(informers.informer(DaemonSet.self)),
            SharedMonitor(informers.informer(Job.self)), SharedMonitor(informers.informer(ControllerRevision.self)),
            SharedMonitor(informers.informer(Service.self)), SharedMonitor(informers.informer(Endpoints.self)),
            SharedMonitor(informers.informer(EndpointSlice.self)), SharedMonitor(informers.informer(Node.self)),
            SharedMonitor(informers.informer(Namespace.self)), SharedMonitor(informers.informer(Lease.self)),
            SharedMonitor(informers.informer(ServiceAccount.self)),
            SharedMonitor(informers.informer(CertificateSigningRequest.self)),
        ]
        shared = Dictionary(uniqueKeysWithValues: monitors.map { ($0.resource, $0) })
        (signal, rediscovery) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Asks discovery again soon.
    func requestDiscovery() {
        rediscovery.yield()
    }

    /// Follows until the task is cancelled.
    func run(_ listener: Listener) async {
        await withDiscardingTaskGroup { group in
            var running: [GroupVersionResource: AsyncStream<Void>.Continuation] = [:]
            var isFirst = true
            while !Task.isCancelled {
                var failed: Set<GroupVersion> = []
                do throws(StatusError) {
                    let served = try await context.client.servedResources()
                    failed = Set(served.failures.map(\.groupVersion))
                    listener.discovered(served.resources)
                    let wanted = served.resources.filter(Self.isMonitored)
                    let gate = isFirst ? ReadyGate(count: wanted.count, ready: listener.ready) : nil
                    isFirst = false
                    for resource in wanted where running[resource.resource] == nil {
                        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
                        running[resource.resource] = stop
                        group.addTask { await follow(resource, until: stopped, listener) { gate?.pass() } }
                    }
                    let present = Set(wanted.map(\.resource))
                    for (resource, stop) in running
                    where !present.contains(resource) && !failed.contains(resource.groupVersion) {
                        stop.finish()
                        running[resource] = nil
                    }
                } catch {
                    context.log.report("garbage-collector", "discovery: \(error.message)")
                    failed = [GroupVersion(group: "", version: "")]
                }
                await waitForReason(retrying: !failed.isEmpty)
            }
        }
    }

    private static func isMonitored(_ resource: ServedResource) -> Bool {
        resource.verbs.isSuperset(of: ["delete", "list", "watch"]) && !ignored.contains(resource.resource.groupResource)
    }

    /// Returns when resources may have changed, or, after a failure, some time later.
    private func waitForReason(retrying: Bool) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signal { return } }
            if retrying {
                // Sleeping fails only by cancellation, which ends the caller's loop too.
                group.addTask { try? await clock.sleep(for: Self.retryTime) }
            }
            await group.next()
            group.cancelAll()
        }
        try? await clock.sleep(for: Self.settlingTime)
    }

    private func follow(
        _ resource: ServedResource, until stopped: AsyncStream<Void>, _ listener: Listener,
        synced: @escaping @Sendable () -> Void
    ) async {
        let isDefinition = Self.definitions.contains(resource.resource.groupResource)
        let observe: @Sendable (MonitoredChange) -> Void = { change in
            if isDefinition { requestDiscovery() }
            listener.observe(change)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stopped {} }
            if let monitor = shared[resource.resource] {
                group.addTask { await monitor.run(observe, synced) }
            } else {
                let sink = MetadataSink(observe: observe, synced: synced)
                let reflector = Reflector(
                    source: context.client.resource(resource.resource).metadata, sink: sink, clock: clock,
                    log: context.log
                ) { ObjectFacts(resource: resource.resource, kind: resource.kind, object: $0) }
                group.addTask {
                    await reflector.run()
                    sink.forgetAll()
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
