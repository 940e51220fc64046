import Synchronization

package enum ChangeType: UInt8, Hashable, Sendable {
    case added = 1
    case modified = 2
    case deleted = 3
}

/// One committed change, shared by every watcher that sees it.
package final class StoreEvent: Sendable {
    package let type: ChangeType
    /// The new state; for `deleted` the last state, with the revision of the deletion as its resourceVersion.
    package let object: StoredObject
    /// The state before; nil for `added`.
    package let previous: StoredObject?
    /// When the change was committed, in seconds since the epoch.
    package let time: Int64
    /// Encodings of this event, made on demand.
    package let derived = DerivedValues()

    /// Whether a deletion's last state is the previous one but for its resourceVersion, so that it need not be kept
    /// twice at rest.
    let repeatsPrevious: Bool

    private let views = Mutex(Views())

    private struct Views {
        var entering: StoreEvent?
        var leaving: StoreEvent?
    }

    package init(
        type: ChangeType, object: StoredObject, previous: StoredObject?, time: Int64, repeatsPrevious: Bool = false
    ) {
        self.type = type
        self.object = object
        self.previous = previous
        self.time = time
        self.repeatsPrevious = repeatsPrevious
    }

    /// The deletion of a state that watchers are to see as it was.
    package static func deletion(of previous: StoredObject, at revision: UInt64, time: Int64) -> StoreEvent {
        StoreEvent(
            type: .deleted, object: previous.respliced(at: revision), previous: previous, time: time,
            repeatsPrevious: true)
    }

    package var revision: UInt64 { object.revision }
    package var key: StoreKey { object.key }

    /// This event to a watcher whose selection the object enters: ADDED with the new state.
    package var entering: StoreEvent {
        if type == .added { return self }
        return views.withLock { views in
            if let made = views.entering { return made }
            let made = StoreEvent(type: .added, object: object, previous: nil, time: time)
            views.entering = made
            return made
        }
    }

    /// This event to a watcher whose selection the object leaves: DELETED with the state the watcher last saw and the
    /// resourceVersion of this change.
    package var leaving: StoreEvent {
        guard type != .deleted, let previous else { return self }
        return views.withLock { views in
            if let made = views.leaving { return made }
            let last = previous.respliced(at: revision)
            let made = StoreEvent(type: .deleted, object: last, previous: previous, time: time)
            views.leaving = made
            return made
        }
    }
}
