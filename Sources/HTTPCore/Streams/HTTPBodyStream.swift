import NIOCore
import Synchronization

/// The queue between a connection (producer, on its event loop) and the reader of a body (any task).
///
/// Bounded by back-pressure: `yield` says whether the producer may go on reading, and `onDemand` asks it to resume.
/// The state changes under a lock; continuations and callbacks run after its release.
package final class HTTPBodyStream: Sendable {
    /// What the reader tells the producer. Called on the reader's thread: the producer hops to its loop by itself.
    package enum Demand: Sendable {
        /// Read on.
        case more
        /// Nobody reads the rest.
        case abandoned
    }

    private enum End {
        case finished(HTTPHeaders)
        case failed(HTTPBodyError)
    }

    private struct State {
        var buffers = CircularBuffer<ByteBuffer>()
        var bufferedBytes = 0
        var end: End?
        var waiter: UnsafeContinuation<Result<ByteBuffer?, HTTPBodyError>, Never>?
        /// The producer was told to pause, or has not been asked for anything yet.
        var paused: Bool
    }

    private enum Take {
        case value(Result<ByteBuffer?, HTTPBodyError>, resume: Bool)
        case wait
    }

    /// Bytes queued above which the producer is to pause.
    private let highWatermark: Int
    private let onDemand: @Sendable (Demand) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - highWatermark: bytes queued above which the producer pauses.
    ///   - startsPaused: true where the producer waits to be asked for the first byte (`Expect: 100-continue`).
    package init(
        highWatermark: Int = 128 * 1024,
        startsPaused: Bool = false,
        onDemand: @escaping @Sendable (Demand) -> Void
    ) {
        self.highWatermark = highWatermark
        self.onDemand = onDemand
        state = Mutex(State(paused: startsPaused))
    }

    // MARK: Producer

    /// Hands over bytes; false says to stop reading until `onDemand(.more)`.
    package func yield(_ buffer: ByteBuffer) -> Bool {
        guard buffer.readableBytes > 0 else { return true }
        let (waiter, goOn) = state.withLock {
            state -> (UnsafeContinuation<Result<ByteBuffer?, HTTPBodyError>, Never>?, Bool) in
            guard state.end == nil else { return (nil, true) }
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter, true)
            }
            state.buffers.append(buffer)
            state.bufferedBytes += buffer.readableBytes
            if state.bufferedBytes >= highWatermark { state.paused = true }
            return (nil, !state.paused)
        }
        waiter?.resume(returning: .success(buffer))
        return goOn
    }

    /// The body is complete.
    package func finish(trailers: HTTPHeaders = HTTPHeaders()) {
        end(.finished(trailers))
    }

    /// The body will not be complete. What was queued before can still be read.
    package func fail(_ error: HTTPBodyError) {
        end(.failed(error))
    }

    private func end(_ end: End) {
        let waiter = state.withLock { state -> UnsafeContinuation<Result<ByteBuffer?, HTTPBodyError>, Never>? in
            guard state.end == nil else { return nil }
            state.end = end
            defer { state.waiter = nil }
            return state.waiter
        }
        switch end {
        case .finished: waiter?.resume(returning: .success(nil))
        case .failed(let error): waiter?.resume(returning: .failure(error))
        }
    }

    // MARK: Consumer

    /// The trailer fields; nil before the end was reached and read.
    package var trailers: HTTPHeaders? {
        state.withLock { state in
            guard case .finished(let trailers) = state.end, state.buffers.isEmpty else { return nil }
            return trailers
        }
    }

    /// The next piece, nil at the end.
    nonisolated(nonsending) package func next() async throws(HTTPBodyError) -> ByteBuffer? {
        switch take(waiter: nil) {
        case .value(let result, let resume):
            if resume { onDemand(.more) }
            return try result.get()
        case .wait:
            return try await wait().get()
        }
    }

    nonisolated(nonsending) private func wait() async -> Result<ByteBuffer?, HTTPBodyError> {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                switch take(waiter: continuation) {
                case .value(let result, let resume):
                    if resume { onDemand(.more) }
                    continuation.resume(returning: result)
                case .wait:
                    // The task may have been cancelled before the waiter was in place.
                    if Task.isCancelled { cancelWaiter() } else { demandIfPaused() }
                }
            }
        } onCancel: {
            cancelWaiter()
        }
    }

    /// Stops the body: the producer is told that nobody reads on.
    package func abandon() {
        let (unread, waiter) = state.withLock {
            state -> (Bool, UnsafeContinuation<Result<ByteBuffer?, HTTPBodyError>, Never>?) in
            let isCut = !state.buffers.isEmpty
            state.buffers.removeAll()
            state.bufferedBytes = 0
            guard state.end == nil else {
                // What came whole but was thrown away unread must not look like a shorter whole.
                if isCut, case .finished = state.end { state.end = .failed(.cancelled) }
                return (false, nil)
            }
            state.end = .failed(.cancelled)
            defer { state.waiter = nil }
            return (true, state.waiter)
        }
        waiter?.resume(returning: .failure(.cancelled))
        if unread { onDemand(.abandoned) }
    }

    private func take(waiter: UnsafeContinuation<Result<ByteBuffer?, HTTPBodyError>, Never>?) -> Take {
        state.withLock { state in
            if let buffer = state.buffers.popFirst() {
                state.bufferedBytes -= buffer.readableBytes
                let resume = state.paused && state.end == nil && state.bufferedBytes <= highWatermark / 2
                if resume { state.paused = false }
                return .value(.success(buffer), resume: resume)
            }
            switch state.end {
            case .finished: return .value(.success(nil), resume: false)
            case .failed(let error): return .value(.failure(error), resume: false)
            case nil: break
            }
            if let waiter {
                guard state.waiter == nil else {
                    return .value(.failure(.malformed("two readers of one body")), resume: false)
                }
                state.waiter = waiter
            }
            return .wait
        }
    }

    private func demandIfPaused() {
        let resume = state.withLock { state -> Bool in
            defer { state.paused = false }
            return state.paused
        }
        if resume { onDemand(.more) }
    }

    private func cancelWaiter() {
        let waiter = state.withLock { state -> UnsafeContinuation<Result<ByteBuffer?, HTTPBodyError>, Never>? in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: .failure(.cancelled))
    }
}
