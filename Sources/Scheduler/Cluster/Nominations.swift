/// Pods for which room is being made on a node. They count there for pods that are not more important.
package struct Nominations: Sendable {
    private struct Nomination {
        let pod: PodInfo
        let node: String
        var slot: Int?
    }

    private var byPod: [String: Nomination] = [:]
    private var bySlot: [Int: [PodInfo]] = [:]
    /// By slot, how often its pods have changed.
    private var changes: [UInt64] = []

    package var isEmpty: Bool { bySlot.isEmpty }

    package func pods(on slot: Int) -> [PodInfo] { bySlot[slot] ?? [] }

    func slot(ofPod uid: String) -> Int? { byPod[uid]?.slot }

    package func node(ofPod uid: String) -> String? { byPod[uid]?.node }

    /// Grows with every change of the pods that count on a node.
    func generation(of slot: Int) -> UInt64 { slot < changes.count ? changes[slot] : 0 }

    private mutating func noteChange(of slot: Int) {
        if slot >= changes.count { changes += [UInt64](repeating: 0, count: slot + 1 - changes.count) }
        changes[slot] &+= 1
    }

    package mutating func add(_ pod: PodInfo, node: String, slot: Int?) {
        remove(uid: pod.uid)
        byPod[pod.uid] = Nomination(pod: pod, node: node, slot: slot)
        guard let slot else { return }
        bySlot[slot, default: []].append(pod)
        noteChange(of: slot)
    }

    package mutating func remove(uid: String) {
        guard let nomination = byPod.removeValue(forKey: uid), let slot = nomination.slot else { return }
        bySlot[slot]?.removeAll { $0.uid == uid }
        if bySlot[slot]?.isEmpty ?? false { bySlot[slot] = nil }
        noteChange(of: slot)
    }

    /// The node has come.
    mutating func resolve(_ node: String, _ slot: Int) {
        for (uid, nomination) in byPod where nomination.slot == nil && nomination.node == node {
            byPod[uid]?.slot = slot
            bySlot[slot, default: []].append(nomination.pod)
            noteChange(of: slot)
        }
    }

    /// The node has gone, and its slot with it.
    mutating func forget(slot: Int) {
        for pod in bySlot.removeValue(forKey: slot) ?? [] { byPod[pod.uid]?.slot = nil }
        noteChange(of: slot)
    }

    /// Pods less important than the given priority that count on a node; they have to look elsewhere when a more
    /// important one takes it.
    package func less(important priority: Int32, on slot: Int) -> [PodInfo] {
        pods(on: slot).filter { $0.priority < priority }
    }
}
