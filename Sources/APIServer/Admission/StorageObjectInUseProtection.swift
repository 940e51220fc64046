import KubeAPI
import Machinery

/// Storage in use does not go before its users: new objects get a finalizer, which a controller takes away.
struct StorageObjectInUseProtection: MutatingAdmission {
    let name = "StorageObjectInUseProtection"

    private static let finalizers: [GroupResource: String] = [
        PersistentVolume.resource.groupResource: "kubernetes.io/pv-protection",
        PersistentVolumeClaim.resource.groupResource: "kubernetes.io/pvc-protection",
        VolumeAttributesClass.resource.groupResource: "kubernetes.io/vac-protection",
    ]

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.operation == .create, attributes.subresource.isEmpty,
            let finalizer = Self.finalizers[attributes.resource.groupResource], var object = attributes.object
        else { return }
        var metadata = ObjectMeta(object["metadata"])
        guard !metadata.finalizers.contains(finalizer) else { return }
        metadata.finalizers.append(finalizer)
        object["metadata"] = .object(metadata.json)
        attributes.object = object
    }
}
