import Client
import KubeAPI
import Machinery

extension ReplicaSetController {
    /// Creates what is missing or deletes what is too much.
    func scale(_ replicaSet: ReplicaSet, active: [Pod]) async -> ScalingFailure? {
        let missing = replicaSet.replicas - active.count
        if missing > 0 { return await create(min(missing, SlowStart.burst), for: replicaSet) }
        if missing < 0 { return await delete(min(-missing, SlowStart.burst), of: active, for: replicaSet) }
        return nil
    }

    private func create(_ count: Int, for replicaSet: ReplicaSet) async -> ScalingFailure? {
        let template = replicaSet.spec.template ?? PodTemplateSpec()
        let outcome = await SlowStart.run(Array(0..<count)) { (_) async throws(StatusError) -> Bool in
            try await writer.create(PodWriter.pod(from: template, owner: replicaSet), owner: replicaSet)
        }
        return outcome.firstError.map { ScalingFailure(action: .create, error: $0) }
    }

    private func delete(_ count: Int, of active: [Pod], for replicaSet: ReplicaSet) async -> ScalingFailure? {
        let victims = PodRanking.order(active, related: relatedPods(of: replicaSet), now: context.now).prefix(count)
        let outcome = await SlowStart.run(Array(victims)) { (pod) async throws(StatusError) -> Bool in
            try await writer.delete(pod, owner: replicaSet)
            return true
        }
        return outcome.firstError.map { ScalingFailure(action: .delete, error: $0) }
    }

    /// The active pods of all ReplicaSets with the same controller: a Deployment spreads as a whole.
    private func relatedPods(of replicaSet: ReplicaSet) -> [Pod] {
        var sets = [replicaSet]
        if let owner = replicaSet.controllerOwner { sets = OwnerIndex.children(ofUID: owner.uid, in: replicaSets) }
        return sets.flatMap { OwnerIndex.children(of: $0, in: pods) }.filter(\.isActive)
    }
}
