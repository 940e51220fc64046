import NIOCore

/// What a connection has to send: the frames of all its streams, joined into records of a good size.
///
/// Small frames are copied into one buffer, each in one step; large payloads pass by reference. Nothing is sent before
/// it is taken with `next`, so the handler decides when a turn of the event loop has brought all it will.
struct HTTP2Output {
    /// Frames up to this size together are one write: the plaintext of one TLS record.
    private static let joinLimit = 16 * 1024
    private static let smallestBuffer = 1024

    /// One write, and who waits for it.
    struct Piece {
        var bytes: ByteBuffer
        var promise: EventLoopPromise<Void>?
    }

    private var joined = ByteBuffer()
    private var promises: [EventLoopPromise<Void>] = []
    private var pieces = CircularBuffer<Piece>()
    /// How large the last buffer became: the next one will be much the same.
    private var expected = smallestBuffer
    /// Bytes that wait here or were taken since the last flush.
    private(set) var unflushedBytes = 0

    var isEmpty: Bool { pieces.isEmpty && joined.readableBytes == 0 && promises.isEmpty }

    /// Adds frames that are whole already.
    mutating func append(_ frames: ByteBuffer, promise: EventLoopPromise<Void>? = nil) {
        makeRoom(for: frames.readableBytes)
        joined.writeImmutableBuffer(frames)
        unflushedBytes += frames.readableBytes
        if let promise { promises.append(promise) }
    }

    /// Adds one frame.
    mutating func append(_ head: HTTP2FrameHead, _ payload: ByteBuffer, promise: EventLoopPromise<Void>? = nil) {
        let size = payload.readableBytes
        unflushedBytes += HTTP2FrameHead.size + size
        if size >= Self.joinLimit / 2 {
            makeRoom(for: HTTP2FrameHead.size)
            joined.writeFrameHead(head)
            close()
            pieces.append(Piece(bytes: payload, promise: promise))
            return
        }
        makeRoom(for: HTTP2FrameHead.size + size)
        joined.writeWithUnsafeMutableBytes(minimumWritableBytes: HTTP2FrameHead.size + size) { target in
            head.write(to: target)
            payload.withUnsafeReadableBytes {
                UnsafeMutableRawBufferPointer(rebasing: target[HTTP2FrameHead.size...]).copyMemory(from: $0)
            }
            return HTTP2FrameHead.size + size
        }
        if let promise { promises.append(promise) }
    }

    /// The next write; nil when there is nothing more.
    mutating func next() -> Piece? {
        if let piece = pieces.popFirst() { return piece }
        guard joined.readableBytes > 0 || !promises.isEmpty else { return nil }
        close()
        return pieces.popFirst()
    }

    /// All that was taken has been flushed.
    mutating func flushed() { unflushedBytes = 0 }

    /// Lets go of everything; returns who waits.
    mutating func abandon() -> [EventLoopPromise<Void>] {
        let waiting = promises + pieces.compactMap(\.promise)
        self = HTTP2Output()
        return waiting
    }

    private mutating func makeRoom(for bytes: Int) {
        if joined.readableBytes + bytes > Self.joinLimit { close() }
        if joined.storageCapacity == 0 { joined = ByteBufferAllocator().buffer(capacity: max(bytes, expected)) }
    }

    /// Makes what was joined a write of its own.
    private mutating func close() {
        guard joined.readableBytes > 0 || !promises.isEmpty else { return }
        expected = min(max(joined.readableBytes, Self.smallestBuffer), Self.joinLimit)
        let first = promises.first
        for other in promises.dropFirst() { first?.futureResult.cascade(to: other) }
        pieces.append(Piece(bytes: joined, promise: first))
        joined = ByteBuffer()
        promises.removeAll()
    }
}
