/// Divides the time of something that several use at once: while `n` use it, each is charged one `n`th of the time.
///
/// The sum of all charges and of the idle time is exactly the time that passed. Each operation takes constant time:
/// what one user has been charged is how far a common counter has gone on since it came (processor sharing).
package struct SharedTime: Sendable {
    /// What somebody who was there from the beginning would have been charged, in seconds.
    private var charged = 0.0
    private var users = 0
    private var last: Duration
    /// The time in which nobody was there, in seconds.
    package private(set) var idle = 0.0

    /// What was charged to a user who is still there: how far the counter was when it came.
    package struct Entry: Sendable, Hashable {
        fileprivate let charged: Double
    }

    /// - Parameter now: the reading of a clock that never goes back; all others are of the same.
    package init(at now: Duration) { last = now }

    package mutating func enter(at now: Duration) -> Entry {
        pass(to: now)
        users += 1
        return Entry(charged: charged)
    }

    /// Returns what the user is charged, in seconds.
    package mutating func leave(_ entry: Entry, at now: Duration) -> Double {
        pass(to: now)
        users -= 1
        return charged - entry.charged
    }

    package var isIdle: Bool { users == 0 }

    /// Brings the idle time up to date.
    package mutating func pass(to now: Duration) {
        let passed = max(now - last, .zero)
        last = max(now, last)
        let seconds = passed / .seconds(1)
        if users > 0 { charged += seconds / Double(users) } else { idle += seconds }
    }
}
