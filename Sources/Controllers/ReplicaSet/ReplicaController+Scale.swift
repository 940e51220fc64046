import Client
import KubeAPI
import Machinery

extension ReplicaController {
    /// Creates what is missing or deletes what is too much.
    func scale(_ workload: Workload, active: [Pod]) async -> ScalingFailure? {
        let missing = workload.replicas - active.count
        if missing > 0 { return await create(min(missing, SlowStart.burst), for: workload) }
        if missing < 0 { return await delete(min(-missing, SlowStart.burst), of: active, for: workload) }
        return nil
    }

    private func create(_ count: Int, for workload: Workload) async -> ScalingFailure? {
        let template = workload.podTemplate
        let outcome = await SlowStart.run(Array(0..<count)) { (_) async throws(StatusError) -> Bool in
            try await writer.create(PodWriter.pod(from: template, owner: workload), owner: workload)
        }
        return outcome.firstError.map { ScalingFailure(action: .create, error: $0) }
    }

    private func delete(_ count: Int, of active: [Pod], for workload: Workload) async -> ScalingFailure? {
        let victims = PodRanking.order(active, related: relatedPods(of: workload), now: context.now).prefix(count)
        let outcome = await SlowStart.run(Array(victims)) { (pod) async throws(StatusError) -> Bool in
            try await writer.delete(pod, owner: workload)
            return true
        }
        return outcome.firstError.map { ScalingFailure(action: .delete, error: $0) }
    }

    /// The active pods of all workloads with the same controller: a Deployment spreads as a whole.
    private func relatedPods(of workload: Workload) -> [Pod] {
        var siblings = [workload]
        if let owner = workload.controllerOwner { siblings = OwnerIndex.children(ofUID: owner.uid, in: workloads) }
        return siblings.flatMap { OwnerIndex.children(of: $0, in: pods) }.filter(\.isActive)
    }
}
