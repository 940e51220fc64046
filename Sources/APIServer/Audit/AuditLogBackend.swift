@preconcurrency import Dispatch
import Machinery
import Synchronization

/// Writes audit events to a file, one line each, on a queue of its own.
///
/// Events that come together are written together. In the blocking modes requests wait for their lines to be written.
package final class AuditLogBackend: AuditBackend {
    package enum Format: String, CaseIterable, Sendable {
        case json
        /// One line of text, without bodies.
        case legacy
    }

    package struct Configuration: Hashable, Sendable {
        package var path: String
        package var maximumAgeDays = 366
        package var maximumBackups = 100
        package var maximumMegabytes = 100
        package var format = Format.json
        package var mode = AuditMode.blocking
        package var bufferSize = AuditBatching.file.bufferSize
        package var truncation = AuditTruncation()

        package init(path: String) { self.path = path }
    }

    private struct State {
        var buffer: AuditBuffer
        var waiters: [CheckedContinuation<Bool, Never>] = []
        var isWriting = false
        var counts = AuditCounts()
    }

    private let configuration: Configuration
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "gantry.audit.log")
    private let file: Mutex<AuditLogFile>
    private let report: @Sendable (String) -> Void

    /// - Parameter report: told of failures to write.
    package init(
        _ configuration: Configuration, clock: any WallClock = SystemWallClock(),
        report: @escaping @Sendable (String) -> Void
    ) throws(ConfigurationDocument.Failure) {
        self.configuration = configuration
        self.report = report
        state = Mutex(State(buffer: AuditBuffer(capacity: configuration.bufferSize)))
        let limits = AuditLogFile.Limits(
            bytes: configuration.maximumMegabytes * 1024 * 1024, backups: configuration.maximumBackups,
            days: configuration.maximumAgeDays)
        do {
            file = Mutex(try AuditLogFile(path: configuration.path, limits: limits, clock: clock))
        } catch {
            throw ConfigurationDocument.Failure("ensureLogFile: \(error)")
        }
    }

    package var counts: AuditCounts { state.withLock { $0.counts } }

    package func take(_ event: AuditEvent) async -> Bool {
        guard configuration.mode != .batch else {
            enqueue(event, waiter: nil)
            return true
        }
        let isWritten = await withCheckedContinuation { enqueue(event, waiter: $0) }
        return isWritten || configuration.mode != .blockingStrict
    }

    private func enqueue(_ event: AuditEvent, waiter: CheckedContinuation<Bool, Never>?) {
        let (hasRoom, begins) = state.withLock { state -> (Bool, Bool) in
            state.counts.taken += 1
            guard state.buffer.append(event) else {
                state.counts.lost += 1
                return (false, false)
            }
            if let waiter { state.waiters.append(waiter) }
            defer { state.isWriting = true }
            return (true, !state.isWriting)
        }
        if !hasRoom { waiter?.resume(returning: false) }
        if begins { queue.async { self.writeAll() } }
    }

    /// Nothing to do: writing begins by itself. At the end what is queued is written.
    package func run() async {
        let (never, hold) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        withExtendedLifetime(hold) {}
        await withCheckedContinuation { continuation in
            queue.async {
                self.writeAll()
                continuation.resume()
            }
        }
    }

    private func writeAll() {
        while true {
            let (events, waiters) = state.withLock { state in
                let events = state.buffer.take(Self.maximumEventsAtOnce)
                state.isWriting = !events.isEmpty
                defer { state.waiters.removeFirst(min(state.waiters.count, events.count)) }
                return (events, Array(state.waiters.prefix(events.count)))
            }
            if events.isEmpty { return }
            let isWritten = write(events)
            for waiter in waiters { waiter.resume(returning: isWritten) }
        }
    }

    private static let maximumEventsAtOnce = 256

    /// On the queue, which is the only user of the file: the lock is never waited for.
    private func write(_ events: [AuditEvent]) -> Bool {
        var bytes: [UInt8] = []
        var lost = 0
        for event in events {
            guard let line = line(event) else {
                lost += 1
                continue
            }
            bytes.append(contentsOf: line)
            bytes.append(UInt8(ascii: "\n"))
        }
        let failure = file.withLock { file -> AuditLogFile.Failure? in
            do throws(AuditLogFile.Failure) {
                try file.write(bytes)
                return nil
            } catch {
                return error
            }
        }
        if failure != nil { lost = events.count }
        state.withLock { state in
            state.counts.lost += lost
            state.counts.written += events.count - lost
        }
        if let failure { report("\(events.count) events lost: \(failure)") }
        return lost == 0
    }

    private func line(_ event: AuditEvent) -> [UInt8]? {
        switch configuration.format {
        case .json: configuration.truncation.line(event)
        case .legacy: Array(event.legacyLine.utf8)
        }
    }

    deinit { file.withLock { $0.close() } }
}

extension AuditEvent {
    /// The format of Kubernetes' first audit logs.
    fileprivate var legacyLine: String {
        func list(_ groups: [String]) -> String { groups.map(GoQuote.quote).joined(separator: ",") }
        let user = record.user
        let acting = gathered.impersonated
        let fields: [(String, String)] = [
            ("id", record.id), ("stage", stage.rawValue), ("ip", record.sources.first ?? "<unknown>"),
            ("method", record.info.verb), ("user", user?.name ?? "<none>"),
            ("groups", user.map { $0.groups.isEmpty ? "<none>" : list($0.groups) } ?? "<none>"),
            ("as", acting?.name ?? "<self>"), ("asgroups", acting.map { list($0.groups) } ?? "<lookup>"),
            ("user-agent", record.userAgent),
            ("namespace", record.info.namespace.isEmpty ? "<none>" : record.info.namespace), ("uri", record.uri),
            ("response", gathered.outcome.map { String($0.code) } ?? "<deferred>"),
        ]
        return "\(record.received.rfc3339Micro) AUDIT: "
            + fields.map { "\($0.0)=\(GoQuote.quote($0.1))" }.joined(separator: " ")
    }
}
