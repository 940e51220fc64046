import CRI
import Client
import Machinery

/// Learns what happens to sandboxes and containers: from the runtime's events at once, and from a slow listing what
/// events did not tell. At rest it does nothing between listings.
package struct RuntimeMonitor: Sendable {
    /// How often everything is listed although events flow.
    static let listInterval: Duration = .seconds(60)

    private let runtime: any ContainerRuntime
    private let workers: PodWorkers
    private let images: ImageManager
    private let imagesChanged: @Sendable () -> Void
    private let scope: TaskScope
    private let clock: NodeClock
    private let log: FailureLog

    package init(
        runtime: any ContainerRuntime, workers: PodWorkers, images: ImageManager, scope: TaskScope, clock: NodeClock,
        log: FailureLog = .standardError, imagesChanged: @escaping @Sendable () -> Void
    ) {
        self.runtime = runtime
        self.workers = workers
        self.images = images
        self.scope = scope
        self.clock = clock
        self.log = log
        self.imagesChanged = imagesChanged
    }

    /// Follows the runtime until the task is cancelled.
    package func run() async {
        let bell = Doorbell()
        await withDiscardingTaskGroup { group in
            group.addTask { await follow(bell) }
            group.addTask { await list(bell) }
        }
    }

    private func follow(_ bell: Doorbell) async {
        var failures = 0
        let backoff = Backoff(initial: .milliseconds(100), limit: .seconds(5))
        while !Task.isCancelled {
            do {
                // What happened while nobody listened is found by listing.
                try await runtime.watchEvents(onConnected: { bell.ring() }) { handle($0) }
                failures = 0
            } catch {
                if Task.isCancelled { return }
                log.report("node agent", "events of the container runtime: \(error)")
                failures += 1
            }
            guard (try? await clock.sleep(for: backoff.delay(afterFailures: failures))) != nil else { return }
        }
    }

    private func list(_ bell: Doorbell) async {
        while !Task.isCancelled {
            await bell.wait(atMost: Self.listInterval, clock: clock)
            if Task.isCancelled { return }
            do {
                try await compare()
            } catch {
                if Task.isCancelled { return }
                log.report("node agent", "listing the container runtime: \(error)")
            }
        }
    }

    private func handle(_ event: RuntimeEvent) {
        switch event {
        case .imagesChanged:
            images.forget()
            imagesChanged()
        case .stopped(let id):
            guard let worker = workers.owner(of: id) else { return }
            scope.spawn { await lookAfterEnd(id, worker) }
        }
    }

    /// The runtime tells of an end a moment before its own records have it.
    private func lookAfterEnd(_ id: String, _ worker: PodWorker) async {
        let backoff = Backoff(initial: .milliseconds(1), limit: .milliseconds(500))
        for attempt in 0..<24 {
            do {
                if try await look(id, worker) { return }
            } catch {
                log.report("node agent", "status of \(id) of pod \(worker.key): \(error)")
            }
            guard (try? await clock.sleep(for: backoff.delay(afterFailures: attempt))) != nil else { return }
        }
    }

    /// Reads the record of a sandbox or container; whether it has ended by now.
    private func look(_ id: String, _ worker: PodWorker) async throws(CRIError) -> Bool {
        let isSandbox = worker.withMachine { $0.sandboxes.contains { $0.id == id } }
        do {
            if isSandbox {
                let record = SandboxRecord(try await runtime.podSandboxStatus(id, verbose: false).status)
                guard !record.isReady else { return false }
                worker.send(.sandbox(record))
                return true
            }
            let known = worker.withMachine { $0.containers.values.lazy.flatMap { $0 }.first { $0.id == id } }
            // A container whose start is not over yet comes in a moment.
            guard let known else { return false }
            guard !known.hasEnded else { return true }
            let status = try await runtime.containerStatus(id, verbose: false).status
            let record = ContainerRecord(status, sandboxID: known.sandboxID)
            guard record.hasEnded else { return false }
            worker.send(.container(TerminationMessage.completed(record)))
            return true
        } catch  where error.code == .notFound {
            worker.send(isSandbox ? .sandboxGone(id: id) : .containerGone(id: id))
            return true
        }
    }

    /// Lists everything and tells workers of what differs from what they know.
    private func compare() async throws(CRIError) {
        // What is known is read first: something made while listing must not look as if it were gone.
        let known = workers.all.map { worker in
            (worker, worker.withMachine { ($0.sandboxes, $0.containers.values.flatMap { $0 }) })
        }
        let sandboxes = try await runtime.listPodSandboxes(nil)
        let containers = try await runtime.listContainers(nil)
        let readySandboxes = Set(sandboxes.filter(\.isReady).map(\.id))
        let allSandboxes = Set(sandboxes.map(\.id))
        var states: [String: RuntimeV1.ContainerState] = [:]
        for container in containers { states[container.id] = container.containerState }
        for (worker, (mine, records)) in known {
            for sandbox in mine where sandbox.isReady && !readySandboxes.contains(sandbox.id) {
                if allSandboxes.contains(sandbox.id) {
                    _ = try await look(sandbox.id, worker)
                } else {
                    worker.send(.sandboxGone(id: sandbox.id))
                }
            }
            for record in records {
                switch (states[record.id], record.state) {
                case (nil, _): worker.send(.containerGone(id: record.id))
                case (.exited, .running), (.exited, .created), (.unknown, .running):
                    _ = try await look(record.id, worker)
                case (.some, _): continue
                }
            }
        }
    }
}
