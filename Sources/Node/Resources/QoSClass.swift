import KubeAPI
import Machinery

/// How a pod stands when memory or CPU gets scarce, by its requests and limits.
package enum QoSClass: String, Sendable {
    case guaranteed = "Guaranteed"
    case burstable = "Burstable"
    case bestEffort = "BestEffort"

    /// The class the API server noted, or the one that follows from the specification.
    package init(_ pod: Pod) {
        if let noted = pod.status.qosClass, let known = QoSClass(rawValue: noted) {
            self = known
            return
        }
        self.init(requirements: (pod.spec.initContainers + pod.spec.containers).map { $0.resources ?? .init() })
    }

    init(requirements: [ResourceRequirements]) {
        let names = ["cpu", "memory"]
        var hasAny = false
        var isGuaranteed = !requirements.isEmpty
        for requirement in requirements {
            for name in names {
                let request = requirement.requests[name].flatMap { $0.isZero ? nil : $0 }
                let limit = requirement.limits[name].flatMap { $0.isZero ? nil : $0 }
                if request != nil || limit != nil { hasAny = true }
                guard let limit else {
                    isGuaranteed = false
                    continue
                }
                if let request, request != limit { isGuaranteed = false }
            }
        }
        self = !hasAny ? .bestEffort : isGuaranteed ? .guaranteed : .burstable
    }
}
