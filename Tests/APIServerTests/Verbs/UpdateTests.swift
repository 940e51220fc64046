import Machinery
import Testing

@Suite("Updating objects", .timeLimit(.minutes(1)))
struct UpdateTests {
    @Test("replaces, keeping what the server decided", arguments: Route.allCases)
    func update(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let first = try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
            #expect(first.json.at("metadata.generation").intValue == 1)
            let second = try await cluster.send("PUT", Path.deployments + "/d", Manifest.deployment("d", replicas: 3))
            second.expect(200)
            #expect(second.uid == first.uid)
            #expect(second.json.at("metadata.generation").intValue == 2)
            #expect(second.version != first.version)
            let same = try await cluster.send("PUT", Path.deployments + "/d", Manifest.deployment("d", replicas: 3))
            #expect(same.version == second.version)
        }
    }

    @Test("a stale resourceVersion and another uid are conflicts")
    func conflicts() async throws {
        try await TestCluster.run { cluster in
            let first = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("PUT", Path.configMaps + "/a", Manifest.configMap("a", data: #"{"k":"2"}"#)).expect(
                200)
            let stale = #"{"metadata":{"name":"a","resourceVersion":"\#(first.version)"},"data":{"k":"3"}}"#
            try await cluster.send("PUT", Path.configMaps + "/a", stale).expect(
                409, "Conflict",
                #"Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your "#
                    + "changes to the latest version and try again")
            let other = #"{"metadata":{"name":"a","uid":"b"},"data":{"k":"3"}}"#
            try await cluster.send("PUT", Path.configMaps + "/a", other).expect(
                409, "Conflict", "Precondition failed: UID in precondition: b, UID in object meta: \(first.uid)")
        }
    }

    @Test("names of path and body must agree")
    func names() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("PUT", Path.configMaps + "/a", Manifest.configMap("b")).expect(
                400, "BadRequest", "the name of the object (b) does not match the name on the URL (a)")
            try await cluster.send("PUT", Path.configMaps + "/a", "{}").expect(
                400, "BadRequest", "the name of the object (a based on URL) was undeterminable: name must be provided")
            try await cluster.send("PUT", Path.configMaps + "/c", Manifest.configMap("c")).expect(404, "NotFound")
        }
    }

    @Test(
        "a verb that a path does not have is not allowed",
        arguments: [
            ("PUT", Path.configMaps), ("PATCH", Path.configMaps), ("POST", Path.configMaps + "/a"),
            ("POST", "/api/v1/configmaps"), ("DELETE", "/api/v1/configmaps"), ("BREW", Path.configMaps),
        ])
    func methods(method: String, path: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send(method, path, Manifest.configMap("a")).expect(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
        }
    }

    @Test("kinds made by whoever needs them are created by an update")
    func createOnUpdate() async throws {
        try await TestCluster.run { cluster in
            let lease = #"{"metadata":{"name":"l"},"spec":{"holderIdentity":"a","leaseDurationSeconds":15}}"#
            let path = "/apis/coordination.k8s.io/v1/namespaces/default/leases/l"
            try await cluster.send("PUT", path, lease).expect(201)
            try await cluster.send("PUT", path, lease).expect(200)
        }
    }

    @Test("two writers of one object: one of them is told", arguments: [20])
    func races(count: Int) async throws {
        try await TestCluster.run { cluster in
            let first = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<count {
                    group.addTask {
                        let body =
                            #"{"metadata":{"name":"a","resourceVersion":"\#(first.version)"},"data":{"k":"\#(index)"}}"#
                        return try await cluster.send("PUT", Path.configMaps + "/a", body).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(statuses.filter { $0 == 409 }.count == count - 1)
        }
    }
}
