import KubeAPI
import Machinery

/// Which tolerations answer which taints (KEP-166).
package enum Tolerations {
    package static func tolerate(_ taint: Taint, _ tolerations: [Toleration]) -> Bool {
        tolerations.contains { matches($0, taint) }
    }

    private static func matches(_ toleration: Toleration, _ taint: Taint) -> Bool {
        let key = toleration.key ?? ""
        let effect = toleration.effect ?? ""
        guard effect.isEmpty || effect == taint.effect, key.isEmpty || key == taint.key else { return false }
        switch toleration.operator ?? "Equal" {
        case "Exists": return true
        case "Lt", "Gt":
            guard let wanted = Int64(toleration.value ?? ""), let actual = Int64(taint.value ?? "") else {
                return false
            }
            return toleration.operator == "Lt" ? actual < wanted : actual > wanted
        default: return !key.isEmpty && (toleration.value ?? "") == (taint.value ?? "")
        }
    }
}

/// Keeps pods off nodes whose taints they do not tolerate, and prefers nodes with fewer soft ones.
struct TaintToleration: FilterPlugin, ScorePlugin {
    let name = "TaintToleration"
    let looksAtOwnLabels = false
    let weight: Int64 = 3

    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus {
        let tolerations = pod.pod.spec.tolerations
        let untolerated = node.taints.first { taint in
            (taint.effect == "NoSchedule" || taint.effect == "NoExecute")
                && !Tolerations.tolerate(taint, tolerations)
        }
        guard let taint = untolerated else { return .success }
        let value = taint.value ?? ""
        return .unresolvable(["node(s) had untolerated taint {\(taint.key): \(value)}"])
    }

    func score(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> Int64 {
        let tolerations = pod.pod.spec.tolerations.filter {
            ($0.effect ?? "").isEmpty || $0.effect == "PreferNoSchedule"
        }
        return Int64(
            node.taints.filter { $0.effect == "PreferNoSchedule" && !Tolerations.tolerate($0, tolerations) }.count)
    }

    /// Fewer is better.
    func normalize(_ scores: inout [Int64]) {
        let most = scores.max() ?? 0
        for index in scores.indices {
            scores[index] = most == 0 ? maximumNodeScore : maximumNodeScore - scores[index] * maximumNodeScore / most
        }
    }
}
