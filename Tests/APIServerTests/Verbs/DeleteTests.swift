import Machinery
import Testing

@Suite("Deleting objects", .timeLimit(.minutes(1)))
struct DeleteTests {
    @Test("removes, and says what was removed", arguments: Route.allCases)
    func delete(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let made = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let answer = try await cluster.send("DELETE", Path.configMaps + "/a").expect(200)
            #expect(answer.json.at("status").stringValue == "Success")
            #expect(answer.json.at("details.uid").stringValue == made.uid)
            #expect(answer.json.at("details.kind").stringValue == "configmaps")
            try await cluster.send("DELETE", Path.configMaps + "/a").expect(
                404, "NotFound", #"configmaps "a" not found"#)
        }
    }

    @Test("preconditions are kept")
    func preconditions() async throws {
        try await TestCluster.run { cluster in
            let made = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("DELETE", Path.configMaps + "/a", #"{"preconditions":{"uid":"x"}}"#)
                .expect(409, "Conflict", "UID in precondition: x")
            try await cluster.send("DELETE", Path.configMaps + "/a", #"{"preconditions":{"resourceVersion":"1"}}"#)
                .expect(409, "Conflict", "ResourceVersion in precondition: 1")
            try await cluster.send("DELETE", Path.configMaps + "/a", #"{"preconditions":{"uid":"\#(made.uid)"}}"#)
                .expect(200)
        }
    }

    @Test(
        "options that make no sense are refused",
        arguments: [
            (#"{"propagationPolicy":"Never"}"#, 422), (#"{"gracePeriodSeconds":"soon"}"#, 400), ("[]", 400), ("{", 400),
            (#"{"propagationPolicy":"Orphan","orphanDependents":true}"#, 422), (#"{"dryRun":["x"]}"#, 422),
            (#"{"kind":"ConfigMap"}"#, 400),
        ])
    func options(body: String, status: Int) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("DELETE", Path.configMaps + "/a", body).expect(status)
            try await cluster.send("GET", Path.configMaps + "/a").expect(200)
        }
    }

    @Test("finalizers hold an object until they are gone")
    func finalizers() async throws {
        try await TestCluster.run { cluster in
            let body = #"{"metadata":{"name":"a","finalizers":["example.com/hold"]}}"#
            try await cluster.send("POST", Path.configMaps, body).expect(201)
            let pending = try await cluster.send("DELETE", Path.configMaps + "/a").expect(200)
            #expect(pending.json.at("metadata.deletionTimestamp").stringValue != nil)
            #expect(pending.json.at("metadata.deletionGracePeriodSeconds").intValue == 0)
            let more = #"{"metadata":{"finalizers":["example.com/hold","example.com/new"]}}"#
            try await cluster.send("PATCH", Path.configMaps + "/a", more, type: "application/merge-patch+json")
                .expect(422, "Invalid", "no new finalizers can be added if the object is being deleted")
            try await cluster.send(
                "PATCH", Path.configMaps + "/a", #"{"metadata":{"finalizers":null}}"#,
                type: "application/merge-patch+json"
            ).expect(200)
            try await cluster.send("GET", Path.configMaps + "/a").expect(404)
        }
    }

    @Test(
        "the propagation policy becomes a finalizer",
        arguments: [("Foreground", "foregroundDeletion"), ("Orphan", "orphan")])
    func propagation(policy: String, finalizer: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
            let pending = try await cluster.send(
                "DELETE", Path.deployments + "/d", #"{"propagationPolicy":"\#(policy)"}"#)
            pending.expect(200)
            #expect(pending.json.at("metadata.finalizers.0").stringValue == finalizer)
            try await cluster.send("GET", Path.deployments + "/d").expect(200)
        }
    }

    @Test("a pod on a node ends gracefully, and a second deletion can only shorten that")
    func grace() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("p", spec: #","nodeName":"n""#)).expect(201)
            let pending = try await cluster.send("DELETE", Path.pods + "/p").expect(200)
            #expect(pending.json.at("metadata.deletionGracePeriodSeconds").intValue == 30)
            let longer = try await cluster.send("DELETE", Path.pods + "/p", #"{"gracePeriodSeconds":60}"#).expect(200)
            #expect(longer.json.at("metadata.deletionGracePeriodSeconds").intValue == 30)
            let shorter = try await cluster.send("DELETE", Path.pods + "/p", #"{"gracePeriodSeconds":5}"#).expect(200)
            #expect(shorter.json.at("metadata.deletionGracePeriodSeconds").intValue == 5)
            let least = try await cluster.send("DELETE", Path.pods + "/p", #"{"gracePeriodSeconds":-7}"#).expect(200)
            #expect(least.json.at("metadata.deletionGracePeriodSeconds").intValue == 1)
            try await cluster.send("DELETE", Path.pods + "/p", #"{"gracePeriodSeconds":0}"#).expect(200)
            try await cluster.send("GET", Path.pods + "/p").expect(404)
        }
    }

    @Test("a pod on no node goes at once")
    func unscheduled() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            try await cluster.send("DELETE", Path.pods + "/p").expect(200)
            try await cluster.send("GET", Path.pods + "/p").expect(404)
        }
    }

    @Test("a collection goes by selector")
    func collection() async throws {
        try await TestCluster.run { cluster in
            for index in 0..<6 {
                let labels = #"{"side":"\#(index % 2 == 0 ? "even" : "odd")"}"#
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("c\(index)", labels: labels)).expect(
                    201)
            }
            let gone = try await cluster.send("DELETE", Path.configMaps + "?labelSelector=side%3Deven").expect(200)
            #expect(gone.itemNames == ["c0", "c2", "c4"])
            #expect(try await cluster.send("GET", Path.configMaps).itemNames == ["c1", "c3", "c5"])
            try await cluster.send("DELETE", Path.configMaps).expect(200)
            #expect(try await cluster.send("GET", Path.configMaps).items.isEmpty)
        }
    }
}
