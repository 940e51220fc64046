/// A violation of SPDY/3.1, or the end of a stream or session.
package struct SPDYError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The peer broke the protocol; the session ends.
        case protocolViolation
        /// A header block that does not decompress or is too large; the session ends, since compression has state.
        case badHeaders
        /// The peer reset the stream.
        case streamReset
        /// Written to a stream whose outgoing direction was closed here.
        case streamClosed
        /// The connection ended while the stream was open.
        case connectionLost
        /// No further streams can be opened on this session.
        case goneAway
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "spdy: \(message)" }
}

/// Why a stream was reset (SPDY/3, section 2.6.3).
package enum SPDYResetStatus {
    package static let protocolError: UInt32 = 1
    package static let refusedStream: UInt32 = 3
    package static let cancel: UInt32 = 5
    package static let internalError: UInt32 = 6
}
