import CZlib
import NIOCore

/// Compresses one body, piece by piece, at the speediest level.
final class GzipEncoder {
    struct Failure: Error {}

    private static let level: Int32 = 1
    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(Failure) {
        // zlib keeps a pointer back to its stream, so the stream must not move.
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard CZlib_gzipInit(stream, Self.level) == Z_OK else {
            stream.deallocate()
            throw Failure()
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What there is to send after some more bytes; often nothing until the end.
    func compress(_ piece: ByteBuffer, isLast: Bool) throws(Failure) -> ByteBuffer {
        var input = Array(piece.readableBytesView)
        var output = ByteBufferAllocator().buffer(capacity: max(1024, input.count / 4))
        let stream = stream
        let isDone = input.withUnsafeMutableBufferPointer { input -> Bool in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = uInt(input.count)
            while true {
                var result = Z_OK
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: 16 * 1024) { space in
                    stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: Bytef.self)
                    stream.pointee.avail_out = uInt(space.count)
                    result = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    return space.count - Int(stream.pointee.avail_out)
                }
                if isLast, result == Z_STREAM_END { return true }
                guard result == Z_OK || result == Z_BUF_ERROR else { return false }
                if !isLast, stream.pointee.avail_out > 0 { return true }
            }
        }
        guard isDone else { throw Failure() }
        return output
    }
}
