import NIOCore
import Synchronization

/// A body being written: a streamed response, or a client's streamed request.
///
/// May be used from any thread; everything but the two gauges takes effect on `eventLoop`. There, `write` and `flush`
/// are synchronous and start no task: a caller with one buffer for many streams hops once per loop
/// (`EventLoop.runBatch`) and writes to each. Buffers are shared, not copied, by `write`.
///
/// Nothing here waits by itself: a caller of `write` watches `isWritable` or `pendingBytes` and cuts a slow peer off
/// with `abort`; `send` waits instead.
package final class ResponseStream: Sendable {
    /// How the stream came to its end.
    package enum CloseReason: Hashable, Sendable {
        /// `finish` was called and the end was handed to the connection.
        case finished
        /// The peer went away or reset the stream.
        case peerGone
        /// `abort` was called, or the server is shutting down.
        case aborted
    }

    package let eventLoop: any EventLoop
    /// The same number for all streams of a connection: who writes to many streams does so connection by connection,
    /// so that what is joined and encrypted together is still at hand.
    package let neighbourhood: UInt32
    private let core: NIOLoopBound<Core>
    private let writable: Atomic<Bool>
    private let pending: Atomic<Int>

    /// Must be called on the sink's event loop.
    ///
    /// - Parameter connection: what carries the stream, where it carries several.
    package init(
        sink: any ResponseSink, eventLoop: any EventLoop, isWritable: Bool, connection: ObjectIdentifier? = nil
    ) {
        self.eventLoop = eventLoop
        neighbourhood = connection.map { UInt32(truncatingIfNeeded: UInt(bitPattern: $0) >> 4) } ?? 0
        core = NIOLoopBound(Core(sink: sink), eventLoop: eventLoop)
        writable = Atomic(isWritable)
        pending = Atomic(0)
    }

    /// Whether the peer keeps up. Callable from any thread, exact on the loop.
    package var isWritable: Bool { writable.load(ordering: .relaxed) }

    /// Bytes written since the stream was last writable; 0 while it is. Callable from any thread, exact on the loop.
    package var pendingBytes: Int { pending.load(ordering: .relaxed) }

    /// Queues bytes for the next flush. Dropped where the stream has ended.
    package func write(_ buffer: ByteBuffer) {
        if eventLoop.inEventLoop {
            writeOnLoop(buffer)
        } else {
            eventLoop.execute { self.writeOnLoop(buffer) }
        }
    }

    /// Sends what was written.
    package func flush() {
        if eventLoop.inEventLoop {
            core.value.sink?.flush()
        } else {
            eventLoop.execute { self.core.value.sink?.flush() }
        }
    }

    package func writeAndFlush(_ buffer: ByteBuffer) {
        if eventLoop.inEventLoop {
            guard let sink = core.value.sink else { return }
            sink.write(buffer)
            if !isWritable { pending.wrappingAdd(buffer.readableBytes, ordering: .relaxed) }
            sink.flush()
        } else {
            eventLoop.execute {
                self.writeOnLoop(buffer)
                self.core.value.sink?.flush()
            }
        }
    }

    /// Ends the body in order, with trailer fields where the protocol can carry them. Later writes are dropped.
    package func finish(trailers: HTTPHeaders? = nil) {
        onLoop {
            guard let sink = $0.takeSink() else { return }
            sink.finish(trailers: trailers)
            $0.closed(.finished)
        }
    }

    /// Cuts the body off: the peer sees an error, not an end.
    package func abort() {
        onLoop {
            guard let sink = $0.takeSink() else { return }
            sink.abort()
            $0.closed(.aborted)
        }
    }

    /// Sends bytes and waits while the peer is slow. Throws `ByteDuplexError.closed` once the stream has ended and
    /// `CancellationError` when the task was cancelled while waiting.
    nonisolated(nonsending) package func send(_ buffer: ByteBuffer) async throws {
        if eventLoop.inEventLoop {
            guard let sink = core.value.sink else { throw ByteDuplexError.closed }
            writeOnLoop(buffer)
            sink.flush()
            if isWritable { return }
        } else {
            writeAndFlush(buffer)
        }
        try await waitUntilWritable()
    }

    /// Returns once the stream is writable. Throws as `send` does.
    nonisolated(nonsending) package func waitUntilWritable() async throws {
        let ticket = Ticket()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                ticket.fill(continuation)
                self.onLoop { core in
                    if core.sink == nil {
                        ticket.resume(throwing: ByteDuplexError.closed)
                    } else if self.isWritable {
                        ticket.resume()
                    } else {
                        core.waiters.append(ticket)
                    }
                }
            }
        } onCancel: {
            ticket.resume(throwing: CancellationError())
        }
    }

    /// Calls back on the loop every time the stream becomes writable again. One callback at a time: a second replaces.
    package func onWritable(_ callback: @escaping @Sendable () -> Void) {
        onLoop { $0.onWritable = callback }
    }

    /// Calls back once, on the loop, when the stream ends for whatever reason; at once where it already has.
    package func onClose(_ callback: @escaping @Sendable (CloseReason) -> Void) {
        onLoop { core in
            if let reason = core.closeReason {
                callback(reason)
            } else {
                core.onClose.append(callback)
            }
        }
    }

    // MARK: For the connection, on the loop

    /// The transport can, or cannot, take more.
    package func writabilityChanged(_ isWritable: Bool) {
        eventLoop.preconditionInEventLoop()
        writable.store(isWritable, ordering: .relaxed)
        guard isWritable else { return }
        pending.store(0, ordering: .relaxed)
        let core = core.value
        guard core.onWritable != nil || !core.waiters.isEmpty, !core.notifying else { return }
        // Later in this turn of the loop: the change may come from inside a write, which is no place to write more.
        core.notifying = true
        eventLoop.execute { self.notifyWritable() }
    }

    private func notifyWritable() {
        let core = core.value
        core.notifying = false
        guard isWritable else { return }
        let waiters = core.waiters
        core.waiters.removeAll()
        for waiter in waiters { waiter.resume() }
        core.onWritable?()
    }

    /// The transport ended the stream.
    package func transportClosed(_ reason: CloseReason) {
        eventLoop.preconditionInEventLoop()
        guard core.value.takeSink() != nil else { return }
        core.value.closed(reason)
    }

    private func writeOnLoop(_ buffer: ByteBuffer) {
        guard let sink = core.value.sink else { return }
        sink.write(buffer)
        if !isWritable { pending.wrappingAdd(buffer.readableBytes, ordering: .relaxed) }
    }

    private func onLoop(_ body: @escaping @Sendable (Core) -> Void) {
        if eventLoop.inEventLoop {
            body(core.value)
        } else {
            eventLoop.execute { body(self.core.value) }
        }
    }
}

