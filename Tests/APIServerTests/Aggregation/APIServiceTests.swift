import APIServer
import Machinery
import Testing

@Suite("APIServices", .timeLimit(.minutes(2)))
struct APIServiceTests {
    private static let name = "v1.metrics.example.com"

    private func create(_ cluster: TestCluster, port: Int = 443) async throws {
        try await cluster.send(
            "POST", ExtensionServer.registration,
            #"{"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService","metadata":{"name":"\#(Self.name)"},"#
                + #""spec":{"group":"metrics.example.com","version":"v1","groupPriorityMinimum":100,"#
                + #""versionPriority":100,"insecureSkipTLSVerify":true,"#
                + #""service":{"namespace":"default","name":"m","port":\#(port)}}}"#
        ).expect(201)
    }

    @Test("what stands between an APIService and its server is told, step by step")
    func tellsObstacles() async throws {
        try await TestCluster.run { cluster in
            try await create(cluster)
            try await cluster.awaitReason("ServiceNotFound", of: Self.name)
            #expect(
                try await cluster.available(Self.name)["message"] == "service/m in \"default\" is not present")
            try await cluster.send(
                "POST", Path.services, Manifest.service("m", spec: #""ports":[{"name":"web","port":80}]"#)
            ).expect(201)
            try await cluster.awaitReason("ServicePortError", of: Self.name)
            #expect(
                try await cluster.available(Self.name)["message"]
                    == "service/m in \"default\" is not listening on port 443")
            let ports = #"{"spec":{"ports":[{"name":"web","port":443}]}}"#
            try await cluster.send("PATCH", Path.services + "/m", ports, type: PatchTests.merge).expect(200)
            try await cluster.awaitReason("EndpointsNotFound", of: Self.name)
            try await cluster.send("POST", Self.slices, Self.slice(isReady: false)).expect(201)
            try await cluster.awaitReason("MissingEndpoints", of: Self.name)
            #expect(
                try await cluster.available(Self.name)["message"]
                    == "endpointslices for service/m in \"default\" have no addresses with port name \"web\"")
            #expect(try await cluster.available(Self.name)["status"] == "False")
        }
    }

    private static let slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices"

    private static func slice(isReady: Bool) -> String {
        #"{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4","#
            + #""metadata":{"name":"m-1","labels":{"kubernetes.io/service-name":"m"}},"#
            + #""ports":[{"name":"web","port":9}],"#
            + #""endpoints":[{"addresses":["192.0.2.7"],"conditions":{"ready":\#(isReady)}}]}"#
    }

    @Test("conditions of others stay when the server's own changes")
    func keepsConditions() async throws {
        try await TestCluster.run { cluster in
            try await create(cluster)
            try await cluster.awaitReason("ServiceNotFound", of: Self.name)
            let path = "\(ExtensionServer.registration)/\(Self.name)"
            let conditions = try await cluster.send("GET", path).json.at("status.conditions").arrayValue ?? []
            let more = conditions + [["type": "StatusUpdated", "status": "True", "reason": "E2E", "message": "set"]]
            let patch: JSON = ["status": ["conditions": .array(more)]]
            try await cluster.send("PATCH", path + "/status", patch.description, type: PatchTests.merge).expect(200)
            try await cluster.send("POST", Path.services, Manifest.service("m")).expect(201)
            try await cluster.awaitReason("ServicePortError", of: Self.name)
            let types = (try await cluster.send("GET", path).json.at("status.conditions").arrayValue ?? []).map {
                $0["type"]?.stringValue
            }
            #expect(types == ["Available", "StatusUpdated"])
        }
    }

    @Test("group versions of custom resources are listed, put right, and go with their definition")
    func registersCustomResources() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition())
            let definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
            let group = try #require(
                try await cluster.send("GET", definition).items.first?.at("spec.group").stringValue)
            let path = "\(ExtensionServer.registration)/v1.\(group)"
            try await eventually { try await cluster.send("GET", path).status == 200 }
            let service = try await cluster.send("GET", path)
            #expect(service.json.at("spec.groupPriorityMinimum") == 1000)
            #expect(service.json.at("spec.versionPriority") == 100)
            #expect(service.json.at("metadata.labels")["kube-aggregator.kubernetes.io/automanaged"] == "true")
            #expect(service.json.at("status.conditions.0.reason") == "Local")
            try await cluster.send("DELETE", path).expect(200)
            try await eventually { try await cluster.send("GET", path).status == 200 }
            try await cluster.send(
                "PATCH", path, #"{"spec":{"versionPriority":7}}"#, type: PatchTests.merge
            ).expect(200)
            try await eventually { try await cluster.send("GET", path).json.at("spec.versionPriority") == 100 }
            for name in try await cluster.send("GET", definition).itemNames {
                try await cluster.send("DELETE", "\(definition)/\(name)").expect(200)
            }
            try await eventually { try await cluster.send("GET", path).status == 404 }
        }
    }

    @Test("groups are told in the order of their priority")
    func ordersGroups() async throws {
        try await TestCluster.run { cluster in
            func names() async throws -> [String] {
                (try await cluster.send("GET", "/apis").json["groups"]?.arrayValue ?? []).compactMap {
                    $0["name"]?.stringValue
                }
            }
            let before = try await names()
            #expect(before.first == "apiregistration.k8s.io")
            #expect(before.dropFirst().first == "apps")
            try await cluster.send(
                "PATCH", "\(ExtensionServer.registration)/v1.apps",
                #"{"spec":{"groupPriorityMinimum":1}}"#, type: PatchTests.merge
            ).expect(200)
            try await eventually { try await names().last == "apps" }
        }
    }
}
