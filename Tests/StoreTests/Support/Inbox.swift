import Store
import Synchronization

/// Collects what a watch group is handed, for each subscriber.
final class Inbox: Sendable {
    private struct State {
        var events: [SubscriberID: [StoreEvent]] = [:]
        var batches = 0
    }

    private let state = Mutex(State())

    private func take(_ deliveries: [WatchDelivery]) {
        state.withLock { state in
            state.batches += 1
            for delivery in deliveries {
                for subscriber in delivery.subscribers { state.events[subscriber, default: []].append(delivery.event) }
            }
        }
    }

    func makeGroup() -> WatchGroup { WatchGroup { self.take($0) } }

    /// How often `deliver` was called.
    var batches: Int { state.withLock { $0.batches } }

    func events(_ opening: WatchOpening) -> [StoreEvent] {
        state.withLock { $0.events[opening.subscription.id] ?? [] }
    }

    func changes(_ opening: WatchOpening) -> [Change] { events(opening).map { Change($0) } }
}

/// A memory store with a watch cache that follows it.
struct CachedStore {
    let store: MemoryStore
    let cache: WatchCache

    init(
        _ configuration: WatchCacheConfiguration = WatchCacheConfiguration(),
        store: StoreConfiguration = StoreConfiguration()
    ) async throws {
        self.store = MemoryStore(configuration: store)
        cache = WatchCache(configuration: configuration)
        try await self.store.attach(cache)
    }
}
