import Synchronization

/// One bucket of the watch cache: current objects, recent changes, and who watches them.
final class BucketCache: Sendable {
    private struct State {
        var table: ObjectTable
        /// The revision of the bucket's latest change.
        var revision: UInt64
        /// `history` holds every change of the bucket after this revision.
        var floor: UInt64
        var history = EventHistory()
        var index = WatchIndex()
        var pins: [Pin] = []
    }

    private struct Pin {
        var snapshot: BucketSnapshot
        var time: Int64
    }

    /// How many of the latest changes keep what was derived from them.
    private static let framedEvents = 128

    private let name: String
    private let configuration: WatchCacheConfiguration
    private let state: Mutex<State>
    private let memo = SharedObjectsMemo()

    init(name: String, table: ObjectTable, floor: UInt64, configuration: WatchCacheConfiguration) {
        self.name = name
        self.configuration = configuration
        state = Mutex(State(table: table, revision: floor, floor: floor))
    }

    /// Takes a new start: the objects of `table` and the changes that lead to them.
    func prime(_ table: ObjectTable, floor: UInt64, history: [StoreEvent]) {
        state.withLock { state in
            state.table = table
            state.floor = floor
            state.revision = floor
            state.history = EventHistory()
            state.pins = []
            for event in history {
                state.history.append(event)
                state.revision = event.revision
            }
            limitHistory(&state)
        }
    }

    /// Takes the bucket's changes of a commit, and finds who sees them.
    func apply(_ events: ArraySlice<StoreEvent>, into deliveries: inout WatchDeliveries) {
        let index = state.withLock { state in
            for event in events {
                state.table.apply(event)
                state.history.append(event)
                state.revision = event.revision
                forgetDerived(state)
            }
            limitHistory(&state)
            return state.index
        }
        // Filters run outside the lock. A watcher that came since has these changes in its backlog or snapshot.
        guard index.count > 0 else { return }
        for event in events { index.match(event, into: &deliveries) }
    }

    /// Forgets changes before `revision`, and pins whose time is over.
    func compact(before revision: UInt64) {
        state.withLock { state in
            while let first = state.history.first, first.revision <= revision { forgetFirst(&state) }
            dropOldPins(&state)
        }
    }

    /// The current state, at least as new as `applied`, the revision up to which all buckets have been applied.
    func snapshot(applied: UInt64) -> BucketSnapshot {
        state.withLock { snapshot($0, applied: applied) }
    }

    func snapshot(at revision: UInt64, applied: UInt64) throws(WatchCacheError) -> BucketSnapshot {
        let outcome: Result<BucketSnapshot, WatchCacheError> = state.withLock { state in
            dropOldPins(&state)
            let current = snapshot(state, applied: applied)
            if revision > current.revision { return .failure(.future(revision, current: current.revision)) }
            if revision >= state.revision {
                return .success(
                    BucketSnapshot(
                        bucket: name, revision: revision, table: state.table, version: state.revision, memo: memo))
            }
            if let pin = state.pins.first(where: { $0.snapshot.revision == revision }) {
                return .success(pin.snapshot)
            }
            guard revision >= state.floor else { return .failure(.expired(revision, oldest: state.floor)) }
            var table = state.table
            for event in state.history.events(after: revision).reversed() { table.revert(event) }
            let past = BucketSnapshot(
                bucket: name, revision: revision, table: table, version: revision, memo: SharedObjectsMemo())
            pin(past, &state)
            return .success(past)
        }
        return try outcome.get()
    }

    /// Keeps a snapshot for the pages to come.
    func pin(_ snapshot: BucketSnapshot) {
        state.withLock { pin(snapshot, &$0) }
    }

    func subscribe(
        _ selection: WatchSelection, from start: WatchStart, group: WatchGroup, place: UInt32, applied: UInt64
    ) throws(WatchCacheError) -> WatchOpening {
        let outcome: Result<WatchOpening, WatchCacheError> = state.withLock { state in
            let current = snapshot(state, applied: applied)
            var backlog: [StoreEvent] = []
            var after: UInt64 = 0
            if case .revision(let revision) = start {
                guard revision >= state.floor else { return .failure(.tooOld(revision, oldest: state.floor)) }
                backlog = state.history.events(after: revision)
                if revision > current.revision { after = revision }
            }
            let subscription = Subscription(
                id: group.makeID(place: place), selection: selection, after: after, group: group, bucket: self)
            state.index.add(subscription)
            return .success(
                WatchOpening(
                    subscription: subscription, snapshot: start == .currentState ? current : nil, backlog: backlog,
                    revision: max(current.revision, after)))
        }
        let opening = try outcome.get()
        // The backlog is matched outside the lock.
        return WatchOpening(
            subscription: opening.subscription, snapshot: opening.snapshot,
            backlog: opening.backlog.compactMap(selection.view), revision: opening.revision)
    }

    func remove(_ subscription: Subscription) {
        state.withLock { $0.index.remove(subscription) }
    }

    var subscribers: Int { state.withLock { $0.index.count } }

    private func snapshot(_ state: State, applied: UInt64) -> BucketSnapshot {
        // Between the bucket's latest change and `applied` nothing has happened here.
        BucketSnapshot(
            bucket: name, revision: max(applied, state.revision), table: state.table, version: state.revision,
            memo: memo)
    }

    /// Frames are of use while watchers are being told of a change; history is for the few that come back, and frames
    /// would make it several times as large. Other encodings of a superseded state have no readers left.
    private func forgetDerived(_ state: State) {
        let index = state.history.count - 1 - Self.framedEvents
        guard index >= 0 else { return }
        let event = state.history[index]
        event.derived.clear()
        event.previous?.derived.clear()
    }

    private func limitHistory(_ state: inout State) {
        while state.history.count > configuration.historyEvents || state.history.bytes > configuration.historyBytes {
            forgetFirst(&state)
        }
    }

    private func forgetFirst(_ state: inout State) {
        guard let event = state.history.removeFirst() else { return }
        state.floor = event.revision
    }

    private func pin(_ snapshot: BucketSnapshot, _ state: inout State) {
        dropOldPins(&state)
        let time = configuration.now()
        state.pins.removeAll { $0.snapshot.revision == snapshot.revision }
        if state.pins.count >= max(configuration.pinnedSnapshots, 1) { state.pins.removeFirst() }
        state.pins.append(Pin(snapshot: snapshot, time: time))
    }

    private func dropOldPins(_ state: inout State) {
        let oldest = configuration.now() - configuration.pinSeconds
        state.pins.removeAll { $0.time <= oldest }
    }
}
