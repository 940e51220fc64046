import KubeAPI

/// The replicas of a pool with what they have to do, and the choice among them.
struct ReplicaTable: Sendable {
    struct Entry: Sendable {
        var replica: Replica
        var running = 0
        var tokens = 0
        /// Attempts in a row that came to nothing.
        var failures = 0
        /// Gets nothing until then.
        var restsUntil = Duration.zero
        /// When it was last chosen, by count.
        var chosen: UInt64 = 0
        /// Its number in the table of prefixes.
        let number: Int
        /// No longer among the pool's; stays while it has something to do.
        var isGone = false
    }

    /// How long a replica is left alone after its first failure, doubled with each that follows.
    static let firstRest = Duration.milliseconds(500)
    static let longestRest = Duration.seconds(30)

    private(set) var entries: [Entry] = []
    private var places: [Replica.ID: Int] = [:]
    private var prefixes = PrefixTable()
    private var choices: UInt64 = 0
    private(set) var running = 0
    private(set) var tokens = 0

    /// Takes over the pool's replicas as they are now.
    mutating func update(_ replicas: [Replica]) {
        let wanted = Dictionary(replicas.map { ($0.id, $0) }) { first, _ in first }
        for index in entries.indices {
            if let replica = wanted[entries[index].replica.id] {
                entries[index].replica = replica
                entries[index].isGone = false
            } else {
                entries[index].isGone = true
            }
        }
        for replica in replicas where places[replica.id] == nil {
            places[replica.id] = entries.count
            entries.append(Entry(replica: replica, number: freeNumber))
        }
        removeGone()
    }

    private var freeNumber: Int {
        let taken = Set(entries.map(\.number))
        return (0...entries.count).first { !taken.contains($0) } ?? entries.count
    }

    private mutating func removeGone() {
        for entry in entries where entry.isGone && entry.running == 0 { prefixes.forget(replica: entry.number) }
        entries.removeAll { $0.isGone && $0.running == 0 }
        places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($0.element.replica.id, $0.offset) })
    }

    /// How many requests each pod works on, of those that work.
    var runningByPod: [ObjectKey: Int] {
        var result: [ObjectKey: Int] = [:]
        for entry in entries where entry.running > 0 { result[entry.replica.id.pod, default: 0] += entry.running }
        return result
    }

    /// Pods that take new requests.
    var openPods: Int { Set(entries.filter { !$0.isGone && $0.replica.isOpen }.map(\.replica.id.pod)).count }

    /// Whether there is a replica that could serve, busy as it may be.
    var hasOpen: Bool { entries.contains { !$0.isGone && $0.replica.isOpen } }

    /// Requests that all replicas together work on at a time, and how many more they could take now.
    func capacity(_ limit: Int, now: Duration) -> (total: Int, free: Int) {
        var result = (total: 0, free: 0)
        for entry in entries where !entry.isGone && entry.replica.isOpen {
            result.total += limit
            result.free += room(entry, limit, now)
        }
        return result
    }

    /// How many requests more a replica may get. One that has failed shows with a single one that it is back.
    private func room(_ entry: Entry, _ limit: Int, _ now: Duration) -> Int {
        guard !entry.isGone, entry.replica.isOpen, entry.restsUntil <= now else { return 0 }
        return max(0, (entry.failures > 0 ? 1 : limit) - entry.running)
    }

    /// Chooses the replica that has the least to do, the request itself included: what it has computed before of the
    /// prompt's beginning it need not compute again.
    mutating func choose(_ request: PoolRequest, limit: Int, now: Duration) -> Assignment? {
        let depths = entries.count > 1 ? prefixes.depths(request.prefix) : []
        var best: (index: Int, cost: Int, isAvoided: Bool)?
        for (index, entry) in entries.enumerated() where room(entry, limit, now) > 0 {
            let isAvoided = entry.replica.id == request.avoided
            var cost = entry.tokens + request.promptTokens
            if let blocks = depths.first(where: { $0.replica == entry.number })?.blocks {
                cost -= min(blocks * PromptPrefix.blockBytes / 4, request.promptTokens)
            }
            if let best {
                guard isAvoided == best.isAvoided ? cost <= best.cost : best.isAvoided else { continue }
                // Of equals, the one whose turn is longest ago.
                if isAvoided == best.isAvoided, cost == best.cost, entry.chosen >= entries[best.index].chosen {
                    continue
                }
            }
            best = (index, cost, isAvoided)
        }
        guard let best else { return nil }
        choices += 1
        entries[best.index].chosen = choices
        entries[best.index].running += 1
        entries[best.index].tokens += request.tokens
        running += 1
        tokens += request.tokens
        prefixes.note(request.prefix, replica: entries[best.index].number)
        return Assignment(
            request: request.id, replica: entries[best.index].replica, tenant: request.tenant, tokens: request.tokens)
    }

    mutating func giveBack(_ assignment: Assignment, _ verdict: ReplicaVerdict, now: Duration) {
        guard let index = places[assignment.replica.id] else { return }
        entries[index].running -= 1
        entries[index].tokens -= assignment.tokens
        running -= 1
        tokens -= assignment.tokens
        switch verdict {
        case .answered: entries[index].failures = 0
        case .unreachable: fail(index, now)
        // A kept connection that was closed while it idled is nobody's fault; twice in a row is no such thing.
        case .hungUp: if entries[index].failures > 0 { fail(index, now) } else { entries[index].failures = 1 }
        case .unknown: break
        }
        if entries[index].isGone, entries[index].running == 0 { removeGone() }
    }

    private mutating func fail(_ index: Int, _ now: Duration) {
        // What was under way together fails together, and counts once.
        guard entries[index].restsUntil <= now else { return }
        let rest = Self.firstRest * (1 << min(entries[index].failures, 6))
        entries[index].failures += 1
        entries[index].restsUntil = now + min(rest, Self.longestRest)
    }

    /// When the next replica that rests may be tried again.
    func nextReturn(now: Duration) -> Duration? {
        entries.lazy.filter { !$0.isGone && $0.replica.isOpen && $0.restsUntil > now }.map(\.restsUntil).min()
    }
}
