import HTTPCore
import NIOCore

/// A watch of a version that a converter has to be asked for, which an event loop cannot wait for: a task of its own
/// takes the changes, has them converted, and sends them at the client's pace.
///
/// Such watches send no bookmarks but the one that ends the initial objects.
enum ConvertedWatch {
    static func send(_ watch: WatchBody, to stream: ResponseStream) async throws {
        let source = try InProcessWatch(watch, clock: watch.fanOut.clock)
        defer { source.cancel() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await Task.sleep(for: watch.timeout) }
            group.addTask {
                while let bytes = try await source.next() { try await stream.send(ByteBuffer(bytes: bytes)) }
            }
            // Whichever ends first, the time or the watch, ends both.
            try await group.next()
            group.cancelAll()
        }
    }
}
