import Client
import KubeAPI
import Machinery

extension StatefulSetController {
    /// Whether a claim of the ordinal is about to be deleted with the pod before.
    func isWaitingForClaims(_ pod: Pod, _ pass: StatefulSetPass) -> Bool {
        let ownership = ClaimOwnership(set: pass.set, pod: pod)
        return present(pod, pass).contains { ownership.isLeaving($0) }
    }

    /// Creates what the pod's ordinal lacks, and has all of it owned as the retention policy says.
    func makeClaims(for pod: Pod, _ pass: StatefulSetPass) async throws(StatusError) {
        guard let ordinal = pass.set.ordinal(of: pod) else { return }
        var failure: StatusError?
        for claim in pass.pods.claims(ordinal) {
            if let error = await ensure(claim, of: pod, pass), failure == nil { failure = error }
        }
        if let failure { throw failure }
        _ = try await settleClaims(of: pod, pass)
    }

    private func ensure(_ claim: PersistentVolumeClaim, of pod: Pod, _ pass: StatefulSetPass) async -> StatusError? {
        if let known = claims.get(claim.key) {
            guard known.isBeingDeleted else { return nil }
            return StatusError.conflict(
                PersistentVolumeClaim.resource.groupResource, name: claim.name, "pvc \(claim.name) is being deleted")
        }
        var owned = claim
        owned.metadata.ownerReferences = ClaimOwnership(set: pass.set, pod: pod).owners(of: claim)
        let what = "Claim \(claim.name)"
        do throws(StatusError) {
            _ = try await context.client.create(owned)
            recorder.event(
                pass.set, reason: "SuccessfulCreate",
                message: "Create \(what) Pod \(pod.name) in StatefulSet \(pass.set.name) success")
            return nil
        } catch {
            // The copy is behind; the next look finds it.
            if error.isAlreadyExists { return nil }
            recorder.event(
                pass.set, type: .warning, reason: "FailedCreate",
                message: "Create \(what) for Pod \(pod.name) in StatefulSet \(pass.set.name) failed error: "
                    + error.message)
            return error
        }
    }

    /// Gives the pod's claims the owners that the retention policy wants.
    /// - Returns: whether any was changed.
    @discardableResult
    func settleClaims(of pod: Pod, _ pass: StatefulSetPass) async throws(StatusError) -> Bool {
        let ownership = ClaimOwnership(set: pass.set, pod: pod)
        var isChanged = false
        for claim in present(pod, pass) where !ownership.isSettled(claim) {
            if ownership.hasConflict(claim) {
                recorder.event(
                    pass.set, type: .warning, reason: "ConflictingController",
                    message: "PersistentVolumeClaim \(claim.name) has a conflicting OwnerReference that acts as a "
                        + "manging controller, the retention policy is ignored for this claim")
            }
            var updated = claim
            updated.metadata.ownerReferences = ownership.owners(of: claim)
            _ = try await context.client.update(updated)
            isChanged = true
        }
        return isChanged
    }

    private func present(_ pod: Pod, _ pass: StatefulSetPass) -> [PersistentVolumeClaim] {
        guard let ordinal = pass.set.ordinal(of: pod) else { return [] }
        return pass.set.spec.volumeClaimTemplates.compactMap { template in
            claims.get(ObjectKey(namespace: pass.set.namespace, name: pass.set.claimName(template, ordinal)))
        }
    }
}
