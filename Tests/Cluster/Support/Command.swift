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
        var source = "/dev/null"
        if let input {
            source = folder + "/in"
            try Data(input.utf8).write(to: URL(fileURLWithPath: source))
        }
        let child = try Child(self, input: source, output: folder + "/out", errors: folder + "/errors")
        let timedOut = Mutex(false)
        let deadline = DispatchWorkItem {
            timedOut.withLock { $0 = true }
            child.signal(SIGKILL)
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + limit.seconds, execute: deadline)
        let status = child.wait()
        deadline.cancel()
        return Output(
            command: text, status: status, out: try read(folder + "/out"), errors: try read(folder + "/errors"),
            timedOut: timedOut.withLock { $0 })
    }

    private func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
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
    private let kept = Mutex<[String]>([])
    private let child: Child

    init(_ command: Command) throws {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .unbounded)
        self.lines = lines
        child = try Child(command, input: "/dev/null", output: nil, errors: "/dev/null")
        DispatchQueue(label: "cluster-test.lines").async { [self] in
            var rest = Data()
            while case let data = child.read(), !data.isEmpty {
                rest += data
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    rest = rest[rest.index(after: end)...]
                    kept.withLock { $0.append(line) }
                    continuation.yield(line)
                }
            }
            continuation.finish()
            _ = child.wait()
        }
    }

    /// Every line so far.
    var seen: [String] { kept.withLock { $0 } }

    /// Ends the program; its lines so far stay readable.
    func end() { child.signal(SIGTERM) }
}

/// A child process. Foundation's own takes a program for running as long as anything that program left in the background
/// holds one of its descriptors; `gantry up` leaves a cluster in the background.
final class Child: Sendable {
    /// The process, until it has been waited for: after that the id may be somebody else's.
    private let pid: Mutex<pid_t?>
    /// Where its output can be read, when it was not sent to a file.
    private let reader = Mutex<FileHandle?>(nil)

    /// The next piece of its output; empty at the end.
    func read() -> Data { reader.withLock { $0?.availableData ?? Data() } }

    /// One at a time: the ends of a new pipe must not reach a program started meanwhile, which may run for good.
    private static let starting = Mutex(())

    /// - Parameter output: A file for its standard output, or nil for the pipe.
    init(_ command: Command, input: String, output path: String?, errors: String) throws {
        pid = Mutex(nil)
        try Self.starting.withLock { _ in try start(command, input: input, output: path, errors: errors) }
    }

    private func start(_ command: Command, input: String, output path: String?, errors: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ClusterFailure.answer(String(cString: strerror(errno))) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        reader.withLock { $0 = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true) }
        let write = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        if let path {
            posix_spawn_file_actions_addopen(&actions, 1, path, write, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        }
        posix_spawn_file_actions_addopen(&actions, 2, errors, write, 0o600)
        // Programs are found by env, which also goes to the checkout: examples are named relative to it.
        let arguments = ["/usr/bin/env", "--chdir=\(Repository.top)", command.program] + command.arguments
        let environment = ProcessInfo.processInfo.environment.merging(command.environment) { $1 }
        let pointers = arguments.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (pointers + variables).forEach { free($0) } }
        var started: pid_t = 0
        let failure = posix_spawn(&started, "/usr/bin/env", &actions, nil, pointers, variables)
        guard failure == 0 else { throw ClusterFailure.answer(String(cString: strerror(failure))) }
        pid.withLock { $0 = started }
    }

    func signal(_ number: Int32) {
        pid.withLock { running in
            if let running { _ = kill(running, number) }
        }
    }

    /// Blocks until the process has ended. The exit code, or 128 and the signal's number, as shells count it.
    func wait() -> Int32 {
        guard let running = pid.withLock({ $0 }) else { return 0 }
        var information = siginfo_t()
        // Left as a zombie until the lock is held: the id cannot be given anew while a signal may still be sent to it.
        while waitid(P_PID, id_t(running), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        return pid.withLock { kept in
            kept = nil
            var status: Int32 = 0
            while waitpid(running, &status, 0) < 0 && errno == EINTR {}
            return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
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
