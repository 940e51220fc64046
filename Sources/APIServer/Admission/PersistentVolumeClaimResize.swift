import KubeAPI
import Machinery

/// Claims grow only where the class that made their volume allows it.
struct PersistentVolumeClaimResize: ValidatingAdmission {
    let name = "PersistentVolumeClaimResize"
    let lookup: ObjectLookup

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == PersistentVolumeClaim.resource, attributes.subresource.isEmpty,
            attributes.operation == .update,
            let claim = attributes.object.map(PersistentVolumeClaim.init(json:)),
            let old = attributes.oldObject.map(PersistentVolumeClaim.init(json:)),
            let size = Self.size(of: claim), let before = Self.size(of: old), size > before
        else { return }
        guard old.status.phase == "Bound" else {
            throw refuse(attributes, "Only bound persistent volume claims can be expanded")
        }
        guard let name = DefaultStorageClass.className(of: claim), !name.isEmpty,
            name == DefaultStorageClass.className(of: old),
            lookup.clusterObject(StorageClass.self, name)?.allowVolumeExpansion == true
        else {
            throw refuse(
                attributes,
                "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must "
                    + "support resize")
        }
    }

    private static func size(of claim: PersistentVolumeClaim) -> Quantity? { claim.spec.resources?.requests["storage"] }

    private func refuse(_ attributes: AdmissionAttributes, _ detail: String) -> StatusError {
        .forbidden(attributes.resource.groupResource, name: attributes.name, detail)
    }
}
