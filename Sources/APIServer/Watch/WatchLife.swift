import Synchronization

/// Ends the watches of a resource when that goes away or is served by other rules: a client then begins anew, and finds
/// out.
package final class WatchLife: Sendable {
    /// A watch among those to be ended.
    struct Entry: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct State {
        var watches: [Entry: @Sendable () -> Void] = [:]
        var last: UInt64 = 0
        var isOver = false
    }

    private let state = Mutex(State())

    init() {}

    /// - Parameter end: ends the watch; called at once when all is over already.
    func register(_ end: @escaping @Sendable () -> Void) -> Entry {
        let (entry, isOver) = state.withLock { state in
            state.last += 1
            let entry = Entry(number: state.last)
            if !state.isOver { state.watches[entry] = end }
            return (entry, state.isOver)
        }
        if isOver { end() }
        return entry
    }

    func forget(_ entry: Entry?) {
        guard let entry else { return }
        state.withLock { _ = $0.watches.removeValue(forKey: entry) }
    }

    /// Ends all watches, and those that begin later.
    func end() {
        let watches = state.withLock { state in
            state.isOver = true
            defer { state.watches = [:] }
            return Array(state.watches.values)
        }
        for end in watches { end() }
    }
}
