import Client
import KubeAPI
import Machinery

/// Enters pods, and the devices that were chosen, into claims.
///
/// It begins with the claim as the decision knew it, which spares a read; where that has changed meanwhile, it reads the
/// claim and tries again.
struct ClaimWriter: Sendable {
    let client: Client

    private static let finalizer = "resource.kubernetes.io/delete-protection"
    private static let attempts = 5

    func reserve(
        _ known: ResourceResourceClaim, _ allocation: AllocationResult?, for pod: PodInfo
    ) async throws(StatusError) {
        var claim = known
        for _ in 1..<Self.attempts {
            guard let conflict = await conflict(claim, allocation, for: pod) else { return }
            guard conflict.reason == .conflict else { throw conflict }
            claim = try await client.get(ResourceResourceClaim.self, known.key)
            guard claim.uid == known.uid else {
                throw StatusError(code: 409, reason: .conflict, message: "resourceclaim \(known.key) was replaced")
            }
            guard allocation == nil || claim.status.allocation == nil else {
                throw StatusError(
                    code: 409, reason: .conflict, message: "resourceclaim \(known.key) got allocated elsewhere")
            }
        }
        try await write(claim, allocation, for: pod)
    }

    /// Why a try has failed; `nil` when it has not.
    private func conflict(
        _ claim: ResourceResourceClaim, _ allocation: AllocationResult?, for pod: PodInfo
    ) async -> StatusError? {
        do throws(StatusError) {
            try await write(claim, allocation, for: pod)
            return nil
        } catch {
            return error
        }
    }

    private func write(
        _ claim: ResourceResourceClaim, _ allocation: AllocationResult?, for pod: PodInfo
    ) async throws(StatusError) {
        if claim.status.reservedFor.contains(where: { $0.uid == pod.uid }) { return }
        var metadata: JSONObject = [
            "uid": .string(claim.uid), "resourceVersion": .string(claim.resourceVersion),
        ]
        if allocation != nil, !claim.metadata.finalizers.contains(Self.finalizer) {
            var protected = metadata
            protected["finalizers"] = .array((claim.metadata.finalizers + [Self.finalizer]).map { .string($0) })
            let changed = try await client.patch(
                ResourceResourceClaim.self, claim.key, .merge(["metadata": .object(protected)]))
            metadata["resourceVersion"] = .string(changed.resourceVersion)
        }
        var status: JSONObject = [:]
        if let allocation { status["allocation"] = .object(allocation.json) }
        var user = ResourceClaimConsumerReference()
        user.resource = "pods"
        user.name = pod.key.name
        user.uid = pod.uid
        status["reservedFor"] = .array((claim.status.reservedFor + [user]).map { .object($0.json) })
        _ = try await client.patch(
            ResourceResourceClaim.self, claim.key,
            .merge(["metadata": .object(metadata), "status": .object(status)]), subresource: "status")
    }
}
