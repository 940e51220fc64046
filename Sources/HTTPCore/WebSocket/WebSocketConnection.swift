import NIOCore
import Synchronization

/// A WebSocket (RFC 6455) over an upgraded connection, after the handshake.
///
/// One task reads with `receive`, which also answers pings and the peer's close. Any number of tasks send; a message is
/// one frame and frames are never mixed. `send` returns when the connection has taken the bytes, so a slow peer slows
/// its senders. No extensions are used.
package final class WebSocketConnection: Sendable {
    private struct Receiving {
        var decoder: WebSocketFrameDecoder
        /// The peer said goodbye; nothing comes after.
        var isClosed = false
    }

    private let duplex: any ByteDuplex
    private let role: WebSocketRole
    private let receiving: Mutex<Receiving>
    private let sending = AsyncLock()
    private let closeSent = Mutex(false)

    package init(_ duplex: any ByteDuplex, role: WebSocketRole) {
        self.duplex = duplex
        self.role = role
        receiving = Mutex(Receiving(decoder: WebSocketFrameDecoder(role: role)))
    }

    /// The next piece of a message. Nil after the peer closed in the orderly way.
    ///
    /// Only one task may be receiving at a time.
    /// - Throws: `WebSocketError` on a violation (the peer has then been told by a close frame) or when the connection
    ///   ended without a close frame; an abnormal close code counts as `connectionLost`.
    package func receive() async throws -> WebSocketPiece? {
        while true {
            let event: WebSocketEvent?
            do throws(WebSocketError) {
                event = try receiving.withLock { receiving throws(WebSocketError) in
                    receiving.isClosed ? .close(code: nil, reason: "") : try receiving.decoder.next()
                }
            } catch {
                await closeAfter(error)
                throw error
            }
            switch event {
            case .piece(let piece): return piece
            case .ping(let payload): try await sendFrame(.pong, payload: payload)
            case .pong: break
            case .close(let code, let reason): return try await peerClosed(code, reason)
            case nil:
                guard let bytes = try await duplex.read() else {
                    throw WebSocketError(.connectionLost, "connection ended without a close frame")
                }
                receiving.withLock { $0.decoder.feed(bytes) }
            }
        }
    }

    /// The next whole message, of at most `limit` bytes. Nil after the peer closed in the orderly way.
    package func receiveMessage(limit: Int) async throws -> (kind: WebSocketMessageKind, payload: ByteBuffer)? {
        var payload = ByteBuffer()
        while var piece = try await receive() {
            guard payload.readableBytes + piece.payload.readableBytes <= limit else {
                let error = WebSocketError(.tooLarge, "message larger than \(limit) bytes")
                await closeAfter(error)
                throw error
            }
            if piece.isFirst && piece.isLast { return (piece.kind, piece.payload) }
            payload.writeBuffer(&piece.payload)
            if piece.isLast { return (piece.kind, payload) }
        }
        return nil
    }

    /// Sends one message, `prefix` being its first byte where given.
    package func send(_ kind: WebSocketMessageKind, prefix: UInt8? = nil, _ payload: ByteBuffer) async throws {
        try await sendFrame(kind == .text ? .text : .binary, prefix: prefix, payload: payload)
    }

    /// Sends a ping. `receive` takes the answer.
    package func ping() async throws {
        try await sendFrame(.ping, payload: ByteBuffer())
    }

    /// Starts the close handshake; further sends throw. The peer's answer ends `receive`. Later calls do nothing.
    package func sendClose(code: UInt16 = WebSocketCloseCode.normal, reason: String = "") async throws {
        var payload = ByteBuffer()
        payload.writeInteger(code)
        payload.writeString(Self.shortened(reason))
        try await sending.withLock {
            let isFirst = closeSent.withLock { sent in
                defer { sent = true }
                return !sent
            }
            guard isFirst else { return }
            try await duplex.write(WebSocketFrameEncoder.encode(.close, payload: payload, role: role))
        }
    }

    /// Closes the underlying connection without ceremony.
    package func close() async {
        await duplex.close()
    }

    private func sendFrame(_ opcode: WebSocketOpcode, prefix: UInt8? = nil, payload: ByteBuffer) async throws {
        let frame = WebSocketFrameEncoder.encode(opcode, prefix: prefix, payload: payload, role: role)
        try await sending.withLock {
            if closeSent.withLock({ $0 }) {
                // An answer to a ping is no longer due once this side has said goodbye.
                if opcode == .pong { return }
                throw WebSocketError(.closed, "message sent after the connection was closed")
            }
            try await duplex.write(frame)
        }
    }

    private func peerClosed(_ code: UInt16?, _ reason: String) async throws -> WebSocketPiece? {
        let isNews = receiving.withLock { receiving in
            defer { receiving.isClosed = true }
            return !receiving.isClosed
        }
        guard isNews else { return nil }
        // Many peers hang up right after their close frame; the answer is a courtesy they may no longer hear.
        try? await sendClose(code: code ?? WebSocketCloseCode.normal)
        switch code {
        case nil, WebSocketCloseCode.normal, WebSocketCloseCode.goingAway: return nil
        case let code?: throw WebSocketError(.connectionLost, "peer closed with code \(code) \(reason)")
        }
    }

    /// Tells the peer what it did wrong, if it still listens.
    private func closeAfter(_ error: WebSocketError) async {
        let code = error.code == .tooLarge ? WebSocketCloseCode.messageTooBig : WebSocketCloseCode.protocolError
        // The violation is what the caller hears about; that the peer cannot be told adds nothing.
        try? await sendClose(code: code, reason: error.message)
    }

    /// A close frame holds 123 bytes of reason; cut at a character.
    private static func shortened(_ reason: String) -> String {
        var reason = reason
        while reason.utf8.count > 123 { reason.removeLast() }
        return reason
    }
}
