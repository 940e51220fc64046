import HTTPCore
import NIOCore
import RemoteCommand
import Testing

/// The other side of the protocols, as kubectl and containerd behave.
private struct Client {
    static func spdyHeaders(_ protocols: String...) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Connection": "Upgrade", "Upgrade": "SPDY/3.1"]
        for name in protocols { headers.append("X-Stream-Protocol-Version", name) }
        return headers
    }

    static func webSocketHeaders(_ protocols: String...) -> HTTPHeaders {
        WebSocketHandshake.request(subprotocols: protocols).headers
    }

    /// Opens streams in kubectl's order.
    static func open(_ session: SPDYSession, _ types: String...) async throws -> [String: SPDYStream] {
        var streams: [String: SPDYStream] = [:]
        for type in types { streams[type] = try await session.open(["streamType": type]) }
        return streams
    }
}

/// Echoes stdin to stdout, counts on stderr and ends with what stdin says.
private let echo: RemoteCommandSession.Body = { session in
    var count = 0
    while let bytes = try await session.stdin?.read() {
        count += bytes.readableBytes
        try await session.stdout?.write(bytes)
    }
    try await session.stderr?.write(ByteBuffer(string: "\(count) bytes"))
    return .exited(code: 3)
}

@Suite("Remote command negotiation")
struct RemoteCommandNegotiationTests {
    private func options() throws -> RemoteCommandOptions {
        try RemoteCommandOptions(stdin: true, stdout: true, stderr: true, tty: false)
    }

    @Test(
        "takes the client's first SPDY version that is known",
        arguments: [
            (["v5.channel.k8s.io", "v4.channel.k8s.io"], "v5.channel.k8s.io"),
            (["v9.x", "v4.channel.k8s.io"], "v4.channel.k8s.io"),
            (["v3.channel.k8s.io,v2.channel.k8s.io"], "v3.channel.k8s.io"), (["channel.k8s.io"], "channel.k8s.io"),
        ])
    func spdy(offered: [String], chosen: String) throws {
        var headers = Client.spdyHeaders()
        for name in offered { headers.append("X-Stream-Protocol-Version", name) }
        let server = try RemoteCommandServer(request: headers, options: options())
        #expect(server.upgradeProtocol == "SPDY/3.1")
        #expect(server.responseHeaders["x-stream-protocol-version"] == chosen)
    }

    @Test(
        "takes the client's first WebSocket protocol that is known",
        arguments: [
            (["v5.channel.k8s.io"], "v5.channel.k8s.io"), (["v6.x", "v4.channel.k8s.io"], "v4.channel.k8s.io"),
            (["v4.base64.channel.k8s.io"], "v4.base64.channel.k8s.io"),
            (["base64.channel.k8s.io"], "base64.channel.k8s.io"),
            ([], nil),
        ] as [([String], String?)])
    func webSocket(offered: [String], chosen: String?) throws {
        let headers = WebSocketHandshake.request(subprotocols: offered).headers
        let server = try RemoteCommandServer(request: headers, options: options())
        #expect(server.upgradeProtocol == "websocket")
        #expect(server.responseHeaders["sec-websocket-protocol"] == chosen)
    }

    @Test("refuses what it cannot serve, with the status to answer")
    func refusals() throws {
        let table: [(HTTPHeaders, Int)] = [
            ([:], 400), (["Connection": "Upgrade", "Upgrade": "h2c"], 400), (Client.spdyHeaders(), 400),
            (Client.spdyHeaders("v9.channel.k8s.io"), 403), (Client.webSocketHeaders("chat"), 403),
            (["Connection": "Upgrade", "Upgrade": "websocket"], 400),
        ]
        for (headers, status) in table {
            let refusal = #expect(throws: RemoteCommandRefusal.self) {
                _ = try RemoteCommandServer(request: headers, options: options())
            }
            #expect(refusal?.status == status)
        }
        #expect(throws: RemoteCommandRefusal.self) {
            try RemoteCommandOptions(stdin: false, stdout: false, stderr: true, tty: true)
        }
    }
}

