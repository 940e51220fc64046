import APIServer
import HTTPCore
import KubeAPI
import Machinery
import Testing

@Suite("Knowing who asks", .timeLimit(.minutes(1)))
struct AuthenticationTests {
    private static let whoami = "/apis/authentication.k8s.io/v1/selfsubjectreviews"

    private func whoami(_ cluster: TestCluster, _ headers: HTTPHeaders) async throws -> Answer {
        var headers = headers
        headers.append("content-type", "application/json")
        return try await cluster.raw("POST", Self.whoami, headers: headers, body: Array("{}".utf8))
    }

    @Test("a client certificate names the user and its groups")
    func certificates() async throws {
        try await TestCluster.run(.socket) { cluster in
            let answer = try await cluster.raw(
                "POST", Self.whoami, headers: ["content-type": "application/json"], body: Array("{}".utf8),
                certificate: cluster.certificate(user: "alice", groups: ["developers"]))
            #expect(answer.expect(201).json.at("status.userInfo.username").stringValue == "alice")
            #expect(
                answer.json.at("status.userInfo.groups").arrayValue == ["developers", "system:authenticated"])
        }
    }

    @Test("no credential is anonymous, a bad one is nobody")
    func anonymous() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await cluster.raw("GET", Path.pods).expect(403, "Forbidden", #"User "system:anonymous""#)
            for value in ["Bearer nonsense", "Bearer a.b.c", "Basic dTpw", "Bearer abcdef.0123456789abcdef"] {
                try await cluster.raw("GET", "/readyz", headers: ["authorization": value]).expect(401, "Unauthorized")
            }
        }
    }

    private func token(_ cluster: TestCluster, _ spec: String) async throws -> Answer {
        try await cluster.send(
            "POST", "/api/v1/namespaces/default/serviceaccounts/default/token", #"{"spec":\#(spec)}"#)
    }

    @Test("a service account's token is good while it and what it is bound to last")
    func tokens() async throws {
        try await TestCluster.run(.socket) { cluster in
            let issued = try await token(cluster, #"{"expirationSeconds":600}"#).expect(201)
            let token = try #require(issued.json.at("status.token").stringValue)
            let answer = try await whoami(cluster, ["authorization": "Bearer \(token)"]).expect(201)
            #expect(answer.json.at("status.userInfo.username").stringValue == "system:serviceaccount:default:default")
            #expect(
                answer.json.at("status.userInfo.groups").arrayValue
                    == ["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"])
            var tampered = Array(token)
            tampered[token.count / 2] = tampered[token.count / 2] == "A" ? "B" : "A"
            try await whoami(cluster, ["authorization": "Bearer \(String(tampered))"]).expect(401, "Unauthorized")
            try await whoami(
                cluster, ["authorization": "Bearer \(token.split(separator: ".").prefix(2).joined(separator: ".")).)"]
            )
            .expect(401, "Unauthorized")
            cluster.clock.advance(by: .seconds(601))
            try await whoami(cluster, ["authorization": "Bearer \(token)"]).expect(401, "Unauthorized")
        }
    }

    @Test("a token for others is not one for this server")
    func audiences() async throws {
        try await TestCluster.run(.socket) { cluster in
            let other = try await token(cluster, #"{"audiences":["vault"]}"#).expect(201)
            let text = try #require(other.json.at("status.token").stringValue)
            try await whoami(cluster, ["authorization": "Bearer \(text)"]).expect(401, "Unauthorized")
            let review = "/apis/authentication.k8s.io/v1/tokenreviews"
            let good = try await cluster.send(
                "POST", review, #"{"spec":{"token":"\#(text)","audiences":["vault","x"]}}"#)
            #expect(good.expect(201).json.at("status.authenticated") == true)
            #expect(good.json.at("status.audiences").arrayValue == ["vault"])
            #expect(!good.text.contains(text))
            let bad = try await cluster.send("POST", review, #"{"spec":{"token":"\#(text)"}}"#).expect(201)
            #expect(bad.json.at("status.authenticated") != true)
        }
    }

    @Test("a token dies with its account and with its pod")
    func bound() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            let reference = #"{"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"p"}}"#
            let text = try #require(try await token(cluster, reference).expect(201).json.at("status.token").stringValue)
            let answer = try await whoami(cluster, ["authorization": "Bearer \(text)"]).expect(201)
            let extra = answer.json.at("status.userInfo.extra").objectValue
            #expect(extra?["authentication.kubernetes.io/pod-name"] == ["p"])
            try await cluster.send("DELETE", Path.pods + "/p").expect(200)
            try await whoami(cluster, ["authorization": "Bearer \(text)"]).expect(401, "Unauthorized")
            let free = try #require(try await token(cluster, "{}").expect(201).json.at("status.token").stringValue)
            try await cluster.send("DELETE", "/api/v1/namespaces/default/serviceaccounts/default").expect(200)
            try await whoami(cluster, ["authorization": "Bearer \(free)"]).expect(401, "Unauthorized")
        }
    }

    @Test(
        "requests for tokens are checked",
        arguments: [
            (#"{"expirationSeconds":599}"#, 422), (#"{"expirationSeconds":4294967297}"#, 422),
            (#"{"boundObjectRef":{"kind":"Pod","name":"none"}}"#, 404),
            (#"{"boundObjectRef":{"kind":"Deployment","name":"x"}}"#, 400),
        ])
    func requests(spec: String, status: Int) async throws {
        try await TestCluster.run { cluster in try await token(cluster, spec).expect(status) }
    }

    @Test("bootstrap tokens join, until they expire")
    func bootstrap() async throws {
        try await TestCluster.run(.socket) { cluster in
            func secret(_ id: String, _ more: String) -> String {
                #"{"metadata":{"name":"bootstrap-token-\#(id)"},"type":"bootstrap.kubernetes.io/token","#
                    + #""stringData":{"token-id":"\#(id)","#
                    + #""token-secret":"0123456789abcdef"\#(more)}}"#
            }
            let path = "/api/v1/namespaces/kube-system/secrets"
            let usage = #","usage-bootstrap-authentication":"true""#
            try await cluster.send(
                "POST", path, secret("aaaaaa", usage + #","auth-extra-groups":"system:bootstrappers:workers""#)
            ).expect(201)
            try await cluster.send("POST", path, secret("bbbbbb", "")).expect(201)
            try await cluster.send("POST", path, secret("cccccc", usage + #","expiration":"2020-01-01T00:00:00Z""#))
                .expect(201)
            let answer = try await whoami(cluster, ["authorization": "Bearer aaaaaa.0123456789abcdef"]).expect(201)
            #expect(answer.json.at("status.userInfo.username").stringValue == "system:bootstrap:aaaaaa")
            #expect(
                answer.json.at("status.userInfo.groups").arrayValue?.contains("system:bootstrappers:workers") == true)
            for token in ["aaaaaa.0123456789abcdee", "bbbbbb.0123456789abcdef", "cccccc.0123456789abcdef"] {
                try await whoami(cluster, ["authorization": "Bearer \(token)"]).expect(401, "Unauthorized")
            }
        }
    }

    @Test("acting as others needs the right to, for each part of them")
    func impersonation() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await AccessTests.grant(
                cluster,
                #"[{"verbs":["impersonate"],"apiGroups":[""],"resources":["users"],"resourceNames":["bob"]},"#
                    + #"{"verbs":["impersonate"],"apiGroups":[""],"resources":["groups"],"resourceNames":["team"]}]"#,
                everywhere: true)
            let token = try cluster.plane.tokens.issue(user: "jane", groups: [], seconds: 600).token
            func act(_ headers: (String, String)...) async throws -> Answer {
                var all: HTTPHeaders = ["authorization": "Bearer \(token)"]
                for (name, value) in headers { all.append(name, value) }
                return try await whoami(cluster, all)
            }
            try await eventually { try await act(("impersonate-user", "bob")).status == 201 }
            let both = try await act(("impersonate-user", "bob"), ("impersonate-group", "team")).expect(201)
            #expect(both.json.at("status.userInfo.username").stringValue == "bob")
            #expect(both.json.at("status.userInfo.groups").arrayValue == ["team", "system:authenticated"])
            try await act(("impersonate-user", "eve")).expect(
                403, "Forbidden", #"users "eve" is forbidden: User "jane" cannot impersonate resource "users""#)
            try await act(("impersonate-user", "bob"), ("impersonate-group", "system:masters")).expect(403, "Forbidden")
            try await act(("impersonate-user", "bob"), ("impersonate-uid", "7")).expect(403, "Forbidden")
            try await act(("impersonate-user", "bob"), ("impersonate-extra-scopes", "x")).expect(403, "Forbidden")
            try await act(("impersonate-group", "team")).expect(400, "BadRequest")
        }
    }
}
