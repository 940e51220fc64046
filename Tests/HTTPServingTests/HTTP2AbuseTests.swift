import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Synchronization
import Testing

/// HTTP/2 byte by byte, by clients that mean harm (CVE-2023-44487, CVE-2024-27316, CVE-2019-9512 and their kin).
@Suite("HTTP/2 abuse", .timeLimit(.minutes(1)))
struct HTTP2AbuseTests {
    private enum Frame {
        static let data: UInt8 = 0
        static let headers: UInt8 = 1
        static let reset: UInt8 = 3
        static let settings: UInt8 = 4
        static let ping: UInt8 = 6
        static let continuation: UInt8 = 9
    }

    private static let endStream: UInt8 = 1
    private static let endHeaders: UInt8 = 4

    private static func frame(_ type: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = [])
        -> ByteBuffer
    {
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt8(payload.count >> 16))
        buffer.writeInteger(UInt16(payload.count & 0xffff))
        buffer.writeInteger(type)
        buffer.writeInteger(flags)
        buffer.writeInteger(stream)
        buffer.writeBytes(payload)
        return buffer
    }

    private static func preface() -> ByteBuffer {
        var buffer = ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        buffer.writeImmutableBuffer(frame(Frame.settings))
        return buffer
    }

    /// `GET http://x/`, by the static table.
    private static let get: [UInt8] = [0x82, 0x86, 0x84, 0x41, 0x01, 0x78]

    /// A field outside of the table, of so many bytes.
    private static func field(_ bytes: Int) -> [UInt8] {
        var block: [UInt8] = [0x00, 0x01, 0x61, 0x7f]
        var rest = bytes - 0x7f
        while rest >= 128 {
            block.append(UInt8(rest & 0x7f | 0x80))
            rest >>= 7
        }
        return block + [UInt8(rest)] + [UInt8](repeating: 0x62, count: bytes)
    }

    /// Sends until the server ends the connection; how many pieces that took.
    private static func send(
        _ connection: any HalfClosableDuplex, limit: Int, _ piece: (Int) -> ByteBuffer
    ) async throws -> Int {
        async let end: Void = drain(connection)
        var sent = 0
        do {
            while sent < limit {
                try await connection.write(piece(sent))
                sent += 1
            }
        } catch {
            // Closed in our face: what this is about.
        }
        await end
        return sent
    }

    private static func drain(_ connection: any HalfClosableDuplex) async {
        // A reset ends the connection as well as a goodbye does.
        while let piece = try? await connection.read(), piece.readableBytes > 0 {}
    }

    private static func stillServes(_ server: TestServer) async throws {
        let connection = try await HTTP1WireTests.dial(server)
        try await connection.write("GET /after HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(try await connection.readAll().contains("GET /after"))
    }

    @Test("Streams opened and reset at once end the connection before long")
    func rapidReset() async throws {
        let begun = Mutex(0)
        try await TestServer.run(configure: { $0.limits.resetsPer30Seconds = 100 }) { request in
            begun.withLock { $0 += 1 }
            return await HTTP1WireTests.echo(request)
        } _: { server in
            let connection = try await HTTP1WireTests.dial(server)
            try await connection.write(Self.preface())
            let sent = try await Self.send(connection, limit: 1_000_000) { index in
                let stream = UInt32(2 * index + 1)
                var buffer = Self.frame(
                    Frame.headers, flags: Self.endHeaders | Self.endStream, stream: stream, Self.get)
                buffer.writeImmutableBuffer(Self.frame(Frame.reset, stream: stream, [0, 0, 0, 8]))
                return buffer
            }
            #expect(sent < 1_000_000)
            #expect(begun.withLock { $0 } <= 200)
            try await Self.stillServes(server)
        }
    }

    @Test("Header fields that go on and on in CONTINUATION frames end the connection")
    func continuationFlood() async throws {
        try await TestServer.run(handler: HTTP1WireTests.echo) { server in
            let connection = try await HTTP1WireTests.dial(server)
            try await connection.write(Self.preface())
            try await connection.write(Self.frame(Frame.headers, flags: Self.endStream, stream: 1, Self.get))
            let piece = Self.frame(Frame.continuation, stream: 1, Self.field(8000))
            let sent = try await Self.send(connection, limit: 100_000) { _ in piece }
            #expect(sent < 100_000)
            try await Self.stillServes(server)
        }
    }

    @Test("Empty CONTINUATION frames without end do so, too")
    func emptyContinuations() async throws {
        try await TestServer.run(handler: HTTP1WireTests.echo) { server in
            let connection = try await HTTP1WireTests.dial(server)
            try await connection.write(Self.preface())
            try await connection.write(Self.frame(Frame.headers, flags: Self.endStream, stream: 1, Self.get))
            let piece = Self.frame(Frame.continuation, stream: 1)
            let sent = try await Self.send(connection, limit: 1_000_000) { _ in piece }
            #expect(sent < 1_000_000)
            try await Self.stillServes(server)
        }
    }

    @Test("More header fields than the limit are not taken, in one frame or many")
    func oversizeHeaders() async throws {
        let begun = Mutex(0)
        try await TestServer.run(configure: { $0.limits.headerBytes = 16 * 1024 }) { request in
            begun.withLock { $0 += 1 }
            return await HTTP1WireTests.echo(request)
        } _: { server in
            let connection = try await HTTP1WireTests.dial(server)
            try await connection.write(Self.preface())
            try await connection.write(
                Self.frame(
                    Frame.headers, flags: Self.endStream | Self.endHeaders, stream: 1, Self.get + Self.field(15_000)))
            _ = try await connection.read()
            let more = [UInt8]((0..<4).flatMap { _ in Self.field(15_000) })
            _ = try await Self.send(connection, limit: 1) { _ in
                Self.frame(Frame.headers, flags: Self.endStream | Self.endHeaders, stream: 3, Self.get + more)
            }
            #expect(begun.withLock { $0 } <= 1)

            let plain = try await HTTP1WireTests.dial(server)
            try await plain.write(
                "GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "y", count: 40_000))\r\n\r\n")
            #expect(try await plain.read(until: "\r\n").contains(" 431 "))
            try await Self.stillServes(server)
        }
    }

    @Test("A head that never ends is not waited for", arguments: [true, false])
    func slowHead(isPrefaceWhole: Bool) async throws {
        try await TestServer.run(
            configure: {
                $0.limits.handshakeTimeout = .milliseconds(100)
                $0.limits.idleTimeout = .milliseconds(100)
                $0.limits.pingInterval = .milliseconds(100)
                $0.limits.pingTimeout = .milliseconds(100)
            }, handler: HTTP1WireTests.echo
        ) { server in
            let connection = try await HTTP1WireTests.dial(server)
            do {
                if isPrefaceWhole {
                    try await connection.write(Self.preface())
                    try await connection.write(Self.frame(Frame.headers, flags: Self.endStream, stream: 1, Self.get))
                } else {
                    try await connection.write("PRI * HTT")
                }
            } catch ByteDuplexError.closed {
                // On a busy machine it is closed, as it has to be, before all is written.
            }
            await Self.drain(connection)
        }
    }

    @Test("Pings and settings without end do not pile up answers", arguments: [UInt8(6), 4])
    func controlFlood(type: UInt8) async throws {
        try await TestServer.run(configure: { $0.limits.resetsPer30Seconds = 100 }, handler: HTTP1WireTests.echo) {
            server in
            let connection = try await HTTP1WireTests.dial(server)
            try await connection.write(Self.preface())
            let piece = Self.frame(
                type, stream: 0, type == Frame.ping ? [UInt8](repeating: 1, count: 8) : [])
            let sent = try await Self.send(connection, limit: 1_000_000) { _ in piece }
            #expect(sent < 1_000_000)
            try await Self.stillServes(server)
        }
    }
}
