import Client
import KubeAPI
import Machinery

/// Enters pods, and the devices that were chosen, into claims.
///
/// It begins with the claim as the decision knew it, which spares a read; where that has changed meanwhile, it reads the
/// claim and tries again.
struct ClaimWriter: Sendable {
    let client: Client
    let clock: any WallClock

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
        if var allocation {
            // From here on its devices have a certain time to become ready.
            allocation.allocationTimestamp = clock.now.inSeconds
            status["allocation"] = .object(allocation.json)
        }
        var user = ResourceClaimConsumerReference()
        user.resource = "pods"
        user.name = pod.key.name
        user.uid = pod.uid
        status["reservedFor"] = .array((claim.status.reservedFor + [user]).map { .object($0.json) })
        try await client.change(
            ResourceResourceClaim.self, claim.key,
            .merge(["metadata": .object(metadata), "status": .object(status)]), subresource: "status")
    }

    /// Gives the devices of a claim back that nobody but the pod uses.
    func release(_ key: ObjectKey, uid: String, of pod: PodInfo) async throws(StatusError) {
        let claim: ResourceResourceClaim
        do throws(StatusError) {
            claim = try await client.get(ResourceResourceClaim.self, key)
        } catch {
            if error.isNotFound { return }
            throw error
        }
        guard claim.uid == uid, claim.status.reservedFor.allSatisfy({ $0.uid == pod.uid }) else { return }
        let patch: JSONObject = [
            "metadata": ["uid": .string(uid), "resourceVersion": .string(claim.resourceVersion)],
            "status": ["allocation": .null, "reservedFor": .null, "devices": .null],
        ]
        try await client.change(
            ResourceResourceClaim.self, key, .merge(.object(patch)), subresource: "status")
    }

    // MARK: Claims for extended resources (KEP-5004)

    func create(_ plan: ExtendedRequests.Plan, for pod: PodInfo) async throws(StatusError) -> ResourceResourceClaim {
        var claim = ResourceResourceClaim(json: [:])
        claim.metadata.namespace = pod.key.namespace
        claim.metadata.generateName = pod.key.name + "-extended-resources-"
        claim.metadata.annotations = [ExtendedResourceIndex.annotation: "true"]
        claim.metadata.json["ownerReferences"] = [
            [
                "apiVersion": "v1", "kind": "Pod", "name": .string(pod.key.name), "uid": .string(pod.uid),
                "controller": true,
            ]
        ]
        var devices = DeviceClaim()
        devices.requests = plan.requests
        claim.spec.devices = devices
        return try await client.create(claim)
    }

    /// Tells the node which container has which devices.
    func tell(
        _ pod: PodInfo, _ claim: String, _ mappings: [ContainerExtendedResourceRequest]
    ) async throws(StatusError) {
        let patch: JSONObject = [
            "metadata": ["uid": .string(pod.uid)],
            "status": [
                "extendedResourceClaimStatus": [
                    "resourceClaimName": .string(claim),
                    "requestMappings": .array(mappings.map { .object($0.json) }),
                ]
            ],
        ]
        try await client.change(Pod.self, pod.key, .merge(.object(patch)), subresource: "status")
    }

    func delete(_ claim: ResourceResourceClaim) async throws(StatusError) {
        let finalizers = claim.metadata.finalizers.filter { $0 != Self.finalizer }
        do throws(StatusError) {
            let patch: JSONObject = [
                "metadata": ["uid": .string(claim.uid), "finalizers": .array(finalizers.map { .string($0) })]
            ]
            try await client.change(ResourceResourceClaim.self, claim.key, .merge(.object(patch)))
            var options = DeleteOptions()
            options.preconditions = Preconditions(json: ["uid": .string(claim.uid)])
            try await client.delete(ResourceResourceClaim.self, claim.key, options)
        } catch {
            guard error.isNotFound || error.isConflict else { throw error }
        }
    }
}
