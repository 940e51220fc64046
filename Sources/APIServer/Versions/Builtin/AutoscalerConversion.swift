import Machinery

/// HorizontalPodAutoscalers: `autoscaling/v1` knows a target for the processor alone, and keeps what else `v2` says in
/// annotations, as Kubernetes does, so that nothing is lost on the way there and back.
package struct AutoscalerConversion: PureVersionConverter {
    package init() {}

    private static let prefix = "autoscaling.alpha.kubernetes.io/"
    private static let metrics = prefix + "metrics"
    private static let currentMetrics = prefix + "current-metrics"
    private static let conditions = prefix + "conditions"
    private static let behavior = prefix + "behavior"
    /// What `v1` clients got when they named no metric.
    private static let defaultUtilization: Int64 = 80

    package func convert(_ object: JSONObject, to target: GroupVersion) throws(StatusError) -> JSONObject {
        guard object.string("apiVersion") != target.apiVersion else { return object }
        var result = object
        result["apiVersion"] = .string(target.apiVersion)
        if target.version == "v1" { Self.downgrade(&result) } else { Self.upgrade(&result) }
        return result
    }

    // MARK: To v1

    private static func downgrade(_ object: inout JSONObject) {
        var annotations = Self.annotations(of: object)
        dropOurs(&annotations)
        if case .object(var spec)? = object["spec"] {
            let metrics = spec["metrics"]?.arrayValue ?? []
            let others = metrics.filter { !isProcessorUtilization($0, "target") }
            if !others.isEmpty { annotations[Self.metrics] = text(.array(others.map(AutoscalerMetricForm.toV1))) }
            if let behavior = spec["behavior"] { annotations[Self.behavior] = text(capitalized(behavior)) }
            spec["targetCPUUtilizationPercentage"] = utilization(metrics, "target")
            spec["metrics"] = nil
            spec["behavior"] = nil
            object["spec"] = .object(spec)
        }
        if case .object(var status)? = object["status"] {
            let metrics = status["currentMetrics"]?.arrayValue ?? []
            if !metrics.isEmpty {
                annotations[currentMetrics] = text(.array(metrics.map(AutoscalerMetricForm.statusToV1)))
            }
            if let conditions = status["conditions"]?.arrayValue, !conditions.isEmpty {
                annotations[Self.conditions] = text(.array(conditions))
            }
            status["currentCPUUtilizationPercentage"] = utilization(metrics, "current")
            status["currentMetrics"] = nil
            status["conditions"] = nil
            if status["currentReplicas"] == nil { status["currentReplicas"] = 0 }
            object["status"] = .object(status)
        }
        setAnnotations(annotations, of: &object)
    }

    // MARK: To v2

    private static func upgrade(_ object: inout JSONObject) {
        var annotations = Self.annotations(of: object)
        if case .object(var spec)? = object["spec"] {
            var metrics = list(annotations[Self.metrics]).map(AutoscalerMetricForm.toV2)
            if let share = spec["targetCPUUtilizationPercentage"]?.intValue {
                metrics.append(processorMetric(share))
            }
            if metrics.isEmpty { metrics = [processorMetric(defaultUtilization)] }
            spec["metrics"] = .array(metrics)
            if let behavior = parsed(annotations[Self.behavior]), case .object(let members) = behavior,
                !members.isEmpty
            {
                spec["behavior"] = uncapitalized(behavior)
            }
            spec["targetCPUUtilizationPercentage"] = nil
            object["spec"] = .object(spec)
        }
        upgradeStatus(&object, annotations)
        dropOurs(&annotations)
        setAnnotations(annotations, of: &object)
    }

    private static func upgradeStatus(_ object: inout JSONObject, _ annotations: JSONObject) {
        guard object["status"] != nil || annotations[currentMetrics] != nil || annotations[conditions] != nil else {
            return
        }
        var status = object["status"]?.objectValue ?? JSONObject()
        let metrics = list(annotations[currentMetrics]).map(AutoscalerMetricForm.statusToV2)
        if !metrics.isEmpty {
            status["currentMetrics"] = .array(metrics)
        } else if let share = status["currentCPUUtilizationPercentage"]?.intValue {
            status["currentMetrics"] = [
                [
                    "type": "Resource",
                    "resource": ["name": "cpu", "current": ["averageUtilization": .int(share)]],
                ]
            ]
        }
        let conditions = list(annotations[Self.conditions])
        if !conditions.isEmpty { status["conditions"] = .array(conditions) }
        status["currentCPUUtilizationPercentage"] = nil
        object["status"] = .object(status)
    }

    private static func processorMetric(_ share: Int64) -> JSON {
        [
            "type": "Resource",
            "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": .int(share)]],
        ]
    }

    private static func isProcessorUtilization(_ metric: JSON, _ member: String) -> Bool {
        metric["type"]?.stringValue == "Resource" && metric["resource"]?["name"]?.stringValue == "cpu"
            && metric["resource"]?[member]?["averageUtilization"] != nil
    }

    private static func utilization(_ metrics: [JSON], _ member: String) -> JSON? {
        metrics.first { isProcessorUtilization($0, member) }?["resource"]?[member]?["averageUtilization"]
    }

    // MARK: Annotations

    private static func annotations(of object: JSONObject) -> JSONObject {
        object["metadata"]?["annotations"]?.objectValue ?? JSONObject()
    }

    private static func dropOurs(_ annotations: inout JSONObject) {
        for key in [metrics, currentMetrics, conditions, behavior] { annotations[key] = nil }
    }

    private static func setAnnotations(_ annotations: JSONObject, of object: inout JSONObject) {
        guard case .object(var metadata)? = object["metadata"] else { return }
        metadata["annotations"] = annotations.isEmpty ? nil : .object(annotations)
        object["metadata"] = .object(metadata)
    }

    private static func text(_ value: JSON) -> JSON {
        .string(String(decoding: value.encoded(), as: UTF8.self))
    }

    /// What an annotation holds; one that clients have broken counts as absent, as in Kubernetes.
    private static func parsed(_ annotation: JSON?) -> JSON? {
        annotation?.stringValue.flatMap { try? JSON(parsing: Array($0.utf8)) }
    }

    private static func list(_ annotation: JSON?) -> [JSON] { parsed(annotation)?.arrayValue ?? [] }

    /// The annotation of the scaling behaviour writes its members with capitals.
    private static func capitalized(_ value: JSON) -> JSON {
        renamed(value) { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    private static func uncapitalized(_ value: JSON) -> JSON {
        renamed(value) { $0.prefix(1).lowercased() + $0.dropFirst() }
    }

    private static func renamed(_ value: JSON, _ rename: (String) -> String) -> JSON {
        switch value {
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.filter { $0.value != .null }.map { (rename($0.key), renamed($0.value, rename)) }))
        case .array(let elements):
            return .array(elements.map { renamed($0, rename) })
        default:
            return value
        }
    }
}
