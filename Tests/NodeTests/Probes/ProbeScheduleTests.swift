import KubeAPI
import Node
import Testing

@Suite struct ProbeScheduleTests {
    private func schedule(_ kind: ProbeKind, success: Int32? = nil, failure: Int32? = nil) -> ProbeSchedule {
        var probe = Probe()
        probe.successThreshold = success
        probe.failureThreshold = failure
        return ProbeSchedule(kind: kind, probe: probe)
    }

    private func verdicts(_ schedule: ProbeSchedule, _ outcomes: [Bool]) -> [ProbeVerdict?] {
        var schedule = schedule
        return outcomes.map { schedule.note($0) }
    }

    @Test func readinessTurnsAtItsThresholds() {
        #expect(
            verdicts(
                schedule(.readiness, success: 2, failure: 3),
                [true, true, true, false, false, true, false, false, false])
                == [nil, .ready(true), nil, nil, nil, nil, nil, nil, .ready(false)])
    }

    @Test func livenessSpeaksOnlyWhenItGivesUp() {
        #expect(
            verdicts(schedule(.liveness), [true, false, false, true, false, false, false])
                == [nil, nil, nil, nil, nil, nil, .failing(kind: .liveness, graceSeconds: nil)])
    }

    @Test func startupPassesOnce() {
        #expect(verdicts(schedule(.startup, failure: 30), [false, false, true, true]) == [nil, nil, .started, nil])
    }

    @Test func whatWasNotSaidIsTheDefault() {
        let plain = schedule(.readiness)
        #expect(plain.period == .seconds(10))
        #expect(plain.timeout == .seconds(1))
        #expect(plain.initialDelay == .zero)
    }
}
