import Foundation
import HTTPClient
import HTTPCore
import HTTPServing
import Machinery
import Metrics
import NIOCore
import NIOPosix
import Node
import RemoteCommand
import Synchronization
import Testing

/// A node with one pod, whose runtime is a real streaming server.
private final class FakeNode: NodeServerBackend {
    let runtimeURL: String
    let logPath: String
    let commands = Mutex<[[String]]>([])

    init(runtimeURL: String, logPath: String) {
        self.runtimeURL = runtimeURL
        self.logPath = logPath
    }

    private func check(_ container: ContainerReference) throws {
        try check(container.namespace, container.pod)
        guard container.container == "main" else {
            throw NodeServerError.containerNotFound(container.container, pod: container.pod)
        }
    }

    private func check(_ namespace: String, _ pod: String) throws {
        guard namespace == "ns", pod == "web-0" else { throw NodeServerError.podNotFound(pod) }
    }

    func healthProblem() async -> String? { nil }
    func podList() async throws -> [UInt8] { Array(#"{"kind":"PodList"}"#.utf8) }

    func logLocation(of container: ContainerReference, previous: Bool) async throws -> ContainerLogLocation {
        try check(container)
        return ContainerLogLocation(path: previous ? "/nonexistent/0.log" : logPath, ending: {})
    }

    func execURL(
        _ container: ContainerReference, command: [String], stdin: Bool, stdout: Bool, stderr: Bool, tty: Bool
    ) async throws -> String {
        try check(container)
        commands.withLock { $0.append(command) }
        return runtimeURL + "/exec/token"
    }

    func attachURL(
        _ container: ContainerReference, stdin: Bool, stdout: Bool, stderr: Bool, tty: Bool
    ) async throws -> String {
        try check(container)
        return runtimeURL + "/gone"
    }

    func run(_ container: ContainerReference, command: [String]) async throws -> CommandOutput {
        try check(container)
        return CommandOutput(output: Array(command.joined(separator: "|").utf8), exitCode: command == ["false"] ? 1 : 0)
    }

    func checkPod(namespace: String, pod: String, uid: String?) async throws { try check(namespace, pod) }

    func dial(namespace: String, pod: String, port: UInt16) async throws -> any ByteDuplex {
        let (near, far) = MemoryDuplex.pair()
        try await far.write(ByteBuffer(string: "port \(port)"))
        try await far.closeOutput()
        return near
    }

    func statsSummary(onlyCPUAndMemory: Bool) async throws -> [UInt8] { Array("{\"brief\":\(onlyCPUAndMemory)}".utf8) }
    func resourceMetrics() async throws -> [UInt8] { Array("node_cpu 1\n".utf8) }
    func agentMetrics(_ format: MetricFormat) async throws -> [UInt8] { Array("kubelet_node_name 1\n".utf8) }
    func containerMetrics(_ format: MetricFormat) async throws -> [UInt8] { Array("container_last_seen 1\n".utf8) }
}

/// As containerd's streaming server: SPDY, v4; echoes stdin and exits with 7.
private let runtime = HTTPClosureHandler { request in
    guard request.path == "/exec/token" else { return .text("404 page not found", status: .notFound) }
    do {
        let options = try RemoteCommandOptions(stdin: true, stdout: true, stderr: true, tty: false)
        let server = try RemoteCommandServer(request: request.headers, options: options)
        return HTTPResponse(
            body: .upgrade(protocol: server.upgradeProtocol, headers: server.responseHeaders) { duplex in
                try? await server.serve(duplex) { session in
                    while let bytes = try await session.stdin?.read() { try await session.stdout?.write(bytes) }
                    return .exited(code: 7)
                }
            })
    } catch {
        return .text("\(error)", status: .badRequest)
    }
}

@Suite("The node's API", .timeLimit(.minutes(1)))
struct NodeServerTests {
    /// Starts a server on a loopback port while `body` runs.
    private func withServer(_ handler: any HTTPHandler, _ body: (HTTPEndpoint) async throws -> Void) async throws {
        let port = Mutex(0)
        let ready = Latch()
        var configuration = HTTPServerConfiguration(addresses: [.plainTCP(host: "127.0.0.1", port: 0)])
        configuration.eventLoopGroup = MultiThreadedEventLoopGroup.singleton
        configuration.onReady = { addresses in
            port.withLock { $0 = addresses.first?.port ?? 0 }
            ready.open()
        }
        configuration.limits.drainDeadline = .seconds(1)
        let server = HTTPServer(configuration, handler: handler)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            try await ready.wait()
            try await body(.http(host: "127.0.0.1", port: port.withLock { $0 }))
            group.cancelAll()
        }
    }

    private func withNode(
        authorize: @escaping NodeServer.Authorize = { _ in .allowed },
        _ body: (HTTPEndpoint, HTTPClient, FakeNode) async throws -> Void
    ) async throws {
        let log = FileManager.default.temporaryDirectory.path + "/gantry-node-\(UUID().uuidString).log"
        try Data("2026-11-21T09:00:00Z stdout F out\n2026-11-21T09:00:01Z stderr F err\n".utf8)
            .write(to: URL(fileURLWithPath: log))
        defer { try? FileManager.default.removeItem(atPath: log) }
        try await withServer(runtime) { runtime in
            let node = FakeNode(runtimeURL: runtime.description, logPath: log)
            let handler = NodeServer(backend: node, authorize: authorize, report: { Issue.record("\($0)") })
            try await withServer(handler) { endpoint in
                try await body(endpoint, HTTPClient(HTTPClientConfiguration()), node)
            }
        }
    }

    private func send(
        _ client: HTTPClient, _ endpoint: HTTPEndpoint, _ target: String, method: HTTPMethod = .get
    ) async throws -> (Int, String) {
        let response = try await client.execute(
            HTTPClientRequest(method: method, endpoint: endpoint, target: target))
        let body = try await response.body.collect(upTo: 1 << 20)
        return (response.status.rawValue, String(decoding: body, as: UTF8.self))
    }

    @Test("answers as the kubelet does")
    func answers() async throws {
        try await withNode { endpoint, client, _ in
            let table: [(HTTPMethod, String, Int, String)] = [
                (.get, "/healthz", 200, "ok"),
                (.get, "/pods", 200, #"{"kind":"PodList"}"#),
                (.get, "/stats/summary", 200, #"{"brief":false}"#),
                (.get, "/stats/summary?only_cpu_and_memory=true", 200, #"{"brief":true}"#),
                (.get, "/metrics/resource", 200, "node_cpu 1\n"),
                (.get, "/metrics", 200, "kubelet_node_name 1\n"),
                (.get, "/metrics/cadvisor", 200, "container_last_seen 1\n"),
                (.get, "/metrics/nope", 404, "404 page not found"),
                (.post, "/metrics", 405, "405: Method Not Allowed"),
                (.get, "/containerLogs/ns/web-0/main", 200, "out\nerr\n"),
                (.get, "/containerLogs/ns/web-0/main?tailLines=1", 200, "err\n"),
                (.get, "/containerLogs/ns/web-0/main?stream=Stdout&follow=true", 200, "out\n"),
                (.get, "/containerLogs/ns/web-0/main?limitBytes=2", 200, "ou"),
                (.get, "/containerLogs/ns/web-0/main?sinceTime=2026-11-21T09%3A00%3A01Z", 200, "err\n"),
                (
                    .get, "/containerLogs/ns/web-0/main?timestamps=true&tailLines=1", 200,
                    "2026-11-21T09:00:01.000000000Z err\n"
                ),
                (.post, "/run/ns/web-0/main?cmd=ls+-l", 200, "ls|-l"),
            ]
            for (method, target, status, text) in table {
                let answer = try await send(client, endpoint, target, method: method)
                #expect(answer == (status, text), "\(target)")
            }
        }
    }

    @Test("refuses what is wrong")
    func refusals() async throws {
        try await withNode { endpoint, client, _ in
            let table: [(HTTPMethod, String, Int)] = [
                (.get, "/", 404), (.get, "/nothing", 404), (.post, "/pods", 405),
                (.get, "/run/ns/web-0/main?cmd=x", 405),
                (.post, "/run/ns/web-0/main", 400), (.post, "/run/ns/web-0/main?cmd=false", 500),
                (.get, "/containerLogs/ns/web-0", 404), (.get, "/containerLogs/ns/other/main", 404),
                (.get, "/containerLogs/ns/web-0/other", 404), (.get, "/containerLogs/ns/web-0/main?previous=true", 400),
                (.get, "/containerLogs/ns/web-0/main?tailLines=-1", 422),
                (.get, "/containerLogs/ns/web-0/main?tailLines=x", 400),
                (.get, "/containerLogs/ns/web-0/main?limitBytes=0", 422),
                (.get, "/containerLogs/ns/web-0/main?sinceSeconds=0", 422),
                (.get, "/containerLogs/ns/web-0/main?sinceTime=yesterday", 400),
                (.get, "/containerLogs/ns/web-0/main?sinceSeconds=1&sinceTime=2026-11-21T09:00:00Z", 422),
                (.get, "/containerLogs/ns/web-0/main?stream=Both", 422),
                (.get, "/containerLogs/ns/web-0/main?stream=Stdout&tailLines=1", 422),
                (.get, "/containerLogs/ns/web%ZZ/main", 400), (.get, "/containerLogs/ns/web%FF/main", 400),
                (.post, "/exec/ns/web-0/main?command=ls&output=1", 400), (.post, "/exec/ns/web-0/main?output=1", 400),
                (.post, "/exec/ns/web-0/main?command=ls", 400), (.get, "/portForward/ns/web-0", 400),
            ]
            for (method, target, status) in table {
                let answer = try await send(client, endpoint, target, method: method)
                #expect(answer.0 == status, "\(target): \(answer)")
            }
        }
    }

    @Test("serves only whom it is told to")
    func authorization() async throws {
        try await withNode(authorize: { Self.decision($0.headers["x-test"]) }) { endpoint, client, _ in
            let (status, _) = try await send(client, endpoint, "/pods")
            #expect(status == 401)
            for (who, expected) in [("friend", 200), ("stranger", 403)] {
                let request = HTTPClientRequest(endpoint: endpoint, target: "/pods", headers: ["x-test": who])
                let response = try await client.execute(request)
                #expect(response.status.rawValue == expected)
            }
        }
    }

    private static func decision(_ who: String?) -> NodeServer.Decision {
        switch who {
        case nil: .unauthorized
        case "friend": .allowed
        case let who?: .forbidden("not \(who)")
        }
    }

    @Test("connects a WebSocket client with a command in the runtime")
    func exec() async throws {
        try await withNode { endpoint, client, node in
            let (key, headers) = WebSocketHandshake.request(subprotocols: ["v5.channel.k8s.io"])
            let target = "/exec/ns/web-0/main?command=cat&command=a%20b&input=1&output=1&error=1"
            let (response, duplex) = try await client.upgrade(
                HTTPClientRequest(endpoint: endpoint, target: target, headers: headers))
            #expect(response.headers["sec-websocket-accept"] == WebSocketHandshake.accept(key))
            #expect(response.headers["sec-websocket-protocol"] == "v5.channel.k8s.io")
            let socket = WebSocketConnection(duplex, role: .client)
            async let sending: Void = {
                for _ in 0..<100 {
                    try await socket.send(.binary, prefix: 0, ByteBuffer(repeating: 0x61, count: 50_000))
                }
                try await socket.send(.binary, ByteBuffer(bytes: [255, 0]))
            }()
            var total = 0
            var status = ""
            while let (_, payload) = try await socket.receiveMessage(limit: 1 << 20) {
                switch payload.readableBytesView.first {
                case 1: total += payload.readableBytes - 1
                case 3: status += String(decoding: payload.readableBytesView.dropFirst(), as: UTF8.self)
                default: Issue.record("unexpected channel")
                }
            }
            try await sending
            await socket.close()
            #expect(total == 5_000_000)
            #expect(try RemoteCommandStatus(parsing: Array(status.utf8)).exitCode == 7)
            #expect(node.commands.withLock { $0 } == [["cat", "a b"]])
        }
    }

    @Test("connects a SPDY client with a command in the runtime, through a tunnel as the API server makes it")
    func execThroughTunnel() async throws {
        try await withNode { node, client, _ in
            let server = HTTPClosureHandler { request in
                do {
                    let target = request.path + (request.query.map { "?\($0)" } ?? "")
                    let (response, far) = try await client.upgrade(
                        HTTPClientRequest(
                            method: request.method, endpoint: node, target: target,
                            headers: [
                                "Upgrade": "SPDY/3.1",
                                "X-Stream-Protocol-Version": request.headers["x-stream-protocol-version"] ?? "",
                            ]))
                    let headers: HTTPHeaders = [
                        "X-Stream-Protocol-Version": response.headers["x-stream-protocol-version"] ?? ""
                    ]
                    return HTTPResponse(
                        body: .upgrade(protocol: "SPDY/3.1", headers: headers) { near in
                            do {
                                try await tunnel(near, far)
                            } catch is CancellationError {
                                // The server ended with the test.
                            } catch {
                                Issue.record(error)
                            }
                        })
                } catch {
                    return .text("\(error)", status: .badGateway)
                }
            }
            try await withServer(server) { endpoint in
                let (_, duplex) = try await client.upgrade(
                    HTTPClientRequest(
                        method: .post, endpoint: endpoint,
                        target: "/exec/ns/web-0/uid/main?command=cat&input=1&output=1&error=1",
                        headers: ["Upgrade": "SPDY/3.1", "X-Stream-Protocol-Version": "v4.channel.k8s.io"]))
                let options = try RemoteCommandOptions(stdin: true, stdout: true, stderr: true, tty: false)
                let local = FakeTerminal(input: "some input")
                let status = try await RemoteCommandClient(duplex, options: options).run(local.session)
                #expect(status.exitCode == 7)
                #expect(local.output.withLock { $0 } == "some input")
            }
        }
    }

    @Test("says why the runtime could not be reached")
    func attachFails() async throws {
        try await withNode { endpoint, client, _ in
            let (_, headers) = WebSocketHandshake.request(subprotocols: ["v5.channel.k8s.io"])
            let error = await #expect(throws: HTTPClientError.self) {
                _ = try await client.upgrade(
                    HTTPClientRequest(endpoint: endpoint, target: "/attach/ns/web-0/main?output=1", headers: headers))
            }
            guard case .upgradeRefused(let status, _, _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(status == .internalServerError)
        }
    }

    @Test("forwards ports over SPDY inside a WebSocket")
    func portForward() async throws {
        try await withNode { endpoint, client, _ in
            let (_, headers) = WebSocketHandshake.request(subprotocols: ["SPDY/3.1+portforward.k8s.io"])
            let (_, duplex) = try await client.upgrade(
                HTTPClientRequest(endpoint: endpoint, target: "/portForward/ns/web-0", headers: headers))
            let session = try SPDYSession(
                WebSocketByteDuplex(WebSocketConnection(duplex, role: .client)), role: .client)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try? await session.run() }
                let error = try await session.open(["streamtype": "error", "port": "80", "requestid": "0"])
                let data = try await session.open(["streamtype": "data", "port": "80", "requestid": "0"])
                #expect(String(buffer: try await data.readAll(limit: 100)) == "port 80")
                try await data.closeOutput()
                #expect(try await error.readAll(limit: 100).readableBytes == 0)
                await session.close()
            }
        }
    }
}

/// A user's end of a remote command: fixed input, kept output.
private final class FakeTerminal: ByteSource, ByteSink {
    let output = Mutex("")
    private let input: ByteBuffer
    private let isRead = Mutex(false)

    init(input text: String) {
        input = ByteBuffer(string: text)
    }

    var session: RemoteCommandSession { RemoteCommandSession(stdin: self, stdout: self, stderr: self, resize: nil) }

    func read() async throws -> ByteBuffer? {
        isRead.withLock { isRead in
            defer { isRead = true }
            return isRead ? nil : input
        }
    }

    func stopReading() {}
    func write(_ bytes: ByteBuffer) async throws { output.withLock { $0 += String(buffer: bytes) } }
    func closeOutput() async throws {}
}
