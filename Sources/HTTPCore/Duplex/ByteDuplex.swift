import NIOCore

/// A connection of bytes both ways, without message boundaries.
///
/// One reader and one writer at a time; reading and writing may overlap. Implementations are bounded: `read` asks the
/// peer for more only when called, `write` returns once the bytes are handed on and waits while the peer is slow.
package protocol ByteDuplex: Sendable {
    /// The next bytes, at least one; nil once the peer ended its side. Throws `ByteDuplexError` when the connection
    /// broke, `CancellationError` when the task is cancelled.
    func read() async throws -> ByteBuffer?

    /// Sends bytes. Throws `ByteDuplexError.closed` once either side closed.
    func write(_ buffer: ByteBuffer) async throws

    /// Closes both directions, after what was written went out. Safe to call twice; never throws.
    func close() async
}

/// Why a duplex stopped.
package enum ByteDuplexError: Error, Equatable, CustomStringConvertible {
    /// Written to, or read from, after it was closed here or by the peer.
    case closed
    /// The transport failed, in its own words.
    case broken(String)

    package var description: String {
        switch self {
        case .closed: "the connection is closed"
        case .broken(let cause): "the connection broke: \(cause)"
        }
    }
}
