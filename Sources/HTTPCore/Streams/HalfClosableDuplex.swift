import NIOCore

/// A duplex whose outgoing direction can end while the incoming one goes on, as `shutdown(SHUT_WR)` does on a socket.
package protocol HalfClosableDuplex: ByteDuplex {
    /// Says that nothing more will be written. Reading goes on. A second call does nothing.
    /// - Throws: when the connection is already lost.
    func closeOutput() async throws
}
