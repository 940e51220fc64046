import Client
import KubeAPI
import Machinery

/// Moves a Deployment's pods to its newest template, by way of one ReplicaSet per template.
struct DeploymentController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let deployments: Informer<Deployment>
    let replicaSets: Informer<ReplicaSet>
    let pods: Informer<Pod>
    let recorder: EventRecorder

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        deployments = context.informers.informer(Deployment.self)
        replicaSets = context.informers.informer(ReplicaSet.self)
        pods = context.informers.informer(Pod.self)
        recorder = context.recorder.named("deployment-controller")
        OwnerIndex.add(to: pods)
        deployments.wake(queue)
        deployments.wake(queue, by: replicaSets)
        // Recreate waits for the last old pod to be gone.
        pods.onChange { [queue, replicaSets, deployments] change in
            guard case .deleted(let pod) = change, let owner = pod.controllerOwner, owner.kind == "ReplicaSet",
                let set = replicaSets.get(ObjectKey(namespace: pod.namespace, name: owner.name)),
                let deployment = set.controllerOwner
            else { return }
            let key = ObjectKey(namespace: pod.namespace, name: deployment.name)
            if deployments.get(key)?.spec.strategy?.type == "Recreate" { queue.add(key) }
        }
    }

    var name: String { "deployment" }

    var sources: [any InformerSource] { [deployments, replicaSets, pods] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard var deployment = deployments.get(key) else { return .done }
        guard !deployment.spec.selector.json.isEmpty else { return try await refuseEmptySelector(deployment) }
        let selector = try deployment.childSelector()
        let claim = ChildClaim<Deployment, ReplicaSet>(client: context.client, owner: deployment, selector: selector)
        let sets = try await claim.claim(
            owned: OwnerIndex.children(of: deployment, in: replicaSets),
            orphans: OwnerIndex.orphans(namespace: key.namespace, in: replicaSets))
        if deployment.isBeingDeleted {
            var revisions = RevisionSet(deployment, sets)
            return try await syncStatus(&deployment, &revisions)
        }
        try await notePause(&deployment)

        var revisions = RevisionSet(deployment, sets)
        let arithmetic = try RolloutArithmetic(deployment.spec)
        if deployment.spec.paused == true {
            return try await resize(&deployment, &revisions, arithmetic)
        }
        if revisions.wasResized(to: arithmetic.replicas) {
            return try await resize(&deployment, &revisions, arithmetic)
        }
        if arithmetic.isRolling { return try await roll(&deployment, &revisions, arithmetic) }
        return try await recreate(&deployment, &revisions, arithmetic)
    }

    private func refuseEmptySelector(_ deployment: Deployment) async throws -> ReconcileOutcome {
        recorder.event(
            deployment, type: .warning, reason: "SelectingAll",
            message: "This deployment is selecting all pods. A non-empty selector is required.")
        let generation = deployment.metadata.generation
        guard (deployment.status.observedGeneration ?? 0) < (generation ?? 0) else { return .done }
        var updated = deployment
        updated.status.observedGeneration = generation
        _ = try await context.client.updateStatus(updated)
        return .done
    }
}

extension Deployment: SelectingOwner {
    func childSelector() throws -> Selector {
        // An empty one would take everything.
        try Selector(labelSelector: spec.selector.json.isEmpty ? nil : spec.selector.json)
    }

    /// Upstream takes the largest number for "no deadline".
    var progressDeadline: Duration? {
        guard let seconds = spec.progressDeadlineSeconds, seconds != .max else { return nil }
        return .seconds(Int64(seconds))
    }

    func condition(_ type: String) -> DeploymentCondition? {
        status.conditions.first { $0.type == type }
    }
}
