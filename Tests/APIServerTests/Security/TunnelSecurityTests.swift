import APIServer
import HTTPCore
import Machinery
import NIOCore
import Testing

/// What goes through the API server to nodes and webhooks, and what must not (CVE-2018-1002105, CVE-2020-8559).
@Suite("Requests passed on", .timeLimit(.minutes(1)))
struct TunnelSecurityTests {
    private static let websocket: HTTPHeaders = [
        "upgrade": "websocket", "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol": "v5.channel.k8s.io",
    ]
    private static let exec = Path.pods + "/p/exec?command=id&stdout=true"

    @Test(
        "who may get but not create pods/exec and its like opens no stream, by no method",
        arguments: ["exec", "attach", "portforward"])
    func execByGet(subresource: String) async throws {
        try await TestCluster.run(.socket) { cluster in
            let rules = #"[{"apiGroups":[""],"resources":["pods","pods/\#(subresource)"],"verbs":["get","list"]}]"#
            try await cluster.send(
                "POST", Path.rbac + "/namespaces/default/roles", Manifest.role("reader", rules: rules)
            ).expect(201)
            try await cluster.send(
                "POST", Path.rbac + "/namespaces/default/rolebindings",
                Manifest.binding("reader", role: "reader", user: "jane")
            ).expect(201)
            try await NodeAgentServer.run(cluster) { _ in
                .text("reached", status: 200)
            } _: { agent in
                let jane = User(name: "jane")
                let target = Path.pods + "/p/\(subresource)?command=id&stdout=true&ports=80"
                for method in ["GET", "POST"] {
                    let answer = try await cluster.refusedUpgrade(
                        HTTPMethod(rawValue: method), target, Self.websocket, as: jane)
                    #expect(answer.status == 403)
                    try await cluster.send(method, target, as: jane).expect(
                        403, "Forbidden", "cannot create resource \"pods/\(subresource)\"")
                }
                #expect(agent.requests.isEmpty)
            }
        }
    }

    @Test("an upgrade that the node does not grant ends the client's connection", arguments: [200, 400, 403, 500])
    func refusedUpgrade(status: Int) async throws {
        try await TestCluster.run(.socket) { cluster in
            try await NodeAgentServer.run(cluster) { _ in
                .text("no", status: HTTPStatus(rawValue: status))
            } _: { agent in
                let answer = try await cluster.refusedUpgrade(.get, Self.exec, Self.websocket)
                #expect(answer.status == status)
                #expect(answer.headers["connection"]?.lowercased() == "close")
                #expect(agent.requests.count == 1)
            }
        }
    }

    @Test("no credential of the client reaches a node")
    func credentials() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await NodeAgentServer.run(cluster) { _ in
                .text("no", status: 400)
            } _: { agent in
                var fields = Self.websocket
                fields.append("cookie", "session=1")
                fields.append("x-remote-user", "admin")
                _ = try await cluster.refusedUpgrade(.get, Self.exec, fields)
                _ = try await cluster.send("GET", Path.pods + "/p/log")
                #expect(agent.requests.count == 2)
                for request in agent.requests {
                    for name in ["authorization", "x-remote-user"] {
                        #expect(!request.headers.contains(name), "\(name) was passed on")
                    }
                }
                // A cookie is no credential of this server: programs behind a proxy keep their sessions in it.
                let token = try cluster.plane.tokens.issue(user: "a", groups: ["system:masters"], seconds: 600).token
                fields = ["cookie": "session=1", "authorization": "Bearer \(token)", "x-remote-user": "admin"]
                _ = try await cluster.raw("GET", "/api/v1/nodes/n1/proxy/x", headers: fields)
                let proxied = try #require(agent.requests.last)
                #expect(agent.requests.count == 3 && proxied.headers["cookie"] == "session=1")
                #expect(!proxied.headers.contains("authorization") && !proxied.headers.contains("x-remote-user"))
            }
        }
    }

    @Test("a node's redirect is not followed, for an upgrade or a log", arguments: [301, 302, 307, 308])
    func redirectedByNode(status: Int) async throws {
        try await TestCluster.run(.socket) { cluster in
            try await NodeAgentServer.run(cluster) { request in
                HTTPResponse(
                    status: HTTPStatus(rawValue: status),
                    headers: ["location": "https://\(request.authority)/elsewhere"], body: .empty)
            } _: { agent in
                let upgrade = try await cluster.refusedUpgrade(.get, Self.exec, Self.websocket)
                #expect(upgrade.status == status)
                #expect(!upgrade.headers.contains("location"))
                let log = try await cluster.send("GET", Path.pods + "/p/log")
                #expect(!log.headers.contains("location"))
                #expect(agent.requests.map(\.path).filter { $0.contains("elsewhere") }.isEmpty)
                #expect(agent.requests.count == 2)
            }
        }
    }

    @Test("a webhook's redirect is not followed", arguments: [301, 302, 303, 307, 308])
    func redirectedByWebhook(status: Int) async throws {
        try await HookServer.run { path, _ in
            path == "/elsewhere" ? .allow : .redirect(status, "/elsewhere")
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate("moved", ["clientConfig": hook.config("/first"), "failurePolicy": "Fail"])
                try await eventually {
                    try await cluster.send("POST", Path.configMaps, Manifest.configMap("c")).status == 500
                }
                #expect(!hook.paths.contains("/elsewhere"))
            }
        }
    }
}
