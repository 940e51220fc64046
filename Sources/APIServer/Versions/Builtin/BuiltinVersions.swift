import KubeSchemas
import Machinery

/// The families of built-in kinds that have several versions.
///
/// A strategy names the version its kind is stored in (`Object.resource`); the catalog lists it once for every version
/// that is to be served.
enum BuiltinVersions {
    private static let converters: [GroupResource: any PureVersionConverter] = [
        GroupResource(group: "", resource: "events"): EventConversion(),
        GroupResource(group: "autoscaling", resource: "horizontalpodautoscalers"): AutoscalerConversion(),
        GroupResource(group: "resource.k8s.io", resource: "resourceclaims"): DeviceConversion(),
        GroupResource(group: "resource.k8s.io", resource: "resourceclaimtemplates"): DeviceConversion(),
        GroupResource(group: "resource.k8s.io", resource: "resourceslices"): DeviceConversion(),
    ]

    /// The families of all kinds with several versions, by the resource they are stored as: served or not, so that what
    /// managers own in a version that was turned off stays right.
    private static let families: [GroupVersionResource: (stored: APIResource, family: VersionFamily)] = {
        let resources = Dictionary(BuiltinSchemas.resources.map { ($0.gvr, $0) }) { first, _ in first }
        var others: [GroupVersionResource: [APIResource]] = [:]
        for resource in BuiltinSchemas.resources {
            guard let strategy = StrategyCatalog.all[resource.gvr], strategy.storedResource != resource.gvr else {
                continue
            }
            others[strategy.storedResource, default: []].append(resource)
        }
        var families: [GroupVersionResource: (stored: APIResource, family: VersionFamily)] = [:]
        for (gvr, others) in others {
            guard let stored = resources[gvr] else { continue }
            let family = VersionFamily(
                stored: (stored.gvk, stored.schema), others: others.map { ($0.gvk.groupVersion, $0.schema) },
                converter: converters[gvr.groupResource])
            families[gvr] = (stored, family)
        }
        return families
    }()

    /// In which version a resource's rules work, and its family; both are `nil` for a kind with one version.
    static func place(
        of resource: APIResource, strategy: any Strategy
    ) -> (working: APIResource?, versions: VersionFamily?) {
        guard let found = families[strategy.storedResource] else { return (nil, nil) }
        return (found.stored, found.family)
    }
}
