import Foundation
import HTTPCore
import Machinery
import NIOCore
import Node
import Synchronization
import Testing

/// A folder of a container's logs that is removed with it.
private final class LogFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/gantry-logs-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var log: String { path + "/0.log" }

    /// A line of the container's, as the runtime writes it.
    static func line(_ text: String, second: Int = 0, tag: String = "F") -> String {
        "2026-11-21T09:00:\(second < 10 ? "0" : "")\(second).5Z stdout \(tag) \(text)\n"
    }

    func append(_ text: String) throws {
        if !FileManager.default.fileExists(atPath: log) {
            #expect(FileManager.default.createFile(atPath: log, contents: nil))
        }
        let handle = try #require(FileHandle(forWritingAtPath: log))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }
}

/// Keeps what a reader hands on.
private final class Output: Sendable {
    private let queue = BoundedQueue<ByteBuffer>(bytes: 1 << 20)
    private let text = Mutex("")

    func take(_ bytes: ByteBuffer) async throws { try await queue.push(bytes) }

    /// Waits until everything so far is `expected`.
    func expect(_ expected: String) async throws {
        while text.withLock({ $0.utf8.count < expected.utf8.count }) {
            let bytes = try #require(try await queue.next())
            text.withLock { $0 += String(buffer: bytes) }
        }
        #expect(text.withLock { $0 } == expected)
    }
}

@Suite("A container's log", .timeLimit(.minutes(1)))
struct ContainerLogReaderTests {
    private func read(_ folder: LogFolder, _ change: (inout ContainerLogOptions) -> Void = { _ in }) async throws
        -> String
    {
        var options = ContainerLogOptions()
        change(&options)
        let reader = try await ContainerLogReader(path: folder.log, options: options)
        let text = Mutex("")
        try await reader.run(until: {}, into: { bytes in text.withLock { $0 += String(buffer: bytes) } })
        return text.withLock { $0 }
    }

    @Test("is read whole, and from the last lines on", arguments: [0, 1, 2, 5, 4999, 5000, 5001])
    func tail(lines: Int) async throws {
        let folder = try LogFolder()
        let all = (0..<5000).map { "line \($0) of a log that is longer than a block" }
        try folder.append(all.map { LogFolder.line($0) }.joined())
        #expect(try await read(folder) == all.map { $0 + "\n" }.joined())
        let tail = try await read(folder) { $0.tailLines = lines }
        #expect(tail == all.suffix(lines).map { $0 + "\n" }.joined())
    }

    @Test("may be empty or end in an unfinished line")
    func unfinished() async throws {
        let folder = try LogFolder()
        try folder.append("")
        #expect(try await read(folder) == "")
        #expect(try await read(folder) { $0.tailLines = 3 } == "")
        try folder.append(LogFolder.line("whole") + "2026-11-21T09:00:00Z stdout F unfin")
        #expect(try await read(folder) == "whole\nunfin")
        #expect(try await read(folder) { $0.tailLines = 1 } == "unfin")
    }

    @Test("that is not there is an error")
    func missing() async throws {
        let folder = try LogFolder()
        await #expect(throws: LogFileError.self) { try await read(folder) }
    }

    @Test("is followed as it grows, across rotation, until the container ends")
    func follow() async throws {
        let folder = try LogFolder()
        try folder.append(LogFolder.line("skipped") + LogFolder.line("one"))
        var options = ContainerLogOptions()
        options.follow = true
        options.tailLines = 1
        let reader = try await ContainerLogReader(path: folder.log, options: options)
        let output = Output()
        let ended = Latch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await reader.run(until: { try? await ended.wait() }, into: { try await output.take($0) })
            }
            try await output.expect("one\n")
            try folder.append("2026-11-21T09:00:00Z stdo")
            try folder.append("ut P two ")
            try await output.expect("one\ntwo ")
            try folder.append("\n" + LogFolder.line("parts"))
            try await output.expect("one\ntwo parts\n")
            for turn in 0..<5 {
                // As the runtime does: still written to after the rename, until the new file is made.
                let old = folder.log + ".\(turn)"
                try FileManager.default.moveItem(atPath: folder.log, toPath: old)
                let handle = try #require(FileHandle(forWritingAtPath: old))
                try handle.seekToEnd()
                try handle.write(contentsOf: Data(LogFolder.line("old \(turn)").utf8))
                try handle.close()
                try folder.append(LogFolder.line("new \(turn)"))
                let expected = (0...turn).map { "old \($0)\nnew \($0)\n" }.joined()
                try await output.expect("one\ntwo parts\n" + expected)
            }
            try folder.append(LogFolder.line("last"))
            ended.open()
            try await group.waitForAll()
        }
        try await output.expect(
            "one\ntwo parts\n" + (0..<5).map { "old \($0)\nnew \($0)\n" }.joined() + "last\n")
    }

    @Test("goes on after it was emptied in place")
    func truncated() async throws {
        let folder = try LogFolder()
        try folder.append(LogFolder.line("before, and rather long"))
        var options = ContainerLogOptions()
        options.follow = true
        let reader = try await ContainerLogReader(path: folder.log, options: options)
        let output = Output()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await reader.run(until: { await untilCancelled() }, into: { try await output.take($0) })
            }
            try await output.expect("before, and rather long\n")
            try FileHandle(forWritingTo: URL(fileURLWithPath: folder.log)).truncate(atOffset: 0)
            try folder.append(LogFolder.line("x"))
            try await output.expect("before, and rather long\nx\n")
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
    }

    @Test("ends at its limit though the container runs on")
    func limit() async throws {
        let folder = try LogFolder()
        try folder.append(LogFolder.line("12345"))
        var options = ContainerLogOptions()
        options.follow = true
        options.limitBytes = 8
        let reader = try await ContainerLogReader(path: folder.log, options: options)
        let output = Output()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await reader.run(until: { await untilCancelled() }, into: { try await output.take($0) })
            }
            try await output.expect("12345\n")
            try folder.append(LogFolder.line("6789"))
            try await group.waitForAll()
        }
        try await output.expect("12345\n67")
    }

    @Test("waits for a slow reader instead of reading ahead")
    func backPressure() async throws {
        let folder = try LogFolder()
        let line = String(repeating: "x", count: 1000)
        try folder.append(String(repeating: LogFolder.line(line), count: 2000))
        let reader = try await ContainerLogReader(path: folder.log, options: ContainerLogOptions())
        let queue = BoundedQueue<ByteBuffer>(bytes: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await reader.run(until: {}, into: { try await queue.push($0) })
                queue.finish()
            }
            var total = 0
            while let bytes = try await queue.next() {
                #expect(bytes.readableBytes < 200_000)
                total += bytes.readableBytes
            }
            #expect(total == 2000 * 1001)
            try await group.waitForAll()
        }
    }
}
