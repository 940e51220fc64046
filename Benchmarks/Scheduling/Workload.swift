import Machinery

/// An object that a workload needs, and the collection it is in.
struct Part: Sendable {
    let path: String
    let object: JSONObject
}

/// A workload of kube-scheduler's own scheduler_perf, by its name and size there.
struct Workload: Sendable {
    let name: String
    let nodes: Int
    /// Labels that nodes take in turn.
    var nodeLabels: [JSONObject] = [[:]]
    /// Pods that are there before, and the namespace they are in.
    let initialPods: Int
    var initial: JSONObject = PodTemplate.plain
    var initialNamespace = "init"
    /// Whether the first pods are to find a place.
    var initialFit = true
    let pods: Int
    var measured: JSONObject = PodTemplate.plain
    /// What is there besides nodes and pods: for all, with a node, and with a pod.
    var parts: [Part] = []
    var nodeParts: @Sendable (_ node: String) -> [Part] = { _ in [] }
    var podParts: @Sendable (_ namespace: String, _ pod: String, _ template: inout JSONObject) -> [Part] = { _, _, _ in
        []
    }
    /// Pods a second: what is asked for, and what kube-scheduler does on this kind of machine.
    let goal: Double
    let peer: Double

    static let all: [Workload] = [
        Workload(
            name: "SchedulingBasic", nodes: 5000, initialPods: 1000, pods: 10000, goal: 1750, peer: 175),
        Workload(
            name: "SchedulingNodeAffinity", nodes: 5000, nodeLabels: [zone("zone1")], initialPods: 5000,
            initial: PodTemplate.nodeAffinity, pods: 10000, measured: PodTemplate.nodeAffinity, goal: 1520, peer: 152),
        Workload(
            name: "PreemptionAsync", nodes: 5000, initialPods: 20000, initial: PodTemplate.low, pods: 5000,
            measured: PodTemplate.high, goal: 1400, peer: 140),
        Workload(
            name: "Unschedulable", nodes: 5000, initialPods: 100, initial: PodTemplate.large, initialFit: false,
            pods: 10000, goal: 1460, peer: 146),
        Workload(
            name: "TopologySpreading", nodes: 5000, nodeLabels: [zone("moon-1"), zone("moon-2"), zone("moon-3")],
            initialPods: 5000, pods: 5000, measured: PodTemplate.spread(isRequired: true), goal: 530, peer: 53),
        Workload(
            name: "PreferredTopologySpreading", nodes: 5000,
            nodeLabels: [zone("moon-1"), zone("moon-2"), zone("moon-3")], initialPods: 5000, pods: 5000,
            measured: PodTemplate.spread(isRequired: false), goal: 610, peer: 61),
        Workload(
            name: "SchedulingPodAntiAffinity", nodes: 5000, initialPods: 1000,
            initial: PodTemplate.antiAffinity, initialNamespace: "sched-0", pods: 2000,
            measured: PodTemplate.antiAffinity, goal: 520, peer: 52),
        Workload(
            name: "SchedulingPodAffinity", nodes: 5000, nodeLabels: [zone("zone1")], initialPods: 5000,
            initial: PodTemplate.affinity, initialNamespace: "sched-0", pods: 5000, measured: PodTemplate.affinity,
            goal: 290, peer: 29),
        Workload(
            name: "DRA", nodes: 500, initialPods: 2500, initialNamespace: "sched-0", pods: 2000,
            parts: Devices.shared, nodeParts: Devices.slice, podParts: Devices.claim, goal: 500, peer: 81),
        Workload(
            name: "Gang", nodes: 5000, initialPods: 0, pods: 1000, measured: PodTemplate.member,
            parts: [PodTemplate.gang(of: 1000)], goal: 1000, peer: 0),
    ]

    private static func zone(_ name: String) -> JSONObject { ["topology.kubernetes.io/zone": .string(name)] }
}

/// The pods of scheduler_perf's templates, without their names.
enum PodTemplate {
    private static func pod(
        cpu: String = "100m", memory: String = "500Mi", labels: JSONObject = [:], _ extra: JSONObject = [:]
    ) -> JSONObject {
        var spec: JSONObject = [
            "containers": [
                [
                    "name": "pause", "image": "registry.k8s.io/pause:3.10.1",
                    "ports": [["containerPort": 80]],
                    "resources": ["requests": ["cpu": .string(cpu), "memory": .string(memory)]],
                ]
            ]
        ]
        for member in extra.members { spec[member.key] = member.value }
        return ["metadata": ["labels": .object(labels)], "spec": .object(spec)]
    }

    static let plain = pod()
    static let member = pod(["schedulingGroup": ["podGroupName": "gang"]])

    static func gang(of count: Int64) -> Part {
        Part(
            path: "/apis/scheduling.k8s.io/v1alpha2/namespaces/sched-1/podgroups",
            object: [
                "apiVersion": "scheduling.k8s.io/v1alpha2", "kind": "PodGroup", "metadata": ["name": "gang"],
                "spec": ["schedulingPolicy": ["gang": ["minCount": .int(count)]]],
            ])
    }

    static let low = pod(cpu: "900m", ["terminationGracePeriodSeconds": 0])
    static let high = pod(cpu: "3", ["terminationGracePeriodSeconds": 0, "priority": 10])
    static let large = pod(cpu: "9")

    static let nodeAffinity = pod([
        "affinity": [
            "nodeAffinity": [
                "requiredDuringSchedulingIgnoredDuringExecution": [
                    "nodeSelectorTerms": [
                        [
                            "matchExpressions": [
                                [
                                    "key": "topology.kubernetes.io/zone", "operator": "In",
                                    "values": ["zone1", "zone2"],
                                ]
                            ]
                        ]
                    ]
                ]
            ]
        ]
    ])

    static func spread(isRequired: Bool) -> JSONObject {
        pod(
            labels: ["color": "blue"],
            [
                "topologySpreadConstraints": [
                    [
                        "maxSkew": 5, "topologyKey": "topology.kubernetes.io/zone",
                        "whenUnsatisfiable": .string(isRequired ? "DoNotSchedule" : "ScheduleAnyway"),
                        "labelSelector": ["matchLabels": ["color": "blue"]],
                    ]
                ]
            ])
    }

    private static func term(_ color: String, _ topology: String) -> JSON {
        [
            "requiredDuringSchedulingIgnoredDuringExecution": [
                [
                    "labelSelector": ["matchLabels": ["color": .string(color)]],
                    "topologyKey": .string(topology), "namespaces": ["sched-1", "sched-0"],
                ]
            ]
        ]
    }

    static let antiAffinity = pod(
        labels: ["color": "green", "name": "test"],
        ["affinity": ["podAntiAffinity": term("green", "kubernetes.io/hostname")]])
    static let affinity = pod(
        labels: ["color": "blue"], ["affinity": ["podAffinity": term("blue", "topology.kubernetes.io/zone")]])
}
