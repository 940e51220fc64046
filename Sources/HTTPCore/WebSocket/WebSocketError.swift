/// A connection's violation of RFC 6455, or its unexpected end.
package struct WebSocketError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The peer broke the protocol.
        case protocolViolation
        /// A message or control frame was larger than allowed.
        case tooLarge
        /// The connection ended without a close frame.
        case connectionLost
        /// A message was sent after the connection was closed.
        case closed
        /// The handshake's headers are wrong.
        case badHandshake
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "websocket: \(message)" }
}

/// Close codes of RFC 6455, section 7.4.1, as far as they are used here.
package enum WebSocketCloseCode {
    package static let normal: UInt16 = 1000
    package static let goingAway: UInt16 = 1001
    package static let protocolError: UInt16 = 1002
    package static let unsupportedData: UInt16 = 1003
    package static let invalidPayload: UInt16 = 1007
    package static let messageTooBig: UInt16 = 1009
    package static let internalError: UInt16 = 1011
}
