import Foundation
import LinuxHost
import Testing

@Suite("Following a file", .timeLimit(.minutes(1)))
struct FileWatchTests {
    @Test("every new content is told, however it came to be there")
    func follows() async throws {
        let folder = NSTemporaryDirectory() + "file-watch-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/config"
        func replace(_ text: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
        try replace("one")
        let watch = FileWatch(path: path)
        let first = try watch.read()
        #expect(first == Array("one".utf8))
        let (contents, told) = AsyncStream.makeStream(of: String.self)
        let following = Task {
            try await watch.follow(
                first, onChange: { told.yield(String(decoding: $0, as: UTF8.self)) },
                onFailure: { _ in told.yield("gone") })
        }
        var iterator = contents.makeAsyncIterator()
        try replace("two")
        #expect(await iterator.next() == "two")
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data("three".utf8))
        try handle.close()
        #expect(await iterator.next() == "three")
        try FileManager.default.removeItem(atPath: path)
        #expect(await iterator.next() == "gone")
        try replace("four")
        var next = await iterator.next()
        while next == "gone" { next = await iterator.next() }
        #expect(next == "four")
        following.cancel()
        await #expect(throws: CancellationError.self) { try await following.value }
    }

    @Test("a file that is not there cannot be read")
    func missing() {
        #expect(throws: FileWatch.Failure.self) { try FileWatch(path: "/nonexistent/config").read() }
    }
}
