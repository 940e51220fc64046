import Client
import KubeAPI
import Machinery

/// Keeps a VolumeAttributesClass that is to be deleted until no claim and no volume refers to it any more.
struct AttributesClassProtectionController: QueueController {
    static let finalizer = "kubernetes.io/vac-protection"

    let context: ControllerContext
    let queue: WorkQueue<String>
    let classes: Informer<VolumeAttributesClass>
    let claims: Informer<PersistentVolumeClaim>
    let volumes: Informer<PersistentVolume>

    private static let index = "attributes class"

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(String.self)
        classes = context.informers.informer(VolumeAttributesClass.self)
        claims = context.informers.informer(PersistentVolumeClaim.self)
        volumes = context.informers.informer(PersistentVolume.self)
        claims.addIndex(Self.index) { Array(Self.names(of: $0)) }
        volumes.addIndex(Self.index) { Array(Self.names(of: $0)) }
        classes.onChange { [queue] change in
            if case .deleted = change { return }
            let found = change.object
            if found.metadata.finalizers.contains(Self.finalizer) == found.isBeingDeleted { queue.add(found.name) }
        }
        claims.onChange { [queue] in Self.lost($0, Self.names(of:)).forEach(queue.add) }
        volumes.onChange { [queue] in Self.lost($0, Self.names(of:)).forEach(queue.add) }
    }

    private static func names(of claim: PersistentVolumeClaim) -> Set<String> {
        let status = claim.status
        let names = [
            claim.spec.volumeAttributesClassName, status.currentVolumeAttributesClassName,
            status.modifyVolumeStatus?.targetVolumeAttributesClassName,
        ]
        return Set(names.compactMap { $0 }.filter { !$0.isEmpty })
    }

    private static func names(of volume: PersistentVolume) -> Set<String> {
        Set([volume.spec.volumeAttributesClassName ?? ""].filter { !$0.isEmpty })
    }

    /// The classes that a change referred to before, and not after.
    private static func lost<T: KubeObject>(_ change: InformerChange<T>, _ names: (T) -> Set<String>) -> Set<String> {
        switch change {
        case .added: []
        case .updated(let old, let new): names(old).subtracting(names(new))
        case .deleted(let last): names(last)
        }
    }

    var name: String { "volumeattributesclass-protection" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [classes, claims, volumes] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let found = classes.get(ObjectKey(namespace: "", name: key)) else { return .done }
        if !found.isBeingDeleted {
            try await Finalizers.add(Self.finalizer, to: found, context.client)
        } else if claims.byIndex(Self.index, key).isEmpty, volumes.byIndex(Self.index, key).isEmpty {
            try await Finalizers.remove(Self.finalizer, from: found, context.client)
        }
        return .done
    }
}
