import APIServer
import Machinery
import Testing

@Suite("Discovery, OpenAPI and health", .timeLimit(.minutes(2)))
struct DocumentTests {
    @Test("legacy and aggregated discovery tell the same", arguments: Route.allCases)
    func discovery(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"
            var aggregated: Set<String> = []
            for path in ["/api", "/apis"] {
                let answer = try await cluster.send("GET", path, accept: accept).expect(200)
                #expect(
                    answer.headers["content-type"]
                        == "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
                for group in answer.items {
                    let name = group.at("metadata.name").stringValue ?? ""
                    for version in group.at("versions").arrayValue ?? [] {
                        let gv = (name.isEmpty ? "" : name + "/") + (version.at("version").stringValue ?? "")
                        for resource in version.at("resources").arrayValue ?? [] {
                            let plural = resource.at("resource").stringValue ?? ""
                            aggregated.insert("\(gv) \(plural)")
                            for sub in resource.at("subresources").arrayValue ?? [] {
                                aggregated.insert("\(gv) \(plural)/\(sub.at("subresource").stringValue ?? "")")
                            }
                        }
                    }
                }
            }
            var legacy: Set<String> = []
            let groups = try await cluster.send("GET", "/apis").expect(200).json.at("groups").arrayValue ?? []
            let versions = groups.flatMap { $0.at("versions").arrayValue ?? [] }.compactMap {
                $0.at("groupVersion").stringValue
            }
            for path in ["/api/v1"] + versions.map({ "/apis/\($0)" }) {
                let list = try await cluster.send("GET", path).expect(200)
                #expect(list.json.at("kind").stringValue == "APIResourceList")
                for resource in list.json.at("resources").arrayValue ?? [] {
                    legacy.insert(
                        "\(list.json.at("groupVersion").stringValue ?? "") \(resource.at("name").stringValue ?? "")")
                }
            }
            #expect(legacy == aggregated)
            #expect(
                legacy.isSuperset(of: ["v1 pods", "v1 pods/log", "apps/v1 deployments/scale", "v1 namespaces/finalize"])
            )
        }
    }

    private func references(_ value: JSON, into result: inout Set<String>) {
        switch value {
        case .object(let object):
            for (key, value) in object {
                if key == "$ref", let target = value.stringValue { result.insert(target) }
                references(value, into: &result)
            }
        case .array(let values): for value in values { references(value, into: &result) }
        case .null, .bool, .int, .double, .string: break
        }
    }

    private func checkPatches(_ paths: JSON) {
        for (path, item) in paths.objectValue ?? JSONObject() {
            guard let patch = item["patch"] else { continue }
            let parameters = (patch["parameters"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
            #expect(parameters.contains("fieldValidation"), "\(path)")
            #expect(patch.at("x-kubernetes-group-version-kind").objectValue?.string("kind") != nil, "\(path)")
        }
    }

    @Test("every reference of OpenAPI resolves, and patches say what kubectl looks for")
    func openAPI() async throws {
        try await TestCluster.run { cluster in
            let index =
                try await cluster.send("GET", "/openapi/v3").expect(200).json.at("paths").objectValue ?? JSONObject()
            #expect(index.members.count > 5)
            for (_, entry) in index {
                let url = try #require(entry["serverRelativeURL"]?.stringValue)
                let document = try await cluster.send("GET", url).expect(200)
                var found: Set<String> = []
                references(document.json, into: &found)
                let known = Set((document.json.at("components.schemas").objectValue ?? JSONObject()).members.map(\.key))
                #expect(
                    found.allSatisfy {
                        $0.hasPrefix("#/components/schemas/") && known.contains(String($0.dropFirst(21)))
                    }, "\(url)")
                checkPatches(document.json["paths"] ?? .null)
            }
            let v2 = try await cluster.send("GET", "/openapi/v2").expect(200)
            var found: Set<String> = []
            references(v2.json, into: &found)
            let known = Set((v2.json["definitions"]?.objectValue ?? JSONObject()).members.map(\.key))
            #expect(!known.isEmpty)
            #expect(found.allSatisfy { $0.hasPrefix("#/definitions/") && known.contains(String($0.dropFirst(14))) })
            checkPatches(v2.json["paths"] ?? .null)
        }
    }

    @Test("both versions of OpenAPI describe types and fields, also where a field is a reference")
    func descriptions() async throws {
        try await TestCluster.run { cluster in
            let v2 = try await cluster.send("GET", "/openapi/v2").expect(200).json["definitions"]?.objectValue
            let v3 = try await cluster.send("GET", "/openapi/v3/api/v1").expect(200).json
                .at("components.schemas").objectValue
            for schemas in [v2, v3] {
                let probe = try #require(schemas?["io.k8s.api.core.v1.Probe"])
                #expect(probe["description"]?.stringValue?.hasSuffix(".") == true)
                for field in ["periodSeconds", "exec"] {
                    #expect(probe.at("properties.\(field).description").stringValue?.hasSuffix(".") == true, "\(field)")
                }
                let metadata = schemas?["io.k8s.api.core.v1.Pod"]?.at("properties.metadata") ?? .null
                #expect(metadata["description"]?.stringValue != nil)
            }
        }
    }

    @Test("readiness is the bootstrap's, liveness is nobody's")
    func health() async throws {
        try await TestCluster.run(.socket) { cluster in
            cluster.plane.health.report("poststarthook/bootstrap", failure: "not done")
            #expect(
                try await cluster.send("GET", "/readyz").expect(500).text.contains("[-]poststarthook/bootstrap failed"))
            #expect(try await cluster.send("GET", "/livez").expect(200).text == "ok")
            try await cluster.send("GET", "/readyz?exclude=poststarthook/bootstrap").expect(200)
            cluster.plane.health.report("poststarthook/bootstrap", failure: nil)
            #expect(try await cluster.send("GET", "/readyz").expect(200).text == "ok")
            #expect(try await cluster.send("GET", "/readyz?verbose").expect(200).text.contains("[+]store ok"))
            try await cluster.send("GET", "/readyz/ping").expect(200)
            try await cluster.send("GET", "/readyz/none").expect(404)
            try await cluster.send("POST", "/readyz").expect(405)
        }
    }

    @Test(
        "a malformed path or query is a bad request",
        arguments: ["/api/v1/%zz", "/api?x=%", "/api/v1/pods?labelSelector=%ff"])
    func malformed(target: String) async throws {
        try await TestCluster.run(.socket) { cluster in
            try await cluster.send("GET", target).expect(400, "BadRequest")
        }
    }

    @Test("the cluster starts with what every cluster has")
    func bootstrap() async throws {
        try await TestCluster.run { cluster in
            for name in ["default", "kube-system", "kube-public", "kube-node-lease"] {
                try await cluster.send("GET", Path.namespaces + "/\(name)").expect(200)
            }
            let service = try await cluster.send("GET", Path.services + "/kubernetes").expect(200)
            #expect(service.json.at("spec.clusterIP").stringValue == "10.96.0.1")
            let slice = try await cluster.send(
                "GET", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes")
            #expect(slice.expect(200).json.at("endpoints.0.addresses.0").stringValue == "192.0.2.1")
        }
    }
}
