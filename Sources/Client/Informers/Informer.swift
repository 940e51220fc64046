import KubeAPI
import Machinery
import Synchronization

/// A local, always current copy of the objects of a kind, shared by everything in the process that looks at them.
///
/// Reads are dictionary look-ups and cost no request. Handlers learn of every change exactly once and in order; after
/// a gap in the watch the copy is compared with a new list, and the differences are told as changes. What a handler
/// or `get` shows may be older than the server's state, never newer, and never goes back.
///
/// Objects that have not changed for long rest as bytes and are made into trees when they are looked at.
///
/// `managedFields` are left out of the copies. Objects from an informer must not be sent back as updates wholesale
/// unless that is fine; patches do not care.
package final class Informer<Object: KubeObject>: Sendable {
    private struct State {
        var store = InformerStore<Object>()
        var hasSynced = false
        var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
        var nextWaiter = 0
    }

    private struct Delivery {
        var handlers: [(id: Int, handler: Handler)] = []
        var nextID = 0
    }

    package typealias Handler = @Sendable (InformerChange<Object>) -> Void

    /// Names a handler, to take it back.
    package struct HandlerID: Hashable, Sendable {
        fileprivate let number: Int
    }

    private let transform: @Sendable (Object) -> Object
    private let state = Mutex(State())
    /// Held while a change is applied and told: it keeps handlers' calls in order. Handlers may read the informer,
    /// which takes only the other lock, but must not add handlers.
    private let delivery = Mutex(Delivery())

    init(transform: (@Sendable (Object) -> Object)?) {
        self.transform = transform ?? { $0 }
        if Object.isNamespaced { addIndex(Self.namespaceIndex) { [$0.namespace] } }
    }

    private static var namespaceIndex: String { "\u{0}namespace" }

    // MARK: Reading

    package func get(_ key: ObjectKey) -> Object? {
        // What rests is woken outside the lock.
        state.withLock { $0.store.entries[key]?.resting }?.object
    }

    /// All objects, or those of a namespace, in no particular order.
    package func list(namespace: String? = nil) -> [Object] {
        state.withLock { state in
            guard let namespace, Object.isNamespaced else { return state.store.entries.values.map(\.resting) }
            return state.store.members(of: Self.namespaceIndex, namespace)
        }.map(\.object)
    }

    /// The objects of a namespace that have all of the labels, in no particular order. Only these are made into trees.
    package func list(namespace: String, labels: [String: String]) -> [Object] {
        state.withLock { state in
            state.store.keys(of: Self.namespaceIndex, namespace).compactMap { key -> RestingObject<Object>? in
                guard let entry = state.store.entries[key],
                    labels.allSatisfy({ entry.labels.string($0.key) == $0.value })
                else { return nil }
                return entry.resting
            }
        }.map(\.object)
    }

    package func isEmpty(namespace: String) -> Bool {
        state.withLock { $0.store.keys(of: Self.namespaceIndex, namespace).isEmpty }
    }

    package var count: Int { state.withLock { $0.store.count } }

    /// The objects for which an index gave the value.
    package func byIndex(_ index: String, _ value: String) -> [Object] {
        state.withLock { $0.store.members(of: index, value) }.map(\.object)
    }

    /// The values an index has objects for.
    package func indexValues(_ index: String) -> [String] {
        state.withLock { $0.store.values(of: index) }
    }

    /// Adds an index; the first one of a name stands, so that several users may ask for the same one.
    package func addIndex(_ name: String, _ keys: @escaping @Sendable (Object) -> [String]) {
        state.withLock { $0.store.addIndex(name, keys) }
    }

    // MARK: Following

    /// Calls the handler with every change from now on, after an `added` for every object already here.
    ///
    /// Calls come one at a time, in order, from the informer's own task: the handler must be quick, in general only
    /// put a key on a queue.
    @discardableResult
    package func onChange(_ handler: @escaping Handler) -> HandlerID {
        delivery.withLock { delivery in
            delivery.nextID += 1
            delivery.handlers.append((delivery.nextID, handler))
            for object in list() { handler(.added(object)) }
            return HandlerID(number: delivery.nextID)
        }
    }

    /// Calls the handler no more, once this returns.
    package func removeHandler(_ id: HandlerID) {
        delivery.withLock { delivery in delivery.handlers.removeAll { $0.id == id.number } }
    }

    /// Whether the first list has arrived and every handler has been told of it.
    package var hasSynced: Bool { state.withLock { $0.hasSynced } }

    /// Waits until `hasSynced`.
    /// - Throws: `CancellationError`.
    package func waitForSync() async throws {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.hasSynced { return .success(()) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[id] = continuation
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.resume(throwing: CancellationError())
        }
    }
}

extension Informer: ReflectorSink {
    /// Takes a whole list: what is missing was deleted, what differs was updated.
    package func replace(with listed: [Object]) {
        delivery.withLock { delivery in
            let handlers = delivery.handlers.map(\.handler)
            var missing = Set(state.withLock { $0.store.entries.keys })
            for object in listed {
                missing.remove(object.key)
                put(object, handlers)
            }
            for key in missing { remove(key, lastState: nil, handlers) }
            let waiters = state.withLock { state in
                state.hasSynced = true
                defer { state.waiters = [:] }
                return state.waiters
            }
            for waiter in waiters.values { waiter.resume() }
        }
    }

    /// Takes an added or modified object.
    package func apply(_ object: Object) {
        delivery.withLock { put(object, $0.handlers.map(\.handler)) }
    }

    package func applyDeletion(of object: Object) {
        delivery.withLock { remove(object.key, lastState: object, $0.handlers.map(\.handler)) }
    }

    private func put(_ object: Object, _ handlers: [Handler]) {
        let key = object.key
        let slim = slimmed(object)
        let entry = state.withLock { $0.store.entries[key] }
        if let entry, entry.resourceVersion == slim.resourceVersion, entry.uid == slim.uid { return }
        // Only the caller's turn (`delivery`) changes the store, so nothing comes between.
        let old = entry?.resting.object
        state.withLock { $0.store.set(key, slim, old: old) }
        guard let old else { return tell(.added(slim), handlers) }
        guard old.uid == slim.uid else {
            // Deleted and made anew while nobody watched: two objects that share a name.
            tell(.deleted(old), handlers)
            return tell(.added(slim), handlers)
        }
        tell(.updated(old: old, new: slim), handlers)
    }

    private func remove(_ key: ObjectKey, lastState: Object?, _ handlers: [Handler]) {
        guard let old = state.withLock({ $0.store.entries[key]?.resting })?.object else { return }
        state.withLock { $0.store.set(key, nil, old: old) }
        tell(.deleted(lastState.map(slimmed) ?? old), handlers)
    }

    private func tell(_ change: InformerChange<Object>, _ handlers: [Handler]) {
        for handler in handlers { handler(change) }
    }

    private func slimmed(_ object: Object) -> Object {
        var json = object.json
        if var metadata = json["metadata"]?.objectValue, metadata.contains("managedFields") {
            json["metadata"] = .null
            metadata["managedFields"] = nil
            json["metadata"] = .object(metadata)
        }
        return transform(Object(json: json))
    }
}
