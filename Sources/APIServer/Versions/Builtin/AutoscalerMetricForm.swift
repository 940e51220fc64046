import Machinery

/// One metric of an autoscaler in the flat form of `autoscaling/v1`'s annotations and the nested form of `v2`.
enum AutoscalerMetricForm {
    private typealias Members = [(from: [String], to: [String])]

    /// Where each value stands: the path in `v2` and the one in `v1`.
    private static let sources: [String: [(v2: [String], v1: [String])]] = [
        "object": [
            (["describedObject"], ["target"]), (["metric", "name"], ["metricName"]),
            (["metric", "selector"], ["selector"]), (["target", "value"], ["targetValue"]),
            (["target", "averageValue"], ["averageValue"]),
        ],
        "pods": [
            (["metric", "name"], ["metricName"]), (["metric", "selector"], ["selector"]),
            (["target", "averageValue"], ["targetAverageValue"]),
        ],
        "resource": [
            (["name"], ["name"]), (["target", "averageUtilization"], ["targetAverageUtilization"]),
            (["target", "averageValue"], ["targetAverageValue"]),
        ],
        "containerResource": [
            (["name"], ["name"]), (["container"], ["container"]),
            (["target", "averageUtilization"], ["targetAverageUtilization"]),
            (["target", "averageValue"], ["targetAverageValue"]),
        ],
        "external": [
            (["metric", "name"], ["metricName"]), (["metric", "selector"], ["metricSelector"]),
            (["target", "value"], ["targetValue"]), (["target", "averageValue"], ["targetAverageValue"]),
        ],
    ]

    private static let statuses: [String: [(v2: [String], v1: [String])]] = [
        "object": [
            (["describedObject"], ["target"]), (["metric", "name"], ["metricName"]),
            (["metric", "selector"], ["selector"]), (["current", "value"], ["currentValue"]),
            (["current", "averageValue"], ["averageValue"]),
        ],
        "pods": [
            (["metric", "name"], ["metricName"]), (["metric", "selector"], ["selector"]),
            (["current", "averageValue"], ["currentAverageValue"]),
        ],
        "resource": [
            (["name"], ["name"]), (["current", "averageUtilization"], ["currentAverageUtilization"]),
            (["current", "averageValue"], ["currentAverageValue"]),
        ],
        "containerResource": [
            (["name"], ["name"]), (["container"], ["container"]),
            (["current", "averageUtilization"], ["currentAverageUtilization"]),
            (["current", "averageValue"], ["currentAverageValue"]),
        ],
        "external": [
            (["metric", "name"], ["metricName"]), (["metric", "selector"], ["metricSelector"]),
            (["current", "value"], ["currentValue"]), (["current", "averageValue"], ["currentAverageValue"]),
        ],
    ]

    static func toV1(_ metric: JSON) -> JSON { moved(metric) { sources[$0]?.map { ($0.v2, $0.v1) } } }
    static func statusToV1(_ metric: JSON) -> JSON { moved(metric) { statuses[$0]?.map { ($0.v2, $0.v1) } } }
    static func statusToV2(_ metric: JSON) -> JSON { moved(metric) { statuses[$0]?.map { ($0.v1, $0.v2) } } }

    static func toV2(_ metric: JSON) -> JSON {
        guard case .object(var result) = moved(metric, { sources[$0]?.map { ($0.v1, $0.v2) } }) else { return metric }
        // The kind of target was told by which value was there.
        for (name, value) in result where sources[name] != nil {
            guard case .object(var source) = value, case .object(var target)? = source["target"] else { continue }
            let isZero = target["value"]?.stringValue == "0"
            if name == "object", isZero, target["averageValue"] != nil { target["value"] = nil }
            let type =
                target["averageUtilization"] != nil
                ? "Utilization" : target["value"] != nil && target["averageValue"] == nil ? "Value" : "AverageValue"
            target["type"] = .string(name == "external" && target["value"] != nil ? "Value" : type)
            source["target"] = .object(target)
            result[name] = .object(source)
        }
        return .object(result)
    }

    private static func moved(_ metric: JSON, _ places: (String) -> Members?) -> JSON {
        guard case .object(let object) = metric else { return metric }
        var result = JSONObject()
        for (name, value) in object {
            guard let members = places(name), case .object = value else {
                result[name] = value
                continue
            }
            var moved = JSONObject()
            for (from, to) in members {
                if let found = from.reduce(Optional(value), { $0?[$1] }) { set(found, at: to[...], in: &moved) }
            }
            result[name] = .object(moved)
        }
        return .object(result)
    }

    private static func set(_ value: JSON, at path: ArraySlice<String>, in object: inout JSONObject) {
        guard let first = path.first else { return }
        if path.count == 1 {
            object[first] = value
            return
        }
        var inner = object[first]?.objectValue ?? JSONObject()
        set(value, at: path.dropFirst(), in: &inner)
        object[first] = .object(inner)
    }
}
