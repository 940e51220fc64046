import APIServer
import Machinery
import Testing

/// What pods and claims get from the classes they name, and what every cluster has from the start.
@Suite("Classes", .timeLimit(.minutes(1)))
struct ClassAdmissionTests {
    private static let priorities = "/apis/scheduling.k8s.io/v1/priorityclasses"
    private static let storage = "/apis/storage.k8s.io/v1/storageclasses"
    private static let claims = "/api/v1/namespaces/default/persistentvolumeclaims"

    private static func priorityClass(_ name: String, _ value: Int, isDefault: Bool = false) -> String {
        #"{"metadata":{"name":"\#(name)"},"value":\#(value),"globalDefault":\#(isDefault),"#
            + #""preemptionPolicy":"Never"}"#
    }

    @Test("pods get the value and the policy of their priority class")
    func priority() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Self.priorities, Self.priorityClass("high", 1000)).expect(201)
            let named = try await cluster.send(
                "POST", Path.pods, Manifest.pod("a", spec: #","priorityClassName":"high""#)
            ).expect(201)
            #expect(named.json.at("spec.priority") == 1000)
            #expect(named.json.at("spec.preemptionPolicy") == "Never")
            try await cluster.send(
                "POST", Path.pods, Manifest.pod("b", spec: #","priorityClassName":"low""#)
            ).expect(403, "Forbidden", "no PriorityClass with name low was found")
            try await cluster.send(
                "POST", Path.pods, Manifest.pod("c", spec: #","priorityClassName":"high","priority":7"#)
            ).expect(403, "Forbidden", "the integer value of priority (7) must not be provided in pod spec")
            let critical = try await cluster.send(
                "POST", Path.pods, Manifest.pod("d", spec: #","priorityClassName":"system-node-critical""#)
            ).expect(201)
            #expect(critical.json.at("spec.priority") == 2_000_001_000)
        }
    }

    @Test("pods of no class get the default one, of which there is one at most")
    func defaultPriority() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Self.priorities, Self.priorityClass("std", 5, isDefault: true)).expect(201)
            try await cluster.send("POST", Self.priorities, Self.priorityClass("other", 6, isDefault: true)).expect(
                403, "Forbidden", "PriorityClass std is already marked as default. Only one default can exist")
            let pod = try await cluster.send("POST", Path.pods, Manifest.pod("a")).expect(201)
            #expect(pod.json.at("spec.priorityClassName") == "std")
            #expect(pod.json.at("spec.priority") == 5)
        }
    }

    @Test("pods get the overhead, the selector and the tolerations of their runtime class")
    func runtimeClass() async throws {
        try await TestCluster.run { cluster in
            let body =
                #"{"metadata":{"name":"vm"},"handler":"kata","overhead":{"podFixed":{"memory":"64Mi"}},"#
                + #""scheduling":{"nodeSelector":{"vm":"yes"},"tolerations":[{"key":"vm","operator":"Exists"}]}}"#
            try await cluster.send("POST", "/apis/node.k8s.io/v1/runtimeclasses", body).expect(201)
            let pod = try await cluster.send(
                "POST", Path.pods, Manifest.pod("a", spec: #","runtimeClassName":"vm""#)
            ).expect(201)
            #expect(pod.json.at("spec.overhead.memory") == "64Mi")
            #expect(pod.json.at("spec.nodeSelector.vm") == "yes")
            #expect(pod.json.at("spec.tolerations").arrayValue?.contains { $0["key"] == "vm" } == true)
            try await cluster.send(
                "POST", Path.pods, Manifest.pod("b", spec: #","runtimeClassName":"vm","nodeSelector":{"vm":"no"}"#)
            ).expect(403, "Forbidden", "conflict: runtimeClass.scheduling.nodeSelector[vm] = yes")
            try await cluster.send(
                "POST", Path.pods, Manifest.pod("c", spec: #","runtimeClassName":"none""#)
            ).expect(403, "Forbidden", #"pod rejected: RuntimeClass "none" not found"#)
            try await cluster.send("POST", Path.pods, Manifest.pod("d", spec: #","overhead":{"cpu":"1"}"#)).expect(
                403, "Forbidden", "Pod Overhead set without corresponding RuntimeClass defined Overhead")
        }
    }

    @Test("claims of no class get the default one, and are protected while in use")
    func defaultStorageClass() async throws {
        try await TestCluster.run { cluster in
            let annotation = "storageclass.kubernetes.io/is-default-class"
            try await cluster.send(
                "POST", Self.storage,
                #"{"metadata":{"name":"std","annotations":{"\#(annotation)":"true"}},"provisioner":"a.example.com/x"}"#
            ).expect(201)
            let spec = #""accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}"#
            let claim = try await cluster.send(
                "POST", Self.claims, #"{"metadata":{"name":"c"},"spec":{\#(spec)}}"#
            ).expect(201)
            #expect(claim.json.at("spec.storageClassName") == "std")
            #expect(claim.json.at("metadata.finalizers") == ["kubernetes.io/pvc-protection"])
            let without = try await cluster.send(
                "POST", Self.claims, #"{"metadata":{"name":"d"},"spec":{\#(spec),"storageClassName":""}}"#
            ).expect(201)
            #expect(without.json.at("spec.storageClassName") == "")
        }
    }

    @Test("bound claims grow where their class allows it", arguments: [false, true])
    func resize(isAllowed: Bool) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send(
                "POST", Self.storage,
                #"{"metadata":{"name":"s"},"provisioner":"a.example.com/x","allowVolumeExpansion":\#(isAllowed)}"#
            ).expect(201)
            let body =
                #"{"metadata":{"name":"c"},"spec":{"storageClassName":"s","volumeName":"v","#
                + #""accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}"#
            let claim = try await cluster.send("POST", Self.claims, body).expect(201)
            let bound = claim.json.setting("status", ["phase": "Bound"])
            let present = try await cluster.send("PUT", Self.claims + "/c/status", bound.description).expect(200)
            let larger = present.json.setting("spec.resources.requests.storage", "2Gi")
            let answer = try await cluster.send("PUT", Self.claims + "/c", larger.description)
            if isAllowed {
                answer.expect(200)
            } else {
                answer.expect(403, "Forbidden", "only dynamically provisioned pvc can be resized")
            }
        }
    }

    @Test("every cluster has the system's priority classes, flow schemas and priority levels")
    func bootstrap() async throws {
        try await TestCluster.run { cluster in
            let classes = try await cluster.send("GET", Self.priorities).expect(200)
            #expect(classes.itemNames == ["system-cluster-critical", "system-node-critical"])
            let flow = "/apis/flowcontrol.apiserver.k8s.io/v1"
            #expect(try await cluster.send("GET", flow + "/flowschemas").expect(200).items.count == 11)
            let levels = try await cluster.send("GET", flow + "/prioritylevelconfigurations").expect(200)
            #expect(
                levels.itemNames == [
                    "catch-all", "exempt", "global-default", "leader-election", "node-high", "system", "workload-high",
                    "workload-low",
                ])
            let exempt = try await cluster.send("GET", flow + "/flowschemas/exempt").expect(200)
            try await cluster.send(
                "PUT", flow + "/flowschemas/exempt",
                exempt.json.setting("spec.priorityLevelConfiguration.name", "system").description
            ).expect(422, "Invalid", "spec of 'exempt' must equal the fixed value")
        }
    }

    @Test("the versions served are listed as local APIServices that are available")
    func apiServices() async throws {
        try await TestCluster.run { cluster in
            let list = try await cluster.send("GET", "/apis/apiregistration.k8s.io/v1/apiservices").expect(200)
            #expect(list.itemNames.contains("v1."))
            #expect(list.itemNames.contains("v1.apps"))
            #expect(!list.itemNames.contains("v1alpha1.internal.apiserver.k8s.io"))
            let apps = try #require(list.items.first { $0.at("metadata.name") == "v1.apps" })
            #expect(apps.at("status.conditions.0.type") == "Available")
            #expect(apps.at("status.conditions.0.status") == "True")
            #expect(apps.at("spec.groupPriorityMinimum") == 17800)
        }
    }

    @Test("the request for devices of an older version has its fields beside the name")
    func deviceVersions() async throws {
        let apis = try ServedAPIs(runtimeConfig: "resource.k8s.io/v1beta1=true", gates: FeatureGates())
        try await TestCluster.run(apis: apis) { cluster in
            let old = "/apis/resource.k8s.io/v1beta1/namespaces/default/resourceclaims"
            let body =
                #"{"metadata":{"name":"c"},"spec":{"devices":{"requests":[{"name":"r","#
                + #""deviceClassName":"gpu.example.com"}]}}}"#
            let created = try await cluster.send("POST", old, body).expect(201)
            #expect(created.json.at("spec.devices.requests.0.allocationMode") == "ExactCount")
            let new = try await cluster.send("GET", "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims/c")
            #expect(new.expect(200).json.at("spec.devices.requests.0.exactly.count") == 1)
        }
    }
}
