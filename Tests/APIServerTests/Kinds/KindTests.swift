import Machinery
import Testing

/// One object of a kind, and what is expected of it.
struct KindExample: Sendable, CustomTestStringConvertible {
    let collection: String
    let manifest: String
    /// What `kubectl get` shows beyond name and age, by column.
    var cells: [String: JSON] = [:]
    /// Values that defaults give.
    var defaults: [String: JSON] = [:]
    /// A status to write through its subresource; empty where there is none.
    var status = ""

    var testDescription: String { collection }
}

@Suite("Built-in kinds, from creation to deletion", .timeLimit(.minutes(1)))
struct KindTests {
    private static let template =
        #"{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"busybox"}]}}"#
    private static let selector = #""selector":{"matchLabels":{"app":"a"}}"#
    private static let jobTemplate =
        #"{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}"#

    private static func manifest(_ version: String, _ kind: String, _ rest: String) -> String {
        #"{"apiVersion":"\#(version)","kind":"\#(kind)","metadata":{"name":"a"},\#(rest)}"#
    }

    static let core: [KindExample] = [
        KindExample(
            collection: "/api/v1/persistentvolumes",
            manifest: manifest(
                "v1", "PersistentVolume",
                #""spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/v"}}"#),
            cells: [
                "Capacity": "1Gi", "Access Modes": "RWO", "Reclaim Policy": "Retain", "Status": "Pending",
                "VolumeMode": "Filesystem", "VolumeAttributesClass": "<unset>",
            ],
            defaults: ["spec.persistentVolumeReclaimPolicy": "Retain", "status.phase": "Pending"],
            status: #"{"phase":"Available"}"#),
        KindExample(
            collection: "/api/v1/namespaces/default/persistentvolumeclaims",
            manifest: manifest(
                "v1", "PersistentVolumeClaim",
                #""spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}"#),
            cells: ["Status": "Pending", "Volume": "", "Capacity": ""],
            defaults: ["spec.volumeMode": "Filesystem", "status.phase": "Pending"],
            status: #"{"phase":"Bound","capacity":{"storage":"1Gi"}}"#),
        KindExample(
            collection: "/api/v1/namespaces/default/replicationcontrollers",
            manifest: manifest("v1", "ReplicationController", #""spec":{"template":\#(template)}"#),
            cells: ["Desired": 1, "Current": 0, "Selector": "app=a", "Images": "busybox"],
            defaults: ["spec.replicas": 1, "spec.selector.app": "a", "metadata.labels.app": "a"],
            status: #"{"replicas":1}"#),
        KindExample(
            collection: "/api/v1/namespaces/default/podtemplates",
            manifest: manifest("v1", "PodTemplate", #""template":\#(template)"#),
            cells: ["Containers": "c", "Pod Labels": "app=a"], defaults: ["template.spec.restartPolicy": "Always"]),
        KindExample(
            collection: "/api/v1/namespaces/default/limitranges",
            manifest: manifest(
                "v1", "LimitRange", #""spec":{"limits":[{"type":"Container","max":{"cpu":"2"}}]}"#),
            defaults: ["spec.limits.0.default.cpu": "2", "spec.limits.0.defaultRequest.cpu": "2"]),
        KindExample(
            collection: "/api/v1/namespaces/default/resourcequotas",
            manifest: manifest("v1", "ResourceQuota", #""spec":{"hard":{"pods":"5","limits.cpu":"4"}}"#),
            cells: ["Request": "pods: 0/5", "Limit": "limits.cpu: 1/4"],
            status: #"{"hard":{"pods":"5","limits.cpu":"4"},"used":{"limits.cpu":"1"}}"#),
    ]

    static let workloads: [KindExample] = [
        KindExample(
            collection: "/apis/apps/v1/namespaces/default/statefulsets",
            manifest: manifest(
                "apps/v1", "StatefulSet",
                #""spec":{"serviceName":"a",\#(selector),"template":\#(template),"volumeClaimTemplates":["#
                    + #"{"metadata":{"name":"d"},"spec":{"accessModes":["ReadWriteOnce"],"#
                    + #""resources":{"requests":{"storage":"1Gi"}}}}]}"#),
            cells: ["Ready": "1/1", "Containers": "c"],
            defaults: [
                "spec.podManagementPolicy": "OrderedReady", "spec.updateStrategy.type": "RollingUpdate",
                "spec.updateStrategy.rollingUpdate.partition": 0, "spec.revisionHistoryLimit": 10,
                "spec.persistentVolumeClaimRetentionPolicy.whenScaled": "Retain",
                "spec.volumeClaimTemplates.0.status.phase": "Pending",
            ],
            status: #"{"replicas":1,"readyReplicas":1,"availableReplicas":1}"#),
        KindExample(
            collection: "/apis/batch/v1/namespaces/default/cronjobs",
            manifest: manifest(
                "batch/v1", "CronJob", #""spec":{"schedule":"*/5 * * * *","jobTemplate":\#(jobTemplate)}"#),
            cells: [
                "Schedule": "*/5 * * * *", "Suspend": "False", "Active": 0, "Last Schedule": "<none>",
                "Timezone": "<none>",
            ],
            defaults: [
                "spec.concurrencyPolicy": "Allow", "spec.successfulJobsHistoryLimit": 3,
                "spec.failedJobsHistoryLimit": 1,
            ],
            status: #"{"lastSuccessfulTime":"2026-01-01T00:00:00Z"}"#),
        KindExample(
            collection: "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
            manifest: manifest(
                "autoscaling/v2", "HorizontalPodAutoscaler",
                #""spec":{"maxReplicas":3,"scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"}}"#),
            cells: [
                "Reference": "Deployment/d", "MinPods": "1", "MaxPods": 3, "Targets": "cpu: <unknown>/80%",
                "Replicas": 2,
            ],
            defaults: ["spec.minReplicas": 1, "spec.metrics.0.resource.target.averageUtilization": 80],
            status: #"{"currentReplicas":2,"desiredReplicas":2}"#),
        KindExample(
            collection: "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
            manifest: manifest("policy/v1", "PodDisruptionBudget", #""spec":{"minAvailable":"50%",\#(selector)}"#),
            cells: ["Min Available": "50%", "Max Unavailable": "N/A", "Allowed Disruptions": 1],
            status: #"{"disruptionsAllowed":1,"currentHealthy":2,"desiredHealthy":1,"expectedPods":2}"#),
    ]

    static let networking: [KindExample] = [
        KindExample(
            collection: "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
            manifest: manifest(
                "networking.k8s.io/v1", "Ingress",
                #""spec":{"ingressClassName":"x","rules":[{"host":"a.io","http":{"paths":[{"path":"/","#
                    + #""pathType":"Prefix","backend":{"service":{"name":"s","port":{"number":80}}}}]}}]}"#),
            cells: ["Class": "x", "Hosts": "a.io", "Ports": "80", "Address": "192.0.2.1"],
            status: #"{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}"#),
        KindExample(
            collection: "/apis/networking.k8s.io/v1/ingressclasses",
            manifest: manifest(
                "networking.k8s.io/v1", "IngressClass",
                #""spec":{"controller":"x.io/c","parameters":{"kind":"P","name":"p","apiGroup":"x.io"}}"#),
            cells: ["Controller": "x.io/c", "Parameters": "P.x.io/p"],
            defaults: ["spec.parameters.scope": "Cluster"]),
        KindExample(
            collection: "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
            manifest: manifest(
                "networking.k8s.io/v1", "NetworkPolicy",
                #""spec":{"podSelector":{"matchLabels":{"a":"b"}},"egress":[{"ports":[{"port":53}]}]}"#),
            cells: ["Pod-Selector": "a=b"],
            defaults: [
                "spec.policyTypes.0": "Ingress", "spec.policyTypes.1": "Egress",
                "spec.egress.0.ports.0.protocol": "TCP",
            ]),
        KindExample(
            collection: "/apis/networking.k8s.io/v1/servicecidrs",
            manifest: manifest("networking.k8s.io/v1", "ServiceCIDR", #""spec":{"cidrs":["10.9.0.0/16"]}"#),
            cells: ["CIDRs": "10.9.0.0/16"],
            status: #"{"conditions":[{"type":"Ready","status":"True","reason":"R","message":"","#
                + #""lastTransitionTime":"2026-01-01T00:00:00Z"}]}"#),
    ]

    @Test("are made, read, listed, shown, changed and deleted", arguments: core + workloads + networking)
    func lifecycle(_ example: KindExample) async throws {
        try await TestCluster.run { cluster in
            let path = example.collection + "/a"
            let made = try await cluster.send("POST", example.collection, example.manifest).expect(201)
            for (field, value) in example.defaults { #expect(made.json.at(field) == value, "\(field)") }
            #expect(try await cluster.send("GET", path).expect(200).json == made.json)
            #expect(try await cluster.send("GET", example.collection).expect(200).itemNames.contains("a"))
            var current = made
            if !example.status.isEmpty {
                current = try await cluster.send(
                    "PATCH", path + "/status", #"{"status":\#(example.status)}"#, type: PatchTests.merge
                ).expect(200)
                let sent = try JSON(parsing: example.status)
                for (key, value) in sent.objectValue ?? JSONObject() { #expect(current.json.at("status.\(key)") == value) }
            }
            try await Self.check(example, cluster)
            let labelled = try await cluster.send(
                "PATCH", path, #"{"metadata":{"labels":{"x":"y"}},"status":{"phase":"Nonsense"}}"#,
                type: PatchTests.merge)
            #expect(labelled.expect(200).json.at("metadata.labels.x").stringValue == "y")
            if !example.status.isEmpty { #expect(labelled.json.at("status") == current.json.at("status")) }
            try await cluster.send("DELETE", path).expect(200)
            try await cluster.send("GET", path).expect(404, "NotFound")
        }
    }

    private static func check(_ example: KindExample, _ cluster: TestCluster) async throws {
        let table = try await cluster.send(
            "GET", example.collection + "/a", accept: "application/json;as=Table;g=meta.k8s.io;v=v1")
        let columns = table.expect(200).json.at("columnDefinitions").arrayValue ?? []
        let cells = table.json.at("rows.0.cells").arrayValue ?? []
        #expect(columns.count == cells.count)
        for (name, value) in example.cells {
            let index = columns.firstIndex { $0.at("name").stringValue == name }
            #expect(index.map { cells[$0] } == value, "\(name)")
        }
    }

    @Test("an address belongs to what it names, and keeps it")
    func addresses() async throws {
        try await TestCluster.run { cluster in
            let path = "/apis/networking.k8s.io/v1/ipaddresses"
            func address(_ name: String) -> String {
                #"{"apiVersion":"networking.k8s.io/v1","kind":"IPAddress","metadata":{"name":"\#(name)"},"#
                    + #""spec":{"parentRef":{"resource":"services","namespace":"default","name":"s"}}}"#
            }
            try await cluster.send("POST", path, address("10.96.0.7")).expect(201)
            try await cluster.send("POST", path, address("10.096.0.7")).expect(422, "Invalid", "metadata.name")
            let found = try await cluster.send("GET", path + "?fieldSelector=spec.parentRef.name%3Ds").expect(200)
            #expect(found.itemNames == ["10.96.0.7"])
            try await cluster.send(
                "PATCH", path + "/10.96.0.7", #"{"spec":{"parentRef":{"name":"t"}}}"#, type: PatchTests.merge
            ).expect(422, "Invalid", "field is immutable")
        }
    }

    @Test("scales go through one subresource", arguments: [workloads[0], core[2]])
    func scales(_ example: KindExample) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", example.collection, example.manifest).expect(201)
            let scaled = try await cluster.send(
                "PATCH", example.collection + "/a/scale", #"{"spec":{"replicas":3}}"#, type: PatchTests.merge)
            #expect(scaled.expect(200).json.at("spec.replicas").intValue == 3)
            #expect(scaled.json.at("status.selector").stringValue == "app=a")
        }
    }

    @Test("component statuses are listed, and warned of")
    func components() async throws {
        try await TestCluster.run { cluster in
            let list = try await cluster.send("GET", "/api/v1/componentstatuses").expect(200)
            #expect(list.itemNames == ["controller-manager", "scheduler", "etcd-0"])
            #expect(list.warnings.contains { $0.contains("v1 ComponentStatus is deprecated in v1.19+") })
            let store = try await cluster.send("GET", "/api/v1/componentstatuses/etcd-0").expect(200).json
            #expect(store.at("conditions.0.status").stringValue == "True")
            try await cluster.send("GET", "/api/v1/componentstatuses/none").expect(404, "NotFound")
        }
    }

    @Test("a binding by its older path binds as well")
    func bindings() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            try await cluster.send(
                "POST", "/api/v1/namespaces/default/bindings",
                #"{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}"#
            ).expect(201)
            let pod = try await cluster.send("GET", Path.pods + "/p").expect(200).json
            #expect(pod.at("spec.nodeName").stringValue == "n")
        }
    }
}
