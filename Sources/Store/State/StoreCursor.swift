import Synchronization

/// A watch of a store's in-memory history: only a position, so a slow watcher costs nothing and is cut off when
/// history has moved past it.
package final class StoreCursor: StoreWatch {
    /// How many changes are handed over at once.
    private static let batchLimit = 1_000

    private let core: StoreCore
    private let position: Mutex<UInt64>

    package init(core: StoreCore, after revision: UInt64) throws(StoreError) {
        self.core = core
        position = Mutex(revision)
        switch core.next(after: revision, limit: 0) {
        case .compacted(let oldest): throw .compacted(oldest: oldest)
        case .closed: throw .closed
        case .events, .nothing, .none: break
        }
    }

    package func next() async throws(StoreError) -> [StoreEvent]? {
        while !Task.isCancelled {
            let after = position.withLock { $0 }
            switch core.next(after: after, limit: Self.batchLimit) {
            case .events(let events):
                if let last = events.last { position.withLock { $0 = last.revision } }
                return events
            case .nothing(let revision): position.withLock { $0 = revision }
            case .compacted(let oldest): throw .compacted(oldest: oldest)
            case .closed: return nil
            case .none: await core.wait(after: after)
            }
        }
        return nil
    }
}
