import Store
import Synchronization

/// What this server knows of etcd: the state with its recent history, and the sink that follows it.
final class EtcdReplica: Sendable {
    private struct Feed {
        var sink: (any StoreSink)?
        var expiry = ExpiryQueue()
        var interner = StringInterner()
        /// What watchers are to see last of objects that this server is about to delete.
        var farewells: [StoreKey: ObjectWrite] = [:]
    }

    let core: StoreCore
    private let keys: EtcdKeys
    private let configuration: EtcdConfiguration
    /// Held while a batch is made, published and given to the sink, so that batches come one after the other.
    private let feed = Mutex(Feed())

    init(_ loaded: EtcdReading, keys: EtcdKeys, configuration: EtcdConfiguration) {
        self.keys = keys
        self.configuration = configuration
        core = StoreCore(StoreState(revision: loaded.revision, floor: loaded.revision, tables: loaded.tables))
        feed.withLock { feed in
            for table in loaded.tables.values {
                for object in table.objects() { feed.expiry.note(object) }
            }
        }
    }

    func attach(_ sink: any StoreSink) {
        feed.withLock { feed in
            sink.prime(core.prime())
            feed.sink = sink
        }
    }

    /// Keeps the last state of an object until its deletion comes round, or `forgetFarewell`.
    func note(farewell: ObjectWrite, to key: StoreKey) {
        feed.withLock { $0.farewells[key] = farewell }
    }

    func forgetFarewell(to key: StoreKey) {
        feed.withLock { $0.farewells[key] = nil }
    }

    /// Makes the changes of a watch answer; what was made before is left out.
    func apply(_ changes: [EtcdWatchResponse.Event]) {
        guard let last = changes.last?.value.modRevision else { return }
        feed.withLock { feed in
            let known = core.revision
            var batch = EtcdBatch(core: core, time: configuration.store.now())
            for change in changes where change.value.modRevision > known {
                guard let key = keys.key(of: change.value.key) else { continue }
                if change.isDeletion {
                    batch.delete(
                        key, at: change.value.modRevision, farewell: feed.farewells.removeValue(forKey: key))
                } else if let object = open(change.value, as: key, &feed) {
                    batch.put(object)
                }
            }
            publish(batch.events, through: last, &feed)
            trim(&feed)
        }
    }

    /// Says that nothing more has happened up to a revision.
    func advance(to revision: UInt64) {
        feed.withLock { feed in
            guard revision > core.revision else { return }
            publish([], through: revision, &feed)
        }
    }

    /// Takes a new reading after history was lost: what differs is told as changes, and history starts anew.
    func replace(with reading: EtcdReading) {
        feed.withLock { feed in
            guard reading.revision > core.revision else { return }
            var batch = EtcdBatch(core: core, time: configuration.store.now())
            let (tables, known) = core.read { ($0.tables, $0.revision) }
            let changed = reading.tables.values.flatMap { $0.objects().filter { $0.revision > known } }
            for object in changed.sorted(by: { $0.revision < $1.revision }) { batch.put(object) }
            for (bucket, table) in tables {
                let left = reading.tables[bucket]
                for object in table.objects()
                where left?.get(namespace: object.key.namespace, name: object.key.name) == nil {
                    batch.delete(object.key, at: reading.revision, farewell: nil)
                }
            }
            publish(batch.events, through: reading.revision, &feed)
            forget(through: reading.revision, &feed)
        }
    }

    /// Forgets history through a revision.
    func compact(through revision: UInt64) {
        feed.withLock { forget(through: revision, &$0) }
    }

    /// Keeps history within its limits.
    func trim() {
        feed.withLock { trim(&$0) }
    }

    /// Objects whose time is over.
    func expired() -> [StoredObject] {
        let now = configuration.store.now()
        let due = feed.withLock { $0.expiry.due(at: now, limit: .max) }
        return due.compactMap { entry in
            core.get(entry.key).flatMap { $0.revision == entry.revision ? $0 : nil }
        }
    }

    /// Gives objects back that could not be deleted.
    func postpone(_ objects: [StoredObject]) {
        feed.withLock { feed in for object in objects { feed.expiry.note(object) } }
    }

    /// When the next object's time is over, in seconds since the epoch.
    var nextExpiry: Int64? { feed.withLock { $0.expiry.next } }

    /// The change made as `revision`, if it is still known.
    func change(of key: StoreKey, at revision: UInt64) -> StoreEvent? {
        core.read { $0.history.events(after: revision - 1, limit: 1) }.first {
            $0.revision == revision && $0.key == key
        }
    }

    /// The latest deletion of a key after a revision, if it is still known.
    func deletion(of key: StoreKey, after revision: UInt64) -> StoreEvent? {
        core.read { $0.history.events(after: revision) }.last { $0.key == key && $0.type == .deleted }
    }

    func open(_ pair: EtcdKeyValue, as key: StoreKey) throws(StoreError) -> StoredObject {
        var interner = StringInterner()
        return try EtcdEnvelope.open(
            pair, as: key, cipher: configuration.store.cipher, interner: &interner)
    }

    private func open(_ pair: EtcdKeyValue, as key: StoreKey, _ feed: inout Feed) -> StoredObject? {
        do throws(StoreError) {
            return try EtcdEnvelope.open(
                pair, as: key, cipher: configuration.store.cipher, interner: &feed.interner)
        } catch {
            // Somebody else's value below our prefix: said, and not shown to anybody.
            configuration.log("\(error)")
            return nil
        }
    }

    private func publish(_ events: [StoreEvent], through revision: UInt64, _ feed: inout Feed) {
        core.publish(events)
        core.advance(to: revision)
        for event in events { feed.expiry.note(event) }
        feed.sink?.apply(StoreBatch(events: events, revision: revision))
    }

    private func trim(_ feed: inout Feed) {
        var floor = core.read { $0.floor }
        let now = configuration.store.now()
        while true {
            let surplus = core.read { $0.surplus(configuration.store, now: now) }
            guard surplus > floor else { return }
            forget(through: surplus, &feed)
            floor = surplus
        }
    }

    private func forget(through revision: UInt64, _ feed: inout Feed) {
        core.trim(through: revision)
        feed.sink?.compacted(before: revision)
    }
}

/// Changes on their way into the state, each with the state before.
private struct EtcdBatch {
    private let core: StoreCore
    private let time: Int64
    private(set) var events: [StoreEvent] = []
    /// Keys changed by this batch; nil for deleted.
    private var overlay: [StoreKey: StoredObject?] = [:]

    init(core: StoreCore, time: Int64) {
        self.core = core
        self.time = time
    }

    mutating func put(_ object: StoredObject) {
        let previous = current(object.key)
        overlay[object.key] = .some(object)
        events.append(
            StoreEvent(type: previous == nil ? .added : .modified, object: object, previous: previous, time: time))
    }

    mutating func delete(_ key: StoreKey, at revision: UInt64, farewell: ObjectWrite?) {
        guard let previous = current(key) else { return }
        overlay[key] = .some(nil)
        if let farewell {
            events.append(
                StoreEvent(
                    type: .deleted, object: farewell.stored(as: key, at: revision), previous: previous, time: time))
        } else {
            events.append(.deletion(of: previous, at: revision, time: time))
        }
    }

    private func current(_ key: StoreKey) -> StoredObject? { overlay[key] ?? core.get(key) }
}
