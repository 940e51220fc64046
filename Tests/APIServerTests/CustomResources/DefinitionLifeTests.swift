import Machinery
import Testing

@Suite("The life of definitions", .timeLimit(.minutes(2)))
struct DefinitionLifeTests {
    @Test("discovery and OpenAPI follow; what did not change keeps its bytes")
    func documents() async throws {
        try await TestCluster.run { cluster in
            let before = try await cluster.send("GET", "/openapi/v3").expect(200)
            #expect(before.json.at("paths")["apis/example.com/v1"] == nil)
            try await cluster.establish(Custom.definition(version: #","subresources":{"status":{}}"#))
            let groups = try await cluster.send("GET", "/apis").expect(200).json.at("groups").arrayValue ?? []
            #expect(groups.contains { $0["name"] == "example.com" })
            let resources = try await cluster.send("GET", "/apis/example.com/v1").expect(200)
            let names = (resources.json["resources"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
            #expect(names == ["widgets", "widgets/status"])
            let after = try await cluster.send("GET", "/openapi/v3").expect(200)
            let url = try #require(after.json["paths"]?["apis/example.com/v1"]?["serverRelativeURL"]?.stringValue)
            #expect(after.json["paths"]?["apis/apps/v1"] == before.json["paths"]?["apis/apps/v1"])
            let document = try await cluster.send("GET", url).expect(200)
            let schema = document.json["components"]?["schemas"]?["com.example.v1.Widget"]
            #expect(schema?["properties"]?["spec"]?["properties"]?["size"]?["type"] == "integer")
            #expect(schema?["properties"]?["metadata"] != nil)
            #expect(schema?["x-kubernetes-group-version-kind"]?[0]?["kind"] == "Widget")
            let v2 = try await cluster.send("GET", "/openapi/v2").expect(200)
            #expect(v2.json["definitions"]?["com.example.v1.Widget"] != nil)
            #expect(v2.json["definitions"]?["io.k8s.api.core.v1.Pod"] != nil)
            #expect(v2.json["paths"]?["/apis/example.com/v1/namespaces/{namespace}/widgets/{name}/status"] != nil)
            let accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
            let aggregated = try await cluster.send("GET", "/apis", accept: accept).expect(200)
            #expect(aggregated.items.contains { $0.at("metadata.name") == "example.com" })
            #expect(aggregated.headers["etag"] != nil)
        }
    }

    @Test(
        "a definition that goes takes its objects with it, ends its watches, and can come again",
        arguments: Route.allCases)
    func deletion(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.establish(Custom.definition())
            try await cluster.send("POST", Custom.widgets, Custom.widget("a")).expect(201)
            let watch = try await cluster.watch(Custom.widgets + "?watch=true")
            #expect(try await watch.next()?.summary == "ADDED a")
            let deleted = try await cluster.send("DELETE", Custom.definitions + "/widgets.example.com").expect(200)
            #expect(deleted.json.condition("Terminating") == "True")
            try await cluster.untilDefinition("widgets.example.com") { $0 == .null }
            try await eventually { try await cluster.send("GET", Custom.widgets).status == 404 }
            // Whether the watch saw the deletion or was ended before: it is over.
            while try await watch.next() != nil {}
            try await cluster.establish(Custom.definition())
            #expect(try await cluster.send("GET", Custom.widgets).expect(200).items.isEmpty)
        }
    }

    @Test("an object with a finalizer keeps its definition, and nothing new is created meanwhile")
    func finalizers() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition())
            let held =
                #"{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a","finalizers":["x.example/y"]}}"#
            try await cluster.send("POST", Custom.widgets, held).expect(201)
            try await cluster.send("DELETE", Custom.definitions + "/widgets.example.com").expect(200)
            try await eventually {
                try await cluster.send("GET", Custom.widgets + "/a").json.at("metadata.deletionTimestamp") != .null
            }
            try await cluster.send("POST", Custom.widgets, Custom.widget("b"))
                .expect(403, "Forbidden", "create not allowed while custom resource definition is terminating")
            try await cluster.send("GET", Custom.definitions + "/widgets.example.com").expect(200)
            let patch = #"{"metadata":{"finalizers":null}}"#
            try await cluster.send("PATCH", Custom.widgets + "/a", patch, type: "application/merge-patch+json")
                .expect(200)
            try await cluster.untilDefinition("widgets.example.com") { $0 == .null }
        }
    }

    @Test("a name that another definition of the group has is not accepted until that is gone")
    func conflicts() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition())
            let other = Custom.definition(
                versions:
                    #"[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]"#,
                plural: "gadgets", kind: "Widget")
            try await cluster.send("POST", Custom.definitions, other).expect(201)
            let path = Custom.definitions + "/gadgets.example.com"
            try await cluster.untilDefinition("gadgets.example.com") { $0.condition("NamesAccepted") != nil }
            let answer = try await cluster.send("GET", path).expect(200).json
            #expect(answer.condition("NamesAccepted") == "False")
            #expect(answer.condition("NamesAccepted", "reason") == "ListKindConflict")
            #expect(answer.condition("NamesAccepted", "message") == #""WidgetList" is already in use"#)
            #expect(answer.condition("Established") == "False")
            try await cluster.send("DELETE", Custom.definitions + "/widgets.example.com").expect(200)
            try await cluster.untilDefinition("gadgets.example.com") { $0.condition("Established") == "True" }
        }
    }

    @Test("objects written by an earlier schema are read by the present one")
    func schemaChange() async throws {
        try await TestCluster.run { cluster in
            let made = try await cluster.establish(
                Custom.definition(properties: #"{"size":{"type":"integer"},"old":{"type":"string"}}"#))
            try await cluster.send("POST", Custom.widgets, Custom.widget("a", spec: #"{"size":1,"old":"x"}"#)).expect(
                201)
            let next = Custom.definition(
                properties: #"{"size":{"type":"integer"},"fresh":{"type":"string","default":"f"}}"#)
            var object = try #require(try JSON(parsing: Array(next.utf8)).objectValue)
            object["metadata"]?.setMember("resourceVersion", .string(made.version))
            let watch = try await cluster.watch(Custom.widgets + "?watch=true")
            #expect(try await watch.next()?.summary == "ADDED a")
            try await cluster.send(
                "PUT", Custom.definitions + "/widgets.example.com", JSON.object(object).description
            ).expect(200)
            try await eventually {
                try await cluster.send("GET", Custom.widgets + "/a").json.at("spec.fresh") == "f"
            }
            #expect(try await cluster.send("GET", Custom.widgets + "/a").json.at("spec.old") == .null)
            #expect(try await cluster.send("GET", Custom.widgets).items.first?.at("spec.fresh") == "f")
            // A watch by the old rules ends, so that its client comes back under the new ones.
            #expect(try await watch.next() == nil)
            let again = try await cluster.watch(Custom.widgets + "?watch=true")
            #expect(try await again.next()?.object.at("spec.fresh") == "f")
            again.cancel()
        }
    }

    @Test("definitions and their objects are there after a restart")
    func restart() async throws {
        let folder = try TemporaryFolder.make()
        try await TestCluster.run(.inProcess, .sqlite(path: folder + "/store")) { cluster in
            try await cluster.establish(Custom.definition())
            try await cluster.send("POST", Custom.widgets, Custom.widget("a", spec: #"{"size":3}"#)).expect(201)
        }
        try await TestCluster.run(.inProcess, .sqlite(path: folder + "/store")) { cluster in
            let answer = try await cluster.send("GET", Custom.widgets + "/a").expect(200)
            #expect(answer.json.at("spec.size") == 3)
        }
    }
}
