import HTTPCore
import NIOCore
import Synchronization

/// A SPDY/3.1 session over an upgraded connection, as kubectl and containerd speak it (both with moby/spdystream).
///
/// `run` reads frames and must be running for anything else to make progress. A stream's received bytes wait in a
/// bounded buffer; when it is full, `run` stops reading the connection until that stream is read on. This is the only
/// flow control: spdystream neither keeps SPDY's windows nor sends updates for them, so neither does this.
/// As there, no data may go to a stream before its SYN_REPLY has been sent or received.
package final class SPDYSession: Sendable {
    package enum Role: Hashable, Sendable {
        case client
        case server
    }

    package struct Limits: Hashable, Sendable {
        /// Streams open at a time, those of either side.
        package var streams: Int
        /// Received bytes waiting for a stream's reader.
        package var streamBuffer: Int

        package init(streams: Int = 256, streamBuffer: Int = 256 << 10) {
            self.streams = streams
            self.streamBuffer = streamBuffer
        }
    }

    private struct State {
        var streams: [UInt32: SPDYStream] = [:]
        var nextID: UInt32
        /// The peer's highest stream id so far.
        var lastPeerID: UInt32 = 0
        /// No further streams are opened, by either side.
        var isGoingAway = false
    }

    private enum Opening {
        case stream(SPDYStream)
        case refused(UInt32)
        case dropped
    }

    let limits: Limits
    private let duplex: any ByteDuplex
    private let role: Role
    private let state: Mutex<State>
    private let encoder: Mutex<SPDYFrameEncoder>
    private let writing = AsyncLock()
    private let incoming: BoundedQueue<SPDYStream>

    package init(_ duplex: any ByteDuplex, role: Role, limits: Limits = Limits()) throws(SPDYError) {
        self.duplex = duplex
        self.role = role
        self.limits = limits
        state = Mutex(State(nextID: role == .client ? 1 : 2))
        encoder = Mutex(try SPDYFrameEncoder())
        // Never full: there are no more streams than `limits.streams`.
        incoming = BoundedQueue(capacity: limits.streams + 1, cost: { _ in 1 })
    }

    /// Reads the connection until its end; then every open stream ends too.
    /// - Throws: `SPDYError` when the peer broke the protocol, what the connection's `read` throws.
    package func run() async throws {
        do {
            var decoder = try SPDYFrameDecoder()
            while let bytes = try await duplex.read() {
                decoder.feed(bytes)
                while let event = try decoder.next() { try await handle(event) }
            }
            end(SPDYError(.connectionLost, "connection ended"))
        } catch {
            end(error)
            throw error
        }
    }

    /// The next stream the peer opened, nil when the connection has ended. Answer it with `reply` or `reset`.
    package func accept() async throws -> SPDYStream? {
        try await incoming.next()
    }

    /// Opens a stream and waits until the peer has accepted it.
    /// - Throws: `SPDYError`: `streamReset` when the peer refuses it.
    package func open(_ headers: SPDYHeaders) async throws -> SPDYStream {
        let stream = try await writing.withLock {
            // Identifiers must appear on the wire in rising order.
            let stream = try state.withLock { state throws(SPDYError) in
                guard !state.isGoingAway, state.nextID < 0x7FFF_FFFF, state.streams.count < limits.streams else {
                    throw SPDYError(.goneAway, "no further streams on this session")
                }
                let stream = SPDYStream(id: state.nextID, headers: headers, session: self)
                state.nextID += 2
                state.streams[stream.id] = stream
                return stream
            }
            try await duplex.write(
                encoder.withLock { encoder throws(SPDYError) in
                    try encoder.synStream(id: stream.id, headers: headers, isFinal: false)
                })
            return stream
        }
        try await stream.waitForReply()
        return stream
    }

    /// Tells the peer that the session is over. Send it last: spdystream reads nothing after it.
    package func sendGoAway() async throws {
        let last = state.withLock { state in
            state.isGoingAway = true
            return state.lastPeerID
        }
        try await write(SPDYFrameEncoder.goAway(lastGoodID: last))
    }

    /// Closes the connection; what is under way is lost.
    package func close() async {
        await duplex.close()
    }

    // MARK: For streams

    func write(_ frame: ByteBuffer) async throws {
        try await writing.withLock { try await duplex.write(frame) }
    }

    func writeReply(id: UInt32) async throws {
        try await writing.withLock {
            try await duplex.write(
                encoder.withLock { encoder throws(SPDYError) in try encoder.synReply(id: id, headers: SPDYHeaders()) })
        }
    }

    func forget(id: UInt32) {
        _ = state.withLock { $0.streams.removeValue(forKey: id) }
    }

    // MARK: Frames

    private func handle(_ event: SPDYEvent) async throws {
        switch event {
        case .synStream(let id, let headers, let isFinal, let isUnidirectional):
            switch open(id, headers, isUnidirectional: isUnidirectional) {
            case .stream(let stream):
                if isFinal { stream.receivedEnd() }
                try await incoming.push(stream)
            case .refused(let status): try await write(SPDYFrameEncoder.reset(id: id, status: status))
            case .dropped: break
            }
        case .synReply(let id, _, let isFinal):
            let stream = stream(id)
            stream?.receivedReply()
            if isFinal { stream?.receivedEnd() }
        case .headers(let id, let isFinal):
            if isFinal { stream(id)?.receivedEnd() }
        case .reset(let id, let status): stream(id)?.receivedReset(status)
        case .data(let id, let bytes, let isFinal):
            // Data for streams already gone is normal after a reset.
            guard let stream = stream(id) else { return }
            await stream.received(bytes)
            if isFinal { stream.receivedEnd() }
        case .ping(let id):
            // A ping that this side started has this side's parity.
            let isOurs = id & 1 == (role == .client ? 1 : 0)
            if !isOurs { try await write(SPDYFrameEncoder.ping(id: id)) }
        case .goAway: state.withLock { $0.isGoingAway = true }
        case .ignored: break
        }
    }

    private func open(_ id: UInt32, _ headers: SPDYHeaders, isUnidirectional: Bool) -> Opening {
        state.withLock { state in
            guard !state.isGoingAway else { return .dropped }
            let peerParity: UInt32 = role == .server ? 1 : 0
            guard id & 1 == peerParity, id > state.lastPeerID else { return .refused(SPDYResetStatus.protocolError) }
            state.lastPeerID = id
            guard state.streams.count < limits.streams else { return .refused(SPDYResetStatus.refusedStream) }
            let stream = SPDYStream(id: id, headers: headers, session: self, isUnidirectional: isUnidirectional)
            state.streams[id] = stream
            return .stream(stream)
        }
    }

    private func stream(_ id: UInt32) -> SPDYStream? {
        state.withLock { $0.streams[id] }
    }

    private func end(_ error: any Error) {
        let streams = state.withLock { state in
            defer { state.streams = [:] }
            state.isGoingAway = true
            return state.streams
        }
        for stream in streams.values { stream.receivedFailure(error) }
        incoming.finish()
    }
}
