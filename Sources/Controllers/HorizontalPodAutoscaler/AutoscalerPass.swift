import KubeAPI
import Machinery

/// One look at an autoscaler: the status that comes of it.
struct AutoscalerPass: Sendable {
    let autoscaler: HorizontalPodAutoscaler
    let now: Timestamp
    /// With the new status.
    var updated: HorizontalPodAutoscaler

    init(autoscaler: HorizontalPodAutoscaler, now: Timestamp) {
        self.autoscaler = autoscaler
        self.now = now
        updated = autoscaler
    }

    var spec: HorizontalPodAutoscalerSpec { autoscaler.spec }
    var minimum: Int32 { spec.minReplicas ?? 1 }

    /// As log lines and errors name what is scaled.
    var target: String { "\(spec.scaleTargetRef.kind)/\(autoscaler.namespace)/\(spec.scaleTargetRef.name)" }

    mutating func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) {
        let status = isTrue ? "True" : "False"
        var conditions = updated.status.conditions
        let index = conditions.firstIndex { $0.type == type }
        var condition = index.map { conditions[$0] } ?? HorizontalPodAutoscalerCondition()
        if condition.status != status { condition.lastTransitionTime = now.inSeconds }
        condition.type = type
        condition.status = status
        condition.reason = reason
        condition.message = message
        if let index { conditions[index] = condition } else { conditions.append(condition) }
        updated.status.conditions = conditions
    }

    mutating func remove(_ type: String) {
        updated.status.conditions.removeAll { $0.type == type }
    }

    func has(_ type: String) -> Bool {
        autoscaler.status.conditions.contains { $0.type == type && $0.status == "True" }
    }

    /// - Parameter desired: `nil` leaves what was last desired.
    mutating func setCounts(current: Int32, desired: Int32?, _ metrics: [MetricStatus]) {
        var status = updated.status
        status.currentReplicas = current
        status.desiredReplicas = desired ?? status.desiredReplicas
        status.currentMetrics = metrics
        updated.status = status
    }
}
