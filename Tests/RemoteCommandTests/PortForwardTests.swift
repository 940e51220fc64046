import HTTPCore
import NIOCore
import RemoteCommand
import Testing

@Suite("Port-forward", .timeLimit(.minutes(1)))
struct PortForwardTests {
    /// A pod that answers each connection with its port and what it was sent, once the client has ended its half.
    private static let pod: PortForwardServer.Dial = { port in
        guard port != 9 else { throw ByteDuplexError.broken("connection refused") }
        let (near, far) = MemoryDuplex.pair()
        _ = Task {
            var request = ByteBuffer()
            while var bytes = try await far.read() {
                request.writeBuffer(&bytes)
                if port == 1 { break }
            }
            try await far.write(ByteBuffer(string: "port \(port): \(request.text)"))
            try await far.closeOutput()
        }
        return near
    }

    private static let spdyHeaders: HTTPHeaders = [
        "Connection": "Upgrade", "Upgrade": "SPDY/3.1", "X-Stream-Protocol-Version": "portforward.k8s.io",
    ]

    private func open(_ session: SPDYSession, port: String, id: String?) async throws -> (
        error: SPDYStream, data: SPDYStream
    ) {
        var headers: SPDYHeaders = ["port": port]
        if let id { headers.add("requestID", id) }
        var errorHeaders = headers
        errorHeaders.add("streamType", "error")
        headers.add("streamType", "data")
        let error = try await session.open(errorHeaders)
        try await error.closeOutput()
        return (error, try await session.open(headers))
    }

    private func converse(_ session: SPDYSession) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let (error, data) = try await open(session, port: "80", id: String(number))
                    try await data.write(ByteBuffer(string: "request \(number)"))
                    try await data.closeOutput()
                    #expect(try await readToEnd(data).text == "port 80: request \(number)")
                    #expect(try await readToEnd(error).readableBytes == 0)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("carries many connections at once over SPDY, with half-close")
    func spdy() async throws {
        let server = try PortForwardServer(request: Self.spdyHeaders, ports: [])
        #expect(server.responseHeaders["x-stream-protocol-version"] == "portforward.k8s.io")
        let (a, b) = MemoryDuplex.pair()
        let session = try SPDYSession(a, role: .client)
        try await alongside(b, { try await server.serve(b, pod: "p", dial: Self.pod) }) {
            try await alongside(a, { try await session.run() }) { try await converse(session) }
        }
    }

    @Test("carries SPDY inside a WebSocket, as newer kubectl does")
    func tunnelled() async throws {
        let headers = WebSocketHandshake.request(subprotocols: ["SPDY/3.1+portforward.k8s.io"]).headers
        let server = try PortForwardServer(request: headers, ports: [])
        #expect(server.responseHeaders["sec-websocket-protocol"] == "SPDY/3.1+portforward.k8s.io")
        let (a, b) = MemoryDuplex.pair()
        let tunnel = WebSocketByteDuplex(WebSocketConnection(a, role: .client))
        let session = try SPDYSession(tunnel, role: .client)
        try await alongside(b, { try await server.serve(b, pod: "p", dial: Self.pod) }) {
            try await alongside(tunnel, { try await session.run() }) { try await converse(session) }
        }
    }

