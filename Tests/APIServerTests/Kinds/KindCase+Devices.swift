import Machinery

extension KindCase {
    private static let claim: JSON = [
        "devices": [
            "requests": [
                [
                    "name": "gpu",
                    "exactly": ["deviceClassName": "gpu.example.com", "selectors": [["cel": ["expression": "true"]]]],
                ]
            ]
        ]
    ]

    static let devices: [KindCase] = [
        KindCase(
            path: "/apis/resource.k8s.io/v1/deviceclasses",
            good: [
                "metadata": ["name": "gpu.example.com"],
                "spec": ["selectors": [["cel": ["expression": "device.driver == 'gpu.example.com'"]]]],
            ],
            wrong: [
                Wrong(["spec.selectors": [[:]]], "spec.selectors[0].cel: Required value"),
                Wrong(
                    ["spec.config": [["opaque": ["driver": "d.example.com", "parameters": 1]]]],
                    "spec.config[0].opaque.parameters: Invalid value: \"<value omitted>\": must be a valid JSON"),
                Wrong(["spec.extendedResourceName": "cpu"], "must be a valid extended resource name"),
            ], cells: ["gpu.example.com"]),
        KindCase(
            path: "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims",
            good: ["metadata": ["name": "c"], "spec": claim],
            wrong: [
                Wrong(
                    ["spec.devices.requests.0.exactly": nil],
                    "spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required"
                ),
                Wrong(
                    ["spec.devices.requests.0.exactly.deviceClassName": nil],
                    "spec.devices.requests[0].exactly.deviceClassName: Required value"),
                Wrong(
                    [
                        "spec.devices.requests.0.exactly.allocationMode": "All",
                        "spec.devices.requests.0.exactly.count": 2,
                    ],
                    "must not be specified when allocationMode is 'All'"),
                Wrong(
                    ["spec.devices.constraints": [["requests": ["other"], "matchAttribute": "d.example.com/model"]]],
                    "must be the name of a request in the claim"),
                Wrong(
                    ["spec.devices.constraints": [["matchAttribute": "model"]]],
                    "a fully qualified name must be a domain and a name separated by a slash"),
            ],
            wrongUpdates: [Wrong(["spec.devices.requests.0.name": "b"], "spec: Invalid value")],
            cells: ["c", "pending"]),
        KindCase(
            path: "/apis/resource.k8s.io/v1/namespaces/default/resourceclaimtemplates",
            good: ["metadata": ["name": "t"], "spec": ["spec": claim]],
            wrong: [
                Wrong(["spec.spec.devices.requests.0.name": "A"], "spec.spec.devices.requests[0].name: Invalid value")
            ],
            wrongUpdates: [Wrong(["spec.spec.devices.requests.0.name": "b"], "spec: Invalid value")], cells: ["t"]),
        KindCase(
            path: "/apis/resource.k8s.io/v1/resourceslices",
            good: [
                "metadata": ["name": "s"],
                "spec": [
                    "driver": "d.example.com", "nodeName": "n1",
                    "pool": ["name": "n1", "generation": 1, "resourceSliceCount": 1],
                    "devices": [
                        [
                            "name": "d0", "attributes": ["model": ["string": "x"], "rev": ["version": "1.2.3"]],
                            "capacity": ["memory": ["value": "1Gi"]],
                        ]
                    ],
                ],
            ],
            wrong: [
                Wrong(
                    ["spec.nodeName": nil],
                    "spec: Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`, "
                        + "`perDeviceNodeSelection` is required"),
                Wrong(["spec.allNodes": true], "but multiple fields are set"),
                Wrong(["spec.pool.resourceSliceCount": 0], "must be greater than zero"),
                Wrong(
                    ["spec.devices.0.attributes": ["rev": ["version": "1"]]],
                    "must be a string compatible with semver.org spec 2.0.0"),
                Wrong(
                    ["spec.devices.0.attributes": ["a": [:]]],
                    "spec.devices[0].attributes[a]: Invalid value: \"\": exactly one value must be specified"),
                Wrong(
                    ["spec.devices.0.capacity.memory.requestPolicy": ["default": "1"]],
                    "allowMultipleAllocations must be true"),
                Wrong(["spec.devices.0.nodeName": "n"], "can only be set if `perDeviceNodeSelection` is set to true"),
                Wrong(
                    ["spec.devices.0.taints": [["key": "k", "effect": "Bad"]]],
                    "spec.devices[0].taints[0].effect: Unsupported value: \"Bad\""),
            ],
            wrongUpdates: [
                Wrong(["spec.driver": "e.example.com"], "spec.driver: Invalid value"),
                Wrong(["spec.pool.name": "n2"], "spec.pool.name: Invalid value"),
            ], cells: ["s", "n1", "d.example.com", "n1"]),
        KindCase(
            path: "/apis/resource.k8s.io/v1beta2/devicetaintrules",
            good: ["metadata": ["name": "r"], "spec": ["taint": ["key": "k", "value": "v", "effect": "NoExecute"]]],
            wrong: [
                Wrong(["spec.taint.effect": nil], "spec.taint.effect: Required value"),
                Wrong(["spec.deviceSelector": ["driver": "-"]], "spec.deviceSelector.driver: Invalid value"),
            ], cells: ["r", "k", "v", "NoExecute"]),
        KindCase(
            path: "/apis/resource.k8s.io/v1alpha3/resourcepoolstatusrequests",
            good: ["metadata": ["name": "q"], "spec": ["driver": "d.example.com", "limit": 5]],
            wrong: [Wrong(["spec.limit": 0], "spec.limit: Invalid value: 0: must be greater than or equal to 1")],
            wrongUpdates: [Wrong(["spec.limit": 6], "spec: Invalid value")],
            cells: ["q", "d.example.com", "-", "-", "-", "-", "-", 0, "Pending", "<none>"]),
    ]

