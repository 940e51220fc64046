import Client
import KubeAPI
import Machinery

extension ResourceClaimController {
    /// Strikes off consumers that are done; a claim without any gives back its devices, and one that was made for a pod
    /// that is done goes.
    func free(_ claim: ResourceResourceClaim) async throws {
        var remaining: [ResourceClaimConsumerReference] = []
        for consumer in claim.status.reservedFor where try await isAlive(consumer, claim.namespace) {
            remaining.append(consumer)
        }
        let isGuarded = claim.metadata.finalizers.contains(Self.finalizer)
        var current = claim
        if remaining.count < claim.status.reservedFor.count {
            current.status.reservedFor = remaining
            if remaining.isEmpty, isGuarded { current.status.allocation = nil }
            current = try await context.client.updateStatus(current)
            if isGuarded, current.status.allocation == nil {
                try await Finalizers.remove(Self.finalizer, from: current, context.client)
                // The change brings the claim here again.
                return
            }
        } else if isGuarded, claim.isBeingDeleted, remaining.isEmpty {
            if claim.status.allocation != nil {
                current.status.allocation = nil
                current = try await context.client.updateStatus(current)
            }
            return try await Finalizers.remove(Self.finalizer, from: current, context.client)
        }
        if remaining.isEmpty { try await deleteUnused(current) }
    }

    private func isAlive(_ consumer: ResourceClaimConsumerReference, _ namespace: String) async throws(StatusError)
        -> Bool
    {
        // Who else may reserve claims frees them, too.
        guard consumer.resource == "pods", (consumer.apiGroup ?? "").isEmpty else { return true }
        let key = ObjectKey(namespace: namespace, name: consumer.name)
        if let pod = pods.get(key) { return pod.uid == consumer.uid && !PodClaims.isDone(pod) }
        // The copy may be behind: devices that are in use must not be given to others.
        do throws(StatusError) {
            return try await context.client.get(Pod.self, key).uid == consumer.uid
        } catch {
            if error.isNotFound { return false }
            throw error
        }
    }

    private func deleteUnused(_ claim: ResourceResourceClaim) async throws(StatusError) {
        guard let owner = PodClaims.owner(of: claim), !claim.isBeingDeleted,
            let pod = pods.get(ObjectKey(namespace: claim.namespace, name: owner.name)),
            pod.uid != owner.uid || PodClaims.isDone(pod)
        else { return }
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = claim.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await context.client.delete(ResourceResourceClaim.self, claim.key, options)
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}
