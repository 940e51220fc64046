import KubeAPI

/// The names of the cluster and what is known of each, kept up Service by Service and namespace by namespace.
///
/// Names that have nothing themselves but something below them exist too: asked for, they are empty, not unknown.
struct DNSIndex {
    private struct Node {
        var records: [ObjectKey: [DNSRecord]] = [:]
        /// How many contributions are at this name or below it.
        var weight = 0
    }

    private var nodes: [DNSName: Node] = [:]
    private var contributions: [ObjectKey: [DNSName: [DNSRecord]]] = [:]

    /// Replaces what a Service or a namespace contributes; `nil` takes it out.
    mutating func set(_ key: ObjectKey, _ records: [DNSName: [DNSRecord]]?) {
        let old = contributions[key] ?? [:]
        let new = records ?? [:]
        contributions[key] = records
        for (name, records) in old where new[name] != records {
            nodes[name]?.records[key] = nil
            if new[name] == nil { weigh(name, -1) }
        }
        for (name, records) in new where old[name] != records {
            nodes[name, default: Node()].records[key] = records
            if old[name] == nil { weigh(name, 1) }
        }
    }

    private mutating func weigh(_ name: DNSName, _ change: Int) {
        var name = name
        while !name.isRoot {
            nodes[name, default: Node()].weight += change
            if let node = nodes[name], node.weight <= 0 { nodes[name] = nil }
            name = name.parent
        }
    }

    /// The records of a name in lower case; `nil` where there is no such name.
    func records(_ name: DNSName) -> [DNSRecord]? {
        guard let node = nodes[name] else { return nil }
        if node.records.count <= 1 { return node.records.values.first ?? [] }
        return node.records.sorted { $0.key < $1.key }.flatMap(\.value)
    }
}
