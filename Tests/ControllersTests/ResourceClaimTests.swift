import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

/// A pod that asks for one claim `gpu`, by template or by name.
func podWithDevice(_ name: String, template: String? = nil, claim: String? = nil, on node: String? = nil) -> Pod {
    var pod = Pod(name: name, namespace: "default")
    pod.spec.nodeName = node
    pod.status.phase = "Pending"
    var wanted = PodResourceClaim()
    wanted.name = "gpu"
    wanted.resourceClaimTemplateName = template
    wanted.resourceClaimName = claim
    pod.spec.resourceClaims = [wanted]
    return pod
}

extension ResourceResourceClaim {
    /// A claim that has one device and is reserved for pods.
    static func allocated(_ name: String, for pods: [Pod], change: (inout JSONObject) -> Void = { _ in })
        -> ResourceResourceClaim
    {
        var claim = ResourceResourceClaim(name: name, namespace: "default")
        claim.metadata.finalizers = ["resource.kubernetes.io/delete-protection"]
        var result: JSONObject = [
            "request": "gpu", "driver": "gpu.example.com", "pool": "n1", "device": "gpu-0",
        ]
        change(&result)
        claim.status.allocation = AllocationResult(json: ["devices": ["results": [.object(result)]]])
        claim.status.reservedFor = pods.map { pod in
            var consumer = ResourceClaimConsumerReference()
            consumer.resource = "pods"
            consumer.name = pod.name
            consumer.uid = pod.uid
            return consumer
        }
        return claim
    }
}

@Suite("Claims of devices")
struct ResourceClaimTests {
    private let cluster = TestCluster(["resourceclaim"])

    private static func claim(_ server: FakeAPIServer, _ name: String) -> ResourceResourceClaim? {
        server.get(ResourceResourceClaim.self, name, namespace: "default")
    }

    private func seedTemplate() {
        var template = ResourceClaimTemplate(name: "one-gpu", namespace: "default")
        template.spec.metadata.labels = ["from": "template"]
        template.spec.spec = ResourceClaimSpec(
            json: ["devices": ["requests": [["name": "gpu", "exactly": ["deviceClassName": "gpu"]]]]])
        cluster.server.seed(template)
    }

