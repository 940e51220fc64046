import Client
import KubeAPI
import Machinery

extension DynamicResources {
    func isNeeded(_ pod: PodInfo, _ state: CycleState) -> Bool {
        guard let decision = state.devices else { return false }
        return !decision.reservations.isEmpty || !decision.results.isEmpty || !pending(decision).isEmpty
    }

    func preBind(
        _ pod: PodInfo, to node: String, _ context: BindingContext, _ state: CycleState
    ) async -> FilterStatus {
        guard let decision = state.devices else { return .success }
        let writer = ClaimWriter(client: context.client, clock: clock)
        var pending = pending(decision)
        do {
            for uid in decision.reservations {
                guard let claim = decision.claims[uid] else { continue }
                try await writer.reserve(claim, decision.results[uid], for: pod)
            }
            if let claim = try await makeClaim(decision, for: pod, context, writer),
                Self.binds(decision.results[decision.extended?.uid ?? ""])
            {
                pending[claim.uid] = claim.key
            }
        } catch {
            return .failed(error.message)
        }
        if pending.isEmpty { return .success }
        context.event(
            pod, "BindingConditionsPending", "waiting for binding conditions for device on node \(node)")
        let patience = patience(decision)
        let status = await context.until(patience) { [pending] cluster in Self.readiness(pending, cluster.devices) }
        if status.isSuccess { return status }
        // Other devices may do better: what was chosen is given back before the pod is tried again.
        for (uid, key) in pending {
            do {
                try await writer.release(key, uid: uid, of: pod)
            } catch {
                return .failed("\(status.message); giving resourceclaim \(key) back: \(error.message)")
            }
        }
        return status
    }

    /// Makes the claim for extended resources that come from devices of the node, in place of one from an earlier try.
    private func makeClaim(
        _ decision: DeviceDecision, for pod: PodInfo, _ context: BindingContext, _ writer: ClaimWriter
    ) async throws(StatusError) -> ResourceResourceClaim? {
        guard let extended = decision.extended else { return nil }
        if let stale = extended.stale { try await writer.delete(stale) }
        guard let plan = extended.chosen, let result = decision.results[extended.uid] else { return nil }
        let claim = try await writer.create(plan, for: pod)
        context.note { $0.devices.rename(extended.uid, to: claim) }
        try await writer.reserve(claim, result, for: pod)
        try await writer.tell(pod, claim.name, plan.mappings)
        return claim
    }

    // MARK: Binding conditions (KEP-5007)

    /// The claims with devices that are to be made ready before the pod may be bound.
    private func pending(_ decision: DeviceDecision) -> [String: ObjectKey] {
        decision.claims.filter { Self.binds(decision.results[$0.key] ?? $0.value.status.allocation) }.mapValues(\.key)
    }

    private static func binds(_ allocation: AllocationResult?) -> Bool {
        allocation?.devices?.results.contains { !$0.bindingConditions.isEmpty } ?? false
    }

    /// What is left of the time that devices have, where another try or pod began to wait for them.
    private func patience(_ decision: DeviceDecision) -> Duration {
        let begun = decision.claims.values.compactMap { $0.status.allocation?.allocationTimestamp }.min()
        guard let begun else { return bindingTimeout }
        return max(.zero, bindingTimeout - (clock.now - begun))
    }

    /// - Returns: `nil` while some device is not ready.
    private static func readiness(_ claims: [String: ObjectKey], _ objects: DeviceObjects) -> FilterStatus? {
        var isReady = true
        for (uid, key) in claims {
            guard let claim = objects.claims[key], claim.uid == uid, let allocation = claim.status.allocation else {
                isReady = false
                continue
            }
            for result in allocation.devices?.results ?? [] where !result.bindingConditions.isEmpty {
                let conditions =
                    claim.status.devices.first {
                        $0.driver == result.driver && $0.pool == result.pool && $0.device == result.device
                    }?.conditions ?? []
                let held = conditions.filter { $0.status == "True" }
                if let failure = held.first(where: { result.bindingFailureConditions.contains($0.type) }) {
                    return .failed(
                        "device binding failed: claim=\(claim.name), reason=\(failure.reason), "
                            + "message=\"\(failure.message)\"")
                }
                if !result.bindingConditions.allSatisfy({ type in held.contains { $0.type == type } }) {
                    isReady = false
                }
            }
        }
        return isReady ? .success : nil
    }
}
