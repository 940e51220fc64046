import KubeAPI
import Machinery

/// How long a node may be silent, and how fast others may be emptied because of it; Kubernetes' defaults.
package struct NodeLifecycleTiming: Sendable, Hashable {
    /// Silence after which a node counts as unknown.
    package let gracePeriod: Duration
    /// The same for a node that was never heard of since it appeared.
    package let startupGracePeriod: Duration
    /// Between two nodes that get a NoExecute taint, while most nodes are well.
    package let evictionInterval: Duration
    /// The same while more than `unhealthyFraction` of a large cluster is not ready.
    package let secondaryEvictionInterval: Duration
    package let unhealthyFraction: Double
    /// Clusters up to this size stop evicting altogether when that many of their nodes are not ready.
    package let largeClusterSize: Int

    package init(
        gracePeriod: Duration = .seconds(40), startupGracePeriod: Duration = .seconds(60),
        evictionInterval: Duration = .seconds(10), secondaryEvictionInterval: Duration = .seconds(100),
        unhealthyFraction: Double = 0.55, largeClusterSize: Int = 50
    ) {
        self.gracePeriod = gracePeriod
        self.startupGracePeriod = startupGracePeriod
        self.evictionInterval = evictionInterval
        self.secondaryEvictionInterval = secondaryEvictionInterval
        self.unhealthyFraction = unhealthyFraction
        self.largeClusterSize = largeClusterSize
    }
}

/// When each node last gave a sign of life, by this process' own monotonic clock: nodes' clocks are not trusted.
struct NodeHeartbeats: Sendable {
    struct Sign: Sendable {
        var leaseRenewal: JSON?
        var heartbeat: JSON?
        var at: Duration
    }

    private var signs: [String: Sign] = [:]

    mutating func observe(_ node: Node, now: Duration) {
        let heartbeat = node.condition("Ready")?.json["lastHeartbeatTime"]
        guard var sign = signs[node.name] else {
            signs[node.name] = Sign(heartbeat: heartbeat, at: now)
            return
        }
        guard sign.heartbeat != heartbeat else { return }
        // What this controller writes itself is no sign of life; it leaves the heartbeat as it is.
        sign.heartbeat = heartbeat
        sign.at = now
        signs[node.name] = sign
    }

    mutating func observe(_ lease: Lease, now: Duration) {
        let renewal = lease.json["spec"]?["renewTime"]
        guard var sign = signs[lease.name] else {
            signs[lease.name] = Sign(leaseRenewal: renewal, at: now)
            return
        }
        guard sign.leaseRenewal != renewal else { return }
        sign.leaseRenewal = renewal
        sign.at = now
        signs[lease.name] = sign
    }

    mutating func forget(_ node: String) {
        signs[node] = nil
    }

    func last(_ node: String) -> Duration? { signs[node]?.at }
}

extension Node {
    func condition(_ type: String) -> NodeCondition? {
        status.conditions.first { $0.type == type }
    }

    var readyStatus: String { condition("Ready")?.status ?? "Unknown" }
}
