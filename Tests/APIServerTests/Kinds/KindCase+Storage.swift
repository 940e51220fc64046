import Machinery

extension KindCase {
    static let storage: [KindCase] = [
        KindCase(
            path: "/apis/storage.k8s.io/v1/storageclasses",
            good: [
                "metadata": ["name": "fast"], "provisioner": "example.com/disk", "parameters": ["type": "ssd"],
                "allowedTopologies": [["matchLabelExpressions": [["key": "zone", "values": ["a"]]]]],
            ],
            wrong: [
                Wrong(["provisioner": nil], "provisioner: Required value"),
                Wrong(["provisioner": "a//b"], "provisioner: Invalid value"),
                Wrong(["parameters": ["": "x"]], "parameters: Invalid value: \"\": field can not be empty."),
                Wrong(
                    ["reclaimPolicy": "Recycle"],
                    "reclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\""),
                Wrong(["volumeBindingMode": "Later"], "volumeBindingMode: Unsupported value"),
                Wrong(
                    ["allowedTopologies.0.matchLabelExpressions.0.values": []],
                    "allowedTopologies[0].matchLabelExpressions[0].values: Required value"),
            ],
            wrongUpdates: [
                Wrong(["parameters": ["type": "hdd"]], "parameters: Invalid value"),
                Wrong(["reclaimPolicy": "Retain"], "reclaimPolicy: Invalid value: \"Retain\": field is immutable"),
            ], cells: ["fast", "example.com/disk", "Delete", "Immediate", false]),
        KindCase(
            path: "/apis/storage.k8s.io/v1/volumeattachments",
            good: [
                "metadata": ["name": "a"],
                "spec": ["attacher": "csi.example.com", "nodeName": "n1", "source": ["persistentVolumeName": "pv"]],
            ],
            wrong: [
                Wrong(["spec.attacher": nil], "spec.attacher: Required value"),
                Wrong(
                    ["spec.source": [:]],
                    "spec.source: Required value: must specify exactly one of inlineVolumeSpec and "
                        + "persistentVolumeName"),
                Wrong(
                    ["spec.source.inlineVolumeSpec": ["csi": ["driver": "d", "volumeHandle": "h"]]],
                    "spec.source: Forbidden"),
                Wrong(["spec.nodeName": "N"], "spec.nodeName: Invalid value"),
            ],
            wrongUpdates: [Wrong(["spec.nodeName": "n2"], "spec: Invalid value")],
            cells: ["a", "csi.example.com", "pv", "n1", false]),
        KindCase(
            path: "/apis/storage.k8s.io/v1/csinodes",
            good: [
                "metadata": ["name": "n1"],
                "spec": ["drivers": [["name": "d.example.com", "nodeID": "x", "topologyKeys": ["zone"]]]],
            ],
            wrong: [
                Wrong(["spec.drivers.0.nodeID": nil], "spec.drivers[0].nodeID: Required value"),
                Wrong(
                    ["spec.drivers.0.allocatable": ["count": -1]],
                    "spec.drivers[0].allocatable.count: Invalid value: -1: must be greater than or equal to 0"),
                Wrong(["spec.drivers.0.topologyKeys": ["a", "a"]], "spec.drivers[0]: Duplicate value: \"a\""),
            ],
            wrongUpdates: [Wrong(["spec.drivers.0.nodeID": "y"], "spec.drivers: Invalid value")],
            cells: ["n1", 1]),
        KindCase(
            path: "/apis/storage.k8s.io/v1/csidrivers",
            good: ["metadata": ["name": "d.example.com"], "spec": ["tokenRequests": [["audience": "a"]]]],
            wrong: [
                Wrong(["spec.fsGroupPolicy": "Some"], "spec.fsGroupPolicy: Unsupported value"),
                Wrong(
                    ["spec.tokenRequests": [["audience": "a", "expirationSeconds": 60]]],
                    "spec.tokenRequests[0].expirationSeconds: Invalid value: 60: may not specify a duration less than "
                        + "10 minutes"),
                Wrong(["spec.volumeLifecycleModes": ["Never"]], "spec.volumeLifecycleModes: Unsupported value"),
                Wrong(
                    ["spec.nodeAllocatableUpdatePeriodSeconds": 3], "must be greater than or equal to 10 seconds"),
            ],
            wrongUpdates: [Wrong(["spec.attachRequired": false], "spec.attachedRequired: Invalid value")],
            cells: ["d.example.com", true, false, false, "a", false, "Persistent"]),
        KindCase(
            path: "/apis/storage.k8s.io/v1/namespaces/default/csistoragecapacities",
            good: ["metadata": ["name": "c"], "storageClassName": "fast", "capacity": "1Gi", "nodeTopology": [:]],
            wrong: [
                Wrong(["capacity": "-1"], "capacity: Invalid value"),
                Wrong(["storageClassName": "No"], "storageClassName: Invalid value"),
            ],
            wrongUpdates: [Wrong(["storageClassName": "slow"], "storageClassName: Invalid value")],
            cells: ["c", "fast", "1Gi"]),
        KindCase(
            path: "/apis/storage.k8s.io/v1/volumeattributesclasses",
            good: ["metadata": ["name": "gold"], "driverName": "d.example.com", "parameters": ["iops": "5"]],
            wrong: [
                Wrong(
                    ["parameters": nil], "parameters: Required value: must contain at least one key/value pair"),
                Wrong(["driverName": nil], "driverName: Required value"),
            ],
            wrongUpdates: [
                Wrong(["driverName": "e.example.com"], "driverName: Forbidden: updates to driverName are forbidden.")
            ], cells: ["gold", "d.example.com"]),
    ]

    static let classes: [KindCase] = [
        KindCase(
            path: "/apis/scheduling.k8s.io/v1/priorityclasses",
            good: ["metadata": ["name": "high"], "value": 1000],
            wrong: [
                Wrong(
                    ["value": 2_000_000_000],
                    "value: Forbidden: maximum allowed value of a user defined priority is 1000000000"),
                Wrong(
                    ["metadata.name": "system-mine"],
                    "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use "
                        + "only. error: system-mine is not a known system priority class"),
                Wrong(["preemptionPolicy": "Perhaps"], "preemptionPolicy: Unsupported value"),
            ],
            wrongUpdates: [
                Wrong(["value": 7], "value: Forbidden: may not be changed in an update."),
                Wrong(["preemptionPolicy": "Never"], "preemptionPolicy: Invalid value"),
            ], cells: ["high", 1000, false]),
        KindCase(
            path: "/apis/node.k8s.io/v1/runtimeclasses",
            good: [
                "metadata": ["name": "sandboxed"], "handler": "runsc", "overhead": ["podFixed": ["cpu": "100m"]],
                "scheduling": ["nodeSelector": ["sandbox": "yes"], "tolerations": [["operator": "Exists"]]],
            ],
            wrong: [
                Wrong(["handler": nil], "handler: Required value"),
                Wrong(["handler": "a.b"], "handler: Invalid value"),
                Wrong(["scheduling.nodeSelector": ["a/b/c": "x"]], "scheduling.nodeSelector: Invalid value"),
                Wrong(
                    ["scheduling.tolerations": [["operator": "Exists"], ["operator": "Exists"]]],
                    "scheduling.tolerations[1]: Duplicate value"),
            ],
            wrongUpdates: [Wrong(["handler": "kata"], "handler: Invalid value: \"kata\": field is immutable")],
            cells: ["sandboxed", "runsc"]),
    ]
}
