import Client
import KubeAPI
import Machinery

/// Keeps a claim that is to be deleted until no pod on a node uses it any more.
struct ClaimProtectionController: QueueController {
    static let finalizer = "kubernetes.io/pvc-protection"

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let claims: Informer<PersistentVolumeClaim>
    let pods: Informer<Pod>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        claims = context.informers.informer(PersistentVolumeClaim.self)
        pods = context.informers.informer(Pod.self)
        PodsByClaim.addIndex(to: pods)
        claims.onChange { [queue] change in
            if case .deleted = change { return }
            let claim = change.object
            if claim.metadata.finalizers.contains(Self.finalizer) == claim.isBeingDeleted { queue.add(claim.key) }
        }
        pods.onChange { [queue, claims] change in
            switch change {
            case .added: return
            case .updated(let old, let new) where old.uid == new.uid && Self.isShutDown(old) == Self.isShutDown(new):
                return
            case .updated(let pod, _), .deleted(let pod):
                for key in PodsByClaim.claims(of: pod) where claims.get(key)?.isBeingDeleted == true {
                    queue.add(key)
                }
            }
        }
    }

    var name: String { "persistentvolumeclaim-protection" }

    var sources: [any InformerSource] { [claims, pods] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let claim = claims.get(key) else { return .done }
        guard claim.isBeingDeleted else {
            try await Finalizers.add(Self.finalizer, to: claim, context.client)
            return .done
        }
        guard claim.metadata.finalizers.contains(Self.finalizer) else { return .done }
        // The copy of the pods may be behind: before data may go, the server is asked.
        if PodsByClaim.pods(using: key, in: pods).contains(where: { Self.uses($0, claim) }) { return .done }
        let live = try await context.client.list(Pod.self, ListOptions(namespace: key.namespace))
        if live.items.contains(where: { Self.uses($0, claim) }) { return .requeue(after: .seconds(1)) }
        try await Finalizers.remove(Self.finalizer, from: claim, context.client)
        return .done
    }

    /// A pod uses a claim from when it has a node until it is gone; its ephemeral claims, until it has shut down.
    private static func uses(_ pod: Pod, _ claim: PersistentVolumeClaim) -> Bool {
        guard !pod.nodeName.isEmpty, PodsByClaim.claims(of: pod).contains(claim.key) else { return false }
        if pod.spec.volumes.contains(where: { $0.persistentVolumeClaim?.claimName == claim.name }) { return true }
        return !isShutDown(pod) && EphemeralClaim.objection(claim, pod) == nil
    }

    private static func isShutDown(_ pod: Pod) -> Bool {
        pod.isBeingDeleted && pod.metadata.deletionGracePeriodSeconds == 0
    }
}
