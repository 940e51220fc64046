import Machinery
import NIOCore

/// Turns the bytes of a log file in CRI's format into what its reader wants to see.
///
/// A file's line is `<RFC 3339 time> <stdout|stderr> <tags> <text>`; the tag `P` says that the container's line goes on
/// in the next one. Bytes may be fed cut anywhere and lines may be of any length: only an unfinished line's first
/// words are kept. Lines in no such format are left out, as Kubernetes leaves them out.
package struct LogParser: Sendable {
    private enum State: Sendable {
        /// In the words before a line's text.
        case header
        /// In the text of a line that is wanted.
        case text(isPartial: Bool)
        /// In a line that is not.
        case skipping
    }

    /// Longer than any time, stream and tags.
    private static let maximumHeader = 256

    private let options: ContainerLogOptions
    private var state = State.header
    private var header: [UInt8] = []
    /// The next text begins a line of the container's.
    private var isAtLineStart = true
    private var remainingBytes: Int
    /// Lines of the file still wanted, for a tail that is not followed.
    private var remainingLines: Int?

    package init(_ options: ContainerLogOptions) {
        self.options = options
        remainingBytes = options.limitBytes ?? .max
        remainingLines = options.follow ? nil : options.tailLines
    }

    /// The reader has everything it wants.
    package var isDone: Bool { remainingBytes == 0 || remainingLines == 0 }

    /// Another file begins; what is left of an unfinished line will not come.
    package mutating func startFile() {
        state = .header
        header.removeAll()
    }

    package mutating func feed(_ bytes: UnsafeRawBufferPointer, into output: inout ByteBuffer) {
        var rest = bytes[...]
        while !rest.isEmpty && !isDone {
            let newline = rest.firstIndex(of: UInt8(ascii: "\n"))
            let line = rest[..<(newline ?? rest.endIndex)]
            rest = rest[(newline.map { $0 + 1 } ?? rest.endIndex)...]
            take(line, into: &output)
            if newline != nil { endLine(into: &output) }
        }
    }

    /// Takes bytes of one line.
    private mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>, into output: inout ByteBuffer) {
        switch state {
        case .skipping: break
        case .text: emit(bytes, into: &output)
        case .header:
            // The text begins after the third space.
            var spaces = header.count { $0 == UInt8(ascii: " ") }
            var index = bytes.startIndex
            while index < bytes.endIndex && spaces < 3 {
                if bytes[index] == UInt8(ascii: " ") { spaces += 1 }
                header.append(bytes[index])
                index += 1
                guard header.count <= Self.maximumHeader else {
                    state = .skipping
                    return
                }
            }
            guard spaces == 3 else { return }
            beginText(into: &output)
            take(bytes[index...], into: &output)
        }
    }

    private mutating func beginText(into output: inout ByteBuffer) {
        guard let entry = LogEntryHeader(header) else {
            state = .skipping
            return
        }
        let isWanted = options.stream == .all || options.stream == entry.stream
        if let since = options.since, entry.isBefore(since) {
            state = .skipping
            return
        }
        guard isWanted else {
            state = .skipping
            return
        }
        if options.timestamps && isAtLineStart { emit(entry.paddedTime + [UInt8(ascii: " ")], into: &output) }
        isAtLineStart = !entry.isPartial
        state = .text(isPartial: entry.isPartial)
    }

    private mutating func endLine(into output: inout ByteBuffer) {
        if case .text(isPartial: false) = state { emit([UInt8(ascii: "\n")], into: &output) }
        state = .header
        header.removeAll(keepingCapacity: true)
        if let lines = remainingLines { remainingLines = lines - 1 }
    }

    private mutating func emit(_ bytes: some Collection<UInt8>, into output: inout ByteBuffer) {
        let count = min(bytes.count, remainingBytes)
        output.writeBytes(bytes.prefix(count))
        if options.limitBytes != nil { remainingBytes -= count }
    }
}

/// The words before a log line's text.
struct LogEntryHeader {
    private let time: ArraySlice<UInt8>
    let stream: ContainerLogOptions.Stream
    let isPartial: Bool

    /// Nil for anything but `<time> <stream> <tags> `.
    init?(_ bytes: [UInt8]) {
        let words = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 4, let first = words[0].first, (0x30...0x39).contains(first) else { return nil }
        time = words[0]
        switch String(decoding: words[1], as: UTF8.self) {
        case "stdout": stream = .stdout
        case "stderr": stream = .stderr
        default: return nil
        }
        // Tags are separated by colons; the first says whether the line is whole.
        isPartial = words[2].split(separator: UInt8(ascii: ":")).first == [UInt8(ascii: "P")]
    }

    /// The time with all nine digits after the second, so that lines align.
    var paddedTime: [UInt8] {
        let zone = time.lastIndex { $0 == UInt8(ascii: "Z") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        guard let zone, let second = time.firstIndex(of: UInt8(ascii: "T")).map({ $0 + 9 }), second <= zone else {
            return Array(time)
        }
        let digits = time[second..<zone].dropFirst()
        guard digits.count < 9 else { return Array(time) }
        return Array(time[..<second]) + [UInt8(ascii: ".")] + Array(digits)
            + [UInt8](repeating: UInt8(ascii: "0"), count: 9 - digits.count) + Array(time[zone...])
    }

    /// False for a time that cannot be read.
    func isBefore(_ moment: Timestamp) -> Bool {
        guard let parsed = try? Timestamp(rfc3339: String(decoding: time, as: UTF8.self)) else { return false }
        return parsed < moment
    }
}
