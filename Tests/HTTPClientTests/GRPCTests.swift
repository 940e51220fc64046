import Foundation
import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Testing

/// gRPC calls against a small server made of the project's own.
@Suite(.timeLimit(.minutes(1)))
struct GRPCTests {
    /// A gRPC service in the raw: what a call's path says is what happens.
    static let service: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
        switch request.path {
        case "/test.Echo/NotGRPC":
            return .text("plain", status: .notFound)
        case "/test.Echo/Refuse":
            // Trailers-only: status in the head.
            return HTTPResponse(
                headers: [
                    "content-type": "application/grpc", "grpc-status": "5",
                    "grpc-message": "no such thing: %22caf%C3%A9%22 100%",
                ])
        default:
            break
        }
        return HTTPResponse(
            headers: ["content-type": "application/grpc"],
            body: .stream { stream in
                var trailers: HTTPHeaders = ["grpc-status": "0"]
                var buffer = ByteBuffer()
                switch request.path {
                case "/test.Echo/Unary", "/test.Echo/Bidi":
                    for try await piece in request.body {
                        buffer.writeImmutableBuffer(piece)
                        while let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt32.self),
                            let message = buffer.readSlice(length: 5 + Int(length))
                        {
                            try await stream.send(message)
                        }
                    }
                case "/test.Echo/Three":
                    for text in ["one", "two", "three"] { try await stream.send(frame(text)) }
                case "/test.Echo/Headers":
                    let values = ["grpc-timeout", "te", "x-meta"].map { request.headers[$0] ?? "-" }
                    try await stream.send(frame(values.joined(separator: " ")))
                case "/test.Echo/Fail":
                    try await stream.send(frame("some"))
                    trailers = ["grpc-status": "8", "grpc-message": "enough%0Ais enough"]
                case "/test.Echo/NoStatus":
                    trailers = ["x": "y"]
                case "/test.Echo/Cut":
                    try await stream.send(ByteBuffer(bytes: [0, 0, 0, 0, 9, 1]))
                case "/test.Echo/Huge":
                    try await stream.send(ByteBuffer(bytes: [0, 0x7f, 0xff, 0xff, 0xff]))
                case "/test.Echo/Never":
                    try await Signal<Void>().value()
                default:
                    trailers = ["grpc-status": "12", "grpc-message": "unknown method"]
                }
                stream.finish(trailers: trailers)
            })
    }

    static func frame(_ text: String) -> ByteBuffer {
        var out = ByteBuffer()
        out.writeInteger(UInt8(0))
        out.writeInteger(UInt32(text.utf8.count))
        out.writeString(text)
        return out
    }

    static func run<Value: Sendable>(_ body: (GRPCConnection) async throws -> Value) async throws -> Value {
        let path = "/tmp/gantry-grpc-\(UInt32.random(in: 0 ..< .max)).sock"
        defer { unlink(path) }
        return try await TestServer.run(
            [.unix(path: path)], configure: { $0.limits.drainDeadline = .milliseconds(100) }, handler: service
        ) { _ in
            let connection = GRPCConnection(.unix(path: path))
            defer { connection.shutDown() }
            return try await body(connection)
        }
    }

    @Test("A message comes back, whatever its size", arguments: [0, 1, 100_000, 5_000_000])
    func unary(size: Int) async throws {
        try await Self.run { connection in
            let message = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 13) }
            let answer = try await connection.unary("/test.Echo/Unary", message)
            #expect(answer == message)
        }
    }

    @Test(
        "A status other than OK is an error with its message decoded",
        arguments: [
            ("Refuse", GRPCError(.notFound, "no such thing: \"café\" 100%")),
            ("Fail", GRPCError(.resourceExhausted, "enough\nis enough")),
            ("Other", GRPCError(.unimplemented, "unknown method")),
            ("NotGRPC", GRPCError(.unimplemented, "unexpected HTTP status 404 Not Found")),
            ("NoStatus", GRPCError(.internalError, "the server ended the call without a status")),
            ("Cut", GRPCError(.internalError, "the server ended the call inside a message")),
            ("Huge", GRPCError(.resourceExhausted, "received message larger than max (2147483647 vs. 16777216)")),
            ("Three", GRPCError(.internalError, "the server sent more than one message for /test.Echo/Three")),
        ])
    func failures(method: String, expected: GRPCError) async throws {
        try await Self.run { connection in
            let result: Result<[UInt8], GRPCError>
            do throws(GRPCError) {
                result = .success(try await connection.unary("/test.Echo/\(method)", []))
            } catch {
                result = .failure(error)
            }
            #expect(result == .failure(expected))
        }
    }

    @Test("A server's stream is read to its end")
    func serverStreaming() async throws {
        try await Self.run { connection in
            var texts: [String] = []
            for try await message in try await connection.serverStreaming("/test.Echo/Three", []) {
                texts.append(String(decoding: message, as: UTF8.self))
            }
            #expect(texts == ["one", "two", "three"])
        }
    }

    @Test("Messages go both ways, one at a time")
    func bidirectional() async throws {
        try await Self.run { connection in
            let call = connection.bidirectional("/test.Echo/Bidi")
            try await call.send(Array("first".utf8))
            var messages = try await call.messages().makeAsyncIterator()
            for text in ["first", "second", "third"] {
                let back = try await messages.next()
                #expect(back == Array(text.utf8))
                if text == "first" { try await call.send(Array("second".utf8)) }
                if text == "second" { try await call.send(Array("third".utf8)) }
            }
            try await call.finish()
            let end = try await messages.next()
            #expect(end == nil)
        }
    }

    @Test("Metadata and timeout reach the server")
    func metadata() async throws {
        try await Self.run { connection in
            let answer = try await connection.unary(
                "/test.Echo/Headers", [], metadata: ["x-meta": "m"], deadline: .now + .seconds(30))
            let words = String(decoding: answer, as: UTF8.self).split(separator: " ")
            #expect(words.count == 3)
            #expect(words[0].hasSuffix("u") && (Int(words[0].dropLast()) ?? 0) > 20_000_000)
            #expect(words[1] == "trailers")
            #expect(words[2] == "m")
        }
    }

    @Test("A deadline ends a call before and after the first answer", arguments: ["Never", "Bidi"])
    func deadline(method: String) async throws {
        try await Self.run { connection in
            let call = connection.bidirectional("/test.Echo/\(method)", deadline: .now + .milliseconds(100))
            let error = await #expect(throws: GRPCError.self) {
                for try await _ in try await call.messages() {}
            }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test("A missing socket is unavailable at once, and the next calls find it when it is there")
    func reconnects() async throws {
        let path = "/tmp/gantry-grpc-\(UInt32.random(in: 0 ..< .max)).sock"
        defer { unlink(path) }
        let connection = GRPCConnection(.unix(path: path))
        for _ in 0..<2 {
            let error = await #expect(throws: GRPCError.self) {
                try await connection.unary("/test.Echo/Unary", [1])
            }
            #expect(error?.code == .unavailable)
            try await TestServer.run([.unix(path: path)], handler: Self.service) { _ in
                // Within the back-off calls fail at once; it ends by itself.
                while true {
                    do throws(GRPCError) {
                        let answer = try await connection.unary("/test.Echo/Unary", [1])
                        #expect(answer == [1])
                        break
                    } catch {
                        #expect(error.code == .unavailable)
                        try Task.checkCancellation()
                        await Task.yield()
                    }
                }
            }
        }
        connection.shutDown()
    }
}
