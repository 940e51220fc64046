import Client
import KubeAPI
import Machinery

/// Keeps a volume that is to be deleted until no claim has it any more.
struct VolumeProtectionController: QueueController {
    static let finalizer = "kubernetes.io/pv-protection"

    let context: ControllerContext
    let queue: WorkQueue<String>
    let volumes: Informer<PersistentVolume>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(String.self)
        volumes = context.informers.informer(PersistentVolume.self)
        volumes.onChange { [queue] change in
            if case .deleted = change { return }
            if Self.concerns(change.object) { queue.add(change.object.name) }
        }
    }

    /// Whether the finalizer is missing, or may have to go.
    private static func concerns(_ volume: PersistentVolume) -> Bool {
        volume.metadata.finalizers.contains(finalizer) == volume.isBeingDeleted
    }

    var name: String { "persistentvolume-protection" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [volumes] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let volume = volumes.get(ObjectKey(namespace: "", name: key)) else { return .done }
        if !volume.isBeingDeleted {
            try await Finalizers.add(Self.finalizer, to: volume, context.client)
        } else if volume.phase != "Bound" {
            try await Finalizers.remove(Self.finalizer, from: volume, context.client)
        }
        return .done
    }
}
