import Client
import KubeAPI
import Machinery

/// The difference between the status the API has and the one it should have, as a strategic merge patch.
package enum PodStatusPatch {
    /// The members the node is the author of.
    private static let owned = [
        "containerStatuses", "ephemeralContainerStatuses", "hostIP", "hostIPs", "initContainerStatuses", "message",
        "observedGeneration", "phase", "podIP", "podIPs", "qosClass", "reason", "startTime",
    ]
    /// Lists that the server would merge instead of replace.
    private static let merged: Set<String> = ["hostIPs", "podIPs"]

    /// `nil` when there is nothing to change.
    package static func patch(from current: PodStatus, to wanted: PodStatus, uid: String) -> ObjectPatch? {
        var changes = JSONObject()
        for key in owned {
            let old = current.json[key]
            let new = wanted.json[key]
            guard old != new else { continue }
            if merged.contains(key), case .array(let elements)? = new, old != nil {
                changes[key] = .array(elements + [["$patch": "replace"]])
            } else {
                changes[key] = new ?? .null
            }
        }
        let conditions = wanted.conditions.filter { condition in
            current.conditions.first { $0.type == condition.type } != condition
        }
        if !conditions.isEmpty {
            changes["conditions"] = .array(
                conditions.map { condition in
                    var json = condition.json
                    let old = current.conditions.first { $0.type == condition.type }
                    for key in ["reason", "message"] where old?.json[key] != nil && json[key] == nil {
                        json[key] = .null
                    }
                    return .object(json)
                })
        }
        guard !changes.isEmpty else { return nil }
        return .strategic(["metadata": ["uid": .string(uid)], "status": .object(changes)])
    }
}
