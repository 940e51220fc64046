import Dispatch
import Store
import Synchronization

/// A sink that holds the committing thread up in its first batch until the gate opens.
final class GateSink: StoreSink {
    private struct State {
        var isEntered = false
        var isOpen = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let gate = DispatchSemaphore(value: 0)

    func prime(_ state: StorePrime) {}

    func compacted(before revision: UInt64) {}

    func apply(_ batch: StoreBatch) {
        let (isOpen, waiter) = state.withLock { state in
            defer {
                state.isEntered = true
                state.waiter = nil
            }
            return (state.isOpen, state.waiter)
        }
        waiter?.resume()
        if !isOpen { gate.wait() }
    }

    func waitUntilEntered() async {
        await withCheckedContinuation { continuation in
            let isEntered = state.withLock { state in
                if !state.isEntered { state.waiter = continuation }
                return state.isEntered
            }
            if isEntered { continuation.resume() }
        }
    }

    func open() {
        state.withLock { $0.isOpen = true }
        gate.signal()
    }
}
