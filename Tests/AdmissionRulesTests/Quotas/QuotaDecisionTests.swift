import AdmissionRules
import KubeAPI
import Machinery
import Testing

/// A clock that stands still.
private struct StillClock: WallClock {
    var now: Timestamp { Timestamp(seconds: 1_000_000) }
}

@Suite("Quotas")
struct QuotaDecisionTests {
    private let pods = GroupResource(group: "", resource: "pods")

    private func evaluator(_ resource: GroupResource) throws -> any QuotaEvaluator {
        try #require(QuotaEvaluators(clock: StillClock()).evaluator(for: resource))
    }

    private func charge(
        _ request: QuotaRequest, to quotas: [QuotaState], limited: [LimitedResource] = []
    ) throws -> [ResourceAmounts] {
        try QuotaDecision(evaluator(request.resource), limited: limited).charge(request, to: quotas).map(\.used)
    }

    private func message(_ request: QuotaRequest, _ quotas: [QuotaState], limited: [LimitedResource] = []) -> String? {
        #expect(throws: QuotaRefusal.self) { try charge(request, to: quotas, limited: limited) }?.message
    }

    private func pod(_ resources: JSONObject = [:], _ spec: JSONObject = [:], status: JSONObject = [:]) -> JSONObject {
        var spec = spec
        spec["containers"] = [["name": "c", "resources": .object(resources)]]
        return ["metadata": ["name": "p"], "spec": .object(spec), "status": .object(status)]
    }

    private func create(_ object: JSONObject, _ resource: GroupResource? = nil) -> QuotaRequest {
        QuotaRequest(resource: resource ?? pods, object: object)
    }

