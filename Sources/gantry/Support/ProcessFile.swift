import Foundation
import Node

/// The gantry process of a data folder, by its process file.
struct ProcessFile: Sendable {
    let path: String

    /// The process, when it is running.
    func running() -> ProcessIdentity? {
        guard let identity = noted, identity.isAlive else { return nil }
        return identity
    }

    /// The process when it is running to stay: one that was killed and is being cleared away is waited for, so that what
    /// starts next finds its ports and locks free.
    func settled() async throws -> ProcessIdentity? {
        guard let identity = noted else { return nil }
        if identity.isAlive, !identity.isEnding { return identity }
        guard try await identity.waitUntilCleared(limit: .seconds(30)) else {
            throw CommandFailure("process \(identity.pid) was killed and has not gone after 30 s; is its disk stuck?")
        }
        return nil
    }

    private var noted: ProcessIdentity? {
        FileManager.default.contents(atPath: path).flatMap {
            ProcessIdentity(text: String(decoding: $0, as: UTF8.self))
        }
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
