import KubeAPI
import Machinery

/// How many nodes of each zone are ready: zones fail by themselves, and their nodes are emptied at a pace of their own.
struct ZoneHealth: Sendable {
    enum State: Hashable, Sendable {
        case normal
        /// So many of its nodes are not ready that the fault is probably the zone's.
        case partial
        /// None is ready.
        case down
    }

    private struct Count {
        var total = 0
        var notReady = 0
    }

    private var nodes: [String: (zone: String, isReady: Bool)] = [:]
    private var zones: [String: Count] = [:]

    /// The zone a node says it is in; nodes that say nothing are in one together.
    static func zone(of node: Node) -> String {
        let labels = node.labels
        let region =
            labels["topology.kubernetes.io/region"] ?? labels["failure-domain.beta.kubernetes.io/region"] ?? ""
        let zone = labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"] ?? ""
        return region.isEmpty && zone.isEmpty ? "" : "\(region):\(zone)"
    }

    mutating func observe(_ node: Node) {
        forget(node.name)
        let entry = (zone: Self.zone(of: node), isReady: node.readyStatus == "True")
        nodes[node.name] = entry
        zones[entry.zone, default: Count()].total += 1
        if !entry.isReady { zones[entry.zone, default: Count()].notReady += 1 }
    }

    mutating func forget(_ name: String) {
        guard let known = nodes.removeValue(forKey: name), var count = zones[known.zone] else { return }
        count.total -= 1
        if !known.isReady { count.notReady -= 1 }
        zones[known.zone] = count.total > 0 ? count : nil
    }

    func size(of zone: String) -> Int { zones[zone]?.total ?? 0 }

    /// - Parameter unhealthy: the share of nodes that are not ready from which a zone is partially disrupted.
    func state(of zone: String, unhealthy: Double) -> State {
        guard let count = zones[zone] else { return .normal }
        if count.notReady == count.total { return .down }
        let share = Double(count.notReady) / Double(count.total)
        return count.notReady > 2 && share >= unhealthy ? .partial : .normal
    }

    /// No node of any zone is ready: more likely this side is cut off.
    var isEverythingDown: Bool { zones.values.allSatisfy { $0.notReady == $0.total } }
}
