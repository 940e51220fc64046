import KubeAPI
import Machinery

extension Pod {
    /// Whether the pod asks for no CPU and memory and limits none: the quality of service `BestEffort`.
    package var isBestEffort: Bool {
        if let known = status.qosClass, !known.isEmpty { return known == "BestEffort" }
        let all = (spec.initContainers + spec.containers).compactMap(\.resources) + [spec.resources].compactMap { $0 }
        return !all.contains { resources in
            [resources.requests, resources.limits].contains { amounts in
                ["cpu", "memory"].contains { amounts[$0].map { $0 > .zero } ?? false }
            }
        }
    }

    /// Whether the pod ends by itself, at a deadline.
    var endsAtDeadline: Bool { (spec.activeDeadlineSeconds ?? -1) >= 0 }
}
