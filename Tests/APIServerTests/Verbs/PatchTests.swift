import Machinery
import Testing

@Suite("Patching objects", .timeLimit(.minutes(1)))
struct PatchTests {
    static let json = "application/json-patch+json"
    static let merge = "application/merge-patch+json"
    static let strategic = "application/strategic-merge-patch+json"
    static let apply = "application/apply-patch+yaml"

    @Test("JSON patches", arguments: Route.allCases)
    func jsonPatch(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let path = Path.configMaps + "/a"
            let done = try await cluster.send(
                "PATCH", path,
                #"[{"op":"test","path":"/data/k","value":"v"},{"op":"add","path":"/data/z","value":"1"}]"#,
                type: Self.json)
            #expect(done.expect(200).json.at("data.z").stringValue == "1")
            try await cluster.send("PATCH", path, #"[{"op":"test","path":"/data/k","value":"w"}]"#, type: Self.json)
                .expect(422, "Invalid", "the server rejected our request due to an error in our request")
            try await cluster.send("PATCH", path, #"[{"op":"remove","path":"/data/none"}]"#, type: Self.json).expect(
                422, "Invalid")
            try await cluster.send("PATCH", path, #"{"op":"add"}"#, type: Self.json).expect(400, "BadRequest")
            try await cluster.send("PATCH", path, "{", type: Self.json).expect(400, "BadRequest")
            try await cluster.send("PATCH", path, "[]", type: "application/json").expect(415, "UnsupportedMediaType")
            try await cluster.send("PATCH", Path.configMaps + "/none", "[]", type: Self.json).expect(404, "NotFound")
        }
    }

    @Test("merge patches replace lists, strategic ones merge them")
    func merges() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
            let path = Path.deployments + "/d"
            let side = #"{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"s"}]}}}}"#
            let both = try await cluster.send("PATCH", path, side, type: Self.strategic).expect(200)
            #expect(both.json.at("spec.template.spec.containers").arrayValue?.count == 2)
            let one = try await cluster.send("PATCH", path, side, type: Self.merge).expect(200)
            #expect(one.json.at("spec.template.spec.containers").arrayValue?.count == 1)
            let removed = try await cluster.send(
                "PATCH", path, #"{"metadata":{"annotations":null},"spec":{"paused":true,"minReadySeconds":null}}"#,
                type: Self.merge)
            #expect(removed.expect(200).json.at("spec.paused").boolValue == true)
            try await cluster.send("PATCH", path, #"{"spec":{"replicas":"many"}}"#, type: Self.merge).expect(
                400, "BadRequest")
            try await cluster.send("PATCH", path, #"{"spec":{"replicas":-1}}"#, type: Self.merge).expect(422, "Invalid")
            try await cluster.send("PATCH", path, #"{"metadata":{"name":"e"}}"#, type: Self.merge)
                .expect(422, "Invalid", "field is immutable")
            try await cluster.send(
                "PATCH", path + "?fieldValidation=Strict", #"{"spec":{"bogus":1}}"#, type: Self.merge
            )
            .expect(400, "BadRequest", #"unknown field "spec.bogus""#)
            try await cluster.send("PATCH", path, #"{"metadata":{"resourceVersion":"1"}}"#, type: Self.merge)
                .expect(409, "Conflict")
            try await cluster.send("PATCH", path + "?force=true", "{}", type: Self.merge)
                .expect(422, "Invalid", "force: Forbidden: may not be specified for non-apply patch")
        }
    }

    @Test("applied fields have owners, and owners are asked", arguments: Route.allCases)
    func apply(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let path = Path.configMaps + "/a"
            let mine = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: mine\n"
            let theirs = mine.replacing("mine", with: "theirs")
            let made = try await cluster.send("PATCH", path + "?fieldManager=me", mine, type: Self.apply).expect(201)
            #expect(made.json.at("metadata.managedFields.0.operation").stringValue == "Apply")
            let again = try await cluster.send("PATCH", path + "?fieldManager=me", mine, type: Self.apply).expect(200)
            #expect(again.version == made.version)
            let conflict = try await cluster.send("PATCH", path + "?fieldManager=they", theirs, type: Self.apply)
            conflict.expect(409, "Conflict", #"Apply failed with 1 conflict: conflict with "me": .data.k"#)
            #expect(conflict.json.at("details.causes.0.reason").stringValue == "FieldManagerConflict")
            let forced = try await cluster.send(
                "PATCH", path + "?fieldManager=they&force=true", theirs, type: Self.apply)
            #expect(forced.expect(200).json.at("data.k").stringValue == "theirs")
            let gone = mine.replacing("data:\n  k: mine\n", with: "")
            let left = try await cluster.send("PATCH", path + "?fieldManager=they", gone, type: Self.apply).expect(200)
            #expect(left.json.at("data.k") == .null)
            try await cluster.send("PATCH", path, mine, type: Self.apply).expect(
                422, "Invalid", "fieldManager: Required value")
            try await cluster.send(
                "PATCH", path + "?fieldManager=\(String(repeating: "x", count: 129))", mine, type: Self.apply
            ).expect(422, "Invalid", "fieldManager: Too long: may not be more than 128 bytes")
        }
    }

    @Test("a dry run of apply creates nothing")
    func applyDryRun() async throws {
        try await TestCluster.run { cluster in
            let body = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
            try await cluster.send("PATCH", Path.configMaps + "/a?fieldManager=me&dryRun=All", body, type: Self.apply)
                .expect(201)
            try await cluster.send("GET", Path.configMaps + "/a").expect(404)
        }
    }

    @Test("many patches of one object all arrive")
    func races() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<5 {
                    group.addTask {
                        try await cluster.send(
                            "PATCH", Path.configMaps + "/a", #"{"data":{"n\#(index)":"x"}}"#, type: Self.merge
                        ).expect(200)
                    }
                }
                try await group.waitForAll()
            }
            let data = try await cluster.send("GET", Path.configMaps + "/a").json.at("data").objectValue
            #expect(data?.members.count == 6)
        }
    }
}
