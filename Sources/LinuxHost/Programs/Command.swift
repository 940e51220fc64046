import CNode
import Glibc

/// A short-lived program of the machine, run to its end without a thread that waits for it.
///
/// Input and output are files in memory, not pipes: scripts of any size go in, and both outputs can be read to the end
/// without one waiting for the other. A command that takes too long, or whose task is cancelled, is killed.
package struct Command: Sendable {
    /// How much of each output is kept by default.
    package static let longestOutput = 1 << 20

    private let program: String
    private let arguments: [String]
    private let input: [UInt8]?
    private let limit: Duration
    private let longestOutput: Int

    /// - Parameter program: a full path, or a name that is looked for where programs are.
    package init(
        _ program: String, _ arguments: [String], input: [UInt8]? = nil, limit: Duration = .seconds(300),
        longestOutput: Int = Command.longestOutput
    ) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.limit = limit
        self.longestOutput = longestOutput
    }

    /// Runs it; a status other than zero is a result like any other.
    package func run() async throws(CommandError) -> CommandResult {
        guard let path = program.contains("/") ? program : Executable.path(of: program) else {
            throw .missing(program)
        }
        let output = try memoryFile()
        defer { close(output) }
        let errors = try memoryFile()
        defer { close(errors) }
        let pid = try start(path, output, errors)
        let status = try await wait(pid)
        return CommandResult(
            status: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F), output: text(output),
            errors: text(errors))
    }

    private func start(_ path: String, _ output: Int32, _ errors: Int32) throws(CommandError) -> pid_t {
        let input = try inputFile()
        defer { if input >= 0 { close(input) } }
        var pid = pid_t()
        let failure = CStringArray([path] + arguments).withPointers { arguments in
            CStringArray(Executable.environment()).withPointers { environment in
                gantry_spawn_command(&pid, path, arguments, environment, input, output, errors)
            }
        }
        guard failure == 0 else { throw .cannotStart(program, reason: String(cString: strerror(failure))) }
        return pid
    }

    /// The child is this process' own, so its id stays its own until it is collected here.
    private func wait(_ pid: pid_t) async throws(CommandError) -> Int32 {
        let descriptor = gantry_pidfd_open(pid)
        let failure: CommandError?
        if descriptor < 0 {
            failure = .cannotStart(program, reason: "no process descriptor: \(String(cString: strerror(errno)))")
        } else {
            do {
                let ended = try await DescriptorWait.readable(descriptor, limit: limit)
                failure = ended ? nil : .tookTooLong(program, limit: limit)
            } catch {
                failure = .cancelled(program)
            }
        }
        if failure != nil { kill(pid, SIGKILL) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        if let failure { throw failure }
        return status
    }

    private func memoryFile() throws(CommandError) -> Int32 {
        let file = gantry_memory_file(program)
        guard file >= 0 else {
            throw .cannotStart(program, reason: "no file for its output: \(String(cString: strerror(errno)))")
        }
        return file
    }

    /// A file with the input at its start; -1 for none.
    private func inputFile() throws(CommandError) -> Int32 {
        guard let input else { return -1 }
        let file = try memoryFile()
        var rest = input[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = String(cString: strerror(errno))
                close(file)
                throw .cannotStart(program, reason: "its input cannot be written: \(reason)")
            }
            rest = rest.dropFirst(count)
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private func text(_ file: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < longestOutput {
            let wanted = min(buffer.count, longestOutput - bytes.count)
            let count = buffer.withUnsafeMutableBytes { pread(file, $0.baseAddress, wanted, bytes.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        var text = Substring(decoding: bytes, as: UTF8.self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
