import Machinery

/// How long a container that keeps ending has to wait before its next start.
///
/// The first restart is immediate; from then on the wait doubles from 10 s to 5 min, counted from the last end. A
/// container that stayed up for 10 min starts afresh.
package struct CrashBackoff: Sendable {
    private struct Entry {
        var delay: Duration
        var lastUpdate: Timestamp
    }

    package static let initial: Duration = .seconds(10)
    package static let limit: Duration = .seconds(300)
    private var entries: [String: Entry] = [:]

    package init() {}

    /// The time still to wait, or `nil` when the container may start now.
    package func remaining(_ name: String, endedAt: Timestamp, now: Timestamp) -> (wait: Duration, delay: Duration)? {
        guard let entry = entries[name], !hasExpired(entry, at: endedAt) else { return nil }
        let wait = entry.delay - now.since(endedAt)
        return wait > .zero ? (wait, entry.delay) : nil
    }

    /// Notes a restart after an end at the given time.
    package mutating func noteRestart(_ name: String, endedAt: Timestamp, now: Timestamp) {
        if let entry = entries[name], !hasExpired(entry, at: endedAt) {
            entries[name] = Entry(delay: min(entry.delay * 2, Self.limit), lastUpdate: now)
        } else {
            entries[name] = Entry(delay: Self.initial, lastUpdate: now)
        }
    }

    /// Rebuilds an entry after the agent's own restart from how often the container was started before.
    package mutating func restore(_ name: String, restartCount: Int32, startedAt: Timestamp) {
        guard restartCount > 0, entries[name] == nil else { return }
        var delay = Self.initial
        for _ in 1..<max(min(restartCount, 16), 1) { delay = min(delay * 2, Self.limit) }
        entries[name] = Entry(delay: delay, lastUpdate: startedAt)
    }

    private func hasExpired(_ entry: Entry, at time: Timestamp) -> Bool {
        time.since(entry.lastUpdate) > Self.limit * 2
    }
}
