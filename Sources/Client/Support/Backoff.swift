/// Delays that grow by a factor up to a limit.
package struct Backoff: Sendable, Hashable {
    package let initial: Duration
    package let limit: Duration
    package let factor: Int

    package init(initial: Duration, limit: Duration, factor: Int = 2) {
        self.initial = initial
        self.limit = limit
        self.factor = max(factor, 1)
    }

    /// The delay after a number of earlier failures.
    package func delay(afterFailures failures: Int) -> Duration {
        var delay = initial
        for _ in 0..<max(failures, 0) {
            guard delay < limit else { break }
            delay *= factor
        }
        return min(delay, limit)
    }

    /// The same, lengthened at random by up to its own length, so that many waiting clients do not return at once.
    package func jittered(afterFailures failures: Int) -> Duration {
        delay(afterFailures: failures) * Double.random(in: 1..<2)
    }
}
