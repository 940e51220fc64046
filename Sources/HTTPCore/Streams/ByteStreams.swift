import NIOCore

/// Bytes that come in, for one reader.
package protocol ByteSource: Sendable {
    /// The next bytes, never empty; nil at the end. One task reads at a time.
    /// - Throws: when the bytes that should have followed are lost.
    func read() async throws -> ByteBuffer?
    /// The reader wants nothing more; what still comes is dropped, so that it holds up nobody.
    func stopReading()
}

/// Bytes that go out.
package protocol ByteSink: Sendable {
    /// Returns when the bytes are on their way; a slow receiver suspends the caller.
    func write(_ bytes: ByteBuffer) async throws
    /// Says that nothing follows. A second call does nothing.
    func closeOutput() async throws
}

extension ByteSource {
    /// Copies everything to `sink`, then passes the end on.
    package func copy(to sink: some ByteSink) async throws {
        while let bytes = try await read() { try await sink.write(bytes) }
        try await sink.closeOutput()
    }

    /// Everything up to the end.
    /// - Throws: `ByteStreamTooLong` past `limit` bytes.
    package func readAll(limit: Int) async throws -> ByteBuffer {
        var all = ByteBuffer()
        while var bytes = try await read() {
            guard all.readableBytes + bytes.readableBytes <= limit else { throw ByteStreamTooLong(limit: limit) }
            all.writeBuffer(&bytes)
        }
        return all
    }
}

/// A stream that should have been short was not.
package struct ByteStreamTooLong: Error, Hashable, Sendable {
    /// In bytes.
    package let limit: Int

    package init(limit: Int) {
        self.limit = limit
    }
}
