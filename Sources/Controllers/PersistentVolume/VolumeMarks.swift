import KubeAPI
import Machinery

/// The annotations and finalizers by which the binder, the scheduler and provisioners tell each other how far they are.
enum VolumeMarks {
    /// On a claim whose binding is complete: from then on a missing volume is a loss.
    static let bindCompleted = "pv.kubernetes.io/bind-completed"
    /// On the side of a binding that the controller chose, so that it may take it back.
    static let boundByController = "pv.kubernetes.io/bound-by-controller"
    /// On a volume: who made it, and has to delete it.
    static let provisionedBy = "pv.kubernetes.io/provisioned-by"
    static let migratedTo = "pv.kubernetes.io/migrated-to"
    /// On a claim: who is to make its volume.
    static let provisioner = "volume.kubernetes.io/storage-provisioner"
    static let betaProvisioner = "volume.beta.kubernetes.io/storage-provisioner"
    /// On a claim: the node that the scheduler chose for its first pod.
    static let selectedNode = "volume.kubernetes.io/selected-node"
    /// On a volume that is being grown: the size it had before.
    static let sizeBeforeResize = "volume.alpha.kubernetes.io/pre-resize-capacity"
    static let betaClass = "volume.beta.kubernetes.io/storage-class"
    static let isDefaultClass = "storageclass.kubernetes.io/is-default-class"
    static let betaIsDefaultClass = "storageclass.beta.kubernetes.io/is-default-class"
    /// Keeps a volume until its provisioner has deleted what is behind it.
    static let provisionerFinalizer = "external-provisioner.volume.kubernetes.io/finalizer"
}

extension PersistentVolumeClaim {
    /// The class asked for; empty where there is none.
    var className: String { annotations[VolumeMarks.betaClass] ?? spec.storageClassName ?? "" }

    /// Whether the claim says anything of a class; an empty name says "none".
    var namesClass: Bool { annotations[VolumeMarks.betaClass] != nil || spec.storageClassName != nil }

    var volumeName: String { spec.volumeName ?? "" }
    var isBindingComplete: Bool { annotations[VolumeMarks.bindCompleted] != nil }
    var request: Quantity { spec.resources?.requests["storage"] ?? .zero }
}

extension PersistentVolume {
    var className: String { annotations[VolumeMarks.betaClass] ?? spec.storageClassName ?? "" }
    var capacity: Quantity { spec.capacity["storage"] ?? .zero }
    var phase: String { status.phase ?? "" }

    /// The claim that the volume belongs to, or is kept for.
    var claimKey: ObjectKey? {
        spec.claimRef.map { ObjectKey(namespace: $0.namespace ?? "", name: $0.name ?? "") }
    }

    /// Whether it belongs to the claim, or is kept for one of its name.
    func isReserved(for claim: PersistentVolumeClaim) -> Bool {
        guard let reference = spec.claimRef, claimKey == claim.key else { return false }
        let uid = reference.uid ?? ""
        return uid.isEmpty || uid == claim.uid
    }
}

extension StorageClass {
    var isDefault: Bool {
        annotations[VolumeMarks.isDefaultClass] == "true" || annotations[VolumeMarks.betaIsDefaultClass] == "true"
    }

    var waitsForConsumer: Bool { volumeBindingMode == "WaitForFirstConsumer" }
}
