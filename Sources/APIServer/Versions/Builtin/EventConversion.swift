import Machinery

/// Events: `v1` as they are stored, `events.k8s.io/v1` with other names for the same members.
struct EventConversion: PureVersionConverter {
    /// Members by their name in `v1` and in `events.k8s.io/v1`.
    private static let names = [
        ("involvedObject", "regarding"), ("message", "note"), ("reportingComponent", "reportingController"),
        ("source", "deprecatedSource"), ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
    ]
    private static let toCore = Dictionary(names.map { ($0.1, $0.0) }) { first, _ in first }
    private static let toEvents = Dictionary(names) { first, _ in first }

    func convert(_ object: JSONObject, to target: GroupVersion) throws(StatusError) -> JSONObject {
        let renamed = target.group.isEmpty ? Self.toCore : Self.toEvents
        var result = JSONObject(object.members.map { (renamed[$0.key] ?? $0.key, $0.value) })
        result["apiVersion"] = .string(target.apiVersion)
        return result
    }
}
