import Foundation
import Node

/// The gantry process of a data folder, by its process file.
struct ProcessFile: Sendable {
    let path: String

    /// The process, when it is running.
    func running() -> ProcessIdentity? {
        guard let data = FileManager.default.contents(atPath: path),
            let identity = ProcessIdentity(text: String(decoding: data, as: UTF8.self)), identity.isAlive
        else { return nil }
        return identity
    }

    /// Notes this process.
    func write() throws {
        guard let identity = ProcessIdentity(pid: getpid()) else {
            throw CommandFailure("/proc does not know this process; is it mounted?")
        }
        try "\(identity)\n".write(toFile: path, atomically: true, encoding: .utf8)
    }

    func remove() {
        unlink(path)
    }
}
