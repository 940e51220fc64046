import APIServer
import HTTPClient
import HTTPCore
import Machinery
import NIOCore
import Testing

@Suite("Extension servers", .timeLimit(.minutes(2)))
struct AggregationTests {
    @Test("requests reach the extension server with the user in header fields and the proxy's certificate shown")
    func passesRequests() async throws {
        try await ExtensionServer.run(.socket) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitRoute()
            #expect(try await cluster.available()["message"] == "all checks passed")
            let flunder = #"{"kind":"Flunder","metadata":{"name":"a"}}"#
            let made = try await cluster.send("POST", ExtensionServer.flunders + "", flunder).expect(201)
            #expect(made.text == flunder)
            let sent = try #require(server.seen.all.last)
            #expect(sent.headers["x-remote-user"] == TestCluster.admin.name)
            #expect(sent.headers.values("x-remote-group").contains("system:masters"))
            #expect(sent.headers.values("x-remote-group").contains("system:authenticated"))
            #expect(sent.headers["authorization"] == nil)
            #expect(sent.peerCertificate != nil)
            try await cluster.send("GET", ExtensionServer.flunders + "?limit=5").expect(200)
            #expect(server.seen.all.last?.query == "limit=5")
        }
    }

    @Test("a client cannot put another user into the fields")
    func stripsFields() async throws {
        try await ExtensionServer.run(.socket) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitRoute()
            let token = try cluster.plane.tokens.issue(
                user: "mallory", groups: ["system:masters"], seconds: 600
            ).token
            try await cluster.raw(
                "GET", ExtensionServer.flunders,
                headers: [
                    "authorization": "Bearer \(token)", "X-Remote-User": "admin", "x-remote-group": "other",
                    "X-Remote-Extra-Scope": "all",
                ]
            ).expect(200)
            let sent = try #require(server.seen.all.last)
            #expect(sent.headers.values("x-remote-user") == ["mallory"])
            #expect(!sent.headers.values("x-remote-group").contains("other"))
            #expect(sent.headers["x-remote-extra-scope"] == nil)
        }
    }

    @Test("watches are passed on event by event", arguments: Route.allCases)
    func streamsWatches(route: Route) async throws {
        try await ExtensionServer.run(route) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitReason("Passed")
            try await eventually { try await isRouted(cluster) }
            let watch = try await cluster.watch(ExtensionServer.flunders + "?watch=true")
            // The second event is only sent once the first is here.
            #expect(try await watch.next()?.type == "ADDED")
            server.goOn()
            #expect(try await watch.next()?.type == "DELETED")
        }
    }

    /// Whether a client in process reaches the extension server as well.
    private func isRouted(_ cluster: TestCluster) async throws -> Bool {
        let served = try await cluster.client().servedResources()
        return served.resources.contains { $0.resource.resource == "flunders" }
    }

    @Test("an upgraded connection is relayed both ways")
    func relaysUpgrades() async throws {
        try await ExtensionServer.run(.socket) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitRoute()
            let connection = try await cluster.upgrade(ExtensionServer.flunders + "/shell/exec")
            try await connection.write(ByteBuffer(string: "hello"))
            #expect(try await connection.read().map { String(buffer: $0) } == "hello")
            await connection.close()
            #expect(server.seen.all.last?.headers["x-remote-user"] == TestCluster.admin.name)
        }
    }

    @Test("a redirect is refused")
    func refusesRedirects() async throws {
        try await ExtensionServer.run(.socket) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitRoute()
            let answer = try await cluster.send("GET", ExtensionServer.flunders + "/moved").expect(502)
            #expect(answer.text.contains("attempted to redirect this request, which is not permitted"))
            #expect(answer.headers["location"] == nil)
        }
    }

    @Test("a server that fails its check is unavailable, stays in discovery as stale, and comes back")
    func losesServer() async throws {
        try await ExtensionServer.run(.socket) { cluster, server in
            try await cluster.register(server)
            try await cluster.awaitRoute()
            server.setBroken(true)
            try await touch(cluster)
            try await cluster.awaitReason("FailedDiscoveryCheck")
            let message = try await cluster.available()["message"]?.stringValue ?? ""
            #expect(message.hasPrefix("failing or missing response from https://localhost:\(server.port)/apis/"))
            #expect(message.hasSuffix(": 500"))
            try await eventually { try await cluster.send("GET", ExtensionServer.flunders).status == 503 }
            #expect(try await cluster.send("GET", ExtensionServer.flunders).text == "service unavailable\n")
            try await eventually { try await freshness(cluster) == "Stale" }
            server.setBroken(false)
            try await touch(cluster)
            try await cluster.awaitRoute()
            try await eventually { try await freshness(cluster) == "Current" }
        }
    }

    private func touch(_ cluster: TestCluster) async throws {
        let label = #"{"metadata":{"labels":{"touched":"\#(try await cluster.available().encoded().count)"}}}"#
        try await cluster.send(
            "PATCH", ExtensionServer.registration + "/v1alpha1.wardle.example.com", label, type: PatchTests.merge
        ).expect(200)
    }

    private func freshness(_ cluster: TestCluster) async throws -> String? {
        let groups = try await cluster.send("GET", "/apis", accept: AggregationTests.aggregatedType).items
        return groups.first { $0.at("metadata.name") == "wardle.example.com" }?.at("versions.0.freshness").stringValue
    }

    static let aggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

    @Test("a server whose certificate another authority signed is not believed, unless that is asked for")
    func checksCertificates() async throws {
        try await ExtensionServer.run(.inProcess) { cluster, server in
            try await cluster.register(server, skipsVerification: true)
            try await cluster.awaitReason("Passed")
            let patch = #"{"spec":{"insecureSkipTLSVerify":false}}"#
            try await cluster.send(
                "PATCH", ExtensionServer.registration + "/v1alpha1.wardle.example.com", patch, type: PatchTests.merge
            ).expect(200)
            try await cluster.awaitReason("FailedDiscoveryCheck")
            let message = try await cluster.available()["message"]?.stringValue ?? ""
            #expect(message.contains("tls: failed to verify certificate"), "\(message)")
        }
    }
}
