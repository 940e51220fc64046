import Machinery

/// Node labels that have better names by now.
package enum NodeLabelWarnings {
    private static let texts = [
        "beta.kubernetes.io/arch": "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os": "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region":
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        "failure-domain.beta.kubernetes.io/zone": "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        "beta.kubernetes.io/instance-type":
            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
        "app.kubernetes.io/created-by": "deprecated since v1.9",
        "scheduler.alpha.kubernetes.io/preferAvoidPods":
            "deprecated since v1.22; use Taints and Tolerations instead",
        "node-role.kubernetes.io/master": "use \"node-role.kubernetes.io/control-plane\" instead",
    ]

    /// What is to be said about a label's key; `nil` for those in good standing.
    package static func text(_ key: String) -> String? { texts[key] }

    /// Warnings about a selector of nodes.
    package static func of(_ selector: LabelSelector?, at path: FieldPath) -> [String] {
        guard let selector else { return [] }
        var warnings: [String] = []
        for (index, expression) in selector.matchExpressions.enumerated() {
            guard let text = text(expression.key) else { continue }
            let place = path.child("matchExpressions").index(index).child("key")
            warnings.append("\(place): \(expression.key) is \(text)")
        }
        for key in selector.matchLabels.keys.sorted() {
            guard let text = text(key) else { continue }
            warnings.append("\(path.child("matchLabels", key)): \(text)")
        }
        return warnings
    }
}
