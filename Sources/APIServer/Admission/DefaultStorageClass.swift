import KubeAPI
import Machinery

/// Claims that name no class get the cluster's default one: of several, the one made last.
struct DefaultStorageClass: MutatingAdmission {
    let name = "DefaultStorageClass"
    let lookup: ObjectLookup

    private static let classAnnotation = "volume.beta.kubernetes.io/storage-class"

    /// The class a claim names; an empty name asks for volumes without a class.
    static func className(of claim: PersistentVolumeClaim) -> String? {
        claim.annotations[classAnnotation] ?? claim.spec.storageClassName
    }

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == PersistentVolumeClaim.resource, attributes.subresource.isEmpty,
            attributes.operation == .create,
            var claim = attributes.object.map(PersistentVolumeClaim.init(json:)), Self.className(of: claim) == nil
        else { return }
        let newest = try lookup.defaults(StorageClass.self).max { left, right in
            let (mine, theirs) = (left.metadata.creationTimestamp, right.metadata.creationTimestamp)
            guard let mine, let theirs, mine != theirs else { return left.name > right.name }
            return mine < theirs
        }
        guard let newest else { return }
        claim.spec.storageClassName = newest.name
        attributes.object = claim.json
    }
}
