import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Synchronization
import Testing

/// HTTP/1.1 byte by byte.
@Suite(.timeLimit(.minutes(1)))
struct HTTP1WireTests {
    static func dial(_ server: TestServer) async throws -> any HalfClosableDuplex {
        try await Dial.tcp(host: "127.0.0.1", port: server.port)
    }

    static let echo: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
        do throws(HTTPBodyError) {
            let body = try await request.body.collect(upTo: 1000)
            return .text("\(request.method) \(request.path) \(String(decoding: body, as: UTF8.self))\n")
        } catch {
            return .text("\(error)\n", status: error == .tooLarge(limit: 1000) ? .contentTooLarge : .badRequest)
        }
    }

    @Test("Pipelined requests are answered in order on one connection")
    func pipelined() async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let connection = try await Self.dial(server)
            var requests = ""
            for number in 0..<100 { requests += "GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n" }
            requests += "POST /last HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nend"
            try await connection.write(requests)
            let answers = try await connection.readAll()
            let bodies = answers.split(separator: "\r\n").compactMap { line in
                line.split(separator: "\n").first { $0.hasPrefix("GET") || $0.hasPrefix("POST") }
            }
            #expect(bodies.count == 101)
            for number in 0..<100 { #expect(bodies[number].hasPrefix("GET /\(number) ")) }
            #expect(bodies.last == "POST /last end")
            #expect(answers.contains("Connection: close"))
        }
    }

    @Test("Chunked request bodies are put together")
    func chunked() async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let connection = try await Self.dial(server)
            try await connection.write(
                "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            #expect(try await connection.read(until: "abcde").contains("PUT /c abcde"))
            try await connection.write("GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await connection.read(until: "/next").hasPrefix("HTTP/1.1 200 OK"))
            await connection.close()
        }
    }

    @Test("100 Continue is said when the body is wanted, and only then")
    func expectContinue() async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let wanted = try await Self.dial(server)
            try await wanted.write(
                "POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await wanted.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await wanted.write("body")
            #expect(try await wanted.read(until: "body").hasPrefix("HTTP/1.1 200 OK"))
            await wanted.close()

            let refused = try await Self.dial(server)
            try await refused.write(
                "POST /r HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\nExpect: 100-continue\r\n\r\n")
            let answer = try await refused.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(!answer.contains("100 Continue"))
        }
    }

    @Test(
        "What is no proper request is refused and the connection closed",
        arguments: [
            ("GET\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n", "400"),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400"),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", "400"),
            ("POST / HTTP/1.1\r\nHost: x\r\nExpect: magic\r\n\r\n", "417"),
            ("GET / HTTP/1.1\r\nHost: x\r\nLong: LONG\r\n\r\n", "431"),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"),
        ])
    func malformed(request: String, status: String) async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let connection = try await Self.dial(server)
            let long = String(repeating: "a", count: 200_000)
            try await connection.write(request.replacing("LONG", with: long))
            #expect(try await connection.readAll().hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test("HTTP/1.0 gets a body that ends with the connection, unless it asks to keep it")
    func http10() async throws {
        try await TestServer.run { request in
            request.path == "/s"
                ? HTTPResponse(body: .stream { try await $0.send(ByteBuffer(string: "streamed")) }) : .text("whole")
        } _: { server in
            let streamed = try await Self.dial(server)
            try await streamed.write("GET /s HTTP/1.0\r\n\r\n")
            let answer = try await streamed.readAll()
            #expect(answer.hasSuffix("\r\n\r\nstreamed"))
            #expect(!answer.contains("chunked"))

            let kept = try await Self.dial(server)
            try await kept.write("GET /w HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(try await kept.read(until: "whole").contains("Connection: keep-alive"))
            try await kept.write("GET /w HTTP/1.0\r\n\r\n")
            #expect(try await kept.readAll().hasSuffix("whole"))
        }
    }

    @Test("A field that would forge a response is not sent")
    func injection() async throws {
        try await TestServer.run { _ in
            HTTPResponse(headers: ["x-bad": "a\r\nset-cookie: b"], body: .empty)
        } _: { server in
            let connection = try await Self.dial(server)
            try await connection.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let answer = try await connection.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
            #expect(!answer.contains("set-cookie"))
        }
    }

    @Test("A request in absolute form loses its authority")
    func absoluteForm() async throws {
        try await TestServer.run(handler: Self.echo) { server in
            let connection = try await Self.dial(server)
            try await connection.write("GET http://h:1/p?q HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try await connection.readAll().contains("GET /p "))
        }
    }

    @Test("A head that never ends, a silent client and a body that stalls are cut off")
    func timeouts() async throws {
        try await TestServer.run(
            configure: {
                $0.limits.headerTimeout = .milliseconds(80)
                $0.limits.bodyTimeout = .milliseconds(80)
                $0.limits.idleTimeout = .milliseconds(200)
            }, handler: Self.echo
        ) { server in
            let slow = try await Self.dial(server)
            try await slow.write("GET / HTTP/1.1\r\nHo")
            #expect(try await slow.readAll() == "")
            let silent = try await Self.dial(server)
            try await silent.write("GET /s HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await silent.readAll().contains("GET /s"))
            let stalled = try await Self.dial(server)
            try await stalled.write("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
            #expect(try await stalled.readAll().contains("no byte of the body came in time"))
        }
    }

    @Test("Connections above the limit are closed, and admitted again when there is room")
    func connectionLimit() async throws {
        try await TestServer.run(configure: { $0.limits.connections = 1 }, handler: Self.echo) { server in
            let first = try await Self.dial(server)
            try await first.write("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await first.read(until: "/1")
            let second = try await Self.dial(server)
            #expect((try? await second.read(until: "x")) ?? "" == "")
            await first.close()
            var answer = ""
            while !answer.contains("/3") {
                let third = try await Self.dial(server)
                // Until the server has seen the first one's end, this one is refused too.
                guard (try? await third.write("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n")) != nil else { continue }
                answer = (try? await third.read(until: "/3")) ?? ""
                await third.close()
            }
        }
    }

    @Test("A client that pipelines and does not read is not answered without bound")
    func unreadAnswers() async throws {
        let answered = Mutex(0)
        let piece = ByteBuffer(repeating: 0x2e, count: 1 << 20)
        try await TestServer.run { _ in
            answered.withLock { $0 += 1 }
            return HTTPResponse(body: .bytes(piece))
        } _: { server in
            let connection = try await Self.dial(server)
            let count = 60
            var requests = ""
            for _ in 0..<count { requests += "GET / HTTP/1.1\r\nHost: x\r\n\r\n" }
            try await connection.write(requests)
            // The first byte is here, and nothing beyond what sockets hold is taken until we read.
            let first = try await connection.read()
            #expect(first != nil)
            #expect(answered.withLock { $0 } < count / 2)
            var left = count * piece.readableBytes - (first?.readableBytes ?? 0)
            while left > 0, let more = try await connection.read() { left -= more.readableBytes }
            #expect(answered.withLock { $0 } == count)
            await connection.close()
        }
    }
}
