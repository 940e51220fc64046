import Foundation
import LinuxHost
import Node
import Synchronization
import Testing

/// A real containerd with a data folder of its own; needs root and the containerd package.
@Suite(
    "Gantry's own containerd",
    .enabled(if: getuid() == 0 && Executable.path(of: "containerd") != nil, "needs root and containerd"))
struct ContainerdProcessTests {
    private final class Events: Sendable {
        private let kept = Mutex<[ContainerdProcess.Event]>([])
        let stream: AsyncStream<ContainerdProcess.Event>
        private let continuation: AsyncStream<ContainerdProcess.Event>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(100)) }

        func add(_ event: ContainerdProcess.Event) {
            kept.withLock { $0.append(event) }
            continuation.yield(event)
        }

        var all: [ContainerdProcess.Event] { kept.withLock { $0 } }
    }

    private func process(_ folder: String, _ events: Events, logLine: Int = 16384) throws -> ContainerdProcess {
        let layout = try ContainerdLayout(dataFolder: folder)
        try FileManager.default.createDirectory(atPath: layout.folder, withIntermediateDirectories: true)
        let configuration = ContainerdConfiguration(
            layout: layout, host: .probe(folder: layout.folder), longestLogLine: logLine)
        return ContainerdProcess(configuration: configuration) { events.add($0) }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/gantry-\(UUID().uuidString.prefix(8))"
        let layout = try ContainerdLayout(dataFolder: folder)
        var failure: (any Error)?
        do { try await body(folder) } catch { failure = error }
        try await ContainerdProcess.stop(layout)
        try await ContainerdRemains(layout: layout, cgroup: "/gantry-\(UUID().uuidString)").remove()
        try FileManager.default.removeItem(atPath: folder)
        if let failure { throw failure }
    }

    @Test("is adopted by a second gantry, and replaced when its configuration changed")
    func adoption() async throws {
        try await withFolder { folder in
            let events = Events()
            let first = try process(folder, events)
            try await first.start()
            let pid = try #require(first.identity?.pid)
            let second = try process(folder, events)
            try await second.start()
            #expect(events.all.last == .adopted(pid: pid))
            let third = try process(folder, events, logLine: 8192)
            try await third.start()
            #expect(events.all.contains(.replaced(pid: pid)))
            #expect(third.identity?.isAlive == true)
            #expect(ContainerdProcess.find(first.configuration.layout) == third.identity)
        }
    }

    @Test("is started again when it dies")
    func restart() async throws {
        try await withFolder { folder in
            let events = Events()
            let process = try process(folder, events)
            try await process.start()
            let first = try #require(process.identity)
            let running = Task { try await process.run() }
            first.signal(SIGKILL)
            var restarted: Int32?
            for await event in events.stream {
                if case .started(let pid, _) = event, pid != first.pid {
                    restarted = pid
                    break
                }
            }
            #expect(events.all.contains { if case .ended(first.pid, _) = $0 { true } else { false } })
            #expect(restarted == process.identity?.pid)
            running.cancel()
            await #expect(throws: CancellationError.self) { try await running.value }
            #expect(process.identity?.isAlive == true)
        }
    }

    @Test("says why it cannot start")
    func cannotStart() async throws {
        try await withFolder { folder in
            let process = try process(folder, Events())
            // A file where containerd wants its folder.
            try Data().write(to: URL(fileURLWithPath: process.configuration.layout.root))
            await #expect { try await process.start() } throws: { error in
                if case .endedEarly(_, let lines) = error as? ContainerdError { !lines.isEmpty } else { false }
            }
        }
    }

    @Test("gets the images of an archive, the pause image once")
    func images() async throws {
        try await withFolder { folder in
            let process = try process(folder, Events())
            try await process.start()
            let layout = process.configuration.layout
            let images = ContainerdImages(socket: layout.socket)
            let sum: ([UInt8]) -> [UInt8] = Sha256Sum.digest
            #expect(try await images.ensurePauseImage(layout: layout, sha256: sum))
            #expect(try await !images.ensurePauseImage(layout: layout, sha256: sum))
            #expect(try await images.load(archive: layout.pauseArchive) == [ContainerdConfiguration.pauseImageName])
            await #expect(throws: ContainerdError.self) { try await images.load(archive: folder + "/none.tar") }
            await #expect(throws: ContainerdError.self) { try await images.load(archive: layout.configuration) }
        }
    }
}

/// The machine's own digest program, so that these tests stand on nothing but Foundation.
enum Sha256Sum {
    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: bytes)
            try input.fileHandleForWriting.close()
        } catch {
            Issue.record(error)
        }
        let text = Array(output.fileHandleForReading.readDataToEndOfFile().prefix(64))
        process.waitUntilExit()
        return stride(from: 0, to: text.count - 1, by: 2).compactMap {
            UInt8(String(decoding: text[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}
