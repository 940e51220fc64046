import Client
import KubeAPI
import Machinery

extension ReplicaController {
    func updateStatus(
        of workload: Workload, active: [Pod], terminating: Int, failure: ScalingFailure?
    ) async throws(StatusError) {
        var updated = workload
        updated.replicaStatus = status(of: workload, active: active, terminating: terminating, failure: failure)
        guard updated.replicaStatus != workload.replicaStatus else { return }
        do throws(StatusError) {
            _ = try await context.client.updateStatus(updated)
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    func status(
        of workload: Workload, active: [Pod], terminating: Int, failure: ScalingFailure?
    ) -> ReplicaSetStatus {
        let now = context.now
        let templateLabels = workload.podTemplate.metadata.labels
        let minReadySeconds = workload.minReadySeconds
        var labelled: Int32 = 0
        var ready: Int32 = 0
        var available: Int32 = 0
        for pod in active {
            let labels = pod.json["metadata"]?["labels"]?.objectValue ?? JSONObject()
            if templateLabels.allSatisfy({ labels.string($0.key) == $0.value }) { labelled += 1 }
            guard pod.isReady else { continue }
            ready += 1
            if pod.isAvailable(minReadySeconds: minReadySeconds, now: now) { available += 1 }
        }
        var status = workload.replicaStatus
        status.replicas = Int32(clamping: active.count)
        status.fullyLabeledReplicas = labelled == 0 ? nil : labelled
        status.readyReplicas = ready == 0 ? nil : ready
        status.availableReplicas = available == 0 ? nil : available
        status.terminatingReplicas = Int32(clamping: terminating)
        status.observedGeneration = workload.metadata.generation
        status.conditions = conditions(status.conditions, failure: failure)
        return status
    }

    private func conditions(_ present: [ReplicaSetCondition], failure: ScalingFailure?) -> [ReplicaSetCondition] {
        var others = present.filter { $0.type != "ReplicaFailure" }
        guard let failure else { return others }
        if let known = present.first(where: { $0.type == "ReplicaFailure" }), known.reason == failure.action.rawValue {
            return present
        }
        var condition = ReplicaSetCondition()
        condition.type = "ReplicaFailure"
        condition.status = "True"
        condition.lastTransitionTime = context.now
        condition.reason = failure.action.rawValue
        condition.message = failure.error.message
        others.append(condition)
        return others
    }
}