    @Test("a pod that asks by template gets a claim of its own, once, and its status says which")
    func template() async throws {
        let pod = cluster.server.seed(podWithDevice("p", template: "one-gpu"))
        try await cluster.run { cluster in
            try await cluster.until("told") { server in
                server.messages("FailedResourceClaimCreation").first?.hasPrefix(
                    "PodResourceClaim gpu: resource claim template \"one-gpu\": ") == true
            }
            seedTemplate()
            try await cluster.until("named") { server in
                server.get(Pod.self, "p", namespace: "default")?.status.resourceClaimStatuses.first?
                    .resourceClaimName != nil
            }
            await cluster.settle()
            let claims = cluster.server.list(ResourceResourceClaim.self)
            let claim = try #require(claims.first)
            #expect(claims.count == 1)
            #expect(claim.name.hasPrefix("p-gpu-"))
            #expect(claim.annotations["resource.kubernetes.io/pod-claim-name"] == "gpu")
            #expect(claim.labels == ["from": "template"])
            #expect(claim.controllerOwner?.uid == pod.uid)
            #expect(claim.spec.devices != nil)
            let status = try #require(
                cluster.server.get(Pod.self, "p", namespace: "default")?.status.resourceClaimStatuses.first)
            #expect(status.name == "gpu")
            #expect(status.resourceClaimName == claim.name)
        }
    }

    @Test("a claim whose last pod is done gives back its devices and loses its guard")
    func free() async throws {
        let first = cluster.server.seed(podWithDevice("first", claim: "shared", on: "n1"))
        let second = cluster.server.seed(podWithDevice("second", claim: "shared", on: "n1"))
        cluster.server.seed(ResourceResourceClaim.allocated("shared", for: [first, second]))
        try await cluster.run { cluster in
            await cluster.settle()
            #expect(Self.claim(cluster.server, "shared")?.status.reservedFor.count == 2)
            cluster.server.edit(Pod.self, "first", namespace: "default") { $0.status.phase = "Succeeded" }
            try await cluster.until("struck off") { server in
                Self.claim(server, "shared")?.status.reservedFor.map(\.name) == ["second"]
            }
            #expect(Self.claim(cluster.server, "shared")?.status.allocation != nil)
            cluster.server.erase(Pod.self, "second", namespace: "default")
            try await cluster.until("free") { server in
                let claim = Self.claim(server, "shared")
                return claim?.status.allocation == nil && claim?.metadata.finalizers == []
                    && claim?.status.reservedFor.isEmpty == true
            }
        }
    }

    @Test("a claim made for a pod goes when the pod has ended, one that users made stays")
    func ended() async throws {
        seedTemplate()
        cluster.server.seed(podWithDevice("p", template: "one-gpu"))
        cluster.server.seed(ResourceResourceClaim(name: "mine", namespace: "default"))
        try await cluster.run { cluster in
            try await cluster.until("made") { $0.list(ResourceResourceClaim.self).count == 2 }
            await cluster.settle()
            cluster.server.edit(Pod.self, "p", namespace: "default") { $0.status.phase = "Failed" }
            try await cluster.until("gone") { $0.list(ResourceResourceClaim.self).map(\.name) == ["mine"] }
        }
    }

    @Test("a claim that is being deleted keeps its devices while a pod has it")
    func deletion() async throws {
        let pod = cluster.server.seed(podWithDevice("p", claim: "c", on: "n1"))
        cluster.server.seed(ResourceResourceClaim.allocated("c", for: [pod]))
        try await cluster.run { cluster in
            let client = cluster.server.client("user")
            try await client.delete(ResourceResourceClaim.self, ObjectKey(namespace: "default", name: "c"))
            await cluster.settle()
            #expect(Self.claim(cluster.server, "c")?.status.allocation != nil)
            cluster.server.erase(Pod.self, "p", namespace: "default")
            try await cluster.until("gone") { Self.claim($0, "c") == nil }
        }
    }

    @Test("a pod put on a node by hand has its allocated claims reserved, while there is room")
    func reserve() async throws {
        cluster.server.seed(ResourceResourceClaim.allocated("c", for: []))
        let others = (0..<256).map { index -> Pod in
            var pod = podWithDevice("o\(index)", claim: "full", on: "n1")
            pod.metadata.uid = "u\(index)"
            return pod
        }
        for pod in others { cluster.server.seed(pod) }
        cluster.server.seed(ResourceResourceClaim.allocated("full", for: others))
        let pod = cluster.server.seed(podWithDevice("p", claim: "c", on: "n1"))
        cluster.server.seed(podWithDevice("late", claim: "full", on: "n1"))
        try await cluster.run { cluster in
            try await cluster.until("reserved") { server in
                Self.claim(server, "c")?.status.reservedFor.map(\.uid) == [pod.uid]
            }
            await cluster.settle()
            #expect(Self.claim(cluster.server, "full")?.status.reservedFor.count == 256)
        }
    }
}

@Suite("Taints of devices")
struct DeviceTaintTests {
    private let cluster = TestCluster(["device-taint-eviction"])

    private func seedSlice(_ name: String, generation: Int64 = 1, taints: [JSON] = []) {
        cluster.server.seed(
            ResourceSlice(json: [
                "metadata": ["name": .string(name)],
                "spec": [
                    "driver": "gpu.example.com", "nodeName": "n1",
                    "pool": ["name": "n1", "generation": .int(generation), "resourceSliceCount": 1],
                    "devices": [["name": "gpu-0", "taints": .array(taints)]],
                ],
            ]))
    }

