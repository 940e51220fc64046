import Client
@preconcurrency import Dispatch
import Inference
import KubeAPI
import Machinery
import Synchronization

/// Keeps the books of a cluster while it runs: follows nodes and pods, takes requests as they end, and has all of it
/// written down before it counts.
///
/// What a process that was killed did not see is found by comparing the books with the objects when the next one
/// starts. Requests wait in memory only until the journal's current write is done.
package final class CostBooks: InferenceObserver, InferencePricing {
    private struct Pending {
        var nodes: Set<String> = []
        var pods: Set<ObjectKey> = []
        var uses: [RequestKind: RequestUse] = [:]
    }

    /// What tells one kind of requests from another.
    private struct RequestKind: Hashable {
        let pod: ObjectKey
        let texts: [String]
    }

    /// How often time is let pass where nothing happens, and the journal is made to outlive the machine.
    static let settling = Duration.seconds(60)
    static let syncing = Duration.seconds(1)
    static let checkpoints = Duration.seconds(300)

    package let prices: PriceSheet
    private let clock: any WallClock
    private let log: FailureLog
    private let ledger: Mutex<Ledger>
    /// Used on `queue` alone.
    private let journal: Mutex<CostJournal>
    private let pending = Mutex(Pending())
    /// Of the run there is.
    private let follower = Mutex<AsyncStream<Void>.Continuation?>(nil)
    /// Where files are written: waiting for a disk holds up nobody else.
    private let queue = DispatchQueue(label: "gantry.cost.journal")

    /// Opens the books in a folder.
    package init(
        folder: String, prices: PriceSheet, clock: any WallClock = SystemWallClock(),
        log: FailureLog = .standardError
    ) throws {
        self.prices = prices
        self.clock = clock
        self.log = log
        let (journal, ledger) = try CostJournal.open(folder: folder, now: clock.now.moment) { log.report("cost", $0) }
        self.journal = Mutex(journal)
        self.ledger = Mutex(ledger)
    }

    deinit { journal.withLock { $0.close() } }

    // MARK: Following

    /// Keeps the books until cancelled. Not to be called twice at a time.
    package func run(_ informers: InformerFactory) async throws {
        let (news, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        follower.withLock { $0 = wake }
        let nodes = informers.informer(Node.self)
        let pods = informers.informer(Pod.self)
        try await nodes.waitForSync()
        try await pods.waitForSync()
        nodes.onChange { [weak self] change in self?.note(node: change.object.name) }
        pods.onChange { [weak self] change in self?.note(pod: change.object.key) }
        noteKnown()
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in news {
                    await self.take(node: { nodes.get(ObjectKey(namespace: "", name: $0)) }, pod: { pods.get($0) })
                }
            }
            group.addTask { await self.every(Self.syncing) { await self.sync() } }
            group.addTask { await self.every(Self.settling) { self.settle() } }
            group.addTask { await self.every(Self.checkpoints) { await self.checkpoint() } }
        }
        await take(node: { nodes.get(ObjectKey(namespace: "", name: $0)) }, pod: { pods.get($0) })
        await checkpoint()
    }

    private func every(_ interval: Duration, _ body: () async -> Void) async {
        // Sleeping fails only by cancellation, which ends the loop.
        while (try? await ContinuousClock().sleep(for: interval)) != nil { await body() }
    }

    /// Has all looked at that the books have: some of it may be gone.
    package func noteKnown() {
        let (nodes, pods) = ledger.withLock { ($0.nodeFacts.map(\.name), $0.podFacts.map(\.key)) }
        for name in nodes { note(node: name) }
        for key in pods { note(pod: key) }
    }

    package func note(node name: String) {
        pending.withLock { _ = $0.nodes.insert(name) }
        follower.withLock { $0 }?.yield()
    }

    package func note(pod key: ObjectKey) {
        pending.withLock { _ = $0.pods.insert(key) }
        follower.withLock { $0 }?.yield()
    }

    package func ended(_ request: InferenceRequest) {
        guard let pod = request.pod else { return }
        let route = request.route?.description ?? ""
        let kind = RequestKind(
            pod: pod, texts: [request.model, request.version, route, request.tenant, request.routeClass])
        pending.withLock { pending in
            var use = pending.uses[kind] ?? RequestUse(pod: pod)
            use.model = request.model
            use.version = request.version
            use.route = route
            use.tenant = request.tenant
            use.routeClass = request.routeClass
            use.seconds += max(0, request.replicaSeconds)
            use.gpuSeconds += request.replicaSeconds > 0 ? 0 : max(0, request.gpuSeconds)
            use.requests += 1
            use.inputTokens += request.inputTokens
            use.outputTokens += request.outputTokens
            pending.uses[kind] = use
        }
        follower.withLock { $0 }?.yield()
    }

    /// Writes down and counts what is new, by the objects as they are now.
    package func take(node: (String) -> Node?, pod: (ObjectKey) -> Pod?) async {
        let news = pending.withLock { pending in
            defer { pending = Pending() }
            return pending
        }
        let now = clock.now
        let observation = Observation(prices: prices, now: now)
        let (nodes, pods) = (news.nodes.map { ($0, node($0)) }, news.pods.map { ($0, pod($0)) })
        var entries = ledger.withLock { ledger in
            nodes.flatMap { observation.entries(node: $1, name: $0, in: ledger) }
                + pods.flatMap { observation.entries(pod: $1, key: $0, in: ledger) }
        }
        let uses = news.uses.values.sorted { ($0.namespace, $0.pod) < ($1.namespace, $1.pod) }
        if !uses.isEmpty { entries.append(LedgerEntry(now.moment, .requests(uses))) }
        entries = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        guard !entries.isEmpty else { return }
        let isFull = await write { [entries] journal throws(CostJournal.Failure) in
            try journal.append(entries)
            return journal.needsCheckpoint
        }
        ledger.withLock { ledger in for entry in entries { ledger.apply(entry) } }
        if isFull ?? false { await checkpoint() }
    }

    // MARK: Files

    package func sync() async { _ = await write { journal throws(CostJournal.Failure) in try journal.sync() } }

    package func checkpoint() async {
        settle()
        let ledger = ledger.withLock { $0 }
        _ = await write { journal throws(CostJournal.Failure) in try journal.checkpoint(ledger) }
    }

    /// Does something with the files; a failure is told, and the books go on in memory until the next checkpoint.
    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (inout CostJournal) throws(CostJournal.Failure) -> Value
    ) async -> Value? {
        await withCheckedContinuation { continuation in
            queue.async {
                let result = self.journal.withLock { journal in
                    Result { () throws(CostJournal.Failure) in try body(&journal) }
                }
                switch result {
                case .success(let value): continuation.resume(returning: value)
                case .failure(let failure):
                    self.log.report("cost", failure.description)
                    continuation.resume(returning: nil)
                }
            }
        }
    }

    // MARK: Reading

    /// Lets time pass until now.
    private func settle() {
        let now = clock.now.moment
        ledger.withLock { $0.advance(to: now) }
    }

    package func read<Result: Sendable>(_ body: (Ledger, _ now: Double) -> Result) -> Result {
        let now = clock.now.moment
        return ledger.withLock { ledger in
            ledger.advance(to: now)
            return body(ledger, now)
        }
    }

    package func pricePerSecond(of pod: ObjectKey) -> Double? { ledger.withLock { $0.pricePerSecond(of: pod) } }
}
