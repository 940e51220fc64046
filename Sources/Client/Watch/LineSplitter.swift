import Glibc

/// Cuts a stream of bytes into lines, however the chunks fall.
struct LineSplitter {
    /// A line was longer than allowed.
    struct TooLong: Error, CustomStringConvertible {
        let limit: Int
        var description: String { "a line of the stream is longer than \(limit) bytes" }
    }

    private var buffer: [UInt8] = []
    /// Where the line that is being gathered starts.
    private var start = 0
    /// Up to where no line end was found.
    private var scanned = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Bytes without a line end that are left over.
    var hasRemainder: Bool { start < buffer.count }

    mutating func append(_ chunk: [UInt8]) {
        if start == buffer.count {
            buffer = chunk
            start = 0
            scanned = 0
            return
        }
        if start > 0 {
            buffer.removeFirst(start)
            scanned -= start
            start = 0
        }
        buffer += chunk
    }

    /// Calls the closure with the next whole line, without its end; returns `nil` when more bytes are needed.
    mutating func next<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result? {
        let lineStart = start
        let found = buffer.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress, scanned < bytes.count,
                let hit = memchr(base + scanned, 0x0A, bytes.count - scanned)
            else { return nil }
            return UnsafeRawPointer(hit) - base
        }
        guard let end = found else {
            scanned = buffer.count
            guard buffer.count - start <= limit else { throw TooLong(limit: limit) }
            return nil
        }
        start = end + 1
        scanned = start
        guard end - lineStart <= limit else { throw TooLong(limit: limit) }
        return try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[lineStart..<end])) }
    }
}
