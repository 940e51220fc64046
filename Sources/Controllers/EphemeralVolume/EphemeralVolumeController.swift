import Client
import KubeAPI
import Machinery

/// Makes the claims of pods' generic ephemeral volumes; they are owned by their pod and go with it.
struct EphemeralVolumeController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let pods: Informer<Pod>
    let claims: Informer<PersistentVolumeClaim>
    let recorder: EventRecorder

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        pods = context.informers.informer(Pod.self)
        claims = context.informers.informer(PersistentVolumeClaim.self)
        recorder = context.recorder.named("ephemeral_volume")
        PodsByClaim.addIndex(to: pods)
        // Volumes of a pod never change.
        pods.onChange { [queue] change in
            guard case .added(let pod) = change, Self.hasEphemeral(pod) else { return }
            queue.add(pod.key)
        }
        claims.onChange { [queue, pods] change in
            guard case .deleted(let claim) = change else { return }
            for pod in PodsByClaim.pods(using: claim.key, in: pods) where Self.hasEphemeral(pod) {
                queue.add(pod.key)
            }
        }
    }

    private static func hasEphemeral(_ pod: Pod) -> Bool {
        guard !pod.isBeingDeleted, case .array(let volumes)? = pod.json["spec"]?["volumes"] else { return false }
        return volumes.contains { $0["ephemeral"] != nil }
    }

    var name: String { "ephemeral-volume" }

    var sources: [any InformerSource] { [pods, claims] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let pod = pods.get(key), !pod.isBeingDeleted else { return .done }
        for volume in pod.spec.volumes {
            guard let template = volume.ephemeral?.volumeClaimTemplate else { continue }
            do throws(StatusError) {
                try await provide(volume.name, template, for: pod)
            } catch {
                recorder.event(
                    pod, type: .warning, reason: "FailedBinding",
                    message: "ephemeral volume \(volume.name): \(error.message)")
                throw error
            }
        }
        return .done
    }

    private func provide(
        _ volume: String, _ template: PersistentVolumeClaimTemplate, for pod: Pod
    ) async throws(StatusError) {
        let key = ObjectKey(namespace: pod.namespace, name: EphemeralClaim.name(pod: pod.name, volume: volume))
        if let present = claims.get(key) {
            // Somebody else's: once that is deleted, this pod is looked at again, as after every failure.
            if let objection = EphemeralClaim.objection(present, pod) { throw StatusError.badRequest(objection) }
            return
        }
        var claim = PersistentVolumeClaim(name: key.name, namespace: key.namespace)
        claim.metadata.labels = template.metadata.labels
        claim.metadata.annotations = template.metadata.annotations
        claim.metadata.ownerReferences = [pod.controllerReference]
        claim.spec = template.spec
        do throws(StatusError) {
            _ = try await context.client.create(claim)
        } catch {
            if error.isNamespaceTerminating { return }
            throw StatusError(
                code: error.code, reason: error.reason, message: "create PVC \(key.name): \(error.message)")
        }
    }
}
