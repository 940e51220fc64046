import KubeAPI
import Machinery

/// Pods: defaults, the states they begin in, how long they may take to end.
struct PodStrategy: Strategy {
    func applyDefaults(_ pod: inout Pod) {
        guard pod.json["spec"] != nil else { return }
        PodSpecDefaults.apply(to: &pod.spec)
        PodSpecDefaults.applyToPod(&pod.spec)
    }

    func prepareForCreate(_ pod: inout Pod) {
        var status = PodStatus()
        status.phase = "Pending"
        status.qosClass = QualityOfService.of(pod.spec)
        if !pod.spec.schedulingGates.isEmpty {
            var condition = PodCondition()
            condition.type = "PodScheduled"
            condition.status = "False"
            condition.reason = "SchedulingGated"
            condition.message = "Scheduling is blocked due to non-empty scheduling gates"
            status.conditions = [condition]
        }
        pod.json["status"] = .object(status.json)
    }

    func validate(_ pod: Pod) -> [FieldError] { PodValidation.validate(pod) }

    func validateUpdate(_ pod: Pod, from old: Pod) -> [FieldError] { PodValidation.validateUpdate(pod, from: old) }

    func prepareForStatusUpdate(_ pod: inout Pod, from old: Pod) {
        restoreAllButStatus(&pod, from: old)
        // Given once, at creation.
        pod.json["status"]?.setMember("qosClass", old.json["status"]?["qosClass"])
    }

    func warnings(for pod: Pod, from old: Pod?) -> [String] {
        // Updates cannot change what is warned of.
        old == nil ? PodWarnings.of(pod.spec, at: FieldPath("spec")) : []
    }

    func gracePeriodSeconds(_ pod: Pod, requested: Int64?) -> Int64? {
        // Nothing runs yet, or nothing does any more.
        if (pod.spec.nodeName ?? "").isEmpty { return 0 }
        if pod.status.phase == "Failed" || pod.status.phase == "Succeeded" { return 0 }
        let seconds = requested ?? pod.spec.terminationGracePeriodSeconds ?? 0
        return seconds < 0 ? 1 : seconds
    }

    var returnsDeletedObject: Bool { true }

    var selectableFieldNames: [String] {
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
            "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
        ]
    }

    func selectableFields(_ pod: Pod) -> [(name: String, value: String)] {
        let spec = pod.json["spec"]
        let status = pod.json["status"]
        return [
            ("spec.nodeName", spec?["nodeName"]?.stringValue ?? ""),
            ("spec.restartPolicy", spec?["restartPolicy"]?.stringValue ?? ""),
            ("spec.schedulerName", spec?["schedulerName"]?.stringValue ?? ""),
            ("spec.serviceAccountName", spec?["serviceAccountName"]?.stringValue ?? ""),
            ("spec.hostNetwork", spec?["hostNetwork"]?.boolValue == true ? "true" : "false"),
            ("status.phase", status?["phase"]?.stringValue ?? ""),
            ("status.podIP", status?["podIP"]?.stringValue ?? ""),
            ("status.podIPs", status?["podIP"]?.stringValue ?? ""),
            ("status.nominatedNodeName", status?["nominatedNodeName"]?.stringValue ?? ""),
        ]
    }

    var columns: [TableColumn] { PodCells.columns }
    func cells(_ pod: Pod, now: Timestamp) -> [JSON] { PodCells(pod, now: now).cells }
}