@Suite("Remote commands over SPDY", .timeLimit(.minutes(1)))
struct SPDYCommandTests {
    private func serve(
        _ version: String, tty: Bool = false, clock: any Clock<Duration> = ContinuousClock(),
        body: @escaping RemoteCommandSession.Body, client: (SPDYSession) async throws -> Void
    ) async throws {
        let options = try RemoteCommandOptions(stdin: true, stdout: true, stderr: true, tty: tty)
        let server = try RemoteCommandServer(request: Client.spdyHeaders(version), options: options, clock: clock)
        let (a, b) = MemoryDuplex.pair()
        let session = try SPDYSession(a, role: .client)
        try await alongside(b, { try await server.serve(b, body: body) }) {
            try await alongside(a, { try await session.run() }) { try await client(session) }
        }
    }

    @Test("carry input, both outputs and the exit code", arguments: ["v4.channel.k8s.io", "v5.channel.k8s.io"])
    func whole(version: String) async throws {
        try await serve(version, body: echo) { session in
            let streams = try await Client.open(session, "error", "stdin", "stdout", "stderr")
            let stdin = try #require(streams["stdin"])
            try await stdin.write(ByteBuffer(string: "hello "))
            try await stdin.write(ByteBuffer(string: "world"))
            try await stdin.closeOutput()
            #expect(try await readToEnd(#require(streams["stdout"])).text == "hello world")
            #expect(try await readToEnd(#require(streams["stderr"])).text == "11 bytes")
            let status = try await readToEnd(#require(streams["error"]))
            #expect(try RemoteCommandStatus(parsing: Array(status.readableBytesView)).exitCode == 3)
            // kubectl waits for the server's end of stdin too.
            #expect(try await readToEnd(stdin).readableBytes == 0)
        }
    }

    @Test(
        "say failures in plain text before v4, and nothing of success",
        arguments: ["channel.k8s.io", "v2.channel.k8s.io", "v3.channel.k8s.io"])
    func older(version: String) async throws {
        for (status, text) in [
            (RemoteCommandStatus.success, ""),
            (.exited(code: 3), "command terminated with non-zero exit code: exit status 3"),
        ] {
            try await serve(version, body: { _ in status }) { session in
                let streams = try await Client.open(session, "error", "stdin", "stdout", "stderr")
                #expect(try await readToEnd(#require(streams["error"])).text == text)
            }
        }
    }

    @Test("pass terminal sizes, and have no stderr then")
    func terminal() async throws {
        let body: RemoteCommandSession.Body = { session in
            var sizes = try #require(session.resizes).makeAsyncIterator()
            #expect(session.stderr == nil)
            #expect(try await sizes.next() == TerminalSize(width: 80, height: 24))
            #expect(try await sizes.next() == TerminalSize(width: 132, height: 50))
            await #expect(throws: MalformedMessage.self) { try await sizes.next() }
            return .success
        }
        try await serve("v4.channel.k8s.io", tty: true, body: body) { session in
            let streams = try await Client.open(session, "error", "stdin", "stdout", "resize")
            let resize = try #require(streams["resize"])
            try await resize.write(ByteBuffer(string: "{\"Width\":80,\"Height\":24}\n{\"Wid"))
            try await resize.write(ByteBuffer(string: "th\":132,\"Height\":50}\n{\"Width\":70000,\"Height\":1}"))
            let status = try await readToEnd(#require(streams["error"]))
            #expect(status.text == #"{"metadata":{},"status":"Success"}"#)
        }
    }

    @Test("tell the client when the command cannot be run")
    func failure() async throws {
        try await serve("v4.channel.k8s.io", body: { _ in throw ByteDuplexError.broken("no such container") }) {
            session in
            let streams = try await Client.open(session, "error", "stdin", "stdout", "stderr")
            let bytes = try await readToEnd(#require(streams["error"]))
            let status = try RemoteCommandStatus(parsing: Array(bytes.readableBytesView))
            #expect(status.exitCode == nil && status.message.contains("no such container"))
        }
    }

    @Test("refuse streams that were not asked for or come twice")
    func unexpected() async throws {
        try await serve("v4.channel.k8s.io", body: { _ in .success }) { session in
            let streams = try await Client.open(session, "error")
            for type in ["error", "resize", "data", "nonsense", ""] {
                await #expect(throws: SPDYError.self) { try await session.open(["streamType": type]) }
            }
            _ = try await Client.open(session, "stdin", "stdout", "stderr")
            #expect(try await readToEnd(#require(streams["error"])).readableBytes > 0)
        }
    }

    @Test("end when the client does not open its streams in time")
    func creationTimeout() async throws {
        let clock = ManualClock()
        await #expect(throws: DeadlineExceeded.self) {
            try await serve("v4.channel.k8s.io", clock: clock, body: echo) { session in
                _ = try await Client.open(session, "error")
                clock.ring()
                #expect(try await session.accept() == nil)
            }
        }
    }

    @Test("are cancelled when the client goes away")
    func clientGone() async throws {
        let options = try RemoteCommandOptions(stdin: true, stdout: true, stderr: false, tty: false)
        let server = try RemoteCommandServer(request: Client.spdyHeaders("v4.channel.k8s.io"), options: options)
        let (a, b) = MemoryDuplex.pair()
        let session = try SPDYSession(a, role: .client)
        let serving = Task {
            try await server.serve(b) { _ in
                await untilCancelled()
                throw CancellationError()
            }
        }
        try await alongside(a, { try await session.run() }) {
            _ = try await Client.open(session, "error", "stdin", "stdout")
        }
        await #expect(throws: ClientGone.self) { try await serving.value }
    }

    @Test("hold a fast command back while the client reads slowly")
    func backPressure() async throws {
        let size = 20_000_000
        let body: RemoteCommandSession.Body = { session in
            for _ in 0..<(size / 100_000) { try await session.stdout?.write(ByteBuffer(repeating: 1, count: 100_000)) }
            return .success
        }
        try await serve("v4.channel.k8s.io", body: body) { session in
            let streams = try await Client.open(session, "error", "stdin", "stdout", "stderr")
            var total = 0
            while let bytes = try await #require(streams["stdout"]).read() { total += bytes.readableBytes }
            #expect(total == size)
        }
    }
}

@Suite("Remote commands over WebSocket", .timeLimit(.minutes(1)))
struct WebSocketCommandTests {
    private func serve(
        _ subprotocol: String, tty: Bool = false, body: @escaping RemoteCommandSession.Body,
        client: (WebSocketConnection) async throws -> Void
    ) async throws {
        let options = try RemoteCommandOptions(stdin: true, stdout: true, stderr: true, tty: tty)
        let server = try RemoteCommandServer(request: Client.webSocketHeaders(subprotocol), options: options)
        let (a, b) = MemoryDuplex.pair()
        try await alongside(b, { try await server.serve(b, body: body) }) {
            try await client(WebSocketConnection(a, role: .client))
        }
    }

    /// All messages up to the end, joined by channel.
    private func channels(_ socket: WebSocketConnection) async throws -> [UInt8: String] {
        var channels: [UInt8: String] = [:]
        while var (_, payload) = try await socket.receiveMessage(limit: 1 << 20) {
            let channel = try channelNumber(&payload)
            channels[channel, default: ""] += payload.text
        }
        return channels
    }

    @Test("v5 closes stdin by the close signal, also in fragmented messages")
    func version5() async throws {
        try await serve("v5.channel.k8s.io", body: echo) { socket in
            try await socket.send(.binary, prefix: 0, ByteBuffer(string: "hello "))
            try await socket.send(.binary, prefix: 7, ByteBuffer(string: "for no channel"))
            try await socket.ping()
            try await socket.send(.binary, prefix: 0, ByteBuffer(string: "world"))
            try await socket.send(.binary, ByteBuffer(bytes: [255, 0]))
            let channels = try await channels(socket)
            #expect(channels[1] == "hello world")
            #expect(channels[2] == "11 bytes")
            let status = try RemoteCommandStatus(parsing: Array(try #require(channels[3]).utf8))
            #expect(status.exitCode == 3)
        }
    }

    @Test("send an empty message first, so that the client knows that it is connected")
    func firstMessage() async throws {
        try await serve("v4.channel.k8s.io", body: { _ in .success }) { socket in
            let first = try await socket.receiveMessage(limit: 10)
            #expect(first?.payload == ByteBuffer(bytes: [1]))
            let rest = try await channels(socket)
            #expect(rest == [3: #"{"metadata":{},"status":"Success"}"#])
        }
    }

    @Test("have channels in base64 where asked")
    func base64() async throws {
        let body: RemoteCommandSession.Body = { session in
            let line = try await session.stdin?.read()
            try await session.stdout?.write(ByteBuffer(string: "got \(line?.text ?? "nothing")"))
            return .exited(code: 1)
        }
        try await serve("base64.channel.k8s.io", body: body) { socket in
            try await socket.send(.text, ByteBuffer(string: "0" + Base64.encode(Array("line".utf8))))
            #expect(try await socket.receiveMessage(limit: 100)?.payload.text == "1")
            #expect(
                try await socket.receiveMessage(limit: 100)?.payload.text == "1" + Base64.encode(Array("got line".utf8))
            )
            let error = try #require(try await socket.receiveMessage(limit: 1000))
            #expect(error.kind == .text)
            let text = Base64.decode(Array(error.payload.text.utf8.dropFirst()))
            #expect(text == Array("command terminated with non-zero exit code: exit status 1".utf8))
        }
    }

    @Test("pass terminal sizes")
    func terminal() async throws {
        let body: RemoteCommandSession.Body = { session in
            var sizes = try #require(session.resizes).makeAsyncIterator()
            #expect(try await sizes.next() == TerminalSize(width: 100, height: 40))
            return .success
        }
        try await serve("v5.channel.k8s.io", tty: true, body: body) { socket in
            try await socket.send(.binary, prefix: 4, ByteBuffer(string: #"{"Width":100,"Height":40}"#))
            #expect(try await channels(socket)[3] == #"{"metadata":{},"status":"Success"}"#)
        }
    }

    @Test(
        "end at messages that break the protocol",
        arguments: [
            ("v5.channel.k8s.io", [255]), ("v5.channel.k8s.io", [255, 9]), ("v5.channel.k8s.io", [255, 0, 0]),
            ("v4.base64.channel.k8s.io", [48, 33, 33]),
        ] as [(String, [UInt8])])
    func violations(subprotocol: String, message: [UInt8]) async throws {
        // Whether the reading or the writing side sees it first is open.
        await #expect(throws: (any Error).self) {
            try await serve(subprotocol, body: echo) { socket in
                try await socket.send(.binary, ByteBuffer(bytes: message))
                _ = try? await channels(socket)
            }
        }
    }

    @Test(
        "survive noise in every protocol",
        arguments: ["v5.channel.k8s.io", "v4.channel.k8s.io", "v4.base64.channel.k8s.io"])
    func noise(subprotocol: String) async throws {
        var noise = Noise(99)
        for _ in 0..<150 {
            let messages = (0..<6).map { _ in noise.bytes(Int.random(in: 0...30, using: &noise)) }
            do {
                try await serve(subprotocol, tty: true, body: echo) { socket in
                    for message in messages { try await socket.send(.binary, message) }
                    try await socket.sendClose()
                    while try await socket.receive() != nil {}
                }
            } catch is ClientGone {
                continue
            } catch is WebSocketError {
                continue
            } catch is ByteDuplexError {
                continue
            }
        }
    }
}

@Suite("A command bridged from a client to the container runtime", .timeLimit(.minutes(1)))
struct RemoteCommandBridgeTests {
    /// Behaves as containerd 1.6: answers v4, resets what is left when it is done, says goodbye and hangs up.
    private func runtime(
        _ duplex: any ByteDuplex, streams count: Int,
        _ body: @escaping @Sendable ([String: SPDYStream]) async throws -> RemoteCommandStatus
    ) async throws {
        let session = try SPDYSession(duplex, role: .server)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await session.run() }
            var streams: [String: SPDYStream] = [:]
            while streams.count < count {
                let stream = try #require(try await session.accept())
                streams[try #require(stream.headers["streamType"])] = stream
                try await stream.reply()
            }
            let status = try await body(streams)
            try await streams["stdout"]?.closeOutput()
            try await streams["stderr"]?.closeOutput()
            try await streams["error"]?.write(ByteBuffer(bytes: status.json.encoded()))
            for stream in streams.values { try await stream.reset() }
            try await session.sendGoAway()
            await session.close()
            try await group.waitForAll()
        }
    }

    private func bridge(
        options: RemoteCommandOptions,
        runtime body: @escaping @Sendable ([String: SPDYStream]) async throws -> RemoteCommandStatus,
        client: (WebSocketConnection) async throws -> Void
    ) async throws {
        let server = try RemoteCommandServer(request: Client.webSocketHeaders("v5.channel.k8s.io"), options: options)
        let (a, b) = MemoryDuplex.pair()
        let (c, d) = MemoryDuplex.pair()
        let count = 1 + [options.stdin, options.stdout, options.stderr, options.tty].count { $0 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.serve(b) { try await RemoteCommandClient(c, options: options).run($0) }
            }
            group.addTask { try await runtime(d, streams: count, body) }
            try await client(WebSocketConnection(a, role: .client))
            await a.close()
            try await group.waitForAll()
        }
    }

    @Test("passes input to its end, output, and the exit code")
    func whole() async throws {
        let options = try RemoteCommandOptions(stdin: true, stdout: true, stderr: true, tty: false)
        try await bridge(options: options) { streams in
            let input = try await readToEnd(#require(streams["stdin"]))
            try await streams["stdout"]?.write(ByteBuffer(string: "out: \(input.text)"))
            try await streams["stderr"]?.write(ByteBuffer(string: "err"))
            return .exited(code: 42)
        } client: { socket in
            try await socket.send(.binary, prefix: 0, ByteBuffer(string: "some input"))
            try await socket.send(.binary, ByteBuffer(bytes: [255, 0]))
            var channels: [UInt8: String] = [:]
            while var (_, payload) = try await socket.receiveMessage(limit: 1 << 20) {
                channels[try channelNumber(&payload), default: ""] += payload.text
            }
            #expect(channels[1] == "out: some input")
            #expect(channels[2] == "err")
            #expect(try RemoteCommandStatus(parsing: Array((channels[3] ?? "").utf8)).exitCode == 42)
        }
    }

    @Test("does not wait for input that never ends")
    func openInput() async throws {
        let options = try RemoteCommandOptions(stdin: true, stdout: true, stderr: false, tty: true)
        try await bridge(options: options) { streams in
            let size = try await read(25, from: #require(streams["resize"]))
            try await streams["stdout"]?.write(size)
            return .success
        } client: { socket in
            try await socket.send(.binary, prefix: 4, ByteBuffer(string: #"{"Width":100,"Height":40}"#))
            var text = ""
            while let message = try await socket.receiveMessage(limit: 1 << 20) { text += message.payload.text }
            #expect(text.contains("{\"Width\":100,\"Height\":40}"))
            #expect(text.contains("Success"))
        }
    }

    @Test("copies a large file through, as kubectl cp does")
    func largeOutput() async throws {
        let options = try RemoteCommandOptions(stdin: false, stdout: true, stderr: false, tty: false)
        try await bridge(options: options) { streams in
            for number in 0..<300 {
                try await streams["stdout"]?.write(ByteBuffer(repeating: UInt8(number % 256), count: 32_768))
            }
            return .success
        } client: { socket in
            var total = 0
            var isSuccess = false
            while var (_, payload) = try await socket.receiveMessage(limit: 1 << 20) {
                switch payload.readInteger(as: UInt8.self) {
                case 1: total += payload.readableBytes
                case 3: isSuccess = payload.text.contains("Success")
                default: Issue.record("unexpected channel")
                }
            }
            #expect(total == 300 * 32_768)
            #expect(isSuccess)
        }
    }

    @Test("tells the client when the runtime hangs up without a status")
    func runtimeGone() async throws {
        let options = try RemoteCommandOptions(stdin: false, stdout: true, stderr: false, tty: false)
        let server = try RemoteCommandServer(request: Client.webSocketHeaders("v5.channel.k8s.io"), options: options)
        let (a, b) = MemoryDuplex.pair()
        let (c, d) = MemoryDuplex.pair()
        let socket = WebSocketConnection(a, role: .client)
        try await alongside(
            b,
            {
                try await server.serve(b) { try await RemoteCommandClient(c, options: options).run($0) }
            }
        ) {
            #expect(try await d.read() != nil)
            await d.close()
            var text = ""
            while let message = try await socket.receiveMessage(limit: 1 << 20) { text += message.payload.text }
            #expect(text.contains("InternalError"))
        }
    }
}
