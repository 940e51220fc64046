import Client
import KubeAPI
import Machinery
import Synchronization

/// A resource followed through an informer that other controllers keep anyway: nothing is read twice.
struct SharedMonitor: Sendable {
    let resource: GroupVersionResource
    private let follow: @Sendable (@escaping @Sendable (MonitoredChange) -> Void, @Sendable () -> Void) async -> Void

    init<T: KubeObject>(_ informer: Informer<T>) {
        resource = T.resource
        follow = { observe, synced in
            let handler = informer.onChange { change in
                switch change {
                case .deleted(let object): observe(.gone(uid: object.uid))
                case .added(let object): observe(.present(Self.facts(object)))
                case .updated(let old, let new):
                    // Most changes of pods and Leases are none of ownership.
                    let facts = Self.facts(new)
                    if Self.facts(old) != facts { observe(.present(facts)) }
                }
            }
            defer { informer.removeHandler(handler) }
            // Waiting fails only by cancellation, which also ends the sleep that follows.
            guard (try? await informer.waitForSync()) != nil else { return }
            synced()
            let (forever, _) = AsyncStream.makeStream(of: Never.self)
            for await _ in forever {}
        }
    }

    private static func facts<T: KubeObject>(_ object: T) -> ObjectFacts {
        ObjectFacts(resource: T.resource, kind: T.kind, object: object.json)
    }

    /// Follows until the task is cancelled.
    func run(
        _ observe: @escaping @Sendable (MonitoredChange) -> Void, _ synced: @Sendable () -> Void
    ) async {
        await follow(observe, synced)
    }
}

/// A resource followed by its metadata alone.
final class MetadataSink: ReflectorSink {
    private let known = Mutex<[ObjectKey: ObjectFacts]>([:])
    private let observe: @Sendable (MonitoredChange) -> Void
    private let synced: @Sendable () -> Void
    private let hasSynced = Mutex(false)

    init(observe: @escaping @Sendable (MonitoredChange) -> Void, synced: @escaping @Sendable () -> Void) {
        self.observe = observe
        self.synced = synced
    }

    func replace(with objects: [ObjectFacts]) {
        let listed = Dictionary(objects.map { ($0.key, $0) }) { $1 }
        let gone = known.withLock { known in known.values.filter { listed[$0.key]?.uid != $0.uid } }
        for facts in gone { applyDeletion(of: facts) }
        for facts in objects { apply(facts) }
        let isFirst = hasSynced.withLock { hasSynced in
            defer { hasSynced = true }
            return !hasSynced
        }
        if isFirst { synced() }
    }

    func apply(_ facts: ObjectFacts) {
        let old = known.withLock { known in
            defer { known[facts.key] = facts }
            return known[facts.key]
        }
        if let old, old.uid != facts.uid { observe(.gone(uid: old.uid)) }
        if old != facts { observe(.present(facts)) }
    }

    func applyDeletion(of facts: ObjectFacts) {
        known.withLock { $0[facts.key] = nil }
        observe(.gone(uid: facts.uid))
    }

    /// The resource is no longer served.
    func forgetAll() {
        for facts in known.withLock({ Array($0.values) }) { applyDeletion(of: facts) }
    }
}

/// Tells once that a number of things have happened.
final class ReadyGate: Sendable {
    private let missing: Mutex<Int>
    private let ready: @Sendable () -> Void

    init(count: Int, ready: @escaping @Sendable () -> Void) {
        missing = Mutex(count)
        self.ready = ready
        if count == 0 { ready() }
    }

    func pass() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { ready() }
    }
}