/// Where a `ResponseStream` writes: one HTTP/1 exchange or HTTP/2 stream. Used on its event loop only.
package protocol ResponseSink: AnyObject {
    /// Frames bytes into the transport's queue.
    func write(_ buffer: ByteBuffer)
    func flush()
    /// Ends the body and flushes.
    func finish(trailers: HTTPHeaders?)
    /// Breaks the body off.
    func abort()
}

extension ResponseStream {
    /// The part that lives on the loop.
    private final class Core {
        var sink: (any ResponseSink)?
        var waiters: [Ticket] = []
        var notifying = false
        var onWritable: (@Sendable () -> Void)?
        var onClose: [@Sendable (CloseReason) -> Void] = []
        var closeReason: CloseReason?

        init(sink: any ResponseSink) {
            self.sink = sink
        }

        func takeSink() -> (any ResponseSink)? {
            defer { sink = nil }
            return sink
        }

        func closed(_ reason: CloseReason) {
            closeReason = reason
            let waiters = waiters
            let callbacks = onClose
            self.waiters = []
            onClose = []
            onWritable = nil
            for waiter in waiters { waiter.resume(throwing: ByteDuplexError.closed) }
            for callback in callbacks { callback(reason) }
        }
    }

    /// A continuation that several parties may try to resume; the first one wins.
    private final class Ticket: Sendable {
        private enum State {
            case empty
            case waiting(CheckedContinuation<Void, any Error>)
            case done(Result<Void, any Error>)
            case spent
        }

        private let state = Mutex(State.empty)

        func fill(_ continuation: CheckedContinuation<Void, any Error>) {
            let early = state.withLock { state -> Result<Void, any Error>? in
                if case .done(let result) = state {
                    state = .spent
                    return result
                }
                state = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(with: early) }
        }

        func resume() {
            resume(with: .success(()))
        }

        func resume(throwing error: any Error) {
            resume(with: .failure(error))
        }

        private func resume(with result: Result<Void, any Error>) {
            let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                switch state {
                case .empty:
                    state = .done(result)
                    return nil
                case .waiting(let continuation):
                    state = .spent
                    return continuation
                case .done, .spent:
                    return nil
                }
            }
            continuation?.resume(with: result)
        }
    }
}
