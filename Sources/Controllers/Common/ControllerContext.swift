import Client
import KubeAPI
import Machinery

/// What every controller is built from; one for all of them, so that informers and the Event queue are shared.
package struct ControllerContext: Sendable {
    package let client: Client
    package let informers: InformerFactory
    package let recorder: EventRecorder
    package let clock: any Clock<Duration>
    package let wallClock: any WallClock
    package let log: FailureLog

    package init(
        client: Client, informers: InformerFactory, recorder: EventRecorder,
        clock: any Clock<Duration> = ContinuousClock(), wallClock: any WallClock = SystemWallClock(),
        log: FailureLog = .standardError
    ) {
        self.client = client
        self.informers = informers
        self.recorder = recorder
        self.clock = clock
        self.wallClock = wallClock
        self.log = log
    }

    package var now: Timestamp { wallClock.now }

    func queue<Key>(
        _: Key.Type = ObjectKey.self, backoff: Backoff = Backoff(initial: .milliseconds(5), limit: .seconds(1000))
    ) -> WorkQueue<Key> {
        WorkQueue(clock: clock, backoff: backoff)
    }
}

/// A part of the controller manager that runs as long as this process may act.
package protocol ControllerService: Sendable {
    /// The name by which it is turned on and off.
    var name: String { get }

    /// Works until the task is cancelled. May be called again after that.
    func run() async throws
}

/// A controller fed by one queue.
protocol QueueController: Controller, ControllerService {
    var context: ControllerContext { get }
    var queue: WorkQueue<Key> { get }
    var workers: Int { get }

    /// Waits until what `reconcile` reads is there.
    func waitForSync() async throws
}

extension QueueController {
    var workers: Int { 4 }

    package func run() async throws {
        try await waitForSync()
        await ControllerRunner(self, queue: queue, workers: workers, log: context.log).run()
    }
}
