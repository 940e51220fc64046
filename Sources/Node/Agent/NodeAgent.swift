import CRI
import Client
import DevicePlugins
import KubeAPI
import Machinery

/// The node agent: makes the pods that the API puts on this node run here, and tells the API how they are.
///
/// It remembers nothing. At every start it learns from the runtime what runs and from the API what should; ending it,
/// gently or not, leaves every container as it is.
package final class NodeAgent: Sendable {
    package let configuration: NodeConfiguration
    private let runtime: any ContainerRuntime
    private let client: Client
    private let informers: InformerFactory
    private let clock: NodeClock
    private let log: FailureLog
    private let events: EventRecorder
    private let scope: TaskScope
    private let timers: TimerQueue
    private let reporter: NodeReporter
    private let services: PodServices
    private let devices: DeviceManager?
    private let referenced: ReferencedObjects
    private let cache: ModelCache
    package let workers: PodWorkers

    /// - Parameter informers: run by the caller; shared with whatever else looks at pods and services.
    /// - Throws: what TLS says when probes over it cannot be set up.
    package init(
        configuration: NodeConfiguration, runtime: any ContainerRuntime, client: Client, informers: InformerFactory,
        prober: (any ProbeRunner)? = nil, clock: NodeClock = NodeClock(), log: FailureLog = .standardError
    ) throws {
        self.configuration = configuration
        self.runtime = runtime
        self.client = client
        self.informers = informers
        self.clock = clock
        self.log = log
        events = EventRecorder(client: client, component: "kubelet", host: configuration.nodeName, log: log)
        let scope = TaskScope()
        self.scope = scope
        timers = TimerQueue(clock: clock)
        let facts = MachineFacts.read(folder: configuration.dataFolder)
        let addresses = [configuration.nodeAddress ?? NodeAddresses.preferred()].compactMap { $0 }
        let (devicesChanged, devicesTold) = (ChangeRelay<Void>(), ChangeRelay<Void>())
        let devices = try Self.devices(configuration, log: log, changed: devicesChanged)
        self.devices = devices
        reporter = NodeReporter(
            configuration: configuration, facts: facts, addresses: addresses, runtime: runtime, client: client,
            clock: clock, devices: { devices?.counts ?? [:] }, devicesTold: { devicesTold.tell(()) }, log: log)
        var capacity = facts.capacity
        capacity["pods"] = Quantity(Int64(configuration.maxPods))
        let settings = NodeSettings(
            nodeName: configuration.nodeName, hostAddresses: addresses, clusterDomain: configuration.clusterDomain,
            clusterDNS: configuration.clusterDNS, paths: NodePaths(dataFolder: configuration.dataFolder),
            cgroups: CgroupHierarchy(
                root: configuration.cgroupRoot, driver: configuration.systemdCgroups ? .systemd : .cgroupfs),
            allocatable: configuration.allocatable(capacity), memoryCapacity: facts.memoryBytes,
            maxPods: configuration.maxPods)
        let relay = ChangeRelay<Set<String>>()
        referenced = ReferencedObjects(client: client, informers: informers, scope: scope, clock: clock) { uids in
            relay.tell(uids)
        }
        let volumes = VolumeManager(
            settings: settings, objects: referenced, tokens: APITokenSource(client: client, clock: clock), clock: clock)
        let prober = try prober ?? NetworkProbeRunner(runtime: runtime)
        services = PodServices(
            settings: settings, runtime: runtime, api: ClientPodAPI(client: client, events: events),
            images: ImageManager(runtime: runtime, objects: referenced, scope: scope, clock: clock), volumes: volumes,
            objects: referenced, probes: ProbeManager(runner: prober, timers: timers, scope: scope, clock: clock),
            prober: prober, statuses: PodStatusBuilder(hostAddresses: addresses, runtimeName: "containerd"),
            devices: PodDevices(devices), timers: timers, scope: scope, clock: clock, log: log)
        let reporter = reporter
        let recorder = events
        let cache = ModelCache(runtime: runtime, volumes: services.imageVolumes, clock: clock, log: log) {
            recorder.event(reporter.node, type: $0 ? .warning : .normal, reason: $1, message: $2)
        }
        self.cache = cache
        services.imageVolumes.changed.connect { _ in cache.look() }
        workers = PodWorkers(services: services, node: { reporter.node }, pressures: { reporter.pressures })
        relay.connect { [workers] uids in workers.refreshVolumes(of: uids) }
        devicesChanged.connect { [workers] _ in
            reporter.noteDevicesChanged()
            workers.refreshDevices()
        }
        devicesTold.connect { [workers] _ in workers.evictFromFailedDevices() }
    }

    private static func devices(
        _ configuration: NodeConfiguration, log: FailureLog, changed: ChangeRelay<Void>
    ) throws -> DeviceManager? {
        guard let folder = configuration.kubeletFolder else { return nil }
        return try DeviceManager(
            folder: folder.devicePlugins, checkpoint: NodePaths(dataFolder: configuration.dataFolder).devices,
            clock: ContinuousClock(), report: { log.report("devices", $0) }, changed: { changed.tell(()) })
    }

    /// Why the node cannot run pods; `nil` when it can.
    package var problem: String? { reporter.problem }

    /// What the node's HTTPS API is answered from.
    package var backend: NodeBackend {
        NodeBackend(
            configuration: configuration, services: services, workers: workers,
            problem: { [reporter] in reporter.problem })
    }

    /// Runs until the task is cancelled. Containers stay.
    package func run() async throws {
        try services.volumes.prepareNode()
        let cpu = services.settings.allocatable["cpu"]?.milliValue ?? 1000
        try services.settings.cgroups.prepare(milliCPU: cpu)
        try await withThrowingDiscardingTaskGroup { group in
            let (events, scope, timers, reporter) = (events, scope, timers, reporter)
            group.addTask { await events.run() }
            group.addTask { await scope.run() }
            group.addTask { await timers.run() }
            let nodes = informers.informer(Node.self, fieldSelector: "metadata.name=\(configuration.nodeName)")
            let cache = cache
            group.addTask { await cache.run() }
            let remover = LocalVolumeRemover(paths: services.settings.paths, client: client, scope: scope, log: log)
            nodes.onChange { change in
                if case .deleted = change { return }
                reporter.observe(change.object)
                remover.observe(change.object)
                cache.observe(change.object)
            }
            group.addTask { await reporter.run() }
            if let devices, let folder = configuration.kubeletFolder {
                try folder.make()
                group.addTask { try await devices.run() }
                let workers = workers
                let told = PodResourcesServer(socket: folder.podResourcesSocket, devices: devices) { workers.holders }
                group.addTask { try await told.run() }
            }
            group.addTask { try await self.keepPods() }
        }
    }

    private func keepPods() async throws {
        // Pods that refer to services wait for them, and every pod does.
        try await referenced.waitForSync()
        workers.setFound(try await readRuntime())
        let pods = informers.informer(Pod.self, fieldSelector: "spec.nodeName=\(configuration.nodeName)")
        let workers = workers
        pods.onChange { workers.handle($0) }
        let images = services.images
        let reporter = reporter
        let monitor = RuntimeMonitor(
            runtime: runtime, workers: workers, images: images, scope: scope, clock: clock, log: log
        ) { reporter.noteImagesChanged() }
        let rotation = LogRotation(
            runtime: runtime, workers: workers, clock: clock, maxBytes: configuration.logMaxBytes,
            maxFiles: configuration.logMaxFiles, log: log)
        let collector = ImageCollector(
            runtime: runtime, cache: cache, clock: clock,
            highPercent: configuration.imageHighPercent, lowPercent: configuration.imageLowPercent, log: log)
        let evictor = evictor(reclaimImages: { try await collector.collect(all: true) })
        let cleaner = OrphanCleaner(services: services, workers: workers)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await monitor.run() }
            group.addTask { await rotation.run() }
            group.addTask { await collector.run() }
            group.addTask { await evictor.run() }
            group.addTask {
                try await pods.waitForSync()
                await cleaner.run()
            }
        }
    }

    private func evictor(reclaimImages: @escaping @Sendable () async throws -> Void) -> Evictor {
        let observer = MachineObserver(folder: configuration.dataFolder, runtime: runtime)
        let (events, reporter) = (events, reporter)
        return Evictor(
            workers: workers, thresholds: configuration.evictionThresholds, observe: { try await observer.observe() },
            reclaimImages: reclaimImages, tell: { reporter.note($0) },
            warn: { events.event(reporter.node, type: .warning, reason: $0, message: $1) })
    }

    /// Waits for the runtime, which may be starting, and asks what it has.
    private func readRuntime() async throws -> RuntimeSnapshot {
        let backoff = Backoff(initial: .milliseconds(10), limit: .seconds(2))
        var failures = 0
        while true {
            do {
                return try await RuntimeSnapshot.read(runtime)
            } catch {
                try Task.checkCancellation()
                if failures > 5 { log.report("node agent", "asking the container runtime what it has: \(error)") }
            }
            try await clock.sleep(for: backoff.delay(afterFailures: failures))
            failures += 1
        }
    }
}
