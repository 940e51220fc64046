import Machinery

/// The two clocks the agent lives by: one that only goes forward, for delays, and the time of day, for stamps.
package struct NodeClock: Sendable {
    private let monotonic: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void
    package let wall: any WallClock

    package init(_ clock: some Clock<Duration> = ContinuousClock(), wall: any WallClock = SystemWallClock()) {
        let origin = clock.now
        monotonic = { origin.duration(to: clock.now) }
        pause = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
        self.wall = wall
    }

    /// Time since the clock was made; never goes back.
    package var now: Duration { monotonic() }
    package var time: Timestamp { wall.now }

    /// - Throws: `CancellationError`.
    package func sleep(for duration: Duration) async throws {
        try await pause(duration)
    }
}
