import Client
import KubeAPI
import Machinery

extension DeploymentController {
    /// Finds or creates the ReplicaSet of the present template, and brings revisions up to date.
    func ensureNewest(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws {
        let revision = revisions.highestOldRevision + 1
        if let newest = revisions.newest {
            try await adoptRevision(&deployment, &revisions, newest, revision)
        } else {
            try await createNewest(&deployment, &revisions, arithmetic, revision)
        }
    }

    /// Brings the newest ReplicaSet's annotations up to date where it exists, and does nothing where it does not.
    func refreshNewest(_ deployment: inout Deployment, _ revisions: inout RevisionSet) async throws {
        guard let newest = revisions.newest else { return }
        try await adoptRevision(&deployment, &revisions, newest, revisions.highestOldRevision + 1)
    }

    private func adoptRevision(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet, _ newest: ReplicaSet, _ revision: Int64
    ) async throws {
        var updated = newest
        updated.metadata.annotations = DeploymentAnnotations.annotations(
            of: newest.metadata.annotations, taking: deployment, revision: revision)
        updated.spec.minReadySeconds = deployment.spec.minReadySeconds
        if (newest.spec.minReadySeconds ?? 0) == (deployment.spec.minReadySeconds ?? 0) {
            updated.spec.minReadySeconds = newest.spec.minReadySeconds
        }
        if updated != newest {
            updated = try await context.client.update(updated)
            revisions.replace(updated)
        }
        try await recordRevision(&deployment, of: updated)
        if deployment.progressDeadline != nil, deployment.condition("Progressing") == nil {
            deployment.status.conditions = ProgressConditions.setting(
                .init(
                    type: "Progressing", status: true, reason: "FoundNewReplicaSet",
                    message: "Found new replica set \"\(updated.name)\""), in: deployment.status.conditions,
                now: context.now)
            deployment = try await updateStatus(deployment)
        }
    }

    /// Annotates the Deployment with the revision of its newest ReplicaSet: `kubectl rollout history` starts there.
    private func recordRevision(_ deployment: inout Deployment, of set: ReplicaSet) async throws {
        let revision = set.metadata.annotations[DeploymentAnnotations.revision]
        guard let revision, deployment.metadata.annotations[DeploymentAnnotations.revision] != revision else { return }
        let patched = try await context.client.patch(
            Deployment.self, deployment.key,
            .merge([
                "metadata": [
                    "uid": .string(deployment.uid),
                    "annotations": .object([DeploymentAnnotations.revision: .string(revision)]),
                ]
            ]))
        // Only the version and the annotation are taken: the rest of this pass goes by the spec it started with.
        deployment.metadata.annotations[DeploymentAnnotations.revision] = revision
        deployment.metadata.resourceVersion = patched.metadata.resourceVersion
    }

    private func createNewest(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic,
        _ revision: Int64
    ) async throws {
        let set = newReplicaSet(for: deployment, revisions, arithmetic, revision)
        var isNew = true
        let created: ReplicaSet
        do throws(StatusError) {
            created = try await context.client.create(set)
        } catch {
            guard !error.isAlreadyExists else {
                isNew = false
                revisions.setNewest(try await resolveCollision(&deployment, set))
                return
            }
            if error.isNamespaceTerminating { throw error }
            try await noteFailedCreation(&deployment, set, error)
            throw error
        }
        revisions.setNewest(created)
        if created.replicas > 0 {
            recorder.event(
                deployment, reason: "ScalingReplicaSet",
                message: "Scaled up replica set \(created.name) from 0 to \(created.replicas)")
        }
        try await recordRevision(&deployment, of: created)
        if isNew, deployment.progressDeadline != nil {
            deployment.status.conditions = ProgressConditions.setting(
                .init(
                    type: "Progressing", status: true, reason: "NewReplicaSetCreated",
                    message: "Created new replica set \"\(created.name)\""), in: deployment.status.conditions,
                now: context.now)
            deployment = try await updateStatus(deployment)
        }
    }

    private func newReplicaSet(
        for deployment: Deployment, _ revisions: RevisionSet, _ arithmetic: RolloutArithmetic, _ revision: Int64
    ) -> ReplicaSet {
        var template = deployment.spec.template
        template.metadata.creationTimestamp = nil
        let hash = TemplateHash.hash(template, collisionCount: deployment.status.collisionCount)
        template.metadata.labels[DeploymentAnnotations.templateHash] = hash
        var selector = deployment.spec.selector
        selector.matchLabels[DeploymentAnnotations.templateHash] = hash
        var set = ReplicaSet(name: "\(deployment.name)-\(hash)", namespace: deployment.namespace)
        set.metadata.ownerReferences = [deployment.controllerReference]
        set.metadata.labels = template.metadata.labels
        var annotations = DeploymentAnnotations.annotations(of: [:], taking: deployment, revision: revision)
        DeploymentAnnotations.setSizes(&annotations, arithmetic)
        set.metadata.annotations = annotations
        set.spec.selector = selector
        set.spec.template = template
        set.spec.minReadySeconds = deployment.spec.minReadySeconds
        let size = arithmetic.newReplicas(current: 0, totalOfAll: revisions.totalReplicas)
        set.spec.replicas = Int32(clamping: size)
        return set
    }

    /// A ReplicaSet has the name: ours, which the informer has not shown yet, or another template's with the same hash.
    private func resolveCollision(
        _ deployment: inout Deployment, _ wanted: ReplicaSet
    ) async throws -> ReplicaSet {
        let present = try await context.client.get(ReplicaSet.self, wanted.key)
        if present.controllerOwner?.uid == deployment.uid,
            TemplateHash.isSame(present.spec.template ?? PodTemplateSpec(), wanted.spec.template ?? PodTemplateSpec())
        {
            return present
        }
        deployment.status.collisionCount = (deployment.status.collisionCount ?? 0) &+ 1
        deployment = try await updateStatus(deployment)
        throw StatusError.alreadyExists(ReplicaSet.resource.groupResource, name: wanted.name)
    }

    private func noteFailedCreation(
        _ deployment: inout Deployment, _ set: ReplicaSet, _ error: StatusError
    ) async throws {
        let message = "Failed to create new replica set \"\(set.name)\": \(error.message)"
        recorder.event(deployment, type: .warning, reason: "ReplicaSetCreateError", message: message)
        guard deployment.progressDeadline != nil else { return }
        let conditions = ProgressConditions.setting(
            .init(type: "Progressing", status: false, reason: "ReplicaSetCreateError", message: message),
            in: deployment.status.conditions, now: context.now)
        guard conditions != deployment.status.conditions else { return }
        deployment.status.conditions = conditions
        deployment = try await updateStatus(deployment)
    }

    func updateStatus(_ deployment: Deployment) async throws(StatusError) -> Deployment {
        try await context.client.updateStatus(deployment)
    }
}
