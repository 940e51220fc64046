import Machinery
import PKI
import Testing

@Suite("Reading objects", .timeLimit(.minutes(1)))
struct ListTests {
    private func fill(_ cluster: TestCluster, _ count: Int) async throws {
        for index in 0..<count {
            let labels = #"{"n":"\#(index)","side":"\#(index % 2 == 0 ? "even" : "odd")"}"#
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("c\(index)", labels: labels)).expect(201)
        }
    }

    @Test("pages go on where the last one ended, at one revision", arguments: Route.allCases)
    func paging(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await fill(cluster, 5)
            let first = try await cluster.send("GET", Path.configMaps + "?limit=2").expect(200)
            #expect(first.itemNames == ["c0", "c1"])
            #expect(first.json.at("metadata.remainingItemCount").intValue == 3)
            try await cluster.send("DELETE", Path.configMaps + "/c3").expect(200)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("c9")).expect(201)
            let token = try #require(first.json.at("metadata.continue").stringValue)
            let second = try await cluster.send("GET", Path.configMaps + "?limit=2&continue=\(token)").expect(200)
            #expect(second.itemNames == ["c2", "c3"])
            #expect(second.version == first.version)
            let next = try #require(second.json.at("metadata.continue").stringValue)
            let third = try await cluster.send("GET", Path.configMaps + "?limit=2&continue=\(next)").expect(200)
            #expect(third.itemNames == ["c4"])
            #expect(third.json.at("metadata.continue") == .null)
            #expect(third.json.at("metadata.remainingItemCount") == .null)
            let selective = try await cluster.send("GET", Path.configMaps + "?limit=1&labelSelector=side%3Deven")
            #expect(selective.json.at("metadata.remainingItemCount") == .null)
            #expect(selective.json.at("metadata.continue").stringValue != nil)
        }
    }

    @Test("a continue token that is none is a bad request, one that is too old has expired")
    func tokens() async throws {
        try await TestCluster.run { cluster in
            for token in ["x", "eyJ9", "e30", "../../etc", "%2525"] {
                try await cluster.send("GET", Path.configMaps + "?continue=\(token)").expect(
                    400, "BadRequest", "continue key is not valid")
            }
            let text = PKI.Base64.url.encode(Array(#"{"v":"meta.k8s.io/v1","rv":1,"start":"default/a"}"#.utf8))
            let old = try await cluster.send("GET", Path.configMaps + "?continue=\(text)")
            #expect(old.status == 200 || old.status == 410)
            let future = PKI.Base64.url.encode(Array(#"{"v":"meta.k8s.io/v1","rv":99999,"start":"default/a"}"#.utf8))
            try await cluster.send("GET", Path.configMaps + "?continue=\(future)").expect(410, "Expired")
        }
    }

    @Test("a list that takes too long goes on, when asked to, with the rest as it is by then")
    func inconsistentContinuation() async throws {
        try await TestCluster.run { cluster in
            try await fill(cluster, 6)
            let first = try await cluster.send("GET", Path.configMaps + "?limit=2").expect(200)
            let token = try #require(first.json.at("metadata.continue").stringValue)
            cluster.clock.advance(by: .seconds(299))
            let second = try await cluster.send("GET", Path.configMaps + "?limit=2&continue=\(token)").expect(200)
            #expect(second.version == first.version)
            let later = try #require(second.json.at("metadata.continue").stringValue)
            try await cluster.send("DELETE", Path.configMaps + "/c2").expect(200)
            cluster.clock.advance(by: .seconds(2))
            // Tokens of later pages are as old as the first page.
            for late in [token, later] {
                try await cluster.send("GET", Path.configMaps + "?limit=2&continue=\(late)").expect(
                    410, "Expired", "use the continue token in this response")
            }
            let expired = try await cluster.send("GET", Path.configMaps + "?limit=2&continue=\(token)")
            let rest = try #require(expired.json.at("metadata.continue").stringValue)
            let third = try await cluster.send("GET", Path.configMaps + "?limit=2&continue=\(rest)").expect(200)
            #expect(third.itemNames == ["c3", "c4"])
            #expect(third.version != first.version)
            #expect(third.json.at("metadata.remainingItemCount").intValue == 1)
            let last = try #require(third.json.at("metadata.continue").stringValue)
            cluster.clock.advance(by: .seconds(200))
            let fourth = try await cluster.send("GET", Path.configMaps + "?limit=2&continue=\(last)").expect(200)
            #expect(fourth.itemNames == ["c5"])
            #expect(fourth.version == third.version)
        }
    }

    @Test(
        "versions and matches",
        arguments: [
            ("", 200), ("resourceVersion=0", 200), ("resourceVersion=NOW", 200), ("resourceVersion=x", 422),
            ("resourceVersion=-1", 422), ("resourceVersion=NOW&resourceVersionMatch=Exact", 200),
            ("resourceVersion=NOW&resourceVersionMatch=NotOlderThan", 200),
            ("resourceVersion=0&resourceVersionMatch=NotOlderThan", 200),
            ("resourceVersion=0&resourceVersionMatch=Exact", 422), ("resourceVersionMatch=Exact", 422),
            ("resourceVersionMatch=NotOlderThan", 422), ("resourceVersion=NOW&resourceVersionMatch=Close", 422),
            ("resourceVersion=NOW&limit=1", 200), ("limit=x", 400), ("limit=-1", 400), ("sendInitialEvents=true", 422),
            ("limit=99999999999999999999", 400), ("resourceVersion=99999999999999999999", 422),
            ("labelSelector=%3D%3D", 400), ("fieldSelector=spec.x%3D1", 400), ("fieldSelector=metadata.name", 400),
        ])
    func versions(query: String, status: Int) async throws {
        try await TestCluster.run { cluster in
            try await fill(cluster, 2)
            let now = try await cluster.send("GET", Path.configMaps).version
            try await cluster.send("GET", Path.configMaps + "?" + query.replacing("NOW", with: now)).expect(status)
        }
    }

    @Test("an exact version shows that very state")
    func exact() async throws {
        try await TestCluster.run { cluster in
            try await fill(cluster, 1)
            let then = try await cluster.send("GET", Path.configMaps).version
            try await cluster.send("DELETE", Path.configMaps + "/c0").expect(200)
            let past = try await cluster.send(
                "GET", Path.configMaps + "?resourceVersion=\(then)&resourceVersionMatch=Exact")
            #expect(past.itemNames == ["c0"])
            #expect(past.version == then)
            #expect(try await cluster.send("GET", Path.configMaps).itemNames.isEmpty)
        }
    }

    @Test("a version that has not happened is too large, with a cause clients know")
    func future() async throws {
        try await TestCluster.run { cluster in
            let answer = try await cluster.send("GET", Path.configMaps + "?resourceVersion=999999")
            answer.expect(504, "Timeout", "Too large resource version: 999999, current:")
            #expect(answer.json.at("details.causes.0.reason").stringValue == "ResourceVersionTooLarge")
        }
    }

    @Test(
        "selectors select",
        arguments: [
            ("labelSelector=side%3Deven", ["c0", "c2", "c4"]), ("labelSelector=side%21%3Deven", ["c1", "c3"]),
            ("labelSelector=n%20in%20%281%2C2%29", ["c1", "c2"]),
            ("labelSelector=n%20notin%20%281%2C2%29,side", ["c0", "c3", "c4"]),
            ("labelSelector=%21side", []), ("fieldSelector=metadata.name%3Dc3", ["c3"]),
            ("fieldSelector=metadata.name%21%3Dc3", ["c0", "c1", "c2", "c4"]),
            ("fieldSelector=metadata.namespace%3Dother", []),
            ("fieldSelector=metadata.name%3Dc3,metadata.name%3Dc4", []),
        ])
    func selectors(query: String, names: [String]) async throws {
        try await TestCluster.run { cluster in
            try await fill(cluster, 5)
            #expect(try await cluster.send("GET", Path.configMaps + "?\(query)").expect(200).itemNames == names)
        }
    }

    @Test("tables have columns, rows and as much of the objects as asked", arguments: Route.allCases)
    func tables(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await fill(cluster, 2)
            let accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
            let table = try await cluster.send("GET", Path.configMaps, accept: accept).expect(200)
            #expect(table.json.at("kind").stringValue == "Table")
            #expect(table.json.at("columnDefinitions.0.name").stringValue == "Name")
            #expect(table.json.at("rows.1.cells.0").stringValue == "c1")
            #expect(table.json.at("rows.0.object.kind").stringValue == "PartialObjectMetadata")
            #expect(!table.version.isEmpty)
            let whole = try await cluster.send("GET", Path.configMaps + "/c0?includeObject=Object", accept: accept)
            #expect(whole.json.at("rows.0.object.kind").stringValue == "ConfigMap")
            let none = try await cluster.send("GET", Path.configMaps + "?includeObject=None", accept: accept)
            #expect(none.json.at("rows.0.object") == .null)
            try await cluster.send("GET", Path.configMaps + "?includeObject=Some", accept: accept).expect(422)
        }
    }

    @Test("metadata alone, for one and for many")
    func partial() async throws {
        try await TestCluster.run { cluster in
            try await fill(cluster, 2)
            let one = try await cluster.send(
                "GET", Path.configMaps + "/c0", accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
            #expect(one.json.at("kind").stringValue == "PartialObjectMetadata" && one.json["data"] == nil)
            let many = try await cluster.send(
                "GET", Path.configMaps, accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
            #expect(many.json.at("kind").stringValue == "PartialObjectMetadataList")
            #expect(many.itemNames == ["c0", "c1"])
            #expect(many.json.at("items.0.data") == .null)
        }
    }

    @Test("paths lead nowhere but where they say")
    func paths() async throws {
        try await TestCluster.run { cluster in
            for name in ["..", ".", "%2e%2e", "a%2Fb", "a%25b"] {
                try await cluster.send("GET", Path.configMaps + "/\(name)").expect(
                    400, "BadRequest", "Name parameter invalid")
            }
            for path in [
                "/api/v1/nothings", "/apis/none/v1/x", "/api/v9/pods", "/api/v1/namespaces/default/nodes", "/nowhere",
                "/api/v1/namespaces/default/nodes/n/status", "/api/v1/pods/p",
                "/api/v1/namespaces/default/pods/p/nothing",
                "/api/v1/namespaces/default/namespaces/kube-system", "/api/v1/namespaces/default/namespaces",
                "/api/v1/namespaces/default/pods/p/status/more", "/api/v1/namespaces/default/pods/p/log/more",
            ] {
                try await cluster.send("GET", path).expect(
                    404, "NotFound", "the server could not find the requested resource")
            }
        }
    }

    @Test("HEAD is GET without the body", arguments: [Path.configMaps, "/readyz", Path.configMaps + "/missing"])
    func head(path: String) async throws {
        try await TestCluster.run(.socket) { cluster in
            let get = try await cluster.send("GET", path)
            let head = try await cluster.send("HEAD", path)
            #expect(head.status == get.status)
            #expect(head.body.isEmpty)
        }
    }
}
