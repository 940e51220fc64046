import Client
import Machinery
import Store
import Synchronization

/// A watch taken by a client in the same process: frames without a socket.
///
/// Changes wait in a bounded queue; a client that leaves it full is cut off and resumes by itself.
final class InProcessWatch: ByteStream {
    private static let maximumWaitingEvents = 20_000
    /// How many objects are converted at once.
    private static let maximumBatch = 100

    private struct State {
        var framer: WatchFramer
        var initial: ObjectSlice.Iterator?
        var endsInitialAt: UInt64?
        var events: [StoreEvent] = []
        var next = 0
        var waiter: CheckedContinuation<Void, Never>?
        var isCancelled = false
        var isCutOff = false
        var subscription: Subscription?
    }

    private let body: WatchBody
    private let state: Mutex<State>
    private let life = Mutex<WatchLife.Entry?>(nil)

    init(_ body: WatchBody, clock: any WallClock) throws(StatusError) {
        self.body = body
        state = Mutex(State(framer: WatchFramer(body, clock: clock)))
        let opening = try body.open(WatchGroup { [weak self] deliveries in self?.deliver(deliveries.map(\.event)) })
        state.withLock { state in
            state.subscription = opening.subscription
            state.initial = opening.snapshot?.objects(namespace: body.selection.namespace).makeIterator()
            state.endsInitialAt = body.marksInitialEnd ? opening.revision : nil
            // What came in since the subscription began comes after what was before it.
            state.events = opening.backlog + state.events
        }
        let entry = body.registry.life?.register { [weak self] in self?.cancel() }
        life.withLock { $0 = entry }
    }

    private func deliver(_ events: [StoreEvent]) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.isCancelled else { return nil }
            state.events += events
            if state.events.count - state.next > Self.maximumWaitingEvents {
                state.isCutOff = true
                state.events = []
                state.next = 0
            }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    private enum Step {
        case frames([UInt8])
        case end
        case wait
    }

    func next() async throws -> [UInt8]? {
        guard body.registry.convertsImmediately else { return try await nextConverted() }
        while true {
            switch state.withLock({ step(&$0) }) {
            case .frames(let bytes): return bytes
            case .end: return nil
            case .wait: await waitForEvents()
            }
            try Task.checkCancellation()
        }
    }

    /// Takes what is there, some tens of kilobytes at a time.
    private func step(_ state: inout State) -> Step {
        if state.isCancelled || state.isCutOff { return .end }
        var bytes: [UInt8] = []
        while bytes.count < 64 * 1024 {
            if let object = state.initial?.next() {
                if body.selection.matches(object) {
                    bytes.append(contentsOf: state.framer.initial(object).readableBytesView)
                }
                continue
            }
            state.initial = nil
            if let revision = state.endsInitialAt {
                state.endsInitialAt = nil
                bytes.append(
                    contentsOf: state.framer.bookmark(revision, endsInitialEvents: true).readableBytesView)
            } else if state.next < state.events.count {
                bytes.append(contentsOf: state.framer.frame(state.events[state.next]).readableBytesView)
                state.next += 1
            } else {
                state.events.removeAll(keepingCapacity: state.events.count < 256)
                state.next = 0
                break
            }
        }
        return bytes.isEmpty ? .wait : .frames(bytes)
    }

    /// The next frames of a version that a converter has to be asked for: taken raw, converted together, then framed.
    private func nextConverted() async throws -> [UInt8]? {
        while true {
            let batch = state.withLock { takeBatch(&$0) }
            guard let batch else { return nil }
            if batch.isEmpty {
                await waitForEvents()
                try Task.checkCancellation()
                continue
            }
            do {
                let objects = try await body.registry.served(batch.changes.map(\.object))
                return state.withLock { state in
                    var bytes: [UInt8] = []
                    for (change, object) in zip(batch.changes, objects) {
                        bytes.append(contentsOf: state.framer.frame(change.type, object).readableBytesView)
                    }
                    if let revision = batch.endsInitialAt {
                        bytes.append(
                            contentsOf: state.framer.bookmark(revision, endsInitialEvents: true).readableBytesView)
                    }
                    return bytes
                }
            } catch {
                // The client sees why, and begins anew from the revision it has.
                cancel()
                return body.errorFrame(error)
            }
        }
    }

    private struct Batch {
        var changes: [(type: ChangeType, object: StoredObject)] = []
        var endsInitialAt: UInt64?
        var isEmpty: Bool { changes.isEmpty && endsInitialAt == nil }
    }

    /// Takes what is there, as far as one conversion should go; `nil` when the watch is over.
    private func takeBatch(_ state: inout State) -> Batch? {
        if state.isCancelled || state.isCutOff { return nil }
        var batch = Batch()
        while batch.changes.count < Self.maximumBatch {
            if let object = state.initial?.next() {
                if body.selection.matches(object) { batch.changes.append((.added, object)) }
                continue
            }
            state.initial = nil
            if let revision = state.endsInitialAt {
                state.endsInitialAt = nil
                batch.endsInitialAt = revision
                return batch
            }
            guard state.next < state.events.count else {
                state.events.removeAll(keepingCapacity: state.events.count < 256)
                state.next = 0
                break
            }
            batch.changes.append((state.events[state.next].type, state.events[state.next].object))
            state.next += 1
        }
        return batch
    }

    private func waitForEvents() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state -> Bool in
                    if state.isCancelled || state.isCutOff || state.next < state.events.count || Task.isCancelled {
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
    }

    private func wake() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func cancel() {
        let (subscription, waiter) = state.withLock { state in
            state.isCancelled = true
            state.events = []
            defer {
                state.subscription = nil
                state.waiter = nil
            }
            return (state.subscription, state.waiter)
        }
        subscription?.cancel()
        waiter?.resume()
    }

    deinit {
        body.registry.life?.forget(life.withLock { $0 })
        cancel()
    }
}
