import CRI
import Client
import KubeAPI
import Synchronization

/// Keeps the node from running dry: looks at what is left, tells of pressure, and frees what is scarce: images nobody
/// uses first, then pods, one at a time.
///
/// The kernel tells of none of this by events that hold for every filesystem, so it is looked at every ten seconds, as
/// with the usual node agent.
package final class Evictor: Sendable {
    package typealias Observe = @Sendable () async throws -> [EvictionSignal: EvictionObservation]
    static let interval: Duration = .seconds(10)

    private let workers: PodWorkers
    private let observe: Observe
    private let reclaimImages: @Sendable () async throws -> Void
    private let tell: @Sendable (Set<NodePressure>) -> Void
    private let warn: @Sendable (_ reason: String, _ message: String) -> Void
    private let state: Mutex<EvictionState>

    /// - Parameters:
    ///   - reclaimImages: removes the images that no container uses.
    ///   - tell: is told which pressures the node is under, every time.
    ///   - warn: makes an event of the node.
    package init(
        workers: PodWorkers, thresholds: [EvictionThreshold], observe: @escaping Observe,
        reclaimImages: @escaping @Sendable () async throws -> Void,
        tell: @escaping @Sendable (Set<NodePressure>) -> Void,
        warn: @escaping @Sendable (_ reason: String, _ message: String) -> Void
    ) {
        self.workers = workers
        self.observe = observe
        self.reclaimImages = reclaimImages
        self.tell = tell
        self.warn = warn
        state = Mutex(EvictionState(thresholds: thresholds))
    }

    /// Runs until the task is cancelled.
    package func run() async {
        let services = workers.services
        while !Task.isCancelled {
            do {
                try await check()
            } catch {
                if Task.isCancelled { return }
                services.log.report("node agent", "looking for what runs dry: \(error)")
            }
            // It fails only by cancellation.
            guard (try? await services.clock.sleep(for: Self.interval)) != nil else { return }
        }
    }

    /// Looks once, and frees what has to be freed.
    package func check() async throws {
        guard let shortage = try await look() else { return }
        let resource = shortage.threshold.signal.resource
        warn("EvictionThresholdMet", "Attempting to reclaim \(resource.rawValue)")
        if shortage.threshold.signal.pressure == .disk {
            try await reclaimImages()
            guard let still = try await look(), still.threshold.signal.resource == resource else { return }
        }
        try await evictOne(shortage)
    }

    private func look() async throws -> EvictionState.Shortage? {
        let observations = try await observe()
        let now = workers.services.clock.now
        let (shortage, pressures) = state.withLock { state in
            (state.observe(observations, now: now), state.pressures)
        }
        tell(pressures)
        return shortage
    }

    private func evictOne(_ shortage: EvictionState.Shortage) async throws {
        let resource = shortage.threshold.signal.resource
        let active = workers.all.filter { $0.withMachine { $0.lifecycle == .active && $0.hasLiveContainers } }
        let candidates = try await PodUsageReader(services: workers.services).candidates(active, for: resource)
        let ranked = EvictionCandidate.ranked(candidates, for: resource).filter { !$0.isCritical }
        guard let first = ranked.first, let worker = workers.worker(uid: first.uid) else {
            workers.services.log.report(
                "node agent", "the node is low on \(resource.rawValue), and there is no pod to evict")
            return
        }
        worker.evict(message: first.message(shortage))
    }
}
