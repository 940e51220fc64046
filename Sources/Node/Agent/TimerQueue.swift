import Machinery
import Synchronization

/// All the agent's delays on one timer: probes, back-off, deadlines, renewals.
///
/// A heap ordered by time, and one task that sleeps until the first entry is due. Actions must be quick; they start
/// work elsewhere. Entries that are cancelled cost nothing until their time has come.
package final class TimerQueue: Sendable {
    package typealias Action = @Sendable () -> Void

    private struct Entry: Sendable {
        let time: Duration
        let id: UInt64
        let action: Action
    }

    private struct State {
        var heap = Heap<Entry> { $0.time < $1.time }
        var cancelled: Set<UInt64> = []
        var pending: Set<UInt64> = []
        var nextID: UInt64 = 0
        /// When the sleeping task will wake by itself.
        var wakeTime: Duration?
    }

    private let clock: NodeClock
    private let state = Mutex(State())
    private let bell = Doorbell()

    package init(clock: NodeClock) {
        self.clock = clock
    }

    /// Calls the action after a delay; the id cancels it.
    @discardableResult
    package func after(_ delay: Duration, _ action: @escaping Action) -> UInt64 {
        let time = clock.now + max(delay, .zero)
        let (id, isFirst) = state.withLock { state -> (UInt64, Bool) in
            state.nextID += 1
            state.pending.insert(state.nextID)
            state.heap.insert(Entry(time: time, id: state.nextID, action: action))
            return (state.nextID, state.wakeTime.map { time < $0 } ?? true)
        }
        if isFirst { bell.ring() }
        return id
    }

    package func cancel(_ id: UInt64) {
        state.withLock { state in
            guard state.pending.remove(id) != nil else { return }
            state.cancelled.insert(id)
        }
    }

    /// Calls what is due now, and tells how long it is until the next entry.
    package func fireDue() -> Duration? {
        while true {
            let now = clock.now
            let (due, wait) = state.withLock { state -> (Entry?, Duration?) in
                while let first = state.heap.first {
                    if state.cancelled.contains(first.id) {
                        state.cancelled.remove(first.id)
                        state.heap.popFirst()
                        continue
                    }
                    guard first.time <= now else {
                        state.wakeTime = first.time
                        return (nil, first.time - now)
                    }
                    state.heap.popFirst()
                    state.pending.remove(first.id)
                    return (first, nil)
                }
                state.wakeTime = nil
                return (nil, nil)
            }
            guard let due else { return wait }
            due.action()
        }
    }

    /// Serves the queue until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            if let wait = fireDue() {
                await bell.wait(atMost: wait, clock: clock)
            } else {
                await bell.wait()
            }
        }
    }
}
