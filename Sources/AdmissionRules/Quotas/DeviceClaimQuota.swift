import KubeAPI
import Machinery

/// Claims of devices count by themselves and for the devices they may get, by class (KEP-3063, KEP-4816).
///
/// A class may stand behind an extended resource (KEP-5004): its devices count for that too, unless the claim was made
/// for a pod that asks for the resource and was charged for it.
struct DeviceClaimQuota: QuotaEvaluator {
    /// The extended resource that a class stands behind.
    let extendedResource: @Sendable (_ deviceClass: String) -> String?

    private static let objectCount = "count/resourceclaims.resource.k8s.io"
    private static let classSuffix = ".deviceclass.resource.k8s.io/devices"
    private static let implicitPrefix = "requests." + QuotaNames.deviceClassPrefix
    private static let forPodAnnotation = "resource.kubernetes.io/extended-resource-claim"
    /// As many devices as one claim can be given.
    private static let most: Int64 = 32

    func handles(_ request: QuotaRequest) -> Bool { request.subresource.isEmpty }
    func counts(_ name: String) -> Bool {
        name == Self.objectCount || name.hasSuffix(Self.classSuffix) || QuotaNames.isExtendedRequest(name)
    }

    func usage(of object: JSONObject) -> ResourceAmounts {
        let requests: [DeviceRequest] = object["spec"]?["devices"]?.objectValue?.views("requests") ?? []
        var devices: ResourceAmounts = [:]
        for request in requests {
            if let exact = request.exactly {
                devices.add([exact.deviceClassName: Self.amount(exact.allocationMode, exact.count)])
                continue
            }
            // Of the alternatives one is taken: of each class, the largest number counts.
            let most = request.firstAvailable.reduce(ResourceAmounts()) { most, alternative in
                most.raised(
                    to: [alternative.deviceClassName: Self.amount(alternative.allocationMode, alternative.count)])
            }
            devices.add(most)
        }
        var usage: ResourceAmounts = [Self.objectCount: 1]
        let isForPod = ObjectMeta(object["metadata"]).annotations[Self.forPodAnnotation] == "true"
        for (name, amount) in devices {
            usage[name + Self.classSuffix] = amount
            guard !isForPod, let resource = extendedResource(name) else { continue }
            usage[Self.implicitPrefix + name] = amount
            usage.add(["requests.\(resource)": amount])
        }
        return usage
    }

    private static func amount(_ mode: String?, _ count: Int64?) -> Quantity {
        Quantity(mode == "All" ? most : count ?? 1)
    }

    func isWithin(_ scope: QuotaScope, _ object: JSONObject) -> Bool { false }
    func omission(in object: JSONObject, required: Set<String>) -> String? { nil }
}
