import NIOCore

/// A message's body as it arrives: read once, by one reader, either whole (`collect`) or in pieces (`for try await`).
///
/// The sender is held back while nobody reads, so an unread body costs at most one window of memory.
package struct HTTPBody: Sendable, AsyncSequence {
    package typealias Element = ByteBuffer
    package typealias Failure = HTTPBodyError

    private enum Storage: Sendable {
        case buffer(ByteBuffer)
        case stream(Reader)
    }

    /// The reading side's hold on a stream: when the last copy of the body is gone, nobody will read the rest.
    fileprivate final class Reader: Sendable {
        let stream: HTTPBodyStream

        init(_ stream: HTTPBodyStream) {
            self.stream = stream
        }

        deinit {
            stream.abandon()
        }
    }

    private let storage: Storage

    /// What the sender declared, where it did.
    package let contentLength: Int?

    /// No body.
    package static let empty = HTTPBody(ByteBuffer())

    /// A body already at hand.
    package init(_ buffer: ByteBuffer) {
        storage = .buffer(buffer)
        contentLength = buffer.readableBytes
    }

    /// A body on its way.
    package init(_ stream: HTTPBodyStream, contentLength: Int?) {
        storage = .stream(Reader(stream))
        self.contentLength = contentLength
    }

    /// Whether it is known that no byte will come.
    package var isEmpty: Bool {
        contentLength == 0
    }

    /// The whole body. Refuses a larger one before reading anything where its length was declared, and as soon as the
    /// limit is passed otherwise; the connection then discards the rest or closes, it is never read into memory.
    nonisolated(nonsending) package func collect(upTo maxBytes: Int) async throws(HTTPBodyError) -> [UInt8] {
        let buffer = try await collectBuffer(upTo: maxBytes)
        return Array(buffer.readableBytesView)
    }

    /// `collect` without the copy into an array.
    nonisolated(nonsending) package func collectBuffer(upTo maxBytes: Int) async throws(HTTPBodyError) -> ByteBuffer {
        if let contentLength, contentLength > maxBytes { throw .tooLarge(limit: maxBytes) }
        switch storage {
        case .buffer(let buffer):
            return buffer
        case .stream(let reader):
            let stream = reader.stream
            guard var whole = try await stream.next() else { return ByteBuffer() }
            if whole.readableBytes > maxBytes { throw .tooLarge(limit: maxBytes) }
            var isFirst = true
            while var piece = try await stream.next() {
                if whole.readableBytes + piece.readableBytes > maxBytes { throw .tooLarge(limit: maxBytes) }
                if isFirst, let contentLength {
                    // Once, and in steps: the declared length is the peer's word only.
                    whole.reserveCapacity(Swift.min(contentLength, 4 * 1024 * 1024))
                    isFirst = false
                }
                whole.writeBuffer(&piece)
            }
            return whole
        }
    }

    /// The trailer fields; nil until the body was read to its end.
    package var trailers: HTTPHeaders? {
        switch storage {
        case .buffer: HTTPHeaders()
        case .stream(let reader): reader.stream.trailers
        }
    }

    /// Says that nobody will read the rest: the sender is told to stop. Reading afterwards gives `cancelled`.
    package func discard() {
        switch storage {
        case .buffer: break
        case .stream(let reader): reader.stream.abandon()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        switch storage {
        case .buffer(let buffer): AsyncIterator(source: .buffer(buffer.readableBytes == 0 ? nil : buffer))
        case .stream(let reader): AsyncIterator(source: .stream(reader))
        }
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate enum Source {
            case buffer(ByteBuffer?)
            case stream(Reader)
        }

        fileprivate var source: Source

        package mutating func next() async throws(HTTPBodyError) -> ByteBuffer? {
            try await next(isolation: nil)
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(HTTPBodyError) -> ByteBuffer? {
            switch source {
            case .buffer(let buffer):
                source = .buffer(nil)
                return buffer
            case .stream(let reader):
                return try await reader.stream.next()
            }
        }
    }
}
