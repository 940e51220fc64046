import Synchronization

/// Where audit events go. Each backend has a queue of its own with a bound; what does not fit is lost and counted.
package protocol AuditBackend: Sendable {
    /// Takes an event. Returns whether it is safe with the backend: at once where events are only queued, after they
    /// were written where requests wait for that.
    func take(_ event: AuditEvent) async -> Bool
    /// Does the backend's work until cancelled; what is queued then is still delivered.
    func run() async
    /// What has become of events so far.
    var counts: AuditCounts { get }
}

/// How many events a backend took, wrote and lost.
package struct AuditCounts: Hashable, Sendable {
    package var taken = 0
    package var written = 0
    /// No room in the queue, too large, or nobody took them.
    package var lost = 0
}

/// Whether requests wait for their events to be written.
package enum AuditMode: String, CaseIterable, Sendable {
    case batch
    case blocking
    /// A request whose first event cannot be written is refused.
    case blockingStrict = "blocking-strict"
}

/// How large events and batches may be; larger events lose their bodies.
package struct AuditTruncation: Hashable, Sendable {
    package var isEnabled = false
    package var maximumBatchBytes = 10 * 1024 * 1024
    package var maximumEventBytes = 100 * 1024

    package init() {}

    /// The event's line; `nil` when it is too large even without bodies.
    func line(_ event: AuditEvent) -> [UInt8]? {
        let line = event.encoded()
        guard isEnabled, line.count > maximumEventBytes else { return line }
        guard event.level >= .request else { return nil }
        let short = event.truncated.encoded()
        return short.count > maximumEventBytes ? nil : short
    }
}

/// How events are gathered into batches.
package struct AuditBatching: Hashable, Sendable {
    package var bufferSize = 10_000
    package var maximumSize: Int
    package var maximumWait = Duration.seconds(30)
    package var throttles: Bool
    package var requestsPerSecond = 10.0
    package var burst = 15

    /// Files take events as they come.
    package static let file = AuditBatching(maximumSize: 1, throttles: false)
    package static let webhook = AuditBatching(maximumSize: 400, throttles: true)
}

/// Events that wait to be written: bounded in number and in bytes.
struct AuditBuffer: Sendable {
    /// What all waiting events may keep in memory.
    private static let maximumBytes = 128 * 1024 * 1024

    private(set) var events: [AuditEvent] = []
    private var bytes = 0
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// - Returns: `false` when there is no room.
    mutating func append(_ event: AuditEvent) -> Bool {
        guard events.count < capacity, bytes < Self.maximumBytes else { return false }
        events.append(event)
        bytes += event.heldBytes
        return true
    }

    /// The oldest, as many as asked for.
    mutating func take(_ count: Int) -> [AuditEvent] {
        let taken = Array(events.prefix(count))
        events.removeFirst(taken.count)
        bytes -= taken.reduce(0) { $0 + $1.heldBytes }
        return taken
    }
}
