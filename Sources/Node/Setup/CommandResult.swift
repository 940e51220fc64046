import Foundation

/// What a short-lived program left: its status and what it wrote, each stream cut at 1 MiB.
struct CommandResult: Sendable {
    let status: Int32
    let output: String
    let errors: String

    private static let longest = 1 << 20

    /// Runs a program to its end without blocking a thread of the caller's pool.
    static func of(_ program: String, _ arguments: [String]) async throws -> CommandResult {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try runToEnd(program, arguments) })
            }
        }
    }

    private static func runToEnd(_ program: String, _ arguments: [String]) throws -> CommandResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        // Files instead of pipes: both streams can be read to the end without one waiting for the other.
        let folder = FileManager.default.temporaryDirectory.path
        let output = folder + "/gantry-\(UUID().uuidString)"
        let errors = output + ".errors"
        defer {
            for path in [output, errors] { _ = try? FileManager.default.removeItem(atPath: path) }
        }
        process.standardOutput = try writer(output)
        process.standardError = try writer(errors)
        do {
            try process.run()
        } catch {
            throw ContainerdError.cannotStart(program, reason: "\(error)")
        }
        process.waitUntilExit()
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return CommandResult(status: status, output: text(output), errors: text(errors))
    }

    private static func writer(_ path: String) throws -> FileHandle {
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: attributes),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw ContainerdError.file(path, reason: "cannot be written") }
        return handle
    }

    private static func text(_ path: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: longest) else {
            return ""
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
