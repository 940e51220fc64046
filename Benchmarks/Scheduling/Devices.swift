import Machinery

/// Devices as in scheduler_perf's workloads of dynamic resource allocation: ten on each node, a claim for each pod.
enum Devices {
    private static let driver = "test-driver.cdi.k8s.io"
    private static let version: JSON = "resource.k8s.io/v1"
    private static let perNode = 10

    static let shared = [
        Part(
            path: "/apis/resource.k8s.io/v1/deviceclasses",
            object: [
                "apiVersion": version, "kind": "DeviceClass", "metadata": ["name": "test-class"],
                "spec": ["selectors": [["cel": ["expression": .string("device.driver == \"\(driver)\"")]]]],
            ])
    ]

    @Sendable static func slice(_ node: String) -> [Part] {
        let devices = (0..<perNode).map { number -> JSON in ["name": .string("instance-\(number)")] }
        return [
            Part(
                path: "/apis/resource.k8s.io/v1/resourceslices",
                object: [
                    "apiVersion": version, "kind": "ResourceSlice", "metadata": ["name": .string("slice-\(node)")],
                    "spec": [
                        "driver": .string(driver), "nodeName": .string(node), "devices": .array(devices),
                        "pool": ["name": .string(node), "generation": 1, "resourceSliceCount": 1],
                    ],
                ])
        ]
    }

    /// A claim for one device, made before the pod that names it.
    @Sendable static func claim(_ namespace: String, _ pod: String, _ template: inout JSONObject) -> [Part] {
        var spec = template["spec"]?.objectValue ?? JSONObject()
        spec["resourceClaims"] = [["name": "resource", "resourceClaimName": .string(pod)]]
        template["spec"] = .object(spec)
        return [
            Part(
                path: "/apis/resource.k8s.io/v1/namespaces/\(namespace)/resourceclaims",
                object: [
                    "apiVersion": version, "kind": "ResourceClaim", "metadata": ["name": .string(pod)],
                    "spec": [
                        "devices": ["requests": [["name": "req-0", "exactly": ["deviceClassName": "test-class"]]]]
                    ],
                ])
        ]
    }
}
