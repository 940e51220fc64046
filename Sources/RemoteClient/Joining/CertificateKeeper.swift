import Client
import Machinery
import PKI

/// Keeps one certificate current: orders the next when 70 to 90 % of its life are over, and puts it to use without a
/// restart of anything. Fails for no reason but cancellation: as long as the old one is good, trying again is.
package struct CertificateKeeper: Sendable {
    /// The time of day may be set, so it is looked at now and then.
    private static let longestWait = Duration.seconds(3600)
    private static let backoff = Backoff(initial: .seconds(5), limit: .seconds(600))

    private let name: String
    private let current: CertifiedKey
    private let order: @Sendable () async throws -> CertifiedKey
    private let use: @Sendable (CertifiedKey) async throws -> Void
    private let clock: DelayClock
    private let wall: any WallClock
    private let log: FailureLog

    /// - Parameters:
    ///   - order: has the next one made.
    ///   - use: keeps it and shows it from now on.
    package init(
        _ name: String, _ current: CertifiedKey, clock: some Clock<Duration> = ContinuousClock(),
        wall: any WallClock = SystemWallClock(), log: FailureLog = .standardError,
        order: @escaping @Sendable () async throws -> CertifiedKey,
        use: @escaping @Sendable (CertifiedKey) async throws -> Void
    ) {
        self.name = name
        self.current = current
        self.order = order
        self.use = use
        self.clock = DelayClock(clock)
        self.wall = wall
        self.log = log
    }

    package func run() async throws {
        var leaf = current.leaf
        var failures = 0
        while true {
            let left = Duration.seconds(leaf.renewalTime - wall.now.seconds)
            if left > .zero {
                try await clock.sleep(for: min(left, Self.longestWait))
                continue
            }
            do {
                let next = try await order()
                try await use(next)
                leaf = next.leaf
                failures = 0
            } catch {
                try Task.checkCancellation()
                log.report(name, "renewing the certificate: \(error)")
                try await clock.sleep(for: Self.backoff.jittered(afterFailures: failures))
                failures += 1
            }
        }
    }
}
