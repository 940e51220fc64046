import CZlib
import NIOCore

/// One direction's header compressor. Blocks build on each other, so they must be sent in the order compressed.
final class SPDYHeaderDeflater {
    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(SPDYError) {
        // zlib keeps a pointer back to its stream, so the stream must not move.
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard CZlib_deflateInit(stream, Z_DEFAULT_COMPRESSION) == Z_OK else {
            stream.deallocate()
            throw SPDYError(.badHeaders, "zlib cannot start compressing")
        }
        let dictionary = SPDYDictionary.bytes
        guard deflateSetDictionary(stream, dictionary, uInt(dictionary.count)) == Z_OK else {
            deflateEnd(stream)
            stream.deallocate()
            throw SPDYError(.badHeaders, "zlib does not take the dictionary")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Compresses a block and flushes it, so that the peer can read it whole.
    func compress(_ block: ByteBuffer) throws(SPDYError) -> ByteBuffer {
        var input = Array(block.readableBytesView)
        var output = ByteBuffer()
        let isFlushed = input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = uInt(input.count)
            return output.fill { space in
                stream.pointee.next_out = space.baseAddress
                stream.pointee.avail_out = uInt(space.count)
                let result = deflate(stream, Z_SYNC_FLUSH)
                let produced = space.count - Int(stream.pointee.avail_out)
                guard result == Z_OK || result == Z_BUF_ERROR else { return (produced, .failed) }
                return (produced, stream.pointee.avail_out == 0 ? .more : .done)
            }
        }
        guard isFlushed else { throw SPDYError(.badHeaders, "zlib cannot compress") }
        return output
    }
}

/// One direction's header decompressor.
final class SPDYHeaderInflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private let limit: Int

    /// - Parameter limit: the most bytes a block may grow to.
    init(limit: Int) throws(SPDYError) {
        self.limit = limit
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard CZlib_inflateInit(stream) == Z_OK else {
            stream.deallocate()
            throw SPDYError(.badHeaders, "zlib cannot start decompressing")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Decompresses one frame's block.
    func decompress(_ block: ByteBuffer) throws(SPDYError) -> ByteBuffer {
        var input = Array(block.readableBytesView)
        var output = ByteBuffer()
        let isWhole = input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = uInt(input.count)
            var total = 0
            return output.fill { space in
                stream.pointee.next_out = space.baseAddress
                stream.pointee.avail_out = uInt(space.count)
                var result = inflate(stream, Z_SYNC_FLUSH)
                if result == Z_NEED_DICT {
                    let dictionary = SPDYDictionary.bytes
                    result = inflateSetDictionary(stream, dictionary, uInt(dictionary.count))
                    if result == Z_OK { result = inflate(stream, Z_SYNC_FLUSH) }
                }
                let produced = space.count - Int(stream.pointee.avail_out)
                total += produced
                // A buffer error only says that there is nothing left to do.
                guard result == Z_OK || result == Z_BUF_ERROR, total <= limit else { return (produced, .failed) }
                return (produced, stream.pointee.avail_out == 0 ? .more : .done)
            }
        }
        guard isWhole, stream.pointee.avail_in == 0 else {
            throw SPDYError(.badHeaders, "header block does not decompress to at most \(limit) bytes")
        }
        return output
    }
}

private enum FillStep {
    case more
    case done
    case failed
}

extension ByteBuffer {
    /// Lets `step` write into fresh space until it is done; false when it failed.
    fileprivate mutating func fill(_ step: (UnsafeMutableBufferPointer<UInt8>) -> (Int, FillStep)) -> Bool {
        while true {
            var next = FillStep.failed
            writeWithUnsafeMutableBytes(minimumWritableBytes: 4096) { space in
                let (count, result) = step(space.bindMemory(to: UInt8.self))
                next = result
                return count
            }
            switch next {
            case .more: continue
            case .done: return true
            case .failed: return false
            }
        }
    }
}
