import Glibc
import NIOCore

/// Looks on while the events of a streamed answer are relayed: counts them, and keeps what the last one with `usage`
/// says. Bytes are looked at once; no event is read as JSON before the stream is over.
///
/// Source: the event streams of HTML's server-sent events, as OpenAI's API uses them: one line of `data` an event,
/// `[DONE]` at the end.
package struct EventStreamScan {
    /// Events with data, the end not among them.
    package private(set) var events = 0
    /// The stream said that it is over.
    package private(set) var isDone = false
    /// An event told of an error.
    package private(set) var hasFailed = false
    /// The object that stands at `usage` in the last event that has one.
    private var usageText: [UInt8] = []
    /// A line whose end has not come yet.
    private var unfinished: [UInt8] = []

    private static let longestLine = 256 * 1024
    private static let longestUsage = 4096
    private static let key = Array("\"usage\"".utf8)

    package init() {}

    package mutating func take(_ piece: ByteBuffer) {
        piece.withUnsafeReadableBytes { take($0) }
    }

    package var usage: TokenUsage? {
        usageText.isEmpty ? nil : usageText.withUnsafeBytes { TokenUsage(object: $0) }
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        var begin = 0
        while begin < bytes.count, let end = memchr(base + begin, 0x0A, bytes.count - begin) {
            let length = UnsafeRawPointer(end) - (base + begin)
            let line = UnsafeRawBufferPointer(start: base + begin, count: length)
            if unfinished.isEmpty { self.line(line) } else { finish(line) }
            begin += length + 1
        }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[begin...])
        // A line longer than any event of text is followed no further: its beginning says what it is.
        if unfinished.count + rest.count <= Self.longestLine { unfinished.append(contentsOf: rest) }
    }

    private mutating func finish(_ rest: UnsafeRawBufferPointer) {
        unfinished.append(contentsOf: rest.prefix(Self.longestLine))
        let whole = unfinished
        unfinished.removeAll(keepingCapacity: true)
        whole.withUnsafeBytes { line($0) }
    }

    private mutating func line(_ line: UnsafeRawBufferPointer) {
        guard line.count > 5, line.starts(with: "data:".utf8) else { return }
        let begin = line[5] == 0x20 ? 6 : 5
        let data = UnsafeRawBufferPointer(rebasing: line[begin...])
        if data.starts(with: "[DONE]".utf8) {
            isDone = true
            return
        }
        events += 1
        if data.starts(with: "{\"error\"".utf8) { hasFailed = true }
        if let end = Self.endOfKey(data) { noteUsage(data, end) }
    }

    /// Where `"usage"` ends.
    private static func endOfKey(_ data: UnsafeRawBufferPointer) -> Int? {
        let (quote, u) = (UInt8(ascii: "\""), UInt8(ascii: "u"))
        var index = 0
        while index + key.count <= data.count {
            if data[index + 1] == u, data[index] == quote, data[index...].starts(with: key) { return index + key.count }
            index += 1
        }
        return nil
    }

    /// Keeps an object that follows the key; `null` says nothing.
    private mutating func noteUsage(_ data: UnsafeRawBufferPointer, _ end: Int) {
        var index = end
        while index < data.count, data[index] == 0x20 || data[index] == UInt8(ascii: ":") { index += 1 }
        guard index < data.count, data[index] == UInt8(ascii: "{") else { return }
        usageText = Array(data[index...].prefix(Self.longestUsage))
    }
}
