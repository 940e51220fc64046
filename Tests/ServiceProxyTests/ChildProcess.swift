import Glibc

/// A command of the machine, run by a test.
struct ChildProcess: Sendable {
    struct Failure: Error { let text: String }

    let id: pid_t
    private let output: Int32

    /// - Parameter input: what the command reads; smaller than a pipe.
    init(_ arguments: [String], input: String = "") throws {
        var inputs: [Int32] = [-1, -1]
        var outputs: [Int32] = [-1, -1]
        guard pipe(&inputs) == 0, pipe(&outputs) == 0 else { throw Failure(text: "no pipe") }
        for descriptor in inputs + outputs { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputs[0], 0)
        posix_spawn_file_actions_adddup2(&actions, outputs[1], 1)
        posix_spawn_file_actions_adddup2(&actions, outputs[1], 2)
        let words = arguments.map { strdup($0) } + [nil]
        let variables = [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil]
        defer { (words + variables).forEach { free($0) } }
        var child = pid_t()
        let code = posix_spawnp(&child, arguments[0], &actions, nil, words, variables)
        let bytes = Array(input.utf8)
        _ = bytes.withUnsafeBytes { write(inputs[1], $0.baseAddress, $0.count) }
        for descriptor in inputs + [outputs[1]] { close(descriptor) }
        guard code == 0 else {
            close(outputs[0])
            throw Failure(text: "\(arguments): \(String(cString: strerror(code)))")
        }
        id = child
        output = outputs[0]
    }

    /// The next piece of what the command says; empty at the end.
    func read() -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { Glibc.read(output, $0.baseAddress, $0.count) }
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    /// Waits for the end and gives the exit status.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        close(output)
        return status
    }

    func end() {
        kill(id, SIGKILL)
        wait()
    }

    /// Runs a command to its end and gives what it said.
    @discardableResult
    static func run(_ arguments: [String], input: String = "") throws -> String {
        let child = try ChildProcess(arguments, input: input)
        var said = ""
        while true {
            let piece = child.read()
            if piece.isEmpty { break }
            said += piece
        }
        guard child.wait() == 0 else { throw Failure(text: "\(arguments): \(said)") }
        while said.last?.isWhitespace == true { said.removeLast() }
        return said
    }
}
