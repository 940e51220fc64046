import KubeAPI
import Machinery

/// `pods/eviction`: deletes a pod unless that would break its disruption budget.
///
/// The budget's controller says how many pods may go; each eviction takes one off that number before it deletes, and
/// enters the pod, so that evictions at the same moment cannot take the same one (API-initiated eviction).
struct EvictionSubresource: SubresourceHandler {
    /// Beyond this many pods that were evicted and are still there, the controller is not keeping up.
    private static let maximumDisrupted = 2000
    private static let allowed = "DisruptionAllowed"
    private static let kind = GroupVersionKind(group: "policy", version: "v1", kind: "Eviction")

    let pods: Registry
    let budgets: Registry?

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        guard request.info.verb == "create" else {
            throw StatusError.methodNotSupported(pods.resource.gvr.groupResource, action: request.info.verb)
        }
        var options = try WriteOptions(request, now: server.clock.now)
        let document = try ObjectDecoding.parse(try await request.collectBody(), contentType: request.contentType)
        guard case .object(let body) = document.value else {
            throw StatusError.badRequest("the object provided is not a JSON object")
        }
        let eviction = Eviction(json: body)
        try options.adopt(dryRun: eviction.deleteOptions?.dryRun ?? [])
        let name = request.info.name
        guard eviction.metadata.name ?? name == name else {
            throw StatusError.badRequest("name in URL does not match name in Eviction object")
        }
        let deletion = eviction.deleteOptions ?? DeleteOptions()
        try await pods.admit(
            .create, namespace: request.info.namespace, name: name, body: body, kind: Self.kind, options: options)
        try await evict(request.info.namespace, name, deletion, options.admitted)
        return .object(BindingSubresource.success, status: 201)
    }

    private func evict(
        _ namespace: String, _ name: String, _ deletion: DeleteOptions, _ options: WriteOptions
    ) async throws(StatusError) {
        let pod = Pod(json: try await pods.workingObject(namespace, name).object)
        var deletion = deletion
        if Self.isBeyondBudgets(pod) {
            // It must not have come to life meanwhile.
            if pod.status.phase == "Pending", !pod.isBeingDeleted { Self.pin(&deletion, to: pod) }
            try await delete(pod, deletion, options)
            return
        }
        guard let budget = try budget(of: pod) else {
            try await delete(pod, deletion, options)
            return
        }
        if !Self.isReady(pod), Self.allowsUnready(budget) {
            let isPinned = deletion.preconditions?.resourceVersion != nil
            Self.pin(&deletion, to: pod)
            do throws(StatusError) {
                try await delete(pod, deletion, options)
            } catch {
                guard error.reason == .conflict, !isPinned else { throw error }
                throw Self.refused("The disruption budget \(budget.name) is still being processed by the server.", 10)
            }
            return
        }
        try await take(from: budget.name, namespace, pod: name, options)
        try await delete(pod, deletion, options)
    }

    /// Pods that run no more, or not yet, disrupt nothing when they go.
    private static func isBeyondBudgets(_ pod: Pod) -> Bool {
        pod.isBeingDeleted || ["Succeeded", "Failed", "Pending"].contains(pod.status.phase ?? "")
    }

    private static func isReady(_ pod: Pod) -> Bool {
        pod.status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
    }

    /// Pods that are not ready count for no budget, so that one that is met loses nothing by them.
    private static func allowsUnready(_ budget: PodDisruptionBudget) -> Bool {
        if budget.spec.unhealthyPodEvictionPolicy == "AlwaysAllow" { return true }
        let wanted = budget.status.desiredHealthy ?? 0
        return wanted > 0 && budget.status.currentHealthy ?? 0 >= wanted
    }

    private static func pin(_ deletion: inout DeleteOptions, to pod: Pod) {
        guard deletion.preconditions?.resourceVersion == nil else { return }
        var preconditions = deletion.preconditions ?? Preconditions()
        preconditions.resourceVersion = pod.resourceVersion
        deletion.preconditions = preconditions
    }

    private func budget(of pod: Pod) throws(StatusError) -> PodDisruptionBudget? {
        guard let budgets else { return nil }
        var found: [PodDisruptionBudget] = []
        for stored in budgets.cache.snapshot(budgets.bucket).objects(namespace: pod.namespace) {
            let budget = PodDisruptionBudget(json: try budgets.parse(stored))
            // A budget without a selector is about nothing, one with an empty selector about every pod.
            guard let sent = budget.spec.selector?.json, let selector = try? Selector(labelSelector: sent),
                selector.matches(pod.labels)
            else { continue }
            found.append(budget)
        }
        guard found.count <= 1 else {
            throw StatusError(
                code: 500, reason: .unknown,
                message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not "
                    + "support.")
        }
        return found.first
    }

    /// Takes one disruption from a budget, or throws 429.
    private func take(
        from name: String, _ namespace: String, pod: String, _ options: WriteOptions
    ) async throws(StatusError) {
        guard let budgets else { return }
        let now = options.now
        var statusOptions = options
        statusOptions.subresource = "status"
        _ = try await budgets.change(namespace, name, scope: .status, options: statusOptions) {
            old throws(StatusError) in
            try Self.decremented(PodDisruptionBudget(json: old), pod: pod, now: now).json
        }
    }

    private static func decremented(
        _ old: PodDisruptionBudget, pod: String, now: Timestamp
    ) throws(StatusError) -> PodDisruptionBudget {
        var budget = old
        let resource = GroupResource(group: "policy", resource: "poddisruptionbudget")
        if budget.status.observedGeneration ?? 0 < budget.metadata.generation ?? 0 {
            throw refused("The disruption budget \(budget.name) is still being processed by the server.", 10)
        }
        let left = budget.status.disruptionsAllowed ?? 0
        if left < 0 {
            throw StatusError.forbidden(resource, name: budget.name, "pdb disruptions allowed is negative")
        }
        var disrupted = budget.status.disruptedPods?.objectValue ?? JSONObject()
        if disrupted.count > maximumDisrupted {
            throw StatusError.forbidden(
                resource, name: budget.name,
                "DisruptedPods map too big - too many evictions not confirmed by PDB controller")
        }
        if left == 0 {
            let condition = budget.status.conditions.first { $0.type == allowed }
            let failed = condition?.status == "False" && condition?.reason == "SyncFailed"
            throw refused(
                failed
                    ? "The disruption budget \(budget.name) does not allow evicting pods currently because it failed "
                        + "sync: \(condition?.message ?? "")"
                    : "The disruption budget \(budget.name) needs \(budget.status.desiredHealthy ?? 0) healthy pods "
                        + "and has \(budget.status.currentHealthy ?? 0) currently", 0)
        }
        budget.status.disruptionsAllowed = left - 1
        if left == 1 { exhaust(&budget, now: now) }
        disrupted[pod] = now.inSeconds.json
        budget.status.disruptedPods = .object(disrupted)
        return budget
    }

    private static func exhaust(_ budget: inout PodDisruptionBudget, now: Timestamp) {
        var condition = budget.status.conditions.first { $0.type == allowed } ?? Condition()
        if condition.status != "False" { condition.lastTransitionTime = now.inSeconds }
        condition.type = allowed
        condition.status = "False"
        condition.reason = "InsufficientPods"
        condition.message = ""
        condition.observedGeneration = budget.metadata.generation
        budget.status.conditions = budget.status.conditions.filter { $0.type != allowed } + [condition]
    }

    private static func refused(_ cause: String, _ seconds: Int) -> StatusError {
        var error = StatusError.tooManyRequests(
            "Cannot evict pod as it would violate the pod's disruption budget.", retryAfterSeconds: seconds)
        error.details?.causes = [StatusError.Cause(reason: "DisruptionBudget", message: cause)]
        return error
    }

    /// Tells in the pod's status why it goes, then deletes it.
    private func delete(
        _ pod: Pod, _ deletion: DeleteOptions, _ options: WriteOptions
    ) async throws(StatusError) {
        var deletion = deletion
        if !options.isDryRun, !pod.isBeingDeleted {
            let wanted = deletion.preconditions?.resourceVersion
            var statusOptions = options
            statusOptions.subresource = "status"
            let bytes = try await pods.change(pod.namespace, pod.name, scope: .status, options: statusOptions) {
                old throws(StatusError) in
                var marked = Pod(json: old)
                Self.mark(&marked, now: options.now)
                if let wanted { marked.metadata.resourceVersion = wanted }
                return marked.json
            }
            if wanted != nil {
                let marked = Pod(json: try ObjectResponse.parse(bytes))
                var preconditions = deletion.preconditions ?? Preconditions()
                preconditions.resourceVersion = marked.resourceVersion
                deletion.preconditions = preconditions
            }
        }
        _ = try await pods.delete(pod.namespace, pod.name, deletion, options: options)
    }

    private static func mark(_ pod: inout Pod, now: Timestamp) {
        let type = "DisruptionTarget"
        var condition = pod.status.conditions.first { $0.type == type } ?? PodCondition()
        if condition.status != "True" { condition.lastTransitionTime = now.inSeconds }
        condition.type = type
        condition.status = "True"
        condition.reason = "EvictionByEvictionAPI"
        condition.message = "Eviction API: evicting"
        condition.observedGeneration = pod.metadata.generation
        pod.status.conditions = pod.status.conditions.filter { $0.type != type } + [condition]
    }
}
