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

    /// - Parameters:
    ///   - name: under which the queue is measured; by default after the file of its controller.
    func queue<Key>(
        _: Key.Type = ObjectKey.self, name: String? = nil,
        backoff: Backoff = Backoff(initial: .milliseconds(5), limit: .seconds(1000)), file: String = #fileID
    ) -> WorkQueue<Key> {
        WorkQueue(name: name ?? Self.name(file), clock: clock, backoff: backoff)
    }

    /// `statefulset` for `Controllers/StatefulSetController.swift`.
    private static func name(_ file: String) -> String {
        var name = file.split(separator: "/").last.map(String.init) ?? file
        for ending in [".swift", "Controller"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
        return name.lowercased()
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

    /// What `reconcile` reads; it is not called before all of that is there.
    var sources: [any InformerSource] { get }

    /// What has to be asked for before that.
    func prepare() async throws
}

/// What a controller waits for before it acts.
protocol InformerSource: Sendable {
    func waitForSync() async throws
}

extension Informer: InformerSource {}

extension QueueController {
    var workers: Int { 4 }

    func prepare() async throws {}

    func waitForSync() async throws {
        try await prepare()
        for source in sources { try await source.waitForSync() }
    }

    package func run() async throws {
        try await waitForSync()
        await ControllerRunner(self, queue: queue, workers: workers, log: context.log).run()
    }
}
