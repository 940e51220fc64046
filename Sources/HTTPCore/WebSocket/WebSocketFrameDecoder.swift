import NIOCore

/// Which side of a connection the code speaks for. Clients mask what they send, servers do not.
package enum WebSocketRole: Hashable, Sendable {
    case client
    case server
}

/// The type of a message's payload.
package enum WebSocketMessageKind: Hashable, Sendable {
    case text
    case binary
}

/// A piece of a data message as it came in. Pieces are as small as the network made them, so a message of any size
/// passes in bounded memory; whoever wants whole messages joins them up to a limit of their own.
package struct WebSocketPiece: Hashable, Sendable {
    package var kind: WebSocketMessageKind
    /// True for the first piece of a message.
    package var isFirst: Bool
    /// True for the last piece of a message. It may be empty.
    package var isLast: Bool
    package var payload: ByteBuffer
}

/// What a decoder found in the bytes it was fed.
package enum WebSocketEvent: Hashable, Sendable {
    case piece(WebSocketPiece)
    case ping(ByteBuffer)
    case pong(ByteBuffer)
    /// The peer closes. The code is absent when its frame has none.
    case close(code: UInt16?, reason: String)
}

/// Turns received bytes into pieces of messages and control frames; unmasks, joins fragments, checks the protocol.
///
/// It holds no more than one frame header and one control frame (125 bytes) besides what was fed last.
package struct WebSocketFrameDecoder: Sendable {
    private struct DataFrame {
        var kind: WebSocketMessageKind
        var isFinal: Bool
        var remaining: UInt64
        var mask: MaskKey?
        var isFirstPiece: Bool
    }

    private let role: WebSocketRole
    private var buffer = ByteBuffer()
    /// The data frame whose payload is coming in.
    private var frame: DataFrame?
    /// The kind of the message whose fragments are coming in.
    private var message: WebSocketMessageKind?

    package init(role: WebSocketRole) {
        self.role = role
    }

    /// Adds received bytes. Call `next` until it returns nil before feeding more.
    package mutating func feed(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            var bytes = bytes
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next event in the bytes fed, or nil when more bytes are needed.
    /// - Throws: `WebSocketError` on a violation, after which the decoder is of no more use.
    package mutating func next() throws(WebSocketError) -> WebSocketEvent? {
        if frame != nil { return nextPiece() }
        guard let header = try FrameHeader(peeking: buffer, role: role) else { return nil }
        guard header.opcode.isControl else {
            buffer.moveReaderIndex(forwardBy: header.length)
            try begin(header)
            return nextPiece()
        }
        let payloadLength = Int(header.payloadLength)
        guard buffer.readableBytes >= header.length + payloadLength else { return nil }
        buffer.moveReaderIndex(forwardBy: header.length)
        guard var payload = buffer.readSlice(length: payloadLength) else { return nil }
        if var mask = header.mask { mask.apply(to: &payload) }
        switch header.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        case .close: return try Self.close(payload)
        case .continuation, .text, .binary: return nil
        }
    }

    private mutating func begin(_ header: FrameHeader) throws(WebSocketError) {
        let kind: WebSocketMessageKind
        switch (header.opcode, message) {
        case (.continuation, let open?): kind = open
        case (.continuation, nil):
            throw WebSocketError(.protocolViolation, "continuation frame without a message to continue")
        case (_, _?):
            throw WebSocketError(.protocolViolation, "new message inside a fragmented one")
        case (.text, nil): kind = .text
        case (_, nil): kind = .binary
        }
        frame = DataFrame(
            kind: kind, isFinal: header.isFinal, remaining: header.payloadLength, mask: header.mask,
            isFirstPiece: message == nil)
        message = header.isFinal ? nil : kind
    }

    private mutating func nextPiece() -> WebSocketEvent? {
        guard var current = frame else { return nil }
        guard buffer.readableBytes > 0 || current.remaining == 0 else { return nil }
        let length = Int(min(UInt64(buffer.readableBytes), current.remaining))
        guard var payload = buffer.readSlice(length: length) else { return nil }
        current.mask?.apply(to: &payload)
        current.remaining -= UInt64(length)
        let piece = WebSocketPiece(
            kind: current.kind, isFirst: current.isFirstPiece, isLast: current.isFinal && current.remaining == 0,
            payload: payload)
        current.isFirstPiece = false
        frame = current.remaining == 0 ? nil : current
        return .piece(piece)
    }

    private static func close(_ payload: ByteBuffer) throws(WebSocketError) -> WebSocketEvent {
        var payload = payload
        if payload.readableBytes == 0 { return .close(code: nil, reason: "") }
        guard let code = payload.readInteger(as: UInt16.self) else {
            throw WebSocketError(.protocolViolation, "close frame with half a code")
        }
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: throw WebSocketError(.protocolViolation, "close code \(code) is not allowed on the wire")
        }
        guard let reason = String(validating: payload.readableBytesView, as: UTF8.self) else {
            throw WebSocketError(.protocolViolation, "close reason is not UTF-8")
        }
        return .close(code: code, reason: reason)
    }
}
