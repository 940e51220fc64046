import Machinery
import Testing

@Suite("Creating objects", .timeLimit(.minutes(1)))
struct CreateTests {
    @Test("gives what the server decides, and the object back", arguments: Route.allCases)
    func create(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            #expect(answer.json.at("kind").stringValue == "ConfigMap")
            #expect(answer.json.at("metadata.namespace").stringValue == "default")
            #expect(!answer.uid.isEmpty)
            #expect(UInt64(answer.version) != nil)
            #expect(answer.json.at("metadata.creationTimestamp").stringValue?.hasSuffix("Z") == true)
            #expect(answer.json.at("metadata.managedFields.0.manager").stringValue == "test")
            let read = try await cluster.send("GET", Path.configMaps + "/a").expect(200)
            #expect(read.json == answer.json)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a"))
                .expect(409, "AlreadyExists", #"configmaps "a" already exists"#)
        }
    }

    @Test("makes names from a prefix, another one each time")
    func generateName() async throws {
        try await TestCluster.run { cluster in
            let body = #"{"metadata":{"generateName":"job-"}}"#
            var names: Set<String> = []
            for _ in 0..<20 {
                let answer = try await cluster.send("POST", Path.configMaps, body).expect(201)
                #expect(answer.name.hasPrefix("job-") && answer.name.utf8.count == 9)
                names.insert(answer.name)
            }
            #expect(names.count == 20)
        }
    }

