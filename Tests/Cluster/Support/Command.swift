import Foundation
import Synchronization

/// A program run by a test: ended by a deadline if not by itself.
struct Command: Sendable {
    var program: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var input: String?
    var limit: Duration = .seconds(60)

    /// What a program left behind.
    struct Output: Sendable, CustomStringConvertible {
        let command: String
        let status: Int32
        let out: String
        let errors: String
        let timedOut: Bool

        var succeeded: Bool { status == 0 && !timedOut }
        var lines: [String] { out.split(separator: "\n").map(String.init) }
        var trimmed: String { out.trimmingCharacters(in: .whitespacesAndNewlines) }
        var description: String {
            "$ \(command)\n\(out)\(errors)(status \(status)\(timedOut ? ", ended at its deadline" : ""))"
        }
    }

    private var text: String { ([program] + arguments).joined(separator: " ") }

    /// Runs to the end. The streams go through files, so no amount of output can block the program.
    func run() async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try runToEnd() })
            }
        }
    }

    private func runToEnd() throws -> Output {
        let folder = FileManager.default.temporaryDirectory.path + "/cluster-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = try launch(out: folder + "/out", errors: folder + "/errors", in: folder)
        let done = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in done.signal() }
        try process.run()
        let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) * 1e-18
        let timedOut = done.wait(timeout: .now() + seconds) == .timedOut
        if timedOut {
            kill(process.processIdentifier, SIGKILL)
            done.wait()
        }
        return Output(
            command: text, status: process.terminationStatus, out: try read(folder + "/out"),
            errors: try read(folder + "/errors"), timedOut: timedOut)
    }

    private func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    fileprivate func launch(out: String, errors: String, in folder: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: Repository.top)
        if let input {
            try Data(input.utf8).write(to: URL(fileURLWithPath: folder + "/in"))
            process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/in"))
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        for (path, isErrors) in [(out, false), (errors, true)] {
            FileManager.default.createFile(atPath: path, contents: nil)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            if isErrors { process.standardError = handle } else { process.standardOutput = handle }
        }
        return process
    }

    /// Runs until a line of its output satisfies the test, or to its end or deadline. Returns all lines so far and
    /// whether the line came; the program is ended in any case.
    func run(until matches: @escaping @Sendable (String) -> Bool) async throws -> (lines: [String], found: Bool) {
        let stream = try LineStream(self)
        defer { stream.end() }
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                for await line in stream.lines where matches(line) { return true }
                return false
            }
            group.addTask { [limit] in
                try await Ticker.wait(limit)
                return nil
            }
            let first = try await group.next() ?? nil
            stream.end()
            group.cancelAll()
            return (stream.seen, first ?? false)
        }
    }
}

/// A running program whose output is read line by line.
final class LineStream: Sendable {
    let lines: AsyncStream<String>
    private let process: Mutex<Process?>
    private let kept = Mutex<[String]>([])
    private let pid: Int32

    init(_ command: Command) throws {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .unbounded)
        self.lines = lines
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command.program] + command.arguments
        process.environment = ProcessInfo.processInfo.environment.merging(command.environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: Repository.top)
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        pid = process.processIdentifier
        self.process = Mutex(process)
        let reader = output.fileHandleForReading
        DispatchQueue(label: "cluster-test.lines").async { [self] in
            var rest = Data()
            while case let data = reader.availableData, !data.isEmpty {
                rest += data
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    rest = rest[rest.index(after: end)...]
                    kept.withLock { $0.append(line) }
                    continuation.yield(line)
                }
            }
            continuation.finish()
        }
    }

    /// Every line so far.
    var seen: [String] { kept.withLock { $0 } }

    /// Ends the program; its lines so far stay readable.
    func end() {
        process.withLock { process in
            if let running = process, running.isRunning { kill(pid, SIGTERM) }
            process = nil
        }
    }
}

/// The checkout these tests belong to.
enum Repository {
    static let top: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.path
    }()
}
