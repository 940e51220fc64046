/// A clock reduced to what the controller needs, in seconds since it was made; stands for any `Clock`, so that tests
/// step time.
package struct FlowClock: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void

    package init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
        pause = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    var now: Seconds {
        let (seconds, attoseconds) = elapsed().components
        return Seconds(seconds) + Seconds(attoseconds) * 1e-18
    }

    /// - Throws: `CancellationError`.
    func sleep(_ seconds: Seconds) async throws { try await pause(.seconds(seconds)) }
}
