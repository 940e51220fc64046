import KubeAPI
import Machinery

/// How long leadership lasts and how it is kept; Kubernetes' defaults.
package struct LeaderElectionTiming: Sendable, Hashable {
    /// How long others wait, after they last saw the Lease change, before they take it.
    package let leaseDuration: Duration
    /// How long a leader that cannot renew goes on acting. Shorter than `leaseDuration`: the difference is the time it
    /// has to stop before another one may start.
    package let renewDeadline: Duration
    /// Between attempts.
    package let retryPeriod: Duration

    /// The time between a leader's last write and another one's first. What is not delivered within it must not be
    /// delivered later.
    package var grace: Duration { leaseDuration - renewDeadline }

    package init(
        leaseDuration: Duration = .seconds(15), renewDeadline: Duration = .seconds(10),
        retryPeriod: Duration = .seconds(2)
    ) {
        precondition(
            leaseDuration > renewDeadline && renewDeadline > retryPeriod && retryPeriod > .zero,
            "a leader must retry within its deadline and stop within its lease")
        self.leaseDuration = leaseDuration
        self.renewDeadline = renewDeadline
        self.retryPeriod = retryPeriod
    }
}

/// What a candidate remembers of the Lease, to judge by its own clock whether the holder still renews it.
struct ObservedLease: Sendable {
    private(set) var lease: Lease?
    private(set) var observedAt: Duration = .zero

    mutating func observe(_ seen: Lease, now: Duration) {
        // Only a change of the record is a sign of life; a write by someone else that leaves the spec is none.
        if lease?.spec != seen.spec { observedAt = now }
        lease = seen
    }

    /// Whether another candidate holds the Lease, as far as can be told here.
    func isHeldByAnother(than identity: String, now: Duration) -> Bool {
        guard let spec = lease?.spec, let holder = spec.holderIdentity, !holder.isEmpty, holder != identity else {
            return false
        }
        return now < observedAt + .seconds(Int64(spec.leaseDurationSeconds ?? 0))
    }
}