    static let betas: [KindCase] = [
        KindCase(
            path: "/apis/coordination.k8s.io/v1beta1/namespaces/default/leasecandidates",
            good: [
                "metadata": ["name": "l"],
                "spec": [
                    "leaseName": "x", "binaryVersion": "1.36.0", "emulationVersion": "1.35.0",
                    "strategy": "OldestEmulationVersion",
                ],
            ],
            wrong: [
                Wrong(["spec.binaryVersion": "1.36"], "must be a valid semantic version"),
                Wrong(["spec.binaryVersion": "1.34.0"], "must be greater than or equal to `emulationVersion`"),
                Wrong(["spec.strategy": "Newest"], "spec.strategy.strategy: Unsupported value"),
            ],
            wrongUpdates: [Wrong(["spec.leaseName": "y"], "spec.leaseName: Invalid value")],
            cells: ["l", "x", "1.36.0", "1.35.0"]),
        KindCase(
            path: "/apis/storagemigration.k8s.io/v1beta1/storageversionmigrations",
            good: ["metadata": ["name": "m"], "spec": ["resource": ["group": "apps", "resource": "deployments"]]],
            wrong: [
                Wrong(
                    ["spec.resource.resource": nil],
                    "spec.resource.resource: Required value: resource is required to be set")
            ],
            wrongUpdates: [Wrong(["spec.resource.resource": "pods"], "spec: Invalid value")],
            cells: ["m", "deployments.apps", "Unknown"]),
        KindCase(
            path: "/apis/internal.apiserver.k8s.io/v1alpha1/storageversions",
            good: ["metadata": ["name": "apps.deployments"], "spec": [:]],
            wrong: [Wrong(["metadata.name": "x"], "name must be in the form of <group>.<resource>")],
            cells: ["apps.deployments", "<unset>", "<unset>"]),
        KindCase(
            path: "/apis/scheduling.k8s.io/v1alpha2/namespaces/default/workloads",
            good: [
                "metadata": ["name": "w"],
                "spec": ["podGroupTemplates": [["name": "g", "schedulingPolicy": ["gang": ["minCount": 3]]]]],
            ],
            wrong: [
                Wrong(["spec.podGroupTemplates": []], "spec.podGroupTemplates: Required value"),
                Wrong(
                    ["spec.podGroupTemplates.0.schedulingPolicy": [:]], "must specify one of: `basic`, `gang`"),
            ],
            wrongUpdates: [
                Wrong(["spec.podGroupTemplates.0.name": "h"], "spec.podGroupTemplates: Invalid value")
            ], cells: ["w"]),
        KindCase(
            path: "/apis/scheduling.k8s.io/v1alpha2/namespaces/default/podgroups",
            good: ["metadata": ["name": "g"], "spec": ["schedulingPolicy": ["gang": ["minCount": 2]]]],
            wrong: [
                Wrong(
                    ["spec.schedulingPolicy.gang.minCount": -1],
                    "spec.schedulingPolicy.gang.minCount: Invalid value: -1: must be greater than or equal to 1")
            ],
            wrongUpdates: [
                Wrong(["spec.schedulingPolicy.gang.minCount": 4], "spec.schedulingPolicy: Invalid value")
            ], cells: ["g", "Gang", "<none>", "Pending"]),
    ]
}
