import CNode
import Foundation
import LinuxHost
import Synchronization

/// Gantry's own containerd: started, found again, watched and stopped.
///
/// It runs in a session of its own, so it and every container outlive gantry. Nothing is remembered about it: at start
/// the process table is asked for a containerd with this configuration file, and one that is found is kept. A containerd
/// that ends while `run()` watches it is started again, after a pause that doubles up to ten seconds.
package final class ContainerdProcess: Sendable {
    /// What happened, for the caller to log.
    package enum Event: Sendable, Equatable {
        /// A containerd that was already running is used.
        case adopted(pid: Int32)
        /// A new one answers, so long after it was started.
        case started(pid: Int32, after: Duration)
        /// A running one had another configuration and is replaced; containers go on.
        case replaced(pid: Int32)
        /// It ended by itself and is started again after the pause.
        case ended(pid: Int32, restartAfter: Duration)
        /// It could not be started again; the next attempt comes after the pause.
        case startFailed(String, retryAfter: Duration)
    }

    package let configuration: ContainerdConfiguration
    private let log: BoundedLog
    private let readyLimit: Duration
    private let report: @Sendable (Event) -> Void
    private let current = Mutex<ProcessIdentity?>(nil)

    private static let shortestPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(10)
    /// A containerd that lived this long had started well: the next pause is the shortest again.
    private static let settled = Duration.seconds(60)
    private static let logCheckInterval = Duration.seconds(60)

    package init(
        configuration: ContainerdConfiguration,
        readyLimit: Duration = .seconds(30),
        report: @escaping @Sendable (Event) -> Void
    ) {
        self.configuration = configuration
        self.readyLimit = readyLimit
        self.report = report
        log = BoundedLog(path: configuration.layout.log)
    }

    private var layout: ContainerdLayout { configuration.layout }

    /// The containerd that was last started or adopted.
    package var identity: ProcessIdentity? { current.withLock { $0 } }

    /// The containerd of a data folder, if one runs, whoever started it.
    package static func find(_ layout: ContainerdLayout) -> ProcessIdentity? {
        ProcessTable.processes { arguments in
            arguments.first.map { $0.hasSuffix("/containerd") } == true
                && Array(arguments.dropFirst()) == argumentsAfterName(layout)
        }.first
    }

    /// Returns when containerd accepts connections, started anew or adopted.
    package func start() async throws {
        let changed = try configuration.write()
        if let running = Self.find(layout) {
            if changed {
                report(.replaced(pid: running.pid))
                try await Self.stop(running)
            } else {
                try await waitUntilReady(running)
                current.withLock { $0 = running }
                report(.adopted(pid: running.pid))
                return
            }
        }
        try clearStateOfEarlierBoot()
        let begin = ContinuousClock.now
        let started = try spawn()
        current.withLock { $0 = started }
        try await waitUntilReady(started)
        report(.started(pid: started.pid, after: begin.duration(to: .now)))
    }

    /// Watches containerd until cancelled, starting it when it is not there. Never stops it.
    package func run() async throws {
        var pause = Self.shortestPause
        while true {
            if let watched = identity {
                let begin = ContinuousClock.now
                try await watch(watched)
                if begin.duration(to: .now) >= Self.settled { pause = Self.shortestPause }
                current.withLock { $0 = nil }
                report(.ended(pid: watched.pid, restartAfter: pause))
                try await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
            do {
                try await start()
            } catch let failure as ContainerdError {
                report(.startFailed("\(failure)", retryAfter: pause))
                try await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    /// Ends the containerd of a data folder; containers stay. No error when none runs.
    package static func stop(_ layout: ContainerdLayout) async throws {
        if let running = find(layout) { try await stop(running) }
    }

    private static func stop(_ process: ProcessIdentity) async throws {
        // It closes its database on SIGTERM, and waits for callers that do not hang up; those shall not hold us.
        process.signal(SIGTERM)
        if try await process.waitForEnd(limit: .seconds(3)) { return reap(process) }
        process.signal(SIGKILL)
        guard try await process.waitForEnd(limit: .seconds(5)) else {
            throw ContainerdError.cannotStop(pid: process.pid)
        }
        reap(process)
    }

    private func watch(_ process: ProcessIdentity) async throws {
        while try await !process.waitForEnd(limit: Self.logCheckInterval) {
            try log.trim()
        }
        Self.reap(process)
    }

    /// Collects the exit status of a child; an adopted containerd is somebody else's child and this finds nothing.
    private static func reap(_ process: ProcessIdentity) {
        var status: Int32 = 0
        _ = waitpid(process.pid, &status, WNOHANG)
    }

    private static func argumentsAfterName(_ layout: ContainerdLayout) -> [String] {
        ["--config", layout.configuration]
    }

    private func spawn() throws(ContainerdError) -> ProcessIdentity {
        guard let program = Executable.path(of: "containerd") else {
            throw .programMissing("containerd", package: "containerd")
        }
        guard Executable.path(of: "runc") != nil else {
            throw .programMissing("runc", package: "runc")
        }
        try log.trim()
        let output = try log.open()
        defer { close(output) }
        let arguments = [program] + Self.argumentsAfterName(layout)
        var pid: pid_t = 0
        let failure = CStringArray(arguments).withPointers { argumentPointers in
            CStringArray(Self.environment()).withPointers { environmentPointers in
                gantry_spawn_session(&pid, program, argumentPointers, environmentPointers, output, -1)
            }
        }
        guard failure == 0 else { throw .cannotStart(program, reason: String(cString: strerror(failure))) }
        guard let identity = ProcessIdentity(pid: pid) else {
            var status: Int32 = 0
            _ = waitpid(pid, &status, WNOHANG)
            throw .endedEarly(log: layout.log, lastLines: log.lastLines())
        }
        return identity
    }

    /// The caller's environment with the folders that runc and the shim are in, and without the service manager's
    /// socket: readiness is gantry's to announce.
    private static func environment() -> [String] {
        Executable.environment().filter { !$0.hasPrefix("NOTIFY_SOCKET=") }.sorted()
    }

    /// containerd opens its socket when all its plugins are loaded; that moment shows as a change in its folder.
    private func waitUntilReady(_ process: ProcessIdentity) async throws {
        let deadline = ContinuousClock.now.advanced(by: readyLimit)
        while true {
            let changes = try folderChanges()
            if UnixSocket.accepts(path: layout.socket) {
                close(changes)
                return
            }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else {
                close(changes)
                throw ContainerdError.notReady(socket: layout.socket, after: readyLimit, log: layout.log)
            }
            let ended = try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    _ = try await DescriptorWait.readable(changes, limit: left)
                    return false
                }
                group.addTask { try await process.waitForEnd(limit: left) }
                defer { group.cancelAll() }
                return try await group.next() ?? false
            }
            if ended {
                Self.reap(process)
                throw ContainerdError.endedEarly(log: layout.log, lastLines: log.lastLines())
            }
        }
    }

    /// An inotify descriptor that becomes readable when something appears in containerd's folder or changes its mode
    /// (containerd sets the socket's mode once it listens).
    private func folderChanges() throws(ContainerdError) -> Int32 {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { throw .file(layout.folder, reason: String(cString: strerror(errno))) }
        guard inotify_add_watch(descriptor, layout.folder, UInt32(IN_CREATE) | UInt32(IN_ATTRIB)) >= 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw .file(layout.folder, reason: reason)
        }
        return descriptor
    }

    /// containerd expects its state folder to be empty after a boot, as it is on machines that keep it in memory.
    private func clearStateOfEarlierBoot() throws(ContainerdError) {
        let manager = FileManager.default
        let boot = Data((Files.text("/proc/sys/kernel/random/boot_id") ?? "").utf8)
        guard manager.contents(atPath: layout.bootFile) != boot else { return }
        do {
            for folder in [layout.state, layout.runcRoot] where manager.fileExists(atPath: folder) {
                try manager.removeItem(atPath: folder)
            }
            try boot.write(to: URL(fileURLWithPath: layout.bootFile), options: .atomic)
        } catch {
            throw .file(layout.state, reason: "\(error)")
        }
    }
}
