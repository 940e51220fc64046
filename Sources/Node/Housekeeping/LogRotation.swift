import CRI
import Client
import Glibc
import Machinery

/// Keeps containers' logs bounded: a log that has grown too large is moved aside, and the runtime begins a new one.
struct LogRotation: Sendable {
    static let interval: Duration = .seconds(10)

    let runtime: any RuntimeService
    let workers: PodWorkers
    let clock: NodeClock
    /// The size at which a log is moved aside.
    let maxBytes: Int64
    /// Pieces kept, the current one among them.
    let maxFiles: Int
    let log: FailureLog

    func run() async {
        while !Task.isCancelled {
            guard (try? await clock.sleep(for: Self.interval)) != nil else { return }
            for worker in workers.all {
                let running = worker.withMachine { machine in
                    machine.containers.values.flatMap { $0 }.filter(\.isRunning).map { ($0.id, $0.logPath) }
                }
                for (id, path) in running where size(path) > maxBytes { await rotate(id, path) }
            }
        }
    }

    private func size(_ path: String) -> Int64 {
        var info = stat()
        return stat(path, &info) == 0 ? Int64(info.st_size) : 0
    }

    func rotate(_ id: String, _ path: String) async {
        let now = clock.time
        let stamp = now.rfc3339.filter(\.isNumber)
        let moved = "\(path).\(stamp.prefix(8))-\(stamp.dropFirst(8))"
        guard rename(path, moved) == 0 else {
            return log.report("node agent", "\(FileError("rename", path))")
        }
        do {
            try await runtime.reopenContainerLog(id)
        } catch {
            // The runtime goes on writing to the old file: give it its name back, so that nothing is lost.
            rename(moved, path)
            return log.report("node agent", "new log of container \(id): \(error)")
        }
        guard let slash = path.lastIndex(of: "/") else { return }
        let folder = String(path[..<slash])
        let name = path[path.index(after: slash)...]
        let pieces = Files.list(folder).filter { $0.hasPrefix(name + ".") }.sorted()
        for old in pieces.dropLast(max(maxFiles - 1, 0)) { unlink(folder + "/" + old) }
    }
}
