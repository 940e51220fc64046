import KubeAPI
import Machinery

/// HorizontalPodAutoscalers: stored as `autoscaling/v2`, served as `v1` as well.
struct HorizontalPodAutoscalerStrategy: Strategy {
    private static let defaultMetrics: JSON = [
        [
            "type": "Resource",
            "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
        ]
    ]
    private static let scaleUp: JSONObject = [
        "stabilizationWindowSeconds": 0, "selectPolicy": "Max",
        "policies": [
            ["type": "Pods", "value": 4, "periodSeconds": 15], ["type": "Percent", "value": 100, "periodSeconds": 15],
        ],
    ]
    private static let scaleDown: JSONObject = [
        "selectPolicy": "Max", "policies": [["type": "Percent", "value": 100, "periodSeconds": 15]],
    ]

    func applyDefaults(_ autoscaler: inout HorizontalPodAutoscaler) {
        guard autoscaler.json["spec"] != nil else { return }
        if autoscaler.spec.minReplicas == nil { autoscaler.spec.minReplicas = 1 }
        if autoscaler.spec.metrics.isEmpty { autoscaler.spec.json["metrics"] = Self.defaultMetrics }
        guard case .object(var behavior)? = autoscaler.spec.json["behavior"] else { return }
        // Who says something of one direction gets the rest spelled out.
        for (name, rules) in [("scaleUp", Self.scaleUp), ("scaleDown", Self.scaleDown)] {
            var given = behavior[name]?.objectValue ?? JSONObject()
            for member in rules.members where given[member.key] == nil { given[member.key] = member.value }
            behavior[name] = .object(given)
        }
        autoscaler.spec.json["behavior"] = .object(behavior)
    }

    func prepareForCreate(_ autoscaler: inout HorizontalPodAutoscaler) {
        autoscaler.json["status"] = ["desiredReplicas": 0, "currentMetrics": .null]
        autoscaler.status.json["currentMetrics"] = nil
    }

    func validate(_ autoscaler: HorizontalPodAutoscaler) -> [FieldError] {
        AutoscalerValidation.validate(autoscaler)
    }
    func validateStatusUpdate(
        _ autoscaler: HorizontalPodAutoscaler, from old: HorizontalPodAutoscaler
    ) -> [FieldError] {
        AutoscalerValidation.validateStatus(autoscaler)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Reference", description: "What it scales."),
            TableColumn("Targets", description: "What it looks at, now and as it should be."),
            TableColumn("MinPods", description: "The least number of pods."),
            TableColumn("MaxPods", description: "The greatest number of pods."),
            TableColumn("Replicas", description: "Pods that there are."), .age,
        ]
    }

    func cells(_ autoscaler: HorizontalPodAutoscaler, now: Timestamp) -> [JSON] {
        let (spec, status) = (autoscaler.spec, autoscaler.status)
        return [
            .string(autoscaler.name), .string("\(spec.scaleTargetRef.kind)/\(spec.scaleTargetRef.name)"),
            .string(AutoscalerCells.metrics(spec.metrics, status.currentMetrics)),
            .string(spec.minReplicas.map(String.init) ?? "<unset>"), .int(Int64(spec.maxReplicas)),
            .int(Int64(status.currentReplicas ?? 0)), TableCell.age(autoscaler.metadata.creationTimestamp, now: now),
        ]
    }
}

/// What autoscalers look at: `cpu: 30%/80%, 12/50 + 1 more...`.
enum AutoscalerCells {
    private static let shown = 2

    static func metrics(_ specs: [MetricSpec], _ statuses: [MetricStatus]) -> String {
        if specs.isEmpty { return "<none>" }
        let texts = specs.enumerated().prefix(shown).map { index, spec in
            text(spec, statuses.indices.contains(index) ? statuses[index] : nil)
        }
        let list = texts.joined(separator: ", ")
        return specs.count > shown ? "\(list) + \(specs.count - shown) more..." : list
    }

    private static func text(_ spec: MetricSpec, _ status: MetricStatus?) -> String {
        let member = spec.type.prefix(1).lowercased() + spec.type.dropFirst()
        guard ["external", "pods", "object", "resource", "containerResource"].contains(member) else {
            return "<unknown type>"
        }
        let source = spec.json[member]
        let target = source?["target"]
        let current = status?.json[member]?["current"]
        func amount(_ value: JSON?) -> String? { value.flatMap(Quantity.init(json:))?.description }
        let isResource = member == "resource" || member == "containerResource"
        let name = isResource ? "\(source?["name"]?.stringValue ?? ""): " : ""
        if let average = amount(target?["averageValue"]) {
            let suffix = isResource || member == "pods" ? "" : " (avg)"
            return "\(name)\(amount(current?["averageValue"]) ?? "<unknown>")/\(average)\(suffix)"
        }
        if isResource {
            func percent(_ value: JSON?) -> String? { value?.intValue.map { "\($0)%" } }
            return "\(name)\(percent(current?["averageUtilization"]) ?? "<unknown>")/"
                + (percent(target?["averageUtilization"]) ?? "<auto>")
        }
        return "\(amount(current?["value"]) ?? "<unknown>")/\(amount(target?["value"]) ?? "0")"
    }
}
