import CNode
import Foundation

/// What a short-lived program left: its status and what it wrote, each stream cut at 1 MiB.
struct CommandResult: Sendable {
    let status: Int32
    let output: String
    let errors: String

    private static let longest = 1 << 20

    /// Runs a program to its end. No thread waits for it.
    static func of(_ program: String, _ arguments: [String]) async throws -> CommandResult {
        // Files instead of pipes: both streams can be read to the end without one waiting for the other.
        let output = FileManager.default.temporaryDirectory.path + "/gantry-\(UUID().uuidString)"
        let errors = output + ".errors"
        defer {
            unlink(output)
            unlink(errors)
        }
        let pid = try start(program, arguments, output: output, errors: errors)
        if let process = ProcessIdentity(pid: pid) { _ = try await process.waitForEnd(limit: nil) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return CommandResult(status: code(status), output: text(output), errors: text(errors))
    }

    private static func start(
        _ program: String, _ arguments: [String], output: String, errors: String
    ) throws -> pid_t {
        let files = [try create(output), try create(errors)]
        defer { files.forEach { close($0) } }
        var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { pointers.forEach { free($0) } }
        var pid: pid_t = 0
        let failure = gantry_spawn_command(&pid, program, pointers, environ, files[0], files[1])
        guard failure == 0 else {
            throw ContainerdError.cannotStart(program, reason: String(cString: strerror(failure)))
        }
        return pid
    }

    private static func create(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ContainerdError.file(path, reason: String(cString: strerror(errno)))
        }
        return descriptor
    }

    /// The exit code, or 128 and the signal that ended the program, as shells tell it.
    private static func code(_ status: Int32) -> Int32 {
        status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }

    private static func text(_ path: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: longest) else {
            return ""
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
