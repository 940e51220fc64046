import KubeAPI
import Machinery

/// What controllers ask of a pod. Reads the tree directly where loops over many pods do.
extension Pod {
    var phase: String { json["status"]?["phase"]?.stringValue ?? "" }
    var nodeName: String { json["spec"]?["nodeName"]?.stringValue ?? "" }
    var isSucceeded: Bool { phase == "Succeeded" }
    var isFailed: Bool { phase == "Failed" }
    /// Its containers ended for good.
    var isTerminal: Bool { isSucceeded || isFailed }
    /// Counts as one of the replicas asked for.
    var isActive: Bool { !isTerminal && !isBeingDeleted }

    func condition(_ type: String) -> PodCondition? {
        guard case .array(let conditions)? = json["status"]?["conditions"] else { return nil }
        for case .object(let condition) in conditions where condition.string("type") == type {
            return PodCondition(json: condition)
        }
        return nil
    }

    var isReady: Bool { condition("Ready")?.status == "True" }

    /// Since when the pod is ready; `nil` while it is not.
    var readySince: Timestamp? {
        guard let ready = condition("Ready"), ready.status == "True" else { return nil }
        return ready.lastTransitionTime
    }

    /// Ready for as long as the owner wants it to be.
    func isAvailable(minReadySeconds: Int32, now: Timestamp) -> Bool {
        guard isReady else { return false }
        guard minReadySeconds > 0 else { return true }
        guard let since = readySince else { return false }
        return since + .seconds(Int64(minReadySeconds)) <= now
    }

    /// How long until a ready pod becomes available; `nil` when it is, or is not ready.
    func untilAvailable(minReadySeconds: Int32, now: Timestamp) -> Duration? {
        guard minReadySeconds > 0, let since = readySince else { return nil }
        let left = since + .seconds(Int64(minReadySeconds)) - now
        return left > .zero ? left : nil
    }

    /// The highest restart count of its containers.
    var maximumRestarts: Int32 {
        (status.containerStatuses + status.initContainerStatuses).map(\.restartCount).max() ?? 0
    }
}
