import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Testing

/// Connections that become something else.
@Suite(.timeLimit(.minutes(1)))
struct UpgradeTests {
    static let echo: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
        guard request.path == "/up" else { return .text("no\n", status: .forbidden) }
        return HTTPResponse(
            status: .switchingProtocols,
            body: .upgrade(protocol: "echo", headers: ["x-chosen": "v1"]) { duplex in
                do {
                    while let piece = try await duplex.read() { try await duplex.write(piece) }
                } catch {
                    Issue.record(error)
                }
            })
    }

    @Test("An upgrade hands over the connection, with the bytes sent early")
    func early() async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let connection = try await Dial.tcp(host: "127.0.0.1", port: server.port)
            try await connection.write(
                "GET /up HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly ")
            let head = try await connection.read(until: "early ")
            #expect(head.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            #expect(head.contains("upgrade: echo\r\n"))
            #expect(head.contains("x-chosen: v1\r\n"))
            try await connection.write("late")
            #expect(try await connection.read(until: "late") == "late")
            await connection.close()
        }
    }

    @Test("The client's upgrade carries a megabyte both ways, with and without TLS", arguments: [true, false])
    func client(secure: Bool) async throws {
        let address: HTTPBindAddress =
            secure ? .tcp(host: "127.0.0.1", port: 0) : .plainTCP(host: "127.0.0.1", port: 0)
        try await TestServer.run([address], tls: TestServer.tls(), handler: Self.echo) { server in
            let client = try HTTPClient.test()
            let endpoint = secure ? server.https : server.http
            let (head, duplex) = try await client.upgrade(
                HTTPClientRequest(endpoint: endpoint, target: "/up", headers: ["upgrade": "echo"]))
            #expect(head.status == .switchingProtocols)
            #expect(head.headers["X-Chosen"] == "v1")
            let sent = ByteBuffer(bytes: (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
            async let writing: Void = duplex.write(sent)
            var back = ByteBuffer()
            while back.readableBytes < sent.readableBytes, let piece = try await duplex.read() {
                back.writeImmutableBuffer(piece)
            }
            try await writing
            #expect(back == sent)
            await duplex.close()
        }
    }

    @Test("An upgrade that is refused says why")
    func refused() async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let client = try HTTPClient.test()
            do {
                _ = try await client.upgrade(
                    HTTPClientRequest(endpoint: server.http, target: "/other", headers: ["upgrade": "echo"]))
                Issue.record("the upgrade was not refused")
            } catch HTTPClientError.upgradeRefused(let status, _, let body) {
                #expect(status == .forbidden)
                #expect(String(decoding: body, as: UTF8.self) == "no\n")
            }
        }
    }

    @Test("A handler that upgrades a request that did not ask answers 500")
    func unasked() async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let client = try HTTPClient.test()
            let response = try await client.execute(HTTPClientRequest(endpoint: server.http, target: "/up"))
            #expect(response.status == .internalServerError)
        }
    }

    @Test("The closure's connection ends when the peer leaves")
    func peerLeaves() async throws {
        let ended = Signal<Void>()
        try await TestServer.run { _ in
            HTTPResponse(
                body: .upgrade(protocol: "echo", headers: HTTPHeaders()) { duplex in
                    do {
                        while try await duplex.read() != nil {}
                        ended.send(())
                    } catch {
                        ended.send(())
                    }
                })
        } _: { server in
            let client = try HTTPClient.test()
            let (_, duplex) = try await client.upgrade(
                HTTPClientRequest(endpoint: server.http, target: "/", headers: ["upgrade": "echo"]))
            await duplex.close()
            try await ended.value()
        }
    }

    @Test(
        "A shutdown closes upgraded connections at its deadline or at their own, and cancels their closures",
        arguments: [(Duration.milliseconds(50), Duration.seconds(10)), (.seconds(3600), .milliseconds(50))])
    func shutdown(drain: Duration, upgraded: Duration) async throws {
        let cancelled = Signal<Void>()
        let duplex = try await TestServer.run(configure: {
            $0.limits.drainDeadline = drain
            $0.limits.upgradedDrainDeadline = upgraded
        }) { _ in
            HTTPResponse(
                body: .upgrade(protocol: "echo", headers: HTTPHeaders()) { _ in
                    let forever = Signal<Void>()
                    await withTaskCancellationHandler {
                        try? await forever.value()
                    } onCancel: {
                        cancelled.send(())
                        forever.send(())
                    }
                })
        } _: { server in
            let client = try HTTPClient.test()
            return try await client.upgrade(
                HTTPClientRequest(endpoint: server.http, target: "/", headers: ["upgrade": "echo"])
            ).1
        }
        try await cancelled.value()
        let end = try await duplex.readAll()
        #expect(end == "")
        await duplex.close()
    }
}
