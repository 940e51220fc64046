/// The one writer of a SQLite store, running on its own thread.
///
/// It takes everything that is queued, decides each write in turn, and makes all of them durable with one sync (group
/// commit); then it publishes the changes, feeds the sink, and answers. History is trimmed in slices that ride along.
///
/// When several write at once it gathers before it commits (`CommitGathering`), for as long as the last commit took and
/// no longer than two milliseconds. Somebody who writes alone never waits.
final class StoreWriter {
    /// How many writes one transaction takes at most.
    private static let batchCount = 512
    private static let longestGathering = Duration.milliseconds(2)

    let configuration: StoreConfiguration
    let space: SpaceReserve
    let core: StoreCore
    let log: EventLog
    private let mailbox: Mailbox<WriteRequest>
    private let report: @Sendable (StoreHealth) -> Void
    private var sink: (any StoreSink)?
    private var gathering = CommitGathering()
    private var closing: [Reply<Void>] = []
    var expiry: ExpiryQueue
    var compactions: [PendingCompaction] = []
    /// When a full store last looked for space, in seconds of the monotonic clock.
    var lastRecovery: Int64 = 0
    var health: StoreHealth {
        didSet { if health != oldValue { report(health) } }
    }

    init(
        configuration: StoreConfiguration, log: EventLog, space: SpaceReserve, core: StoreCore, expiry: ExpiryQueue,
        health: StoreHealth, mailbox: Mailbox<WriteRequest>, report: @escaping @Sendable (StoreHealth) -> Void
    ) {
        self.configuration = configuration
        self.log = log
        self.space = space
        self.core = core
        self.expiry = expiry
        self.health = health
        self.mailbox = mailbox
        self.report = report
    }

    /// Works until the mailbox is closed and empty.
    ///
    /// - Returns: those to be told when the file is closed, which happens when the writer is released.
    func run() -> [Reply<Void>] {
        while let requests = mailbox.take(patience: .seconds(patience)) {
            let begin = ContinuousClock.now
            handle(requests)
            let taken = begin.duration(to: .now)
            housekeep(isForced: false)
            let goal = gathering.goal(after: requests.count, limit: Self.batchCount)
            guard goal > 1 else { continue }
            let count = mailbox.gather(goal, patience: min(taken, Self.longestGathering))
            gathering.came(count, of: goal)
        }
        finish()
        return closing
    }

    private func handle(_ requests: [WriteRequest]) {
        var writes: [PendingWrite] = []
        var bytes = 0
        for request in requests {
            if case .write(let write) = request {
                writes.append(write)
                bytes += write.operation.bytes
                if writes.count < Self.batchCount, bytes < configuration.batchBytes { continue }
            }
            // A batch is full, or something that must find the writes before it done.
            commit(writes)
            writes = []
            bytes = 0
            control(request)
        }
        commit(writes)
    }

    private func control(_ request: WriteRequest) {
        switch request {
        case .write: break
        case .compact(let compaction): accept(compaction)
        case .maintain(let reply):
            housekeep(isForced: true)
            reply.resume(returning: .success(()))
        case .attach(let sink, let reply):
            sink.prime(core.prime())
            self.sink = sink
            reply.resume(returning: .success(()))
        case .close(let reply):
            mailbox.close()
            closing.append(reply)
        }
    }

    private func commit(_ writes: [PendingWrite]) {
        guard !writes.isEmpty else { return }
        commit(writes, forgetting: dueSlice(limit: 32 + 2 * writes.count))
    }

    /// Carries out a batch of writes, and forgets the oldest changes of history, in one transaction.
    func commit(_ writes: [PendingWrite], forgetting slice: [StoreEvent]) {
        var isCleared = false
        while true {
            let plan = plan(writes)
            guard !plan.events.isEmpty || !slice.isEmpty else { return answer(writes, plan.outcomes) }
            do throws(SQLiteFailure) {
                try log.append(plan.events, forgetting: slice)
            } catch {
                let failure = error.storeError(path: log.path)
                if error.isFull, !isCleared {
                    // Once more, with the deletions only, and with the log empty again.
                    isCleared = true
                    makeRoom(failure)
                    continue
                }
                if !error.isFull { health = .failed(failure.reason) }
                let outcomes = zip(plan.outcomes, writes).map { outcome, _ in
                    if case .success = outcome { return Result<StoredObject, StoreError>.failure(failure) }
                    return outcome
                }
                return answer(writes, outcomes)
            }
            publish(plan.events.map(\.event))
            forget(slice)
            answer(writes, plan.outcomes)
            return checkpoint()
        }
    }

    private func plan(_ writes: [PendingWrite]) -> WritePlan {
        var plan = WritePlan(core: core, cipher: configuration.cipher, time: configuration.now())
        for write in writes {
            switch health {
            case .ok: plan.add(write.operation)
            case .full(let reason):
                if write.operation.isDeletion { plan.add(write.operation) } else { plan.refuse(.full(reason)) }
            case .failed(let reason): plan.refuse(.unavailable(reason))
            case .closed: plan.refuse(.closed)
            }
        }
        return plan
    }

    private func publish(_ events: [StoreEvent]) {
        guard let last = events.last else { return }
        core.publish(events)
        for event in events { expiry.note(event) }
        sink?.apply(StoreBatch(events: events, revision: last.revision))
    }

    private func forget(_ slice: [StoreEvent]) {
        guard let last = slice.last else { return }
        core.trim(through: last.revision)
        sink?.compacted(before: last.revision)
    }

    private func answer(_ writes: [PendingWrite], _ outcomes: [Result<StoredObject, StoreError>]) {
        for (write, outcome) in zip(writes, outcomes) { write.reply?.resume(returning: outcome) }
    }

    private func checkpoint() {
        do throws(SQLiteFailure) {
            try log.checkpointIfDue()
            if case .ok = health, try space.isShort() {
                makeRoom(.full("\(log.path): the free pages of the database have run short"))
            }
        } catch {
            let failure = error.storeError(path: log.path)
            if error.isFull { makeRoom(failure) } else { health = .failed(failure.reason) }
        }
    }

    /// Takes deletions only from now on, and gives them the reserve and the space of the log.
    private func makeRoom(_ failure: StoreError) {
        if case .ok = health { health = .full(failure.reason) }
        do throws(SQLiteFailure) {
            try space.release()
            try log.checkpoint()
        } catch {
            // A log that cannot be copied yet can be when history has been dropped, or the disk has space again.
            if !error.isFull { health = .failed(error.storeError(path: log.path).reason) }
        }
    }

    /// Ends the watches and answers whoever still waits.
    private func finish() {
        core.close()
        for compaction in compactions { compaction.reply.resume(returning: .failure(.closed)) }
        compactions = []
        health = .closed
    }
}
