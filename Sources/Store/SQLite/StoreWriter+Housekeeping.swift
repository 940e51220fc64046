import Glibc

/// What the writer does besides writing: deleting what has expired, trimming history, coming back from a full disk.
extension StoreWriter {
    /// History may be this much older than asked, in seconds, before it is trimmed for its own sake and not along with
    /// a write: an idle store then does it rarely.
    private static let slackSeconds: Int64 = 30
    /// The longest sleep, in seconds.
    private static let longestPatience: Int64 = 60
    /// How much history a full store gives up in one go.
    private static let emergencySlices = 8

    /// How long the writer may sleep when there are no requests, in seconds.
    var patience: Int64 {
        switch health {
        case .failed, .closed: return Self.longestPatience
        case .full: return 1
        case .ok: break
        }
        if !compactions.isEmpty { return 0 }
        let now = configuration.now()
        var patience = Self.longestPatience
        if let next = expiry.next { patience = min(patience, next - now) }
        if let oldest = core.read({ $0.history.first?.time }) {
            patience = min(patience, oldest + configuration.historySeconds + Self.slackSeconds - now)
        }
        return max(patience, 0)
    }

    /// Does what is due; everything that is due when forced, else as much as should come before the next writes.
    func housekeep(isForced: Bool) {
        var isMore: Bool
        repeat {
            isMore = expire()
            isMore = trim(isForced: isForced) || isMore
        } while isForced && isMore
        recover(isForced: isForced)
        settleCompactions()
    }

    func accept(_ compaction: PendingCompaction) {
        let (current, floor) = core.read { ($0.revision, $0.floor) }
        if compaction.revision > current {
            compaction.reply.resume(returning: .failure(.future(current: current)))
        } else if compaction.revision <= floor {
            compaction.reply.resume(returning: .success(()))
        } else {
            compactions.append(compaction)
        }
    }

    /// The oldest changes that history need not keep, up to `limit`, to be forgotten along with the next commit.
    func dueSlice(limit: Int, slack: Int64 = 0) -> [StoreEvent] {
        let asked = compactions.map(\.revision).max() ?? 0
        let now = configuration.now() - slack
        return core.read { state in
            let through: UInt64
            switch health {
            case .ok: through = max(asked, state.surplus(configuration, now: now))
            case .full: through = state.revision
            case .failed, .closed: return []
            }
            return state.history.prefix(min(limit, state.history.count(through: through)))
        }
    }

    /// Deletes some of the expired objects; true when there may be more.
    private func expire() -> Bool {
        switch health {
        case .ok, .full: break
        case .failed, .closed: return false
        }
        let due = expiry.due(at: configuration.now(), limit: StoreState.sliceLimit)
        guard !due.isEmpty else { return false }
        let current = due.filter { core.get($0.key)?.revision == $0.revision }
        let deletions = current.map { entry in
            PendingWrite(
                operation: .delete(entry.key, expecting: entry.revision, last: nil), reply: nil)
        }
        if !deletions.isEmpty { commit(deletions, forgetting: []) }
        // What could not be deleted for want of space waits for the next round.
        let left = current.filter { core.get($0.key)?.revision == $0.revision }
        for entry in left { expiry.insert(entry) }
        return left.isEmpty
    }

    /// Forgets some history; true when there may be more to forget.
    private func trim(isForced: Bool) -> Bool {
        var rounds = 1
        if case .full = health { rounds = Self.emergencySlices }
        for _ in 0..<rounds {
            let floor = core.read { $0.floor }
            let slice = dueSlice(limit: StoreState.sliceLimit, slack: isForced ? 0 : Self.slackSeconds)
            guard !slice.isEmpty else { return false }
            commit([], forgetting: slice)
            guard core.read({ $0.floor }) > floor else { return false }
        }
        return true
    }

    /// Takes writes again when there is space again.
    private func recover(isForced: Bool) {
        guard case .full = health else { return }
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        guard isForced || Int64(time.tv_sec) > lastRecovery else { return }
        lastRecovery = Int64(time.tv_sec)
        do throws(SQLiteFailure) {
            try log.checkpoint()
            if try space.restore() { health = .ok }
        } catch {
            if !error.isFull { health = .failed(error.storeError(path: log.path).description) }
        }
    }

    private func settleCompactions() {
        guard !compactions.isEmpty else { return }
        let floor = core.read { $0.floor }
        var outcome: Result<Void, StoreError>?
        if case .failed(let reason) = health { outcome = .failure(.unavailable(reason)) }
        var waiting: [PendingCompaction] = []
        for compaction in compactions {
            if compaction.revision <= floor {
                compaction.reply.resume(returning: .success(()))
            } else if let outcome {
                compaction.reply.resume(returning: outcome)
            } else {
                waiting.append(compaction)
            }
        }
        compactions = waiting
    }
}
