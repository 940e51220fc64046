import APIServer
import Machinery
import Testing

@Suite("Which APIs are served")
struct ServedAPIsTests {
    private static func resource(_ group: String, _ version: String, _ name: String) -> GroupVersionResource {
        GroupVersionResource(group: group, version: version, resource: name)
    }

    private static let cases: [(config: String, gates: String, resource: GroupVersionResource, isServed: Bool)] = [
        ("", "", resource("", "v1", "pods"), true),
        ("", "", resource("resource.k8s.io", "v1beta1", "deviceclasses"), false),
        ("api/beta=true", "", resource("resource.k8s.io", "v1beta1", "deviceclasses"), true),
        ("api/beta=true", "", resource("resource.k8s.io", "v1alpha3", "devicetaintrules"), false),
        ("api/all=true", "", resource("resource.k8s.io", "v1alpha3", "devicetaintrules"), true),
        ("resource.k8s.io/v1beta2", "", resource("resource.k8s.io", "v1beta2", "deviceclasses"), true),
        (
            "resource.k8s.io/v1beta2,resource.k8s.io/v1beta2/deviceclasses=false", "",
            resource("resource.k8s.io", "v1beta2", "deviceclasses"), false
        ),
        ("apps/v1=false", "", resource("apps", "v1", "deployments"), false),
        ("api/beta=true", "", resource("certificates.k8s.io", "v1beta1", "clustertrustbundles"), false),
        (
            "api/beta=true", "ClusterTrustBundle=true",
            resource("certificates.k8s.io", "v1beta1", "clustertrustbundles"), true
        ),
        (
            "scheduling.k8s.io/v1alpha2=true", "AllAlpha=true",
            resource("scheduling.k8s.io", "v1alpha2", "workloads"), true
        ),
    ]

    @Test("follows runtime config and feature gates", arguments: cases.indices)
    func served(_ index: Int) throws {
        let example = Self.cases[index]
        let apis = try ServedAPIs(
            runtimeConfig: example.config, gates: try FeatureGates(parsing: example.gates))
        #expect(apis.isServed(example.resource) == example.isServed)
    }

    @Test("refuses versions that do not exist, and lets other groups be")
    func refuses() throws {
        #expect(throws: ServedAPIs.Failure.self) {
            try ServedAPIs(runtimeConfig: "apps/v7=true", gates: FeatureGates())
        }
        #expect(throws: ServedAPIs.Failure.self) {
            try ServedAPIs(runtimeConfig: "api/beta=perhaps", gates: FeatureGates())
        }
        _ = try ServedAPIs(runtimeConfig: "example.com/v1=true", gates: FeatureGates())
    }

    private static let gateFailures: [(text: String, message: String)] = [
        ("Nonsense=true", "unrecognized feature gate: Nonsense"),
        (
            "DynamicResourceAllocation=false",
            "cannot set feature gate DynamicResourceAllocation to false, feature is locked to true"
        ),
        ("GenericWorkload", "missing bool value for GenericWorkload"),
    ]

    @Test("feature gates are Kubernetes'", arguments: gateFailures.indices)
    func gates(_ index: Int) {
        let example = Self.gateFailures[index]
        let error = #expect(throws: FeatureGates.Failure.self) { try FeatureGates(parsing: example.text) }
        #expect(error?.description == example.message)
    }

    @Test("a gate's own setting wins over its stage's, and defaults hold otherwise")
    func defaults() throws {
        let gates = try FeatureGates(parsing: "GenericWorkload=false,AllAlpha=true")
        #expect(!gates.isEnabled("GenericWorkload"))
        #expect(gates.isEnabled("DynamicResourceAllocation"))
        #expect(!FeatureGates().isEnabled("ClusterTrustBundle"))
        #expect(FeatureGates.known.count > 200)
    }
}
