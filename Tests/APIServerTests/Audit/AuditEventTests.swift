import APIServer
import HTTPCore
import Machinery
import Testing

@Suite("Audit events", .timeLimit(.minutes(1)))
struct AuditEventTests {
    private static let maps = "/api/v1/namespaces/default/configmaps"
    private static let map = #"{"metadata":{"name":"m"},"data":{"a":"b"}}"#

    @Test("tell who did what, from where, and what came of it", arguments: Route.allCases)
    func complete(route: Route) async throws {
        try await AuditTrail.run(#"{"level":"Metadata"}"#, route) { cluster, trail in
            try await cluster.send("POST", Self.maps + "?fieldManager=t", Self.map).expect(201)
            #expect(try trail.stages(Self.maps) == ["RequestReceived", "ResponseComplete"])
            let event = try trail.event(Self.maps)
            #expect(event.at("kind") == "Event")
            #expect(event.at("apiVersion") == "audit.k8s.io/v1")
            #expect(event.at("level") == "Metadata")
            #expect(event.at("verb") == "create")
            #expect(event.at("requestURI").stringValue == Self.maps + "?fieldManager=t")
            #expect(event.at("user.username") == "admin")
            #expect(event.at("user.groups").arrayValue?.contains("system:masters") == true)
            #expect(event.at("sourceIPs") == ["127.0.0.1"])
            #expect(event.at("userAgent") == "test/1.0")
            #expect(
                event.at("objectRef") == [
                    "apiVersion": "v1", "resource": "configmaps", "namespace": "default", "name": "m",
                ])
            #expect(event.at("responseStatus") == ["metadata": [:], "code": 201])
            let annotations = event.at("annotations").objectValue
            #expect(annotations?["authorization.k8s.io/decision"] == "allow")
            #expect(annotations?["authorization.k8s.io/reason"] == "")
            #expect(event.at("requestObject") == .null)
            #expect(event.at("responseObject") == .null)
            #expect(event.at("stageTimestamp").stringValue?.hasSuffix("Z") == true)
            let received = try trail.event(Self.maps, "RequestReceived")
            #expect(received.at("auditID") == event.at("auditID"))
            #expect(received.at("responseStatus") == .null)
        }
    }

    @Test("show bodies as far as the level says")
    func levels() async throws {
        let rules = #"{"level":"Request","namespaces":["default"]},{"level":"RequestResponse","verbs":["create"]}"#
        try await AuditTrail.run(rules) { cluster, trail in
            try await cluster.send("POST", Self.maps, Self.map).expect(201)
            let event = try trail.event(Self.maps)
            #expect(event.at("requestObject.data") == ["a": "b"])
            #expect(event.at("responseObject") == .null)
            try await cluster.send(
                "PATCH", Self.maps + "/m", #"{"data":{"c":"d"}}"#, type: "application/merge-patch+json"
            )
            .expect(200)
            #expect(try trail.event(Self.maps + "/m").at("requestObject") == ["data": ["c": "d"]])
            let other = "/api/v1/namespaces/kube-system/configmaps"
            let yaml = "metadata: {name: second}\ndata: {a: b}\n"
            try await cluster.send("POST", other, yaml, type: "application/yaml", accept: "application/yaml").expect(
                201)
            let whole = try trail.event(other)
            #expect(whole.at("requestObject") == ["metadata": ["name": "second"], "data": ["a": "b"]])
            #expect(whole.at("responseObject.metadata.managedFields").arrayValue?.isEmpty == false)
            #expect(whole.at("responseObject.data") == ["a": "b"])
            try await cluster.send("GET", other).expect(200)
            #expect(try trail.stages(other).count == 2)
        }
    }

    @Test("leave managed fields and stages out where the policy says so")
    func leftOut() async throws {
        let more = #","omitStages":["RequestReceived"],"omitManagedFields":true"#
        try await AuditTrail.run(#"{"level":"RequestResponse"}"#, more: more) { cluster, trail in
            try await cluster.send("POST", Self.maps, Self.map).expect(201)
            #expect(try trail.stages(Self.maps) == ["ResponseComplete"])
            #expect(try trail.event(Self.maps).at("responseObject.data") == ["a": "b"])
            try await cluster.send("GET", Self.maps).expect(200)
            #expect(try !trail.lines.contains { $0.contains("managedFields") })
        }
    }

    @Test("carry the client's own name for the request, which is told to it too")
    func names() async throws {
        try await AuditTrail.run(#"{"level":"Metadata","verbs":["get"]}"#) { cluster, trail in
            let token = try cluster.plane.tokens.issue(user: "admin", groups: ["system:masters"], seconds: 600).token
            let headers: HTTPHeaders = ["authorization": "Bearer \(token)", "audit-id": "mine"]
            let named = try await cluster.raw("GET", "/version", headers: headers)
            #expect(named.headers["audit-id"] == "mine")
            #expect(try trail.event("/version").at("auditID") == "mine")
            let unnamed = try await cluster.send("GET", "/version")
            #expect(unnamed.headers["audit-id"]?.utf8.count == 36)
        }
        try await TestCluster.run(.socket) { cluster in
            let plain = try await cluster.raw("GET", "/readyz")
            #expect(plain.headers["audit-id"] == nil)
            let named = try await cluster.raw("GET", "/readyz", headers: ["audit-id": "x"])
            #expect(named.headers["audit-id"] == "x")
        }
    }

    @Test("tell of refusals and of bad credentials")
    func refusals() async throws {
        try await AuditTrail.run(#"{"level":"Metadata"}"#) { cluster, trail in
            try await cluster.send("GET", Self.maps, as: User(name: "jane")).expect(403)
            let event = try trail.event(Self.maps)
            #expect(event.at("annotations").objectValue?["authorization.k8s.io/decision"] == "forbid")
            #expect(event.at("responseStatus.reason") == "Forbidden")
            #expect(event.at("responseStatus.code") == 403)
            #expect(event.at("responseStatus.message").stringValue?.contains("cannot list resource") == true)
            try await cluster.raw("GET", "/livez", headers: ["authorization": "Bearer nonsense"]).expect(401)
            #expect(try trail.stages("/livez") == ["ResponseStarted"])
            let failed = try trail.event("/livez", "ResponseStarted")
            #expect(failed.at("user") == [:])
            #expect(failed.at("responseStatus.message") == "Authentication failed, attempted: bearer")
            #expect(failed.at("responseStatus.code") == 401)
        }
    }

    @Test("tell as whom somebody acted")
    func impersonation() async throws {
        try await AuditTrail.run(#"{"level":"Metadata","users":["admin"]}"#) { cluster, trail in
            let token = try cluster.plane.tokens.issue(user: "admin", groups: ["system:masters"], seconds: 600).token
            let headers: HTTPHeaders = ["authorization": "Bearer \(token)", "impersonate-user": "bob"]
            try await cluster.raw("GET", Self.maps, headers: headers).expect(403)
            let event = try trail.event(Self.maps)
            #expect(event.at("user.username") == "admin")
            #expect(event.at("impersonatedUser.username") == "bob")
            #expect(event.at("impersonatedUser.groups") == ["system:authenticated"])
            #expect(event.at("authenticationMetadata.impersonationConstraint") == "impersonate:user-info")
        }
    }

    @Test("follow a watch from its first answer to its end", arguments: Route.allCases)
    func watches(route: Route) async throws {
        try await AuditTrail.run(#"{"level":"Metadata","verbs":["watch"]}"#, route) { cluster, trail in
            let path = Self.maps + "?watch=true&timeoutSeconds=1"
            do {
                let reader = try await cluster.watch(path)
                #expect(try trail.stages(path) == ["RequestReceived", "ResponseStarted"])
                withExtendedLifetime(reader) {}
            }
            try await eventually { try trail.stages(path).last == "ResponseComplete" }
            #expect(try trail.event(path).at("responseStatus.code") == 200)
        }
    }

    @Test("carry what admission has to say")
    func admission() async throws {
        try await AuditTrail.run(#"{"level":"Metadata","resources":[{"resources":["pods"]}]}"#) { cluster, trail in
            let namespace =
                #"{"metadata":{"name":"strict","labels":{"pod-security.kubernetes.io/audit":"restricted"}}}"#
            try await cluster.send("POST", "/api/v1/namespaces", namespace).expect(201)
            let account = #"{"metadata":{"name":"default"}}"#
            try await cluster.send("POST", "/api/v1/namespaces/strict/serviceaccounts", account).expect(201)
            let path = "/api/v1/namespaces/strict/pods"
            try await cluster.send("POST", path, Manifest.pod("p")).expect(201)
            let annotations = try trail.event(path).at("annotations").objectValue
            let key = "pod-security.kubernetes.io/audit-violations"
            #expect(annotations?[key]?.stringValue?.contains("would violate PodSecurity") == true)
        }
    }
}