    private func taint(_ effect: String = "NoExecute") -> JSON {
        [
            "key": "broken", "value": "yes", "effect": .string(effect),
            "timeAdded": .string(cluster.time.wall.now.rfc3339),
        ]
    }

    private func seedUser(_ name: String, toleration: JSONObject? = nil) {
        let pod = cluster.server.seed(podWithDevice(name, claim: name, on: "n1"))
        cluster.server.seed(
            ResourceResourceClaim.allocated(name, for: [pod]) { result in
                if let toleration { result["tolerations"] = [.object(toleration)] }
            })
    }

    private static func isLeaving(_ server: FakeAPIServer, _ pod: String) -> Bool {
        server.get(Pod.self, pod, namespace: "default")?.isBeingDeleted == true
    }

    @Test("drive away the pods whose claims do not tolerate them, others when their time is over")
    func eviction() async throws {
        seedSlice("s")
        seedUser("plain")
        seedUser("patient", toleration: ["key": "broken", "operator": "Exists", "tolerationSeconds": 60])
        seedUser("stoic", toleration: ["operator": "Exists"])
        seedUser("other", toleration: ["key": "broken", "value": "no"])
        try await cluster.run { cluster in
            await cluster.settle()
            #expect(!Self.isLeaving(cluster.server, "plain"))
            cluster.server.edit(ResourceSlice.self, "s") { slice in
                slice.spec.devices[0].taints = [DeviceTaint(taint())].compactMap { $0 }
            }
            try await cluster.until("gone") { Self.isLeaving($0, "plain") && Self.isLeaving($0, "other") }
            let condition = cluster.server.get(Pod.self, "plain", namespace: "default")?.status.conditions.first
            #expect(condition?.reason == "DeletionByDeviceTaintManager")
            #expect(cluster.server.messages("DeviceTaintManagerEviction").contains("Marking for deletion"))
            #expect(!Self.isLeaving(cluster.server, "patient"))
            try await cluster.advance(.seconds(5), upTo: .seconds(120), "patience ends") {
                Self.isLeaving($0, "patient")
            }
            await cluster.settle()
            #expect(!Self.isLeaving(cluster.server, "stoic"))
        }
    }

    @Test("are only those of the pool's newest generation, and only NoExecute drives away")
    func generations() async throws {
        seedSlice("old", generation: 1, taints: [taint()])
        seedSlice("new", generation: 2, taints: [taint("NoSchedule")])
        seedUser("p")
        try await cluster.run { cluster in
            await cluster.settle()
            #expect(!Self.isLeaving(cluster.server, "p"))
        }
    }

    @Test("that go in time let the pods stay")
    func cancelled() async throws {
        seedSlice("s", taints: [taint()])
        seedUser("patient", toleration: ["operator": "Exists", "tolerationSeconds": 600])
        try await cluster.run { cluster in
            await cluster.time.untilSleepers(1)
            cluster.server.edit(ResourceSlice.self, "s") { $0.spec.devices[0].taints = [] }
            try await cluster.until("told") { server in
                server.messages("DeviceTaintManagerEviction") == ["Cancelling deletion"]
            }
            #expect(!Self.isLeaving(cluster.server, "patient"))
        }
    }

    @Test("come from rules as well")
    func rules() async throws {
        seedSlice("s")
        seedUser("p")
        try await cluster.run { cluster in
            await cluster.settle()
            cluster.server.seed(
                DeviceTaintRule(json: [
                    "metadata": ["name": "elsewhere"],
                    "spec": ["deviceSelector": ["driver": "other.example.com"], "taint": taint()],
                ]))
            await cluster.settle()
            #expect(!Self.isLeaving(cluster.server, "p"))
            cluster.server.seed(
                DeviceTaintRule(json: [
                    "metadata": ["name": "here"],
                    "spec": ["deviceSelector": ["driver": "gpu.example.com", "pool": "n1"], "taint": taint()],
                ]))
            try await cluster.until("gone") { Self.isLeaving($0, "p") }
        }
    }
}
