import Foundation
import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Testing

/// Beginning and end of a server.
@Suite(.timeLimit(.minutes(1)))
struct LifecycleTests {
    typealias Wire = RequestTests.Wire

    /// A server whose requests to `/slow` wait for `release`.
    struct Slow: Sendable {
        let began = Signal<Void>()
        let release = Signal<Void>()

        var handler: @Sendable (HTTPRequest) async -> HTTPResponse {
            { request in
                guard request.path == "/slow" else { return .text("fast") }
                return await withTaskCancellationHandler {
                    began.send(())
                    try? await release.value()
                    return .text("slow")
                } onCancel: {
                    release.send(())
                }
            }
        }
    }

    @Test("A shutdown lets running requests end and takes no new ones", arguments: Wire.allCases)
    func graceful(wire: Wire) async throws {
        let slow = Slow()
        let ready = Signal<Int>()
        let draining = Signal<Void>()
        var configuration = HTTPServerConfiguration(
            addresses: [
                wire.isSecure ? .tcp(host: "127.0.0.1", port: 0) : .plainTCP(host: "127.0.0.1", port: 0)
            ], tls: try TestServer.tls())
        configuration.eventLoops = 1
        configuration.onReady = { ready.send($0.first?.port ?? 0) }
        configuration.onDrain = { draining.send(()) }
        configuration.limits.drainDeadline = .seconds(30)
        let server = HTTPServer(configuration, handler: HTTPClosureHandler(slow.handler))
        let running = Task { try await server.run() }
        let port = try await ready.value()
        let endpoint: HTTPEndpoint =
            wire.isSecure ? .https(host: "localhost", port: port) : .http(host: "127.0.0.1", port: port)
        let client = try HTTPClient.test(wire.protocols)
        let idle = try HTTPClient.test(wire.protocols)
        #expect(try await idle.execute(HTTPClientRequest(endpoint: endpoint, target: "/")).status == .ok)

        async let answer = client.execute(HTTPClientRequest(endpoint: endpoint, target: "/slow"))
        try await slow.began.value()
        running.cancel()
        try await draining.value()
        await #expect(throws: HTTPClientError.self) {
            try await HTTPClient.test(wire.protocols).execute(HTTPClientRequest(endpoint: endpoint, target: "/"))
        }
        slow.release.send(())
        #expect(try await answer.body.text() == "slow")
        try await running.value
        #expect(server.connectionCount == 0)
    }

    @Test("A request that does not end is cut off at the deadline", arguments: Wire.allCases)
    func deadline(wire: Wire) async throws {
        let slow = Slow()
        let result = try await RequestTests.run(wire) {
            $0.limits.drainDeadline = .milliseconds(100)
        } handler: { request in
            await slow.handler(request)
        } _: { client, endpoint in
            let answer = Task { try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/slow")) }
            try await slow.began.value()
            // Returning shuts the server down.
            return answer
        }
        await #expect(throws: (any Error).self) { try await result.value }
    }

    @Test("A unix socket answers, with its mode, and a stale one is replaced")
    func unixSocket() async throws {
        let path = "/tmp/gantry-http-\(UInt32.random(in: 0 ..< .max)).sock"
        defer { unlink(path) }
        for _ in 0..<2 {
            try await TestServer.run([.unix(path: path, mode: 0o640)]) { request in
                .text("at \(request.path)")
            } _: { _ in
                let client = try HTTPClient.test()
                let response = try await client.execute(
                    HTTPClientRequest(endpoint: .unix(path: path), target: "/here"))
                #expect(try await response.body.text() == "at /here")
                var status = stat()
                #expect(stat(path, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o640)
            }
        }
    }

    @Test("An address in use is an error that names it")
    func addressInUse() async throws {
        try await TestServer.run(handler: { _ in .text("x") }) { server in
            let second = HTTPServer(
                HTTPServerConfiguration(addresses: [.plainTCP(host: "127.0.0.1", port: server.port)]),
                handler: HTTPClosureHandler { _ in .text("y") })
            do {
                try await second.run()
                Issue.record("bound twice")
            } catch let error as HTTPServerError {
                #expect(error.description.contains("http://127.0.0.1:\(server.port)"))
            }
        }
    }
}
