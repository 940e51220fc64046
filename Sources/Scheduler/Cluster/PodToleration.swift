import KubeAPI

/// A node's taint.
package struct NodeTaint: Hashable, Sendable {
    package enum Effect: Hashable, Sendable {
        case noSchedule
        case preferNoSchedule
        case noExecute
        case other
    }

    package let key: String
    package let value: String
    package let effect: Effect

    package init(key: String, value: String = "", effect: Effect) {
        self.key = key
        self.value = value
        self.effect = effect
    }

    init(_ taint: Taint) {
        self.init(key: taint.key, value: taint.value ?? "", effect: Self.effect(taint.effect))
    }

    /// Pods without toleration must not come.
    var isHard: Bool { effect == .noSchedule || effect == .noExecute }

    static func effect(_ name: String) -> Effect {
        switch name {
        case "NoSchedule": .noSchedule
        case "PreferNoSchedule": .preferNoSchedule
        case "NoExecute": .noExecute
        default: .other
        }
    }
}

/// Which taints a pod bears (KEP-166, comparisons of KEP-5471).
package struct PodToleration: Hashable, Sendable {
    package let key: String
    package let operation: String
    package let value: String
    /// `nil` for every effect.
    package let effect: NodeTaint.Effect?

    package init(_ toleration: Toleration) {
        key = toleration.key ?? ""
        operation = toleration.operator ?? "Equal"
        value = toleration.value ?? ""
        let effect = toleration.effect ?? ""
        self.effect = effect.isEmpty ? nil : NodeTaint.effect(effect)
    }

    package func tolerates(_ taint: NodeTaint) -> Bool {
        if let effect, effect != taint.effect { return false }
        guard key.isEmpty || key == taint.key else { return false }
        switch operation {
        case "Exists": return true
        case "Lt", "Gt":
            guard let bound = Int64(value), let actual = Int64(taint.value) else { return false }
            return operation == "Lt" ? actual < bound : actual > bound
        default: return value == taint.value
        }
    }
}

extension Collection<PodToleration> {
    package func tolerate(_ taint: NodeTaint) -> Bool { contains { $0.tolerates(taint) } }
}
