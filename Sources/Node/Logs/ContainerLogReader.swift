import NIOCore
import Synchronization

/// Reads a container's log from its file, and goes on as it grows and is rotated until the container ends.
///
/// Waiting costs nothing: changes come by inotify. Memory is bounded by one block of the file.
package struct ContainerLogReader: Sendable {
    /// Returns when the container has ended and everything it wrote is in its file; never for one that runs on. It must
    /// notice cancellation.
    package typealias Ending = @Sendable () async -> Void
    /// Takes output; its slowness holds the reading back.
    package typealias Sink = @Sendable (ByteBuffer) async throws -> Void

    private enum Event: Sendable {
        case containerEnded
        case readingEnded
    }

    private let path: String
    private let options: ContainerLogOptions
    private let file: LogFile

    /// Opens the file.
    /// - Throws: `LogFileError`, as when there is no such file.
    package init(path: String, options: ContainerLogOptions) async throws {
        self.path = path
        self.options = options
        file = try await LogFile.open(path)
    }

    /// Reads to the end, or where the log is followed, to the container's.
    /// - Parameter ending: used when following only.
    /// - Throws: `LogFileError`, what `sink` throws, `CancellationError`.
    package func run(until ending: @escaping Ending, into sink: @escaping Sink) async throws {
        let start = if let lines = options.tailLines { try await file.startOfLast(lines) } else { Int64(0) }
        var cursor = LogCursor(file: file, offset: start, options: options)
        guard options.follow else { return try await cursor.copyToEnd(sink) }
        // One wake-up stands for any number of changes.
        let (wakeUps, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let first = cursor
        try await withThrowingTaskGroup(of: Event.self) { group in
            let hasEnded = EndFlag()
            group.addTask {
                await ending()
                hasEnded.set()
                wake.yield()
                return .containerEnded
            }
            group.addTask {
                try await follow(first, wakeUps, wake, hasEnded, sink)
                return .readingEnded
            }
            defer { group.cancelAll() }
            while let event = try await group.next() {
                if case .readingEnded = event { return }
            }
        }
    }

    private func follow(
        _ start: LogCursor, _ wakeUps: AsyncStream<Void>, _ wake: AsyncStream<Void>.Continuation, _ hasEnded: EndFlag,
        _ sink: Sink
    ) async throws {
        var cursor = start
        // Before the first read, so that nothing comes between reading and waiting unseen.
        let watch = try DirectoryWatch(directory) { wake.yield() }
        defer { withExtendedLifetime(watch) {} }
        var iterator = wakeUps.makeAsyncIterator()
        while true {
            // Asked first: what the container wrote before its end is there to be read afterwards.
            let isLast = hasEnded.isSet
            // Asked first as well: once there is a new file nothing is added to the old one.
            let successor = try await cursor.file.successor(at: path)
            try await cursor.copyToEnd(sink)
            if cursor.isDone { return }
            if let successor {
                cursor.move(to: successor)
                continue
            }
            if isLast { return }
            guard await iterator.next() != nil else { throw CancellationError() }
        }
    }

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Set once, from another task.
private final class EndFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() { flag.store(true, ordering: .releasing) }
}

/// How far a log has been read.
private struct LogCursor: Sendable {
    /// Output is handed on in about this many bytes.
    private static let outputSize = 32 << 10

    private(set) var file: LogFile
    private var offset: Int64
    private var parser: LogParser

    init(file: LogFile, offset: Int64, options: ContainerLogOptions) {
        self.file = file
        self.offset = offset
        parser = LogParser(options)
    }

    /// The reader has everything it wants.
    var isDone: Bool { parser.isDone }

    /// Goes on at the beginning of another file.
    mutating func move(to next: LogFile) {
        file = next
        offset = 0
        parser.startFile()
    }

    /// Reads what there is and hands it on.
    mutating func copyToEnd(_ sink: ContainerLogReader.Sink) async throws {
        var output = ByteBuffer()
        while !parser.isDone {
            let block = try await file.read(at: offset)
            guard block.readableBytes > 0 else {
                // A file shorter than what was read of it was emptied in place.
                guard try await file.size() < offset else { break }
                move(to: file)
                continue
            }
            offset += Int64(block.readableBytes)
            block.withUnsafeReadableBytes { parser.feed($0, into: &output) }
            guard output.readableBytes >= Self.outputSize else { continue }
            try await sink(output)
            output = ByteBuffer()
        }
        if output.readableBytes > 0 { try await sink(output) }
    }
}
