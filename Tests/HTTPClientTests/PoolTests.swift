import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// Connections: shared, reused, found dead, replaced.
@Suite(.timeLimit(.minutes(1)))
struct PoolTests {
    static let both: [HTTPClientConfiguration.Protocols] = [.http1, .http2]

    /// Says which connection a request came by.
    static let peer: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
        .text("\(request.remoteAddress?.port ?? 0)")
    }

    static func port(_ client: HTTPClient, _ endpoint: HTTPEndpoint) async throws -> String {
        try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/")).body.text()
    }

    @Test("Requests one after the other share a connection", arguments: both)
    func reused(protocols: HTTPClientConfiguration.Protocols) async throws {
        try await TestServer.run(handler: Self.peer) { server in
            let client = try HTTPClient.test(protocols)
            var ports: Set<String> = []
            for _ in 0..<20 { ports.insert(try await Self.port(client, server.http)) }
            #expect(ports.count == 1)
        }
    }

    @Test("More requests at a time than a connection has streams open another one")
    func streamLimit() async throws {
        let ports = Mutex<Set<Int>>([])
        let waiting = Mutex(0)
        let all = Signal<Void>()
        try await TestServer.run(configure: { $0.limits.concurrentStreams = 10 }) { request in
            ports.withLock { _ = $0.insert(request.remoteAddress?.port ?? 0) }
            let count = waiting.withLock {
                $0 += 1
                return $0
            }
            if count == 25 { all.send(()) }
            try? await all.value()
            return .text("ok")
        } _: { server in
            let client = try HTTPClient.test(.http2)
            // The first tells the client the server's limit.
            try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
                for _ in 0..<25 {
                    group.addTask {
                        try await client.execute(HTTPClientRequest(endpoint: server.http, target: "/")).status
                    }
                }
                for try await status in group { #expect(status == .ok) }
            }
        }
        #expect(ports.withLock { $0.count } >= 3)
    }

    @Test("A request whose permit ends while it waits for a connection is never sent", arguments: both)
    func permit(protocols: HTTPClientConfiguration.Protocols) async throws {
        let targets = Mutex<[String]>([])
        let arrived = Signal<Void>()
        let goOn = Signal<Void>()
        try await TestServer.run(configure: { $0.limits.concurrentStreams = 1 }) { request in
            targets.withLock { $0.append(request.path) }
            guard request.path == "/first" else { return .text("ok") }
            arrived.send(())
            try? await goOn.value()
            return .text("ok")
        } _: { server in
            let client = try HTTPClient.test(protocols) {
                $0.http1Connections = 1
                $0.http2Connections = 1
            }
            _ = try await client.execute(HTTPClientRequest(endpoint: server.http, target: "/")).body.text()
            let isAllowed = Mutex(true)
            async let first = client.execute(HTTPClientRequest(endpoint: server.http, target: "/first"))
            try await arrived.value()
            var waiting = HTTPClientRequest(endpoint: server.http, target: "/late")
            waiting.permit = { isAllowed.withLock { $0 } }
            let late = waiting
            let second = Task { try await client.execute(late) }
            isAllowed.withLock { $0 = false }
            goOn.send(())
            let answered = try await first
            #expect(answered.status == .ok)
            await #expect {
                _ = try await second.value
            } throws: { error in
                if case HTTPClientError.notPermitted = error { true } else { false }
            }
        }
        #expect(targets.withLock { $0 } == ["/", "/first"])
    }

    @Test("HTTP/1.1 requests above the limit of connections wait for one")
    func http1Limit() async throws {
        let ports = Mutex<Set<Int>>([])
        try await TestServer.run { request in
            ports.withLock { _ = $0.insert(request.remoteAddress?.port ?? 0) }
            return .text("ok")
        } _: { server in
            let client = try HTTPClient.test(.http1) { $0.http1Connections = 2 }
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        let response = try await client.execute(HTTPClientRequest(endpoint: server.http, target: "/"))
                        return try await response.body.text()
                    }
                }
                for try await text in group { #expect(text == "ok") }
            }
        }
        #expect((1...2).contains(ports.withLock { $0.count }))
    }

    @Test("After the server restarted, the next request finds it", arguments: both)
    func restarted(protocols: HTTPClientConfiguration.Protocols) async throws {
        let client = try HTTPClient.test(protocols)
        let port = try await TestServer.run(handler: { _ in .text("one") }) { server in
            let text = try await Self.port(client, server.http)
            #expect(text == "one")
            return server.port
        }
        let endpoint = HTTPEndpoint.http(host: "127.0.0.1", port: port)
        await #expect(throws: HTTPClientError.self) { try await Self.port(client, endpoint) }
        try await TestServer.run(
            [.plainTCP(host: "127.0.0.1", port: port)], handler: { _ in .text("two") }
        ) { server in
            let text = try await Self.port(client, server.http)
            #expect(text == "two")
        }
    }

    @Test("A server that has fallen silent is given up after an unanswered ping")
    func silentServer() async throws {
        // Sends its settings, and never says another word.
        let settings = ByteBuffer(bytes: [0, 0, 0, 4, 0, 0, 0, 0, 0])
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Greeter(settings))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        let client = try HTTPClient.test(.http2) {
            $0.pingInterval = .milliseconds(50)
            $0.pingTimeout = .milliseconds(50)
        }
        do {
            _ = try await Self.port(client, .http(host: "127.0.0.1", port: port))
            Issue.record("answered")
        } catch HTTPClientError.connectionClosed {
            // The connection had been there.
        }
        try await listener.close()
    }

    /// Writes once when a connection begins.
    final class Greeter: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let greeting: ByteBuffer

        init(_ greeting: ByteBuffer) {
            self.greeting = greeting
        }

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(greeting), promise: nil)
        }
    }

    @Test("A server that accepts and says nothing at all is not waited for longer than the connect timeout")
    func muteServer() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        let client = try HTTPClient.test(.http2) { $0.connectTimeout = .milliseconds(100) }
        do {
            _ = try await Self.port(client, .http(host: "127.0.0.1", port: port))
            Issue.record("answered")
        } catch HTTPClientError.connectFailed(_, let cause) {
            #expect(cause == "the connection was not ready in time")
        }
        try await listener.close()
    }

    @Test("The deadline ends a request that gets no answer", arguments: both)
    func deadline(protocols: HTTPClientConfiguration.Protocols) async throws {
        let began = Mutex(false)
        let gone = Signal<Void>()
        try await TestServer.run { _ in
            began.withLock { $0 = true }
            let forever = Signal<Void>()
            return await withTaskCancellationHandler {
                try? await forever.value()
                return .text("never")
            } onCancel: {
                gone.send(())
                forever.send(())
            }
        } _: { server in
            let client = try HTTPClient.test(protocols)
            do {
                _ = try await client.execute(
                    HTTPClientRequest(endpoint: server.http, target: "/"), deadline: .now + .milliseconds(50))
                Issue.record("answered")
            } catch HTTPClientError.deadlineExceeded {
                // The server learns of it too, where the request had reached it in time.
                if began.withLock({ $0 }) { try await gone.value() }
            }
        }
    }

    @Test("Nobody listening is an error that names the endpoint")
    func refused() async throws {
        let client = try HTTPClient.test()
        do {
            _ = try await Self.port(client, .unix(path: "/nonexistent/socket"))
            Issue.record("connected")
        } catch HTTPClientError.connectFailed(let endpoint, _) {
            #expect(endpoint.description == "unix:/nonexistent/socket")
        }
    }

    @Test("A client that is shut down fails what waits and what comes")
    func shutDown() async throws {
        let began = Signal<Void>()
        let release = Signal<Void>()
        try await TestServer.run { _ in
            began.send(())
            try? await release.value()
            return .text("late")
        } _: { server in
            let client = try HTTPClient.test()
            let waiting = Task { try await Self.port(client, server.http) }
            try await began.value()
            client.shutDown()
            await #expect(throws: HTTPClientError.self) { try await waiting.value }
            await #expect(throws: HTTPClientError.self) { try await Self.port(client, server.http) }
            release.send(())
        }
    }

    @Test(
        "URLs come apart into endpoint and target",
        arguments: [
            ("https://h", HTTPEndpoint.https(host: "h"), "/"),
            ("https://h:6443/api?x=1#f", .https(host: "h", port: 6443), "/api?x=1"),
            ("http://10.0.0.1:80?q", .http(host: "10.0.0.1"), "/?q"),
            ("https://[::1]:8443/x", .https(host: "::1", port: 8443), "/x"),
        ])
    func urls(url: String, endpoint: HTTPEndpoint, target: String) throws {
        let request = try HTTPClientRequest(url: url)
        #expect(request.endpoint == endpoint)
        #expect(request.target == target)
    }

    @Test(
        "What is no URL of ours is refused",
        arguments: [
            "", "h", "ftp://h/", "https://", "https://h:0/", "https://h:x/", "https://u@h/", "http://h/a b",
            "https://[::1/", "https://h:99999999999999999999/",
        ])
    func badURLs(url: String) {
        #expect(throws: HTTPClientError.self) { try HTTPClientRequest(url: url) }
    }

    @Test("A request that would forge another is refused")
    func forged() async throws {
        let client = try HTTPClient.test()
        for request in [
            HTTPClientRequest(endpoint: .http(host: "h"), target: "/a\r\nb"),
            HTTPClientRequest(endpoint: .http(host: "h"), target: "/", headers: ["a": "b\r\nc: d"]),
            HTTPClientRequest(method: "GET /", endpoint: .http(host: "h"), target: "/"),
        ] {
            await #expect(throws: HTTPClientError.self) { try await client.execute(request) }
        }
    }
}