    @Test("a dry run answers as if, and stores nothing", arguments: Route.allCases)
    func dryRun(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let answer = try await cluster.send("POST", Path.configMaps + "?dryRun=All", Manifest.configMap("a"))
            answer.expect(201)
            #expect(!answer.uid.isEmpty && answer.version.isEmpty)
            try await cluster.send("GET", Path.configMaps + "/a").expect(404, "NotFound")
            try await cluster.send("POST", Path.configMaps + "?dryRun=Some", Manifest.configMap("a"))
                .expect(422, "Invalid", #"dryRun: Unsupported value: "Some": supported values: "All""#)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("POST", Path.configMaps + "?dryRun=All", Manifest.configMap("a"))
                .expect(409, "AlreadyExists")
            try await cluster.send(
                "PUT", Path.configMaps + "/a?dryRun=All", Manifest.configMap("a", data: #"{"k":"w"}"#)
            )
            .expect(200)
            try await cluster.send("DELETE", Path.configMaps + "/a?dryRun=All").expect(200)
            try await cluster.send(
                "DELETE", Path.configMaps + "/a", #"{"kind":"DeleteOptions","apiVersion":"v1","dryRun":["All"]}"#
            )
            .expect(200)
            try await cluster.send("DELETE", Path.configMaps, #"{"dryRun":["All"]}"#).expect(200)
            let kept = try await cluster.send("GET", Path.configMaps + "/a").expect(200)
            #expect(kept.json.at("data.k").stringValue == "v")
        }
    }

    @Test("unknown and duplicate fields are refused, warned of, or ignored, as asked", arguments: Route.allCases)
    func fieldValidation(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let body = #"{"metadata":{"name":"a"},"data":{"k":"v"},"bogus":1,"data":{"k":"w"}}"#
            try await cluster.send("POST", Path.configMaps + "?fieldValidation=Strict", body)
                .expect(400, "BadRequest", #"strict decoding error: unknown field "bogus", duplicate field "data""#)
            let warned = try await cluster.send("POST", Path.configMaps, body).expect(201)
            #expect(warned.warnings == [#"299 - "unknown field \"bogus\"""#, #"299 - "duplicate field \"data\"""#])
            #expect(warned.json["bogus"] == nil)
            #expect(warned.json.at("data.k").stringValue == "w")
            try await cluster.send("DELETE", Path.configMaps + "/a").expect(200)
            let ignored = try await cluster.send("POST", Path.configMaps + "?fieldValidation=Ignore", body).expect(201)
            #expect(ignored.warnings.isEmpty)
            try await cluster.send("POST", Path.configMaps + "?fieldValidation=Loose", body)
                .expect(422, "Invalid", #"fieldValidation: Unsupported value: "Loose""#)
        }
    }

    @Test("a warning is one line of a header, whatever the field is called", arguments: Route.allCases)
    func strangeWarnings(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let body = #"{"metadata":{"name":"a"},"x\r\nset-cookie: y\"\u0000é":1}"#
            let answer = try await cluster.send("POST", Path.configMaps, body).expect(201)
            #expect(answer.warnings.count == 1)
            #expect(!answer.headers.contains("set-cookie"))
        }
    }

    @Test(
        "what is malformed is a bad request",
        arguments: [
            ("{", "application/json"), ("[]", "application/json"), ("null", "application/json"),
            ("\"x\"", "application/json"),
            ("{\"metadata\":{\"name\":1}}", "application/json"), ("{\"metadata\":[]}", "application/json"),
            ("{\"data\":{\"k\":{}},\"metadata\":{\"name\":\"a\"}}", "application/json"),
            ("{\"metadata\":{\"name\":\"a\"}} x", "application/json"), ("{\"a\":\"\u{1}\"}", "application/json"),
            ("a: [", "application/yaml"), ("a: &x [*x]", "application/yaml"), ("%%%", "application/yaml"),
            ("\u{0}\u{1}\u{2}", "application/vnd.kubernetes.protobuf"),
            ("k8s\u{0}\u{7f}", "application/vnd.kubernetes.protobuf"),
            (#"{"kind":"Secret","metadata":{"name":"a"}}"#, "application/json"),
            (#"{"apiVersion":"apps/v1","metadata":{"name":"a"}}"#, "application/json"),
            (#"{"metadata":{"name":"a","namespace":"elsewhere"}}"#, "application/json"),
            (#"{"metadata":{"name":"a","resourceVersion":"7"}}"#, "application/json"),
        ])
    func malformed(body: String, type: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, body, type: type).expect(400, "BadRequest")
            try await cluster.send("GET", Path.configMaps + "/a").expect(404)
        }
    }

    @Test("malformed JSON is told of as Kubernetes does")
    func malformedMessage() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, "{").expect(
                400, "BadRequest",
                "the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json "
                    + "parse error:"
            )
        }
    }

    @Test("a type nobody knows is refused with 415, an answer nobody can give with 406")
    func mediaTypes() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, "x", type: "text/plain").expect(415, "UnsupportedMediaType")
            try await cluster.send("GET", Path.configMaps, accept: "image/png").expect(406, "NotAcceptable")
        }
    }

    @Test(
        "names must be names",
        arguments: ["A", "-a", "a..b", "a/b", "..", "%2e", " ", String(repeating: "a", count: 254)])
    func invalidNames(name: String) async throws {
        try await TestCluster.run { cluster in
            let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap(name))
            answer.expect(422, "Invalid", "metadata.name: Invalid value")
            #expect(answer.causes.contains("metadata.name"))
        }
    }

    @Test("an object needs a name")
    func nameless() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, "{}").expect(
                422, "Invalid",
                #"ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required"#)
        }
    }

    @Test("a body over 3 MiB is refused, without being read to its end", arguments: Route.allCases)
    func oversize(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let body = Manifest.configMap("a", data: #"{"k":"\#(String(repeating: "x", count: 3_200_000))"}"#)
            try await cluster.send("POST", Path.configMaps, body).expect(
                413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728")
        }
    }

    @Test("takes YAML and gives YAML", arguments: Route.allCases)
    func yaml(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let body = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: \"1\"\n"
            let answer = try await cluster.send(
                "POST", Path.configMaps, body, type: "application/yaml", accept: "application/yaml")
            answer.expect(201)
            #expect(answer.headers["content-type"] == "application/yaml")
            #expect(answer.text.contains("data:\n  k: \"1\"\n"))
        }
    }

    @Test("takes protobuf")
    func protobuf() async throws {
        try await TestCluster.run { cluster in
            func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }
            let entry = field(1, Array("k".utf8)) + field(2, Array("v".utf8))
            let object = field(1, field(1, Array("a".utf8))) + field(2, entry)
            let type = field(1, Array("v1".utf8)) + field(2, Array("ConfigMap".utf8))
            let body = Array("k8s\0".utf8) + field(1, type) + field(2, object)
            let answer = try await cluster.send(
                "POST", Path.configMaps, body, type: "application/vnd.kubernetes.protobuf")
            answer.expect(201)
            #expect(answer.json.at("data.k").stringValue == "v")
        }
    }

    @Test("hostile bodies are refused, and the server goes on")
    func hostile() async throws {
        try await TestCluster.run { cluster in
            let deep = String(repeating: "[", count: 100_000)
            try await cluster.send("POST", Path.configMaps, deep).expect(400, "BadRequest")
            let nested = String(repeating: #"{"a":"#, count: 100_000)
            try await cluster.send("POST", Path.configMaps, nested).expect(400, "BadRequest")
            try await cluster.send(
                "POST", Path.configMaps, String(repeating: "- ", count: 50_000), type: "application/yaml"
            )
            .expect(400, "BadRequest")
            var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
            for (previous, next) in zip("abcdefgh", "bcdefghi") {
                bomb += "\(next): &\(next) [\(Array(repeating: "*\(previous)", count: 9).joined(separator: ","))]\n"
            }
            try await cluster.send("POST", Path.configMaps, bomb, type: "application/yaml").expect(400, "BadRequest")
            for number in ["1e999", "-1e999", "99999999999999999999", "1.5"] {
                let answer = try await cluster.send(
                    "POST", Path.deployments,
                    Manifest.deployment("d").replacing(#""replicas":1"#, with: #""replicas":\#(number)"#))
                #expect([400, 422].contains(answer.status))
            }
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
        }
    }

    @Test("works over SQLite as over memory, and outlives the process's memory of it")
    func sqlite() async throws {
        let path = "\(try TemporaryFolder.make())/state.db"
        try await TestCluster.run(.inProcess, .sqlite(path: path)) { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("kept")).expect(201)
        }
        let cluster = SQLiteRestart(path: path)
        try await cluster.expectName("kept")
    }
}
