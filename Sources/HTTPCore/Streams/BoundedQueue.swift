import NIOCore
import Synchronization

/// A queue of elements between producers and one consumer, bounded by the sum of the elements' costs.
///
/// Guarantees: elements arrive in the order pushed; a producer suspends while the queue holds `capacity` or more, so
/// the queue never holds more than `capacity` plus one element per producer. `finish` lets the consumer take what is
/// queued before it sees the end. Cancelling a suspended producer or consumer makes its call throw
/// `CancellationError` and leaves the queue intact.
package final class BoundedQueue<Element: Sendable>: Sendable {
    private enum Ending {
        /// More may come.
        case open
        /// The producer has no more elements.
        case finished
        /// The producer failed; thrown once the queued elements have been taken.
        case failed(any Error)
        /// The consumer has gone; what is pushed is dropped.
        case discarding
    }

    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var elements = CircularBuffer<Element>()
        var cost = 0
        var ending = Ending.open
        var consumer: Waiter?
        var producers = CircularBuffer<Waiter>()
        var nextID: UInt64 = 0

        mutating func takeAllWaiters() -> [Waiter] {
            let waiters = Array(producers) + (consumer.map { [$0] } ?? [])
            producers.removeAll()
            consumer = nil
            return waiters
        }
    }

    private enum Push {
        case done(wake: Waiter?)
        case wait
        case closed(any Error)
    }

    private enum Pop {
        case element(Element, wake: Waiter?)
        case end
        case failed(any Error)
        case wait
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let costOf: @Sendable (Element) -> Int

    /// - Parameter capacity: the total cost from which producers have to wait.
    package init(capacity: Int, cost: @escaping @Sendable (Element) -> Int) {
        self.capacity = max(1, capacity)
        self.costOf = cost
    }

    /// Appends `element`, suspending while the queue is full.
    /// - Throws: `BoundedQueueError.finished` after `finish()`, the failure after `finish(throwing:)`,
    ///   `CancellationError` when cancelled while waiting. After `discard()` the element is dropped silently.
    package func push(_ element: Element) async throws {
        while true {
            switch state.withLock({ tryPush(element, &$0) }) {
            case .done(let waiter):
                waiter?.continuation.resume()
                return
            case .closed(let error): throw error
            case .wait: try await waitForRoom()
            }
        }
    }

    /// Takes the next element, suspending while there is none. Nil means the producer finished.
    /// - Throws: what `finish(throwing:)` was given; `CancellationError` when cancelled while waiting.
    package func next() async throws -> Element? {
        while true {
            switch state.withLock({ tryPop(&$0) }) {
            case .element(let element, let waiter):
                waiter?.continuation.resume()
                return element
            case .end: return nil
            case .failed(let error): throw error
            case .wait: try await waitForElement()
            }
        }
    }

    /// Ends the queue: after the queued elements the consumer sees the end, or `error`. The first ending counts.
    package func finish(throwing error: (any Error)? = nil) {
        let waiters = state.withLock { state -> [Waiter] in
            guard case .open = state.ending else { return [] }
            state.ending = error.map { .failed($0) } ?? .finished
            return state.takeAllWaiters()
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// The consumer wants nothing more: drops what is queued and everything pushed from now on.
    package func discard() {
        let waiters = state.withLock { state -> [Waiter] in
            state.ending = .discarding
            state.elements.removeAll()
            state.cost = 0
            return state.takeAllWaiters()
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// Total cost of what is queued now.
    package var queuedCost: Int { state.withLock { $0.cost } }

    private func tryPush(_ element: Element, _ state: inout State) -> Push {
        switch state.ending {
        case .discarding: return .done(wake: nil)
        case .finished: return .closed(BoundedQueueError.finished)
        case .failed(let error): return .closed(error)
        case .open: break
        }
        guard state.cost < capacity else { return .wait }
        state.elements.append(element)
        state.cost += costOf(element)
        defer { state.consumer = nil }
        return .done(wake: state.consumer)
    }

    private func tryPop(_ state: inout State) -> Pop {
        if let element = state.elements.popFirst() {
            state.cost -= costOf(element)
            return .element(element, wake: state.cost < capacity ? state.producers.popFirst() : nil)
        }
        switch state.ending {
        case .open: return .wait
        case .finished, .discarding: return .end
        case .failed(let error): return .failed(error)
        }
    }

    private func waitForRoom() async throws {
        let id = nextID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumeNow = state.withLock { state -> Bool in
                    guard case .open = state.ending, state.cost >= capacity, !Task.isCancelled else { return true }
                    state.producers.append(Waiter(id: id, continuation: continuation))
                    return false
                }
                if resumeNow { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.producers.firstIndex(where: { $0.id == id }) else { return nil }
                return state.producers.remove(at: index)
            }
            waiter?.continuation.resume()
        }
        guard Task.isCancelled else { return }
        // The wake-up may have been meant for a producer that can still use it.
        let next = state.withLock { $0.cost < capacity ? $0.producers.popFirst() : nil }
        next?.continuation.resume()
        throw CancellationError()
    }

    private func waitForElement() async throws {
        let id = nextID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumed = state.withLock { state -> Waiter? in
                    let mine = Waiter(id: id, continuation: continuation)
                    guard case .open = state.ending, state.elements.isEmpty, !Task.isCancelled else { return mine }
                    // A second consumer is a programming error; the first one looks again rather than hang.
                    defer { state.consumer = mine }
                    return state.consumer
                }
                resumed?.continuation.resume()
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard state.consumer?.id == id else { return nil }
                defer { state.consumer = nil }
                return state.consumer
            }
            waiter?.continuation.resume()
        }
        try Task.checkCancellation()
    }

    private func nextID() -> UInt64 {
        state.withLock { state in
            state.nextID &+= 1
            return state.nextID
        }
    }
}

/// Why an element was not accepted by a `BoundedQueue`.
package enum BoundedQueueError: Error, Hashable, Sendable {
    /// The queue was finished before.
    case finished
}

extension BoundedQueue where Element == ByteBuffer {
    /// A queue of buffers bounded by their bytes. An empty buffer costs one byte, so that they are bounded too.
    package convenience init(bytes: Int) {
        self.init(capacity: bytes, cost: { max(1, $0.readableBytes) })
    }
}
