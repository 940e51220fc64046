import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Testing

/// What a handler sees and what a client gets, over each protocol.
@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
    enum Wire: CaseIterable, Sendable {
        case plainHTTP1, tlsHTTP1, tlsHTTP2, plainHTTP2

        var isSecure: Bool { self == .tlsHTTP1 || self == .tlsHTTP2 }
        var version: HTTPVersion { self == .plainHTTP1 || self == .tlsHTTP1 ? .http11 : .http2 }
        var protocols: HTTPClientConfiguration.Protocols {
            switch self {
            case .plainHTTP1, .tlsHTTP1: .http1
            case .tlsHTTP2: .negotiated
            case .plainHTTP2: .http2
            }
        }
    }

    static func run<Value: Sendable>(
        _ wire: Wire,
        configure: (inout HTTPServerConfiguration) -> Void = { _ in },
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse,
        _ body: (HTTPClient, HTTPEndpoint) async throws -> Value
    ) async throws -> Value {
        let address: HTTPBindAddress =
            wire.isSecure ? .tcp(host: "127.0.0.1", port: 0) : .plainTCP(host: "127.0.0.1", port: 0)
        return try await TestServer.run(
            [address], tls: TestServer.tls(), configure: configure, handler: handler
        ) { server in
            let client = try HTTPClient.test(wire.protocols)
            defer { client.shutDown() }
            return try await body(client, wire.isSecure ? server.https : server.http)
        }
    }

    @Test("A request arrives as it was sent", arguments: Wire.allCases)
    func arrives(wire: Wire) async throws {
        try await Self.run(wire) { request in
            let lines = [
                request.method.rawValue, request.path, request.query ?? "-", request.headers["X-One"] ?? "-",
                request.headers.values("x-two").joined(separator: "|"), "\(request.isSecure)",
                "\(request.httpVersion)", request.eventLoop.inEventLoop ? "on loop" : "elsewhere",
                request.authority.isEmpty ? "no authority" : "authority",
            ]
            return .text(lines.joined(separator: "\n"))
        } _: { client, endpoint in
            let response = try await client.execute(
                HTTPClientRequest(
                    endpoint: endpoint, target: "/a%2Fb/c?x=%20y&z",
                    headers: ["x-one": "1", "X-Two": "a", "x-two": "b"]))
            #expect(response.status == .ok)
            #expect(response.httpVersion == wire.version)
            #expect(response.headers["date"]?.hasSuffix("GMT") == true)
            let text = try await response.body.text()
            #expect(response.headers["content-length"] == "\(text.utf8.count)")
            #expect(
                text.split(separator: "\n").map(String.init) == [
                    "GET", "/a%2Fb/c", "x=%20y&z", "1", "a|b", "\(wire.isSecure)", "\(wire.version)", "on loop",
                    "authority",
                ])
        }
    }

    @Test("A body comes back byte by byte", arguments: Wire.allCases, [0, 1, 5000, 70_000, 3_000_000])
    func echoes(wire: Wire, size: Int) async throws {
        let sent = ByteBuffer(bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try await Self.run(wire) { request in
            do {
                return .bytes(try await request.body.collect(upTo: 4 << 20), contentType: "application/octet-stream")
            } catch {
                return .text("\(error)", status: .badRequest)
            }
        } _: { client, endpoint in
            for body in [
                HTTPClientRequest.Body.bytes(sent),
                .stream { stream in
                    var rest = sent
                    while let piece = rest.readSlice(length: min(rest.readableBytes, 10_000)),
                        piece.readableBytes > 0
                    {
                        try await stream.send(piece)
                    }
                },
            ] {
                let response = try await client.execute(
                    HTTPClientRequest(method: .post, endpoint: endpoint, target: "/", body: body))
                #expect(response.status == .ok)
                let back = try await response.body.collectBuffer(upTo: 4 << 20)
                #expect(back == sent)
            }
        }
    }

    @Test("A large answer in pieces arrives whole and in order", arguments: Wire.allCases)
    func chunks(wire: Wire) async throws {
        let pieces = (0..<500).map { ByteBuffer(repeating: UInt8(truncatingIfNeeded: $0), count: 3000 + $0) }
        let whole = pieces.reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
        try await Self.run(wire) { request in
            if request.path == "/stream" {
                return HTTPResponse(
                    body: .stream { stream in
                        for piece in pieces { try await stream.send(piece) }
                    })
            }
            return HTTPResponse(body: .chunks(pieces))
        } _: { client, endpoint in
            for path in ["/chunks", "/stream"] {
                let response = try await client.execute(HTTPClientRequest(endpoint: endpoint, target: path))
                #expect((response.headers["content-length"] != nil) == (path == "/chunks"))
                let back = try await response.body.collectBuffer(upTo: 4 << 20)
                #expect(back == whole)
            }
        }
    }

    @Test("HEAD has the length and no body; 204 has neither", arguments: Wire.allCases)
    func bodiless(wire: Wire) async throws {
        try await Self.run(wire) { request in
            request.path == "/none" ? HTTPResponse(status: .noContent) : .text("twelve bytes")
        } _: { client, endpoint in
            let head = try await client.execute(HTTPClientRequest(method: .head, endpoint: endpoint, target: "/"))
            #expect(head.headers["content-length"] == "12")
            #expect(try await head.body.text() == "")
            let none = try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/none"))
            #expect(none.status == .noContent)
            #expect(none.headers["content-length"] == nil)
            #expect(try await none.body.text() == "")
        }
    }

    @Test("A body over the limit is refused without being read", arguments: Wire.allCases)
    func refused(wire: Wire) async throws {
        let huge = 100 << 20
        try await Self.run(wire) { request in
            do throws(HTTPBodyError) {
                _ = try await request.body.collect(upTo: 3 << 20)
                return .text("taken")
            } catch {
                return .text("\(error)", status: error == .tooLarge(limit: 3 << 20) ? .contentTooLarge : .badRequest)
            }
        } _: { client, endpoint in
            let sent = Signal<Int>()
            let response = try await client.execute(
                HTTPClientRequest(
                    method: .post, endpoint: endpoint, target: "/",
                    body: .stream { stream in
                        let piece = ByteBuffer(repeating: 0, count: 1 << 20)
                        var count = 0
                        defer { sent.send(count) }
                        while count < huge {
                            try await stream.send(piece)
                            count += piece.readableBytes
                        }
                    }))
            #expect(response.status == .contentTooLarge)
            #expect(try await response.body.text().contains("larger than 3145728 bytes"))
            #expect(try await sent.value() < 20 << 20)
        }
    }

    @Test("Many requests on one connection at a time each get their own answer")
    func concurrent() async throws {
        try await Self.run(.tlsHTTP2) { request in
            .text(request.path)
        } _: { client, endpoint in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<1000 {
                    group.addTask {
                        let response = try await client.execute(
                            HTTPClientRequest(endpoint: endpoint, target: "/\(number)"))
                        return (number, try await response.body.text())
                    }
                }
                for try await (number, text) in group { #expect(text == "/\(number)") }
            }
        }
    }

    @Test("An answer that breaks off is not taken for a whole one", arguments: Wire.allCases)
    func breaksOff(wire: Wire) async throws {
        struct Broken: Error {}
        try await Self.run(wire) { _ in
            HTTPResponse(
                body: .stream { stream in
                    try await stream.send(ByteBuffer(string: "half"))
                    throw Broken()
                })
        } _: { client, endpoint in
            let response: HTTPClientResponse
            do {
                response = try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/"))
            } catch is HTTPClientError {
                // Head and reset may arrive together.
                return
            }
            await #expect(throws: HTTPBodyError.self) { try await response.body.text() }
        }
    }
}
