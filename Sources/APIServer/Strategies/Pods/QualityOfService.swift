import KubeAPI
import Machinery

/// The class that decides which pods a node gives up first when it runs short.
enum QualityOfService {
    private static let counted = ["cpu", "memory"]

    /// `BestEffort` asks for nothing, `Guaranteed` for as much as its limits in every container; `Burstable` is the
    /// rest.
    static func of(_ spec: PodSpec) -> String {
        let containers = spec.initContainers + spec.containers
        var asks = false
        var isGuaranteed = true
        for container in containers {
            let requests = container.json["resources"]?["requests"]?.objectValue ?? JSONObject()
            let limits = container.json["resources"]?["limits"]?.objectValue ?? JSONObject()
            for name in counted {
                let request = requests.quantity(name).flatMap { $0.isZero ? nil : $0 }
                let limit = limits.quantity(name).flatMap { $0.isZero ? nil : $0 }
                if request != nil || limit != nil { asks = true }
                guard let limit else {
                    isGuaranteed = false
                    continue
                }
                if let request, request != limit { isGuaranteed = false }
            }
        }
        if !asks { return "BestEffort" }
        return isGuaranteed ? "Guaranteed" : "Burstable"
    }
}
