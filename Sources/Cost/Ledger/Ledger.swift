import KubeAPI

/// The books: what became of every second of every GPU, core and GiB of every node, in money.
///
/// Pure arithmetic over events, with the time handed in. Whatever the events and their order, the charges of all
/// accounts add up to the price of the nodes: time passes for a node only in `pass`, which charges all of its parts,
/// and what a request takes is taken from what its pod was charged.
package struct Ledger: Codable, Sendable {
    struct NodeState: Codable, Hashable, Sendable {
        var facts: NodeFacts
        /// Up to when it is charged.
        var chargedTo: Double
    }

    struct PodState: Codable, Hashable, Sendable {
        var facts: PodFacts
        /// When it came to be as it is.
        var changed: Double
        /// When it last had a request, or became ready.
        var lastUse: Double
        /// GPU-seconds charged as unused since then.
        var unused = 0.0
    }

    /// Time without a request after which the GPUs of a pod that serves a model are held for nothing.
    package static let idleGrace = 300.0
    /// How long requests may still be told of pods that are gone, and how many of those are remembered.
    static let memory = 600.0
    static let rememberedPods = 1024

    /// When the books were opened; nothing is charged for the time before.
    package let opened: Double
    package internal(set) var periods = Periods()
    /// What requests were charged since then, by account: it only grows.
    package internal(set) var requests = Periods.Bucket()
    var nodes: [String: NodeState] = [:]
    var pods: [String: PodState] = [:]
    /// Pods that are gone, by when.
    var gone: [String: PodState] = [:]
    /// Replica-seconds that requests claimed beyond what their pods were charged.
    package internal(set) var uncovered = 0.0
    /// The last moment that anything happened.
    package private(set) var last: Double

    private var podsByNode: [String: Set<String>] = [:]
    private var uidByName: [String: String] = [:]

    package init(opened: Double) {
        self.opened = opened
        last = opened
    }

    // MARK: Reading

    package func node(_ name: String) -> NodeFacts? { nodes[name]?.facts }
    package func pod(_ key: ObjectKey) -> PodFacts? { uid(key).flatMap { pods[$0]?.facts } }
    package func changed(_ key: ObjectKey) -> Double? { uid(key).flatMap { pods[$0]?.changed } }
    package func chargedTo(_ node: String) -> Double? { nodes[node]?.chargedTo }
    package var nodeFacts: [NodeFacts] { nodes.values.map(\.facts).sorted { $0.name < $1.name } }
    package var podFacts: [PodFacts] {
        pods.values.map(\.facts).sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
    }

    package func pricePerSecond(of pod: ObjectKey) -> Double? {
        guard let facts = self.pod(pod), let node = nodes[facts.node] else { return nil }
        return node.facts.rate.hour(gpus: facts.gpus, cores: facts.cores, gib: facts.gib) / 3600
    }

    /// Pods whose GPUs are held for nothing, and since when.
    package func heldIdle(at now: Double) -> [(pod: PodFacts, since: Double)] {
        pods.values.filter { state in
            state.facts.gpus > 0 && !state.facts.model.isEmpty && state.facts.phase == .ready
                && now - state.lastUse >= Self.idleGrace
        }.map { ($0.facts, $0.lastUse) }.sorted { $0.0.key < $1.0.key }
    }

    private func uid(_ key: ObjectKey) -> String? { uidByName[key.description] }

    // MARK: Events

    /// Lets time pass until a moment, for all nodes.
    package mutating func advance(to now: Double) {
        periods.roll(to: now)
        for name in Array(nodes.keys) { pass(name, to: now) }
        last = max(last, now)
        gone = gone.filter { now - $0.value.changed < Self.memory }
    }

    package mutating func apply(_ entry: LedgerEntry) {
        let at = max(entry.at, opened)
        last = max(last, at)
        switch entry.event {
        case .node(let facts): take(facts, at)
        case .nodeGone(let name):
            pass(name, to: at)
            nodes[name] = nil
        case .pod(let facts): take(facts, at)
        case .podGone(let uid): remove(uid, at)
        case .requests(let uses):
            for use in uses { take(use, at) }
        }
    }

    private mutating func take(_ facts: NodeFacts, _ at: Double) {
        pass(facts.name, to: at)
        guard var state = nodes[facts.name], state.facts.uid == facts.uid else {
            nodes[facts.name] = NodeState(facts: facts, chargedTo: at)
            return
        }
        // A node that tells of fewer GPUs than it had has lost a driver, not a board: they cost as before.
        let gpus = max(state.facts.gpus, facts.gpus)
        state.facts = facts
        state.facts.gpus = gpus
        nodes[facts.name] = state
    }

    private mutating func take(_ facts: PodFacts, _ at: Double) {
        if let known = pods[facts.uid] { pass(known.facts.node, to: at) }
        pass(facts.node, to: at)
        if facts.phase == .ended { return remove(facts.uid, at) }
        let key = facts.key.description
        if let other = uidByName[key], other != facts.uid { remove(other, at) }
        var state = pods[facts.uid] ?? PodState(facts: facts, changed: at, lastUse: at)
        if state.facts.phase != facts.phase {
            state.changed = max(state.changed, at)
            if facts.phase == .ready {
                state.lastUse = max(state.lastUse, at)
                state.unused = 0
            }
        }
        if state.facts.node != facts.node { podsByNode[state.facts.node]?.remove(facts.uid) }
        state.facts = facts
        pods[facts.uid] = state
        podsByNode[facts.node, default: []].insert(facts.uid)
        uidByName[key] = facts.uid
    }

    private mutating func remove(_ uid: String, _ at: Double) {
        guard var state = pods[uid] else { return }
        pass(state.facts.node, to: at)
        state = pods.removeValue(forKey: uid) ?? state
        podsByNode[state.facts.node]?.remove(uid)
        if podsByNode[state.facts.node]?.isEmpty == true { podsByNode[state.facts.node] = nil }
        if uidByName[state.facts.key.description] == uid { uidByName[state.facts.key.description] = nil }
        state.changed = at
        guard !state.facts.model.isEmpty, gone.count < Self.rememberedPods else { return }
        gone[state.facts.key.description] = state
    }

    /// Charges a node for the time until a moment; for one that is past nothing happens.
    mutating func pass(_ name: String, to now: Double) {
        guard var node = nodes[name], now > node.chargedTo else { return }
        let holders = podsByNode[name] ?? []
        for piece in periods.pieces(from: node.chargedTo, to: now) {
            NodeCharge(node: node.facts, from: piece.start, to: piece.end).charge(holders, &pods, &periods)
        }
        node.chargedTo = now
        nodes[name] = node
    }

    private mutating func take(_ use: RequestUse, _ at: Double) {
        let key = use.podKey.description
        if let uid = uidByName[key], let facts = pods[uid]?.facts {
            pass(facts.node, to: at)
            guard var state = pods[uid] else { return }
            uncovered += RequestCharge(use: use, at: at).charge(&state, &periods, &requests)
            state.lastUse = max(state.lastUse, at)
            state.unused = 0
            pods[uid] = state
        } else if var state = gone[key] {
            uncovered += RequestCharge(use: use, at: state.changed).charge(&state, &periods, &requests)
            gone[key] = state
        } else {
            uncovered += use.seconds
        }
    }
}
