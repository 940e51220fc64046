import KubeAPI

/// One probe's rules and count, without I/O: outcomes go in, verdicts come out.
package struct ProbeSchedule: Sendable {
    package let kind: ProbeKind
    package let probe: Probe
    private var lastWasSuccess: Bool?
    private var run = 0
    /// What was last decided.
    private var standing: Bool?

    package init(kind: ProbeKind, probe: Probe, standing: Bool? = nil) {
        self.kind = kind
        self.probe = probe
        self.standing = standing
    }

    /// Whether anything was counted yet.
    package var hasCounted: Bool { run > 0 }

    /// Whether the probe waits for its first success and is cheap enough to be tried more often for it.
    package var waitsForSuccess: Bool {
        kind != .liveness && lastWasSuccess != true && standing != true && probe.exec == nil
    }

    package var initialDelay: Duration { .seconds(max(probe.initialDelaySeconds ?? 0, 0)) }
    package var period: Duration { .seconds(max(probe.periodSeconds ?? 10, 1)) }
    package var timeout: Duration { .seconds(max(probe.timeoutSeconds ?? 1, 1)) }

    /// Counts an outcome; a verdict only when it changes what stands.
    package mutating func note(_ isSuccess: Bool) -> ProbeVerdict? {
        if lastWasSuccess == isSuccess { run += 1 } else { run = 1 }
        lastWasSuccess = isSuccess
        let threshold = isSuccess ? max(probe.successThreshold ?? 1, 1) : max(probe.failureThreshold ?? 3, 1)
        guard run >= Int(threshold), standing != isSuccess else { return nil }
        standing = isSuccess
        switch kind {
        case .startup:
            return isSuccess ? .started : .failing(kind: kind, graceSeconds: probe.terminationGracePeriodSeconds)
        case .readiness: return .ready(isSuccess)
        case .liveness:
            return isSuccess ? nil : .failing(kind: kind, graceSeconds: probe.terminationGracePeriodSeconds)
        }
    }
}
