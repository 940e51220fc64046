import Inference
import KubeAPI

/// Decides which of a pool's requests is begun next, and on which replica. A value: time and events come in, decisions
/// go out; nothing here waits or sends.
///
/// Priorities go first, within one tenants share by tokens. Where several tenants are about, an eighth of the places is
/// kept for those that have less than their share: a tenant that floods does not make others wait for its requests to
/// end. The queue is bounded; when it is full, the tenant that has the most waiting loses its newest request.
package struct PoolScheduler: Sendable {
    /// What came of a request that entered.
    package enum Entry: Sendable, Hashable {
        case waits
        /// Others have more right to the queue.
        case refused
    }

    /// How long a tenant counts as being about after its last request.
    private static let presence = Duration.seconds(60)
    private static let maximumPresent = 256

    package private(set) var limits: PoolLimits
    private var replicas = ReplicaTable()
    private var bands = TrafficPriority.allCases.map { _ in FairQueue() }
    /// When each tenant's last request came, and how many it has on replicas.
    private var lastSeen: [String: Duration] = [:]
    private var runningOf: [String: Int] = [:]

    package init(limits: PoolLimits = PoolLimits()) { self.limits = limits }

    package var queued: Int { bands.reduce(0) { $0 + $1.count } }
    package var hasOpenReplica: Bool { replicas.hasOpen }
    /// Pods that take new requests.
    package var openPods: Int { replicas.openPods }
    /// How many requests each pod works on, of those that work.
    package var runningByPod: [ObjectKey: Int] { replicas.runningByPod }

    package var load: PoolLoad {
        PoolLoad(queued: queued, running: replicas.running, tokensInFlight: replicas.tokens)
    }

    package mutating func update(_ replicas: [Replica], limits: PoolLimits) {
        self.limits = limits
        self.replicas.update(replicas)
    }

    /// Takes a request in. `dispatch` has to follow, which may begin it at once.
    ///
    /// - Returns: besides, a request of another that loses its place for it.
    package mutating func enter(_ request: PoolRequest, now: Duration) -> (Entry, evicted: PoolRequest?) {
        note(request.tenant, now)
        // A place that is free is not the queue's.
        let free = queued == 0 ? replicas.capacity(limits.concurrency, now: now).free : 0
        var evicted: PoolRequest?
        if free == 0, queued >= limits.queue {
            guard let victim = victim(for: request) else { return (.refused, nil) }
            evicted = bands[victim.band].removeLast(of: victim.tenant)
        }
        bands[request.priority.rawValue].append(request)
        return (.waits, evicted)
    }

    /// Takes a request in again whose replica did not begin to answer it.
    package mutating func putBack(_ request: PoolRequest) { bands[request.priority.rawValue].putBack(request) }

    /// Takes out a request that waits no longer; false where it does not wait.
    package mutating func withdraw(_ request: PoolRequest) -> Bool {
        bands[request.priority.rawValue].remove(request.id, tenant: request.tenant) != nil
    }

    /// Begins what can be begun.
    package mutating func dispatch(now: Duration) -> [Assignment] {
        guard queued > 0 else { return [] }
        var capacity = replicas.capacity(limits.concurrency, now: now)
        var begun: [Assignment] = []
        while capacity.free > 0, let request = next(capacity, now) {
            guard let assignment = replicas.choose(request, limit: limits.concurrency, now: now) else {
                bands[request.priority.rawValue].putBack(request)
                break
            }
            runningOf[request.tenant, default: 0] += 1
            capacity.free -= 1
            begun.append(assignment)
        }
        return begun
    }

    /// A request has left its replica.
    package mutating func finish(_ assignment: Assignment, _ verdict: ReplicaVerdict, now: Duration) {
        replicas.giveBack(assignment, verdict, now: now)
        let left = (runningOf[assignment.tenant] ?? 1) - 1
        runningOf[assignment.tenant] = left > 0 ? left : nil
        if replicas.running == 0, queued == 0 { for index in bands.indices { bands[index].reset() } }
    }

    /// When `dispatch` may have something to do although nothing happened: a replica may be tried again.
    package func nextReturn(now: Duration) -> Duration? { queued > 0 ? replicas.nextReturn(now: now) : nil }

    private mutating func next(_ capacity: (total: Int, free: Int), _ now: Duration) -> PoolRequest? {
        let present = presentCount(now)
        let reserve = present > 1 && capacity.total >= 4 ? max(1, capacity.total / 8) : 0
        let share = max(1, capacity.total / max(1, present))
        for index in bands.indices {
            let request = bands[index].popFirst { tenant in
                capacity.free > reserve || runningOf[tenant] ?? 0 < share
            }
            if let request { return request }
        }
        return nil
    }

    /// Whose place a request takes in a full queue: of the lowest priority that is not above its own, the tenant with the
    /// most waiting, if that is more than its own tenant has.
    private func victim(for request: PoolRequest) -> (band: Int, tenant: String)? {
        for band in bands.indices.reversed() where band >= request.priority.rawValue {
            guard let longest = bands[band].longest, longest.count > 0 else { continue }
            if band > request.priority.rawValue { return (band, longest.tenant) }
            if longest.count > bands[band].count(of: request.tenant) + 1 { return (band, longest.tenant) }
        }
        return nil
    }

    private mutating func note(_ tenant: String, _ now: Duration) {
        lastSeen[tenant] = now
        guard lastSeen.count > Self.maximumPresent else { return }
        lastSeen = lastSeen.filter { now - $0.value <= Self.presence }
        // So many at once: who has not been seen for longest is taken to have left.
        while lastSeen.count > Self.maximumPresent, let oldest = lastSeen.min(by: { $0.value < $1.value })?.key {
            lastSeen[oldest] = nil
        }
    }

    private func presentCount(_ now: Duration) -> Int { lastSeen.values.count { now - $0 <= Self.presence } }
}
