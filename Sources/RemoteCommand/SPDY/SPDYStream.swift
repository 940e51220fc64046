import HTTPCore
import NIOCore
import Synchronization

/// One stream of a SPDY session: bytes both ways, either direction ending alone.
package final class SPDYStream: HalfClosableDuplex, ByteSource, ByteSink {
    private struct State {
        /// The peer will send nothing more.
        var isIncomingClosed = false
        /// This side will send nothing more.
        var isOutgoingClosed: Bool
        /// Why writing is over, where the peer or the connection ended it.
        var failure: (any Error)?
    }

    /// Largest DATA frame sent. Small enough that a stream does not hold up the others for long.
    private static let maximumFrame = 32 << 10

    package let id: UInt32
    package let headers: SPDYHeaders
    private let session: SPDYSession
    private let state: Mutex<State>
    private let received: BoundedQueue<ByteBuffer>
    private let replied = Latch()

    init(id: UInt32, headers: SPDYHeaders, session: SPDYSession, isUnidirectional: Bool = false) {
        self.id = id
        self.headers = headers
        self.session = session
        state = Mutex(State(isOutgoingClosed: isUnidirectional))
        received = BoundedQueue(bytes: session.limits.streamBuffer)
    }

    /// Accepts a stream the peer opened. Must precede the first write.
    package func reply() async throws {
        try await session.writeReply(id: id)
    }

    package func read() async throws -> ByteBuffer? {
        try await received.next()
    }

    package func stopReading() {
        received.discard()
    }

    /// - Throws: `SPDYError`: `streamReset` when the peer reset the stream, `streamClosed` after `closeOutput`; what
    ///   the connection throws.
    package func write(_ bytes: ByteBuffer) async throws {
        var bytes = bytes
        while let piece = bytes.readSlice(length: min(bytes.readableBytes, Self.maximumFrame)),
            piece.readableBytes > 0
        {
            try state.withLock { state in
                if let failure = state.failure { throw failure }
                if state.isOutgoingClosed { throw SPDYError(.streamClosed, "stream \(id) was closed for writing") }
            }
            try await session.write(SPDYFrameEncoder.data(id: id, bytes: piece, isFinal: false))
        }
    }

    package func closeOutput() async throws {
        let isFirst = state.withLock { state in
            defer { state.isOutgoingClosed = true }
            return !state.isOutgoingClosed && state.failure == nil
        }
        guard isFirst else { return }
        try await session.write(SPDYFrameEncoder.data(id: id, bytes: ByteBuffer(), isFinal: true))
        forgetIfDone()
    }

    /// Ends both directions at once; the peer learns of it unless both had ended already.
    package func reset(_ status: UInt32 = SPDYResetStatus.cancel) async throws {
        let isOpen = state.withLock { state in
            let isOpen = state.failure == nil && !(state.isIncomingClosed && state.isOutgoingClosed)
            if state.failure == nil { state.failure = SPDYError(.streamReset, "stream \(id) was reset here") }
            return isOpen
        }
        session.forget(id: id)
        received.discard()
        guard isOpen else { return }
        try await session.write(SPDYFrameEncoder.reset(id: id, status: status))
    }

    package func close() async {
        // It fails only where the connection is lost, and the stream with it.
        try? await reset()
    }

    // MARK: For the session

    func waitForReply() async throws {
        try await replied.wait()
    }

    func receivedReply() {
        replied.open()
    }

    func received(_ bytes: ByteBuffer) async {
        guard bytes.readableBytes > 0 else { return }
        // It throws after the peer's own end of the stream, where more data means nothing.
        try? await received.push(bytes)
    }

    func receivedEnd() {
        state.withLock { $0.isIncomingClosed = true }
        received.finish()
        forgetIfDone()
    }

    func receivedReset(_ status: UInt32) {
        let error = SPDYError(.streamReset, "stream \(id) was reset by the peer, status \(status)")
        session.forget(id: id)
        receivedFailure(error)
    }

    func receivedFailure(_ error: any Error) {
        state.withLock { state in
            if state.failure == nil { state.failure = error }
        }
        received.finish(throwing: error)
        replied.open(throwing: error)
    }

    private func forgetIfDone() {
        if state.withLock({ $0.isIncomingClosed && $0.isOutgoingClosed }) { session.forget(id: id) }
    }
}
