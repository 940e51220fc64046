import Client
import KubeAPI
import Machinery

/// A pod that was not placed, and why.
struct PodReport: Sendable {
    let pod: PodInfo
    /// Of the condition `PodScheduled`.
    let reason: String
    let message: String
    /// The node on which room is being made; empty when none is any more, `nil` when nothing is new about that.
    let nominatedNode: String?
}

/// Writes into pods' status why they wait.
struct PodReportWriter: Sendable {
    let client: Client
    let pods: Informer<Pod>
    let clock: any WallClock
    let log: FailureLog

    /// Only what is news is written.
    func write(_ report: PodReport) async {
        guard let pod = pods.get(report.pod.key), pod.uid == report.pod.uid, (pod.spec.nodeName ?? "").isEmpty else {
            return
        }
        var status: JSONObject = [:]
        let current = pod.status.conditions.first { $0.type == "PodScheduled" }
        let isKnown =
            current?.status == "False" && current?.reason == report.reason && current?.message == report.message
        if !isKnown {
            var condition = PodCondition()
            condition.type = "PodScheduled"
            condition.status = "False"
            condition.reason = report.reason
            condition.message = report.message
            condition.observedGeneration = pod.metadata.generation
            condition.lastTransitionTime =
                current?.status == "False" ? current?.lastTransitionTime : clock.now.inSeconds
            status["conditions"] = [.object(condition.json)]
        }
        if let node = report.nominatedNode, pod.status.nominatedNodeName ?? "" != node {
            status["nominatedNodeName"] = node.isEmpty ? .null : .string(node)
        }
        if status.isEmpty { return }
        let patch: JSONObject = ["metadata": ["uid": .string(pod.uid)], "status": .object(status)]
        do {
            try await client.change(Pod.self, report.pod.key, .strategic(.object(patch)), subresource: "status")
        } catch {
            // A pod that is gone or was replaced needs no explanation.
            guard error.reason != .notFound, error.reason != .conflict else { return }
            log.report("scheduler", "status of \(report.pod.key): \(error)")
        }
    }
}
