import KubeAPI
import Machinery

/// Claims count by themselves and for the storage they ask for, in all and for their storage class.
struct VolumeClaimQuota: QuotaEvaluator {
    private static let number = "persistentvolumeclaims"
    private static let objectCount = "count/persistentvolumeclaims"
    private static let storage = "requests.storage"
    private static let classInfix = ".storageclass.storage.k8s.io/"

    func handles(_ request: QuotaRequest) -> Bool {
        switch request.subresource {
        case "": return true
        case "status":
            guard let old = request.old.map(PersistentVolumeClaim.init(json:)) else { return false }
            let new = PersistentVolumeClaim(json: request.object)
            return new.status.allocatedResources["storage"] != old.status.allocatedResources["storage"]
                || Set(Self.attributesClasses(of: new)) != Set(Self.attributesClasses(of: old))
        default: return false
        }
    }

    func counts(_ name: String) -> Bool {
        name == Self.objectCount || name == Self.number || name == Self.storage
            || name.hasSuffix(Self.classInfix + Self.number) || name.hasSuffix(Self.classInfix + Self.storage)
    }

    func usage(of object: JSONObject) -> ResourceAmounts {
        let claim = PersistentVolumeClaim(json: object)
        var usage: ResourceAmounts = [Self.number: 1, Self.objectCount: 1]
        let name =
            claim.metadata.annotations["volume.beta.kubernetes.io/storage-class"] ?? claim.spec.storageClassName ?? ""
        if !name.isEmpty { usage[name + Self.classInfix + Self.number] = 1 }
        if let storage = Self.storage(of: claim) {
            usage[Self.storage] = storage
            if !name.isEmpty { usage[name + Self.classInfix + Self.storage] = storage }
        }
        return usage
    }

    /// What is asked for, or what is still held after a resize that failed.
    private static func storage(of claim: PersistentVolumeClaim) -> Quantity? {
        guard let wanted = claim.spec.resources?.requests["storage"] else { return nil }
        let held = claim.status.allocatedResources["storage"] ?? .zero
        let amount = max(wanted, held)
        // Parts of a byte count as a byte.
        return amount.nanos % 1_000_000_000 == 0 ? amount : Quantity(amount.value, format: amount.format)
    }

    func isWithin(_ scope: QuotaScope, _ object: JSONObject) -> Bool {
        guard case .volumeAttributesClass = scope.name else { return false }
        return scope.matches(Self.attributesClasses(of: PersistentVolumeClaim(json: object)))
    }

    /// The classes that a claim has, wants or is on the way to.
    private static func attributesClasses(of claim: PersistentVolumeClaim) -> [String] {
        [
            claim.spec.volumeAttributesClassName, claim.status.currentVolumeAttributesClassName,
            claim.status.modifyVolumeStatus?.targetVolumeAttributesClassName,
        ].compactMap { $0 }.filter { !$0.isEmpty }
    }

    func omission(in object: JSONObject, required: Set<String>) -> String? { nil }
}
