import ClientTestSupport
import KubeAPI
import Machinery
import Node
import Synchronization
import Testing

/// Probes that fail until a number of tries.
private final class CountingProber: ProbeRunner {
    let tries = Mutex(0)
    let successAt: Int

    init(successAt: Int) {
        self.successAt = successAt
    }

    func run(_ probe: Probe, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome {
        let number = tries.withLock { tries in
            tries += 1
            return tries
        }
        return number >= successAt ? .success : .failure("not yet")
    }

    func run(_ hook: LifecycleHandler, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome { .success }
}

@Suite(.timeLimit(.minutes(1))) struct ProbeManagerTests {
    /// Runs one probe and waits for its first verdict; the failures that were told come with it.
    private func firstVerdict(_ probe: String, successAt: Int) async throws -> (
        verdict: ProbeVerdict, failures: Int, tries: Int, took: Duration
    ) {
        let parsed: Probe = try Pods.parse(probe)
        let container = Pods.container("c") { $0.readinessProbe = parsed }
        let clock = NodeClock()
        let prober = CountingProber(successAt: successAt)
        let scope = TaskScope()
        let timers = TimerQueue(clock: clock)
        let manager = ProbeManager(runner: prober, timers: timers, scope: scope, clock: clock)
        let (verdicts, tell) = AsyncStream.makeStream(of: ProbeVerdict.self)
        let failures = Mutex(0)
        let start = clock.now
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await scope.run() }
            group.addTask { await timers.run() }
            manager.start(
                ProbeTarget(containerID: "id", container: container, podAddress: "127.0.0.1"), startedAt: clock.time,
                known: nil, report: { tell.yield($0) }, failure: { _, _ in failures.withLock { $0 += 1 } })
            let verdict = await verdicts.first { _ in true }
            group.cancelAll()
            return (
                try #require(verdict), failures.withLock { $0 }, prober.tries.withLock { $0 }, clock.now - start
            )
        }
    }

    @Test func aServerThatNeedsAMomentIsReadyLongBeforeThePeriodIsOver() async throws {
        let result = try await firstVerdict(#"{"tcpSocket":{"port":80},"periodSeconds":3600}"#, successAt: 3)
        #expect(result.verdict == .ready(true))
        #expect(result.tries == 3)
        #expect(result.failures == 1, "tries in between are not told")
        #expect(result.took < .seconds(60))
    }

    @Test func commandsAreRunOncePerPeriodOnly() async throws {
        let result = try await firstVerdict(
            #"{"exec":{"command":["x"]},"periodSeconds":1,"failureThreshold":1}"#, successAt: 2)
        #expect(result.verdict == .ready(false))
        #expect(result.tries == 1)
    }
}
