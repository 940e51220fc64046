import KubeAPI
import Machinery

/// Takes replicas away without taking requests with them.
///
/// A replica that is to go is marked first, so that the gateway gives it nothing new; when it works on nothing it is
/// made the cheapest to delete, and only then the Deployment is made smaller. Replicas that are not ready go first, as
/// the ReplicaSet has it anyway.
struct DrainPlan: Sendable {
    struct Replica: Sendable, Hashable {
        let key: ObjectKey
        var isReady = true
        var drainingSince: Timestamp?
        /// Whether it has been made the cheapest.
        var isCondemned = false
        /// How many requests it works on.
        var running = 0
    }

    /// The gateway learns of a mark a little later than it is written: so long a replica has to have been without work.
    static let notice = Duration.seconds(2)

    private(set) var mark: [ObjectKey] = []
    private(set) var release: [ObjectKey] = []
    private(set) var condemn: [ObjectKey] = []
    /// How many replicas to ask for now.
    private(set) var replicas: Int

    /// - Parameters:
    ///   - current: how many replicas the Deployment asks for.
    ///   - wanted: how many there should be in the end.
    init(_ pods: [Replica], current: Int, wanted: Int, timeout: Duration, now: Timestamp) {
        replicas = max(current, wanted)
        let goingWithout = pods.count { !$0.isReady }
        let marked = pods.filter { $0.drainingSince != nil }
        guard wanted < current else {
            // While some have still to go, the marks say which.
            if pods.count <= wanted { release = marked.map(\.key) }
            return
        }
        // Some are still to go that were asked for before: which ones is not seen yet.
        guard pods.count <= current else { return }
        let excess = current - wanted
        // Those that are not ready, or not there at all, are part of what goes.
        let missing = max(current - pods.count, 0)
        let free = min(goingWithout + missing, excess)
        let toDrain = excess - free
        let ready = pods.filter(\.isReady)
        let draining = ready.filter { $0.drainingSince != nil }.sorted { $0.running < $1.running }
        if draining.count > toDrain {
            release = draining.reversed().filter { !$0.isCondemned }.prefix(draining.count - toDrain).map(\.key)
        } else {
            mark = ready.filter { $0.drainingSince == nil }
                .sorted { ($0.running, $0.key) < ($1.running, $1.key) }
                .prefix(toDrain - draining.count).map(\.key)
        }
        let done = draining.prefix(toDrain).filter { Self.isDone($0, timeout: timeout, now: now) }
        condemn = done.filter { !$0.isCondemned }.map(\.key)
        replicas = current - free - done.count { $0.isCondemned }
    }

    private static func isDone(_ pod: Replica, timeout: Duration, now: Timestamp) -> Bool {
        guard let since = pod.drainingSince else { return false }
        let time = now - since
        return time >= timeout || (pod.running == 0 && time >= notice)
    }
}
