import Client
import KubeAPI
import Machinery
import Synchronization

/// Thousands of nodes in one process: each is registered, keeps its Lease and status, and lets pods that are bound to
/// it run, end and go at a configured pace. No container is made: it is for trying a control plane at scale.
package struct FakeNodes: Sendable {
    private let client: Client
    private let informers: InformerFactory
    private let settings: FakeNodeSettings
    private let clock: any WallClock
    private let log: FailureLog

    package init(
        client: Client, settings: FakeNodeSettings, clock: any WallClock = SystemWallClock(),
        log: FailureLog = .standardError
    ) {
        self.client = client
        informers = InformerFactory(client: client, log: log)
        self.settings = settings
        self.clock = clock
        self.log = log
    }

    /// Plays the nodes until cancelled.
    /// - Parameter onReady: called once all are registered.
    package func run(onReady: @escaping @Sendable () -> Void) async throws {
        let left = Countdown(settings.count, then: onReady)
        let heartbeat = NodeHeartbeat(client: client, settings: settings, clock: clock) { left.step() }
        let nodes = WorkQueue<Int>(backoff: Backoff(initial: .milliseconds(100), limit: .seconds(10)))
        for number in 0..<settings.count { nodes.add(number) }
        let pods = informers.informer(Pod.self, fieldSelector: "spec.nodeName!=")
        let life = PodLife(client: client, settings: settings, pods: pods, clock: clock)
        let queue = WorkQueue<ObjectKey>(backoff: Backoff(initial: .milliseconds(100), limit: .seconds(10)))
        pods.onChange { change in
            if case .deleted(let pod) = change { return life.forget(uid: pod.uid) }
            let pod = change.object
            if settings.number(of: pod.spec.nodeName ?? "") != nil { queue.add(pod.key) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            group.addTask {
                await ControllerRunner(heartbeat, queue: nodes, workers: settings.writers, log: log).run()
            }
            group.addTask { await ControllerRunner(life, queue: queue, workers: settings.writers, log: log).run() }
            try await group.waitForAll()
        }
    }
}

/// Calls something after a number of steps.
private final class Countdown: Sendable {
    private let left: Atomic<Int>
    private let action: @Sendable () -> Void

    init(_ count: Int, then action: @escaping @Sendable () -> Void) {
        left = Atomic(count)
        self.action = action
        if count == 0 { action() }
    }

    func step() {
        if left.wrappingSubtract(1, ordering: .relaxed).newValue == 0 { action() }
    }
}
