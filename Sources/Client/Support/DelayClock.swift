/// A clock reduced to what loops need: time passed since it was made, and sleeping.
///
/// It stands for any `Clock`, so that tests step time, and instants of different clocks never mix.
package struct DelayClock: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void

    package init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
        pause = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    /// Time since the clock was made; never goes back.
    package var now: Duration { elapsed() }

    /// - Throws: `CancellationError`.
    package func sleep(for duration: Duration) async throws {
        try await pause(duration)
    }
}
