import HTTPCore
import NIOCore

/// Sends a large body that is at hand in many pieces: joined into records of a good size, as fast as the client takes
/// them, so that a copy of only a part of it exists at a time. Used on the stream's loop only.
final class ChunkPump {
    /// Bodies up to this size are sent at once.
    static let threshold = 256 * 1024
    private static let recordSize = 64 * 1024

    private let stream: ResponseStream
    private let pieces: [ByteBuffer]
    private var index = 0

    private init(_ stream: ResponseStream, _ pieces: [ByteBuffer]) {
        self.stream = stream
        self.pieces = pieces
    }

    static func run(_ pieces: [ByteBuffer], to stream: ResponseStream) {
        let pump = ChunkPump(stream, pieces)
        let bound = NIOLoopBound(pump, eventLoop: stream.eventLoop)
        stream.onWritable { bound.value.pump() }
        pump.pump()
    }

    private func pump() {
        while stream.isWritable {
            guard index < pieces.count else {
                stream.finish()
                return
            }
            stream.writeAndFlush(nextRecord())
        }
    }

    private func nextRecord() -> ByteBuffer {
        let first = pieces[index]
        index += 1
        guard first.readableBytes < Self.recordSize / 2, index < pieces.count else { return first }
        var record = ByteBuffer()
        record.reserveCapacity(Self.recordSize)
        record.writeImmutableBuffer(first)
        while index < pieces.count, record.readableBytes + pieces[index].readableBytes <= Self.recordSize {
            record.writeImmutableBuffer(pieces[index])
            index += 1
        }
        return record
    }
}
