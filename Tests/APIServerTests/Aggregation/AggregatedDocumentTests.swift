import APIServer
import Machinery
import Testing

@Suite("Documents of extension servers", .timeLimit(.minutes(2)))
struct AggregatedDocumentTests {
    @Test("the group is told by discovery, old and aggregated, before those of lower priority")
    func tellsGroup() async throws {
        try await ExtensionServer.run(.socket) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitRoute()
            let groups = try await cluster.send("GET", "/apis").json["groups"]?.arrayValue ?? []
            let group = try #require(groups.first { $0["name"] == "wardle.example.com" })
            #expect(group.at("preferredVersion.groupVersion") == "wardle.example.com/v1alpha1")
            let one = try await cluster.send("GET", "/apis/wardle.example.com").expect(200)
            #expect(one.json["kind"] == "APIGroup")
            let aggregated = try await cluster.send("GET", "/apis", accept: AggregationTests.aggregatedType).items
            let entry = try #require(aggregated.first { $0.at("metadata.name") == "wardle.example.com" })
            #expect(entry.at("versions.0.freshness") == "Current")
            let flunders = entry.at("versions.0.resources.0")
            #expect(flunders.at("resource") == "flunders")
            #expect(flunders.at("scope") == "Namespaced")
            #expect(flunders.at("singularResource") == "flunder")
            #expect(
                flunders.at("responseKind") == [
                    "group": "wardle.example.com", "version": "v1alpha1", "kind": "Flunder",
                ])
            #expect(flunders.at("subresources.0.subresource") == "exec")
        }
    }

    @Test("OpenAPI of the group is merged: names taken here are changed, other groups left out")
    func mergesOpenAPI() async throws {
        try await ExtensionServer.run(.socket) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitRoute()
            let group = "apis/wardle.example.com/v1alpha1"
            let index = try await cluster.send("GET", "/openapi/v3")
            #expect(
                index.json.at("paths")[group]?.at("serverRelativeURL") == .string("/openapi/v3/\(group)?hash=ABC"))
            let document = try await cluster.send("GET", "/openapi/v3/\(group)?hash=ABC").expect(200)
            #expect(document.json["openapi"] == "3.0.0")
            #expect(server.last("/openapi/v3/\(group)") != nil)
            let swagger = try await cluster.send("GET", "/openapi/v2").expect(200).json
            #expect(swagger.at("paths")["/\(group)/flunders"] != nil)
            #expect(swagger.at("paths")["/apis/other/v1/things"] == nil)
            #expect(swagger.at("paths")["/api/v1/pods"] != nil)
            let meta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
            let reference = swagger.at("definitions")["com.wardle.F"]?.at("properties.metadata.$ref")
            #expect(reference == .string("#/definitions/\(meta)_v2"))
            #expect(swagger.at("definitions")["\(meta)_v2"]?["description"] == "an old one")
            #expect(swagger.at("definitions")[meta]?["description"] != "an old one")
            #expect(swagger.at("definitions")["com.other.T"] == nil)
        }
    }
}
