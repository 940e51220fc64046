/// The nodes in the order in which they are looked at: one of each zone in turn, so that a search that ends early
/// still sees all zones.
struct NodeOrder: Sendable {
    private var zones: [(name: String, slots: [Int])] = []
    private var zoneOf: [Int: String] = [:]
    private var order: [Int]? = []

    var count: Int { zoneOf.count }

    mutating func insert(_ slot: Int, zone: String) {
        if zoneOf[slot] == zone { return }
        remove(slot)
        zoneOf[slot] = zone
        order = nil
        if let place = zones.firstIndex(where: { $0.name == zone }) {
            zones[place].slots.append(slot)
        } else {
            zones.append((zone, [slot]))
        }
    }

    mutating func remove(_ slot: Int) {
        guard let zone = zoneOf.removeValue(forKey: slot),
            let place = zones.firstIndex(where: { $0.name == zone })
        else { return }
        order = nil
        zones[place].slots.removeAll { $0 == slot }
        if zones[place].slots.isEmpty { zones.remove(at: place) }
    }

    mutating func slots() -> [Int] {
        if let order { return order }
        var result: [Int] = []
        result.reserveCapacity(zoneOf.count)
        var round = 0
        while result.count < zoneOf.count {
            for zone in zones where round < zone.slots.count { result.append(zone.slots[round]) }
            round += 1
        }
        order = result
        return result
    }

    /// The zone of a node, as its labels tell it.
    static func zone(_ labels: [String: String]) -> String {
        let region = labels["topology.kubernetes.io/region"] ?? labels["failure-domain.beta.kubernetes.io/region"]
        let zone = labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"]
        return (region ?? "") + ":" + (zone ?? "")
    }
}
