import KubeAPI
import Machinery

/// What the scheduler knows of the cluster, kept up to date by informers and by its own decisions.
///
/// Nodes live in slots that stay theirs; everything that is kept per node is an array by slot. A pod that was placed
/// counts at once (it is assumed), before the API has heard of it; the informer confirms it, or a failed binding
/// takes it back. Decisions are made on this state itself, under the scheduler's lock, and the type cannot be copied.
package struct ClusterState: ~Copyable, Sendable {
    private struct Place {
        let slot: Int
        let isAssumed: Bool
    }

    /// By slot.
    package private(set) var nodes: [NodeInfo] = []
    package internal(set) var labels = LabelColumns()
    package private(set) var terms = AffinityTermTable()
    private var slots: [String: Int] = [:]
    private var free: [Int] = []
    private var order = NodeOrder()
    private var tallies = PodTallies()
    /// By uid.
    private var places: [String: Place] = [:]
    private var demandsCache = DemandsCache()
    /// How many nodes have an image.
    package private(set) var imageNodes: [String: Int] = [:]
    /// How many placed pods use a claim.
    package private(set) var claimUsers: [ObjectKey: Int] = [:]
    /// Labels by name.
    package var namespaces: [String: [String: String]] = [:]
    package var nominations = Nominations()
    /// Pods whose victims are being deleted.
    package var preempting: Set<String> = []
    package var storage = StorageObjects()
    package var devices = DeviceObjects()
    package var groups = PodGroups()
    package var budgets: [ObjectKey: DisruptionBudget] = [:]
    package var workloads = WorkloadSelectors()

    package init() {}

    package var nodeCount: Int { order.count }
    package var nodeSlots: [Int] {
        mutating get { order.slots() }
    }

    package func slot(of name: String) -> Int? {
        guard let slot = slots[name], nodes[slot].exists else { return nil }
        return slot
    }

    package mutating func info(_ pod: Pod) -> PodInfo {
        PodInfo(pod, demands: demandsCache.demands(pod))
    }

    // MARK: Nodes

    /// - Returns: what changed, for waking pods; nothing when only a heartbeat came.
    @discardableResult
    package mutating func updateNode(_ node: Node) -> ClusterChange {
        let slot = makeSlot(node.name)
        let old = nodes[slot]
        countImages(of: old, by: -1)
        nodes[slot].update(node)
        countImages(of: nodes[slot], by: 1)
        if old.labels != nodes[slot].labels || !old.exists {
            labels.update(slot: slot, nodes[slot].labels)
            order.insert(slot, zone: NodeOrder.zone(nodes[slot].labels))
        }
        var change = ClusterChange([], node: slot, oldNode: old.exists ? old : nil)
        guard old.exists else {
            change.events = .nodeAdded
            nominations.resolve(node.name, slot)
            return change
        }
        let new = nodes[slot]
        if old.labels != new.labels { change.events.insert(.nodeLabels) }
        if old.taints != new.taints || old.isUnschedulable != new.isUnschedulable { change.events.insert(.nodeTaints) }
        if old.allocatable != new.allocatable || old.allowedPods != new.allowedPods {
            change.events.insert(.nodeAllocatable)
        }
        if old.declaredFeatures != new.declaredFeatures { change.events.insert(.nodeFeatures) }
        return change
    }

    package mutating func removeNode(_ name: String) {
        guard let slot = slots[name] else { return }
        countImages(of: nodes[slot], by: -1)
        nodes[slot].update(nil)
        order.remove(slot)
        labels.update(slot: slot, [:])
        if nodes[slot].pods.isEmpty { drop(slot) }
    }

    private mutating func makeSlot(_ name: String) -> Int {
        if let slot = slots[name] { return slot }
        if let slot = free.popLast() {
            nodes[slot] = NodeInfo(name: name, generation: nodes[slot].generation &+ 1)
            slots[name] = slot
            return slot
        }
        nodes.append(NodeInfo(name: name))
        slots[name] = nodes.count - 1
        labels.addSlot()
        tallies.addSlot()
        return nodes.count - 1
    }

    private mutating func drop(_ slot: Int) {
        slots[nodes[slot].name] = nil
        nominations.forget(slot: slot)
        free.append(slot)
    }

    private mutating func countImages(of node: NodeInfo, by delta: Int) {
        guard node.exists else { return }
        for image in node.images.keys {
            let count = (imageNodes[image] ?? 0) + delta
            imageNodes[image] = count == 0 ? nil : count
        }
    }

    // MARK: Pods

    /// How many pods count on nodes, and how many of these the API has not confirmed yet.
    var podCounts: (all: Int, assumed: Int) { (places.count, places.values.count { $0.isAssumed }) }

    package func isPlaced(uid: String) -> Bool { places[uid] != nil }

    package func isAssumed(uid: String) -> Bool { places[uid]?.isAssumed ?? false }

    /// The pod as it counts on its node.
    package func placed(uid: String) -> PodInfo? {
        guard let place = places[uid] else { return nil }
        return nodes[place.slot].pods.last { $0.uid == uid }
    }

    package func node(ofPod uid: String) -> Int? { places[uid]?.slot }

    /// A pod is on a node, the API says.
    package mutating func confirm(_ pod: PodInfo, on node: String) {
        put(pod, on: makeSlot(node), isAssumed: false)
    }

    package mutating func assume(_ pod: PodInfo, on slot: Int) {
        put(pod, on: slot, isAssumed: true)
    }

    /// The API has bound a pod that was assumed there and that has not changed else: nothing is counted anew.
    mutating func confirmAssumed(uid: String, on node: String) -> Bool {
        guard let place = places[uid], place.isAssumed, nodes[place.slot].name == node else { return false }
        places[uid] = Place(slot: place.slot, isAssumed: false)
        return true
    }

    package mutating func forget(uid: String) {
        guard isAssumed(uid: uid) else { return }
        removePod(uid: uid)
    }

    package mutating func removePod(uid: String) {
        guard let place = places.removeValue(forKey: uid) else { return }
        take(uid, from: place.slot)
        if !nodes[place.slot].exists, nodes[place.slot].pods.isEmpty { drop(place.slot) }
    }

    private mutating func put(_ pod: PodInfo, on slot: Int, isAssumed: Bool) {
        if let place = places[pod.uid] { take(pod.uid, from: place.slot) }
        places[pod.uid] = Place(slot: slot, isAssumed: isAssumed)
        nodes[slot].add(pod)
        count(pod, slot, by: 1)
    }

    private mutating func take(_ uid: String, from slot: Int) {
        guard let pod = nodes[slot].pods.last(where: { $0.uid == uid }) else { return }
        nodes[slot].remove(uid: uid)
        count(pod, slot, by: -1)
    }

    private mutating func count(_ pod: PodInfo, _ slot: Int, by delta: Int32) {
        tallies.change(pod, slot: slot, by: delta)
        terms.change(pod, slot: slot, by: delta)
        for claim in pod.claims {
            let key = ObjectKey(namespace: pod.key.namespace, name: claim)
            let count = (claimUsers[key] ?? 0) + Int(delta)
            claimUsers[key] = count == 0 ? nil : count
        }
    }

    // MARK: Questions of plugins

    /// Grows with everything that may change the answer of filters that look at the node alone, and of those the more
    /// important pods see for which room is being made there.
    @inline(__always)
    func generation(of slot: Int, withDevices: Bool) -> UInt64 {
        let own = nodes[slot].generation &+ nominations.generation(of: slot)
        return withDevices ? own &+ devices.generation(of: nodes[slot].name) : own
    }

    /// The place of a label's column, made when it is not there yet.
    package mutating func column(_ key: String) -> Int {
        if let place = labels.place(of: key) { return place }
        let nodes = nodes
        return labels.add(key, slots: nodes.count) { nodes[$0].exists ? nodes[$0].labels[key] : nil }
    }

    /// How many pods that all the matchers match each slot has.
    package mutating func counts(_ matchers: [PodMatcher], countsTerminating: Bool) -> [Int32] {
        tallies.counts(PodTally.Key(matchers: matchers, countsTerminating: countsTerminating), nodes)
    }

    /// Makes room between decisions.
    mutating func trim() {
        labels.trim(slots: nodes.count)
    }

    /// The namespaces a term speaks of now.
    func namespaces(of term: AffinityTerm) -> [String] {
        guard !term.namespaceSelector.isNothing else { return term.namespaces }
        let selected = namespaces.filter { term.namespaceSelector.matches($0.value) }.map(\.key)
        return Set(term.namespaces + selected).sorted()
    }

    // MARK: Trials

    /// Lets pods come to and leave a node for the time of a question. Only the node's own figures change; plugins
    /// are told of the pods by `podChanged`.
    mutating func trial<Result>(on slot: Int, _ body: (inout ClusterState) -> Result) -> Result {
        let former = nodes[slot]
        defer { nodes[slot] = former }
        return body(&self)
    }

    mutating func trialAdd(_ pod: PodInfo, to slot: Int) { nodes[slot].add(pod) }
    mutating func trialRemove(_ pod: PodInfo, from slot: Int) { nodes[slot].remove(uid: pod.uid) }
}
