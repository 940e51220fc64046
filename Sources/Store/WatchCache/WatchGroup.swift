import Synchronization

/// A watcher within its group. Deliveries name watchers in the order of their numbers, so that those of one place
/// follow one another.
package struct SubscriberID: Hashable, Comparable, Sendable {
    package let rawValue: UInt64

    package static func < (left: SubscriberID, right: SubscriberID) -> Bool { left.rawValue < right.rawValue }
}

/// A change with the watchers of one group that see it.
package struct WatchDelivery: Sendable {
    package let event: StoreEvent
    package let subscribers: [SubscriberID]
}

/// Watchers that are reached together, such as those of one event loop: each commit calls `deliver` once per group, so
/// the server hops to the loop once, whatever the number of watchers and changes.
///
/// `deliver` is called on the committing thread, in revision order, and must only pass the deliveries on. Subscribing
/// on the executor that `deliver` hops to gives every watcher its backlog before its live changes without more ado.
package final class WatchGroup: Sendable {
    let deliver: @Sendable ([WatchDelivery]) -> Void
    private let lastID = Atomic<UInt64>(0)

    package init(deliver: @escaping @Sendable ([WatchDelivery]) -> Void) { self.deliver = deliver }

    /// A new number: the place in front, a count that does not come round behind it.
    func makeID(place: UInt32) -> SubscriberID {
        let count = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        return SubscriberID(rawValue: UInt64(place & 0xFF_FFFF) << 40 | count & 0xFF_FFFF_FFFF)
    }
}