    @Test("tells the client why a connection failed, and goes on with others")
    func dialFailure() async throws {
        let server = try PortForwardServer(request: Self.spdyHeaders, ports: [])
        let (a, b) = MemoryDuplex.pair()
        let session = try SPDYSession(a, role: .client)
        try await alongside(b, { try await server.serve(b, pod: "ns/p", dial: Self.pod) }) {
            try await alongside(a, { try await session.run() }) {
                let (error, data) = try await open(session, port: "9", id: "0")
                #expect(
                    try await readToEnd(error).text.contains(
                        "error forwarding port 9 to pod ns/p: the connection broke: connection refused"))
                await #expect(throws: SPDYError.self) { try await data.read() }
                try await converse(session)
            }
        }
    }

    @Test("ends a connection when the client resets it, without an error message")
    func clientReset() async throws {
        let server = try PortForwardServer(request: Self.spdyHeaders, ports: [])
        let (a, b) = MemoryDuplex.pair()
        let session = try SPDYSession(a, role: .client)
        try await alongside(b, { try await server.serve(b, pod: "p", dial: Self.pod) }) {
            try await alongside(a, { try await session.run() }) {
                // kubectl resets the data stream once the pod has ended its half.
                let (error, data) = try await open(session, port: "1", id: "0")
                try await data.write(ByteBuffer(string: "x"))
                #expect(try await readToEnd(data).text == "port 1: x")
                try await data.reset()
                #expect(try await readToEnd(error).readableBytes == 0)
            }
        }
    }

    @Test("pairs streams of old clients by their numbers, and refuses bad ones")
    func streams() async throws {
        let server = try PortForwardServer(request: Self.spdyHeaders, ports: [])
        let (a, b) = MemoryDuplex.pair()
        let session = try SPDYSession(a, role: .client)
        try await alongside(b, { try await server.serve(b, pod: "p", dial: Self.pod) }) {
            try await alongside(a, { try await session.run() }) {
                let (_, data) = try await open(session, port: "80", id: nil)
                try await data.closeOutput()
                #expect(try await readToEnd(data).text == "port 80: ")
                for headers: SPDYHeaders in [
                    ["streamtype": "data"], ["streamtype": "data", "port": "0"],
                    ["streamtype": "data", "port": "70000"],
                    ["streamtype": "data", "port": "http"], ["streamtype": "stdin", "port": "80"], ["port": "80"],
                ] {
                    await #expect(throws: SPDYError.self) { try await session.open(headers) }
                }
            }
        }
    }

    @Test("gives up a connection whose second stream does not come")
    func pairTimeout() async throws {
        let clock = ManualClock()
        let server = try PortForwardServer(request: Self.spdyHeaders, ports: [], clock: clock)
        let (a, b) = MemoryDuplex.pair()
        let session = try SPDYSession(a, role: .client)
        try await alongside(b, { try await server.serve(b, pod: "p", dial: Self.pod) }) {
            try await alongside(a, { try await session.run() }) {
                let error = try await session.open(["streamtype": "error", "port": "80", "requestid": "5"])
                clock.ring()
                #expect(try await readToEnd(error).text == "timed out waiting for streams of request 5")
            }
        }
    }

    @Test("serves the older WebSocket channels")
    func channels() async throws {
        let headers = WebSocketHandshake.request(subprotocols: ["v4.channel.k8s.io"]).headers
        let server = try PortForwardServer(request: headers, ports: ["1,9"])
        let (a, b) = MemoryDuplex.pair()
        let socket = WebSocketConnection(a, role: .client)
        try await alongside(b, { try await server.serve(b, pod: "p", dial: Self.pod) }) {
            try await socket.send(.binary, prefix: 0, ByteBuffer(string: "hi"))
            var channels: [UInt8: ByteBuffer] = [:]
            while var (_, payload) = try await socket.receiveMessage(limit: 1000) {
                channels[try channelNumber(&payload), default: ByteBuffer()].writeBuffer(&payload)
            }
            #expect(channels[0] == ByteBuffer(bytes: [1, 0] + Array("port 1: hi".utf8)))
            #expect(channels[1] == ByteBuffer(bytes: [1, 0]))
            #expect(channels[2] == ByteBuffer(bytes: [9, 0]))
            #expect(channels[3]?.text.contains("connection refused") == true)
        }
    }

    @Test(
        "over WebSocket channels needs valid ports",
        arguments: [[], [""], ["0"], ["http"], ["65536"], ["80,"], ["80", "-1"]] as [[String]])
    func badPorts(ports: [String]) {
        let headers = WebSocketHandshake.request(subprotocols: ["v4.channel.k8s.io"]).headers
        let refusal = #expect(throws: RemoteCommandRefusal.self) {
            _ = try PortForwardServer(request: headers, ports: ports)
        }
        #expect(refusal?.status == 400)
    }
}
