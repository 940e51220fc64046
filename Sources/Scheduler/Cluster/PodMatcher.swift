import Machinery

/// A set of pods, told by namespace and labels.
package struct PodMatcher: Hashable, Sendable {
    /// Sorted; `nil` for all.
    package let namespaces: [String]?
    package let selector: Selector

    package init(namespaces: [String]?, selector: Selector) {
        self.namespaces = namespaces
        self.selector = selector
    }

    package func matches(_ pod: PodInfo) -> Bool {
        if let namespaces, !namespaces.contains(pod.key.namespace) { return false }
        return selector.matches(pod.labels)
    }
}

/// How many pods of a set each node has, kept up to date with every pod that comes and goes.
package struct PodTally: Sendable {
    package struct Key: Hashable, Sendable {
        /// A pod counts that all of them match.
        let matchers: [PodMatcher]
        let countsTerminating: Bool
    }

    let key: Key
    /// By slot.
    package fileprivate(set) var counts: [Int32]
    fileprivate var lastUse: UInt64

    func includes(_ pod: PodInfo) -> Bool {
        if pod.isBeingDeleted, !key.countsTerminating { return false }
        return key.matchers.allSatisfy { $0.matches(pod) }
    }
}

/// The sets of pods that rules asked about lately.
struct PodTallies: Sendable {
    /// More than any pod's rules can ask for at a time.
    private static let limit = 128

    private var tallies: [PodTally] = []
    private var places: [PodTally.Key: Int] = [:]
    private var clock: UInt64 = 0

    var count: Int { tallies.count }

    /// The counts by slot; counts all nodes when the question is new.
    mutating func counts(_ key: PodTally.Key, _ nodes: [NodeInfo]) -> [Int32] {
        clock += 1
        if let place = places[key] {
            tallies[place].lastUse = clock
            return tallies[place].counts
        }
        var tally = PodTally(key: key, counts: [Int32](repeating: 0, count: nodes.count), lastUse: clock)
        for slot in nodes.indices {
            for pod in nodes[slot].pods where tally.includes(pod) { tally.counts[slot] += 1 }
        }
        if tallies.count < Self.limit {
            places[key] = tallies.count
            tallies.append(tally)
        } else if let oldest = tallies.indices.min(by: { tallies[$0].lastUse < tallies[$1].lastUse }) {
            places[tallies[oldest].key] = nil
            places[key] = oldest
            tallies[oldest] = tally
        }
        return tally.counts
    }

    mutating func addSlot() {
        for index in tallies.indices { tallies[index].counts.append(0) }
    }

    mutating func change(_ pod: PodInfo, slot: Int, by delta: Int32) {
        for index in tallies.indices where tallies[index].includes(pod) { tallies[index].counts[slot] += delta }
    }
}