    @Test("What is over the limit is refused with what was asked for, is used and is allowed")
    func exceeding() throws {
        let quota = QuotaState(name: "q", hard: ["pods": 2, "requests.cpu": 4], used: ["pods": 2, "requests.cpu": 1])
        #expect(
            message(create(pod(["requests": ["cpu": "1"]])), [quota])
                == "exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2")
        let free = QuotaState(name: "q", hard: ["pods": 3, "requests.cpu": 4], used: ["pods": 2, "requests.cpu": 1])
        #expect(
            try charge(create(pod(["requests": ["cpu": "1"]])), to: [free]) == [["pods": 3, "requests.cpu": 2]])
    }

    @Test("Containers must say what a quota limits")
    func omissions() {
        let quota = QuotaState(
            name: "q", hard: ["limits.cpu": 1, "memory": 1], used: ["limits.cpu": 0, "memory": 0])
        #expect(
            message(create(pod()), [quota]) == "failed quota: q: must specify limits.cpu for: c; memory for: c")
    }

    @Test("A quota that was never counted lets nothing in")
    func uncounted() {
        let quota = QuotaState(name: "q", hard: ["pods": 2], used: [:])
        #expect(message(create(pod()), [quota]) == "status unknown for quota: q, resources: pods")
    }

    @Test("An update is charged for what it adds, and never refunded")
    func updates() throws {
        let quota = QuotaState(name: "q", hard: ["requests.cpu": 4], used: ["requests.cpu": 2])
        func resize(_ from: String, _ to: String) -> QuotaRequest {
            QuotaRequest(
                resource: pods, subresource: "resize", object: pod(["requests": ["cpu": .string(to)]]),
                old: pod(["requests": ["cpu": .string(from)]]))
        }
        #expect(try charge(resize("1", "3"), to: [quota]) == [["requests.cpu": 4]])
        #expect(try charge(resize("3", "1"), to: [quota]) == [["requests.cpu": 2]])
        #expect(
            message(resize("1", "4"), [quota])
                == "exceeded quota: q, requested: requests.cpu=3, used: requests.cpu=2, limited: requests.cpu=4")
    }

    @Test("A pod that comes within a scope by an update is charged whole")
    func movingScope() throws {
        let quota = QuotaState(name: "q", hard: ["pods": 1], used: ["pods": 0], scopes: [QuotaScope("Terminating")])
        let request = QuotaRequest(
            resource: pods, object: pod([:], ["activeDeadlineSeconds": 5]), old: pod())
        #expect(try evaluator(pods).handles(request))
        #expect(try charge(request, to: [quota]) == [["pods": 1]])
    }

    static let scopes: [(scope: JSONObject, matching: JSONObject, other: JSONObject)] = [
        (["scopeName": "Terminating"], ["activeDeadlineSeconds": 0], [:]),
        (["scopeName": "NotTerminating"], [:], ["activeDeadlineSeconds": 9]),
        (["scopeName": "BestEffort"], [:], ["resources": ["requests": ["cpu": "1"]]]),
        (["scopeName": "NotBestEffort"], ["resources": ["limits": ["memory": "1"]]], [:]),
        (["scopeName": "PriorityClass", "operator": "Exists"], ["priorityClassName": "a"], [:]),
        (["scopeName": "PriorityClass", "operator": "DoesNotExist"], [:], ["priorityClassName": "a"]),
        (
            ["scopeName": "PriorityClass", "operator": "In", "values": ["a", "b"]], ["priorityClassName": "a"],
            ["priorityClassName": "c"]
        ),
        (
            ["scopeName": "PriorityClass", "operator": "NotIn", "values": ["a"]], ["priorityClassName": "c"],
            ["priorityClassName": "a"]
        ),
        (
            ["scopeName": "CrossNamespacePodAffinity", "operator": "Exists"],
            [
                "affinity": [
                    "podAntiAffinity": [
                        "preferredDuringSchedulingIgnoredDuringExecution": [
                            ["weight": 1, "podAffinityTerm": ["namespaceSelector": [:]]]
                        ]
                    ]
                ]
            ],
            [
                "affinity": [
                    "podAffinity": ["requiredDuringSchedulingIgnoredDuringExecution": [["topologyKey": "k"]]]
                ]
            ]
        ),
    ]

    @Test("Scopes hold the pods that they say", arguments: scopes)
    func withinScopes(_ example: (scope: JSONObject, matching: JSONObject, other: JSONObject)) throws {
        let scope = QuotaScope(ScopedResourceSelectorRequirement(json: example.scope))
        let evaluator = try evaluator(pods)
        #expect(evaluator.isWithin(scope, ["spec": .object(example.matching)]))
        #expect(!evaluator.isWithin(scope, ["spec": .object(example.other)]))
    }

    @Test("Objects outside the scopes of a quota are none of it")
    func outside() throws {
        let quota = QuotaState(name: "q", hard: ["pods": 0], used: ["pods": 0], scopes: [QuotaScope("Terminating")])
        #expect(try charge(create(pod()), to: [quota]) == [["pods": 0]])
    }

    static let usages: [(resource: String, object: JSONObject, used: ResourceAmounts)] = [
        ("configmaps", [:], ["count/configmaps": 1, "configmaps": 1]),
        ("deployments.apps", [:], ["count/deployments.apps": 1]),
        (
            "services", ["spec": ["type": "ClusterIP", "ports": [[:]]]],
            ["count/services": 1, "services": 1, "services.nodeports": 0, "services.loadbalancers": 0]
        ),
        (
            "services", ["spec": ["type": "NodePort", "ports": [[:], [:]]]],
            ["count/services": 1, "services": 1, "services.nodeports": 2, "services.loadbalancers": 0]
        ),
        (
            "services",
            [
                "spec": [
                    "type": "LoadBalancer", "allocateLoadBalancerNodePorts": false,
                    "ports": [["nodePort": 30000], ["nodePort": 0]],
                ]
            ],
            ["count/services": 1, "services": 1, "services.nodeports": 1, "services.loadbalancers": 1]
        ),
        (
            "persistentvolumeclaims",
            ["spec": ["storageClassName": "gold", "resources": ["requests": ["storage": "1500m"]]]],
            [
                "count/persistentvolumeclaims": 1, "persistentvolumeclaims": 1, "requests.storage": 2,
                "gold.storageclass.storage.k8s.io/persistentvolumeclaims": 1,
                "gold.storageclass.storage.k8s.io/requests.storage": 2,
            ]
        ),
        (
            "resourceclaims.resource.k8s.io",
            [
                "spec": [
                    "devices": [
                        "requests": [
                            ["exactly": ["deviceClassName": "gpu", "allocationMode": "ExactCount", "count": 2]],
                            [
                                "firstAvailable": [
                                    ["deviceClassName": "gpu", "count": 1], ["deviceClassName": "gpu", "count": 3],
                                    ["deviceClassName": "fpga", "allocationMode": "All"],
                                ]
                            ],
                        ]
                    ]
                ]
            ],
            [
                "count/resourceclaims.resource.k8s.io": 1, "gpu.deviceclass.resource.k8s.io/devices": 5,
                "fpga.deviceclass.resource.k8s.io/devices": 32,
            ]
        ),
        (
            "pods",
            [
                "spec": [
                    "containers": [
                        [
                            "resources": [
                                "requests": ["cpu": "1", "example.com/gpu": "2", "hugepages-2Mi": "4Mi"],
                                "limits": ["memory": "1Gi", "ephemeral-storage": "1"],
                            ]
                        ]
                    ]
                ]
            ],
            [
                "count/pods": 1, "pods": 1, "cpu": 1, "requests.cpu": 1, "limits.memory": Quantity(1 << 30),
                "limits.ephemeral-storage": 1, "requests.example.com/gpu": 2, "hugepages-2Mi": Quantity(4 << 20),
                "requests.hugepages-2Mi": Quantity(4 << 20),
            ]
        ),
        ("pods", ["status": ["phase": "Succeeded"]], ["count/pods": 1]),
        (
            "pods",
            ["metadata": ["deletionTimestamp": "1970-01-01T00:00:00Z", "deletionGracePeriodSeconds": 30]],
            ["count/pods": 1]
        ),
    ]

    @Test("Objects count for what they use", arguments: usages)
    func usage(_ example: (resource: String, object: JSONObject, used: ResourceAmounts)) throws {
        let parts = example.resource.split(separator: ".", maxSplits: 1).map(String.init)
        let resource = GroupResource(group: parts.count > 1 ? parts[1] : "", resource: parts[0])
        #expect(try evaluator(resource).usage(of: example.object) == example.used)
    }

    @Test("Events count for nothing")
    func ignored() {
        let evaluators = QuotaEvaluators(clock: StillClock())
        #expect(evaluators.evaluator(for: GroupResource(group: "", resource: "events")) == nil)
        #expect(evaluators.resources(countingFor: "count/events.events.k8s.io").isEmpty)
    }

    @Test("Names in quotas tell which objects count for them")
    func resources() {
        let evaluators = QuotaEvaluators(clock: StillClock())
        func names(_ name: String) -> [String] { evaluators.resources(countingFor: name).map(\.description).sorted() }
        #expect(names("pods") == ["pods"])
        #expect(names("count/widgets.example.com") == ["widgets.example.com"])
        #expect(names("secrets") == ["secrets"])
        #expect(names("count/secrets") == ["secrets"])
        #expect(names("services.nodeports") == ["services"])
        #expect(names("gold.storageclass.storage.k8s.io/requests.storage") == ["persistentvolumeclaims"])
        #expect(names("gpu.deviceclass.resource.k8s.io/devices") == ["resourceclaims.resource.k8s.io"])
        #expect(names("requests.example.com/gpu") == ["pods", "resourceclaims.resource.k8s.io"])
    }

    @Test("Volume attributes classes scope claims")
    func volumeClasses() throws {
        let claims = try evaluator(GroupResource(group: "", resource: "persistentvolumeclaims"))
        let scope = QuotaScope(
            ScopedResourceSelectorRequirement(json: [
                "scopeName": "VolumeAttributesClass", "operator": "In", "values": ["fast"],
            ]))
        #expect(claims.isWithin(scope, ["status": ["currentVolumeAttributesClassName": "fast"]]))
        #expect(!claims.isWithin(scope, ["spec": ["volumeAttributesClassName": "slow"]]))
    }

    @Test("What may be used only under a quota is refused without one")
    func limitedResources() throws {
        let limited = LimitedResource(
            resource: pods, matchContains: ["cpu"],
            matchScopes: [
                QuotaScope(
                    ScopedResourceSelectorRequirement(json: [
                        "scopeName": "PriorityClass", "operator": "In", "values": ["high"],
                    ]))
            ])
        #expect(
            message(create(pod(["requests": ["cpu": "1"]])), [], limited: [limited])
                == "insufficient quota to consume: cpu,requests.cpu")
        #expect(
            message(create(pod([:], ["priorityClassName": "high"])), [], limited: [limited])
                == "insufficient quota to match these scopes: [PriorityClass]")
        #expect(try charge(create(pod()), to: [], limited: [limited]) == [])
    }

    @Test("The usage of a namespace is the sum of its objects within the scopes")
    func counting() throws {
        let quota = ResourceQuota(json: [
            "spec": ["hard": ["pods": "5", "requests.cpu": "10", "services": "1"], "scopes": ["NotTerminating"]]
        ])
        let objects = [
            pod(["requests": ["cpu": "1"]]), pod(["requests": ["cpu": "2"]]), pod([:], ["activeDeadlineSeconds": 1]),
        ]
        #expect(
            QuotaState.usage(of: objects, by: try evaluator(pods), quota: quota) == ["pods": 2, "requests.cpu": 3])
    }
}
