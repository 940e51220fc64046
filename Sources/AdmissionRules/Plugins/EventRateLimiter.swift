import Synchronization

/// A bound on how often events are written: of the whole server, or by what they have in common.
package struct EventRateLimit: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case server = "Server"
        case namespace = "Namespace"
        case user = "User"
        case sourceAndObject = "SourceAndObject"
    }

    package let kind: Kind
    package let perSecond: Int
    package let burst: Int
    /// How many buckets are remembered; the ones used longest ago are forgotten, and start full again.
    package let capacity: Int

    package init(_ kind: Kind, perSecond: Int, burst: Int, capacity: Int = 0) {
        self.kind = kind
        self.perSecond = perSecond
        self.burst = burst
        self.capacity = capacity > 0 ? capacity : 4096
    }
}

/// Counts events against limits, with one bucket of tokens for each key of each limit.
package final class EventRateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var time: Duration
        var use: UInt64
    }

    private struct Buckets {
        var entries: [String: Bucket] = [:]
        var uses: UInt64 = 0
    }

    private let limits: [EventRateLimit]
    private let buckets: Mutex<[Buckets]>
    /// The time since some moment; never goes back.
    private let now: @Sendable () -> Duration

    package init(_ limits: [EventRateLimit], now: @escaping @Sendable () -> Duration) {
        self.limits = limits
        self.now = now
        buckets = Mutex(limits.map { _ in Buckets() })
    }

    /// Takes a token of each limit.
    ///
    /// - Parameter key: what an event has in common with others for a kind of limit.
    /// - Returns: the limits that have none left, in words; empty if the event may be.
    package func take(_ key: (EventRateLimit.Kind) -> String) -> [String] {
        let now = now()
        let keys = limits.map { key($0.kind) }
        return buckets.withLock { buckets in
            limits.indices.compactMap { index in
                Self.take(keys[index], &buckets[index], limits[index], now)
                    ? nil : "limit reached on type \(limits[index].kind.rawValue) for key \(keys[index])"
            }
        }
    }

    private static func take(
        _ key: String, _ buckets: inout Buckets, _ limit: EventRateLimit, _ now: Duration
    ) -> Bool {
        buckets.uses += 1
        var bucket = buckets.entries[key] ?? Bucket(tokens: Double(limit.burst), time: now, use: 0)
        let gained = (now - bucket.time) / .seconds(1) * Double(limit.perSecond)
        bucket.tokens = min(Double(limit.burst), bucket.tokens + max(gained, 0))
        bucket.time = now
        bucket.use = buckets.uses
        let hasToken = bucket.tokens >= 1
        if hasToken { bucket.tokens -= 1 }
        buckets.entries[key] = bucket
        if buckets.entries.count > limit.capacity { trim(&buckets, to: limit.capacity) }
        return hasToken
    }

    /// Forgets a quarter at once, so that this is rare.
    private static func trim(_ buckets: inout Buckets, to capacity: Int) {
        let keep = max(capacity * 3 / 4, 1)
        let oldest = buckets.entries.sorted { $0.value.use < $1.value.use }.prefix(buckets.entries.count - keep)
        for entry in oldest { buckets.entries[entry.key] = nil }
    }
}
