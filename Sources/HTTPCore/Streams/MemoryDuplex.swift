import NIOCore

/// One end of a connection inside the process: what one end writes, the other reads.
///
/// It behaves like a socket: each direction buffers a bounded number of bytes, a writer waits for its reader, either
/// direction can end alone, and `close` ends both and makes the peer's writes fail.
package final class MemoryDuplex: HalfClosableDuplex {
    private let incoming: BoundedQueue<ByteBuffer>
    private let outgoing: BoundedQueue<ByteBuffer>

    private init(incoming: BoundedQueue<ByteBuffer>, outgoing: BoundedQueue<ByteBuffer>) {
        self.incoming = incoming
        self.outgoing = outgoing
    }

    /// Two connected ends, each direction buffering `capacity` bytes before the writer waits.
    package static func pair(capacity: Int = 64 << 10) -> (MemoryDuplex, MemoryDuplex) {
        let up = BoundedQueue<ByteBuffer>(bytes: capacity)
        let down = BoundedQueue<ByteBuffer>(bytes: capacity)
        return (MemoryDuplex(incoming: down, outgoing: up), MemoryDuplex(incoming: up, outgoing: down))
    }

    /// Bytes written by this end that the peer has not read yet.
    package var unreadBytes: Int { outgoing.queuedCost }

    package func read() async throws -> ByteBuffer? {
        try await incoming.next()
    }

    package func write(_ bytes: ByteBuffer) async throws {
        guard bytes.readableBytes > 0 else { return }
        do {
            try await outgoing.push(bytes)
        } catch is BoundedQueueError {
            throw ByteDuplexError.closed
        }
    }

    package func closeOutput() async throws {
        outgoing.finish()
    }

    package func close() async {
        outgoing.finish()
        // First as an error for a writer that comes later, then dropping what nobody will read.
        incoming.finish(throwing: ByteDuplexError.closed)
    }
}
