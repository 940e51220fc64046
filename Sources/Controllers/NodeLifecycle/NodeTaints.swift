import KubeAPI
import Machinery

/// The taints that say how a node is.
enum NodeTaints {
    static let notReady = "node.kubernetes.io/not-ready"
    static let unreachable = "node.kubernetes.io/unreachable"
    static let unschedulable = "node.kubernetes.io/unschedulable"

    /// Conditions that keep new pods away, with the status at which they do.
    private static let byCondition: [(type: String, status: String, key: String)] = [
        ("Ready", "False", notReady), ("Ready", "Unknown", unreachable),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
    ]

    private static let noScheduleKeys = Set(byCondition.map(\.key) + [unschedulable])
    private static let noExecuteKeys: Set<String> = [notReady, unreachable]

    /// The NoSchedule taints a node should have by its conditions.
    static func noSchedule(for node: Node) -> Set<String> {
        var keys: Set<String> = []
        for entry in byCondition where node.condition(entry.type)?.status == entry.status { keys.insert(entry.key) }
        if node.spec.unschedulable == true { keys.insert(unschedulable) }
        return keys
    }

    /// The NoExecute taint that says why its pods have to go.
    static func noExecute(for node: Node) -> String? {
        switch node.readyStatus {
        case "True": nil
        case "False": notReady
        default: unreachable
        }
    }

    /// The node's taints with ours as they should be; others', and the times of those that stay, are left alone.
    static func applying(
        noSchedule: Set<String>, noExecute: String?, to present: [Taint], now: Timestamp
    ) -> [Taint] {
        var taints = present.filter { taint in
            switch taint.effect {
            case "NoSchedule": !noScheduleKeys.contains(taint.key) || noSchedule.contains(taint.key)
            case "NoExecute": !noExecuteKeys.contains(taint.key) || noExecute == taint.key
            default: true
            }
        }
        for key in noSchedule.sorted() where !taints.contains(where: { $0.key == key && $0.effect == "NoSchedule" }) {
            taints.append(taint(key, "NoSchedule", now))
        }
        if let noExecute, !taints.contains(where: { $0.key == noExecute && $0.effect == "NoExecute" }) {
            taints.append(taint(noExecute, "NoExecute", now))
        }
        return taints
    }

    private static func taint(_ key: String, _ effect: String, _ now: Timestamp) -> Taint {
        var taint = Taint()
        taint.key = key
        taint.effect = effect
        taint.timeAdded = now
        return taint
    }
}
