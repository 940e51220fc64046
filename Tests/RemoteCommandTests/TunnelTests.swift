import HTTPCore
import NIOCore
import Testing

@Suite("A tunnel", .timeLimit(.minutes(1)))
struct TunnelTests {
    @Test("passes each direction's end on alone")
    func halfClose() async throws {
        let (client, near) = MemoryDuplex.pair()
        let (far, server) = MemoryDuplex.pair()
        async let counts = tunnel(near, far)
        try await client.write(ByteBuffer(string: "request"))
        try await client.closeOutput()
        #expect(try await server.read()?.text == "request")
        #expect(try await server.read() == nil)
        try await server.write(ByteBuffer(string: "late answer"))
        try await server.closeOutput()
        #expect(try await client.read()?.text == "late answer")
        #expect(try await client.read() == nil)
        let (sent, received) = try await counts
        #expect(sent == 7 && received == 11)
    }

    @Test("closes the other side where it cannot be half-closed")
    func fullClose() async throws {
        let (client, near) = MemoryDuplex.pair()
        let (far, server) = MemoryDuplex.pair()
        async let counts = tunnel(near, WholeDuplex(base: far))
        try await client.write(ByteBuffer(string: "bye"))
        await client.close()
        #expect(try await server.read()?.text == "bye")
        #expect(try await server.read() == nil)
        _ = try? await counts
        await #expect(throws: (any Error).self) { try await server.write(ByteBuffer(string: "x")) }
    }

    @Test("holds a fast writer back while the reader is slow")
    func backPressure() async throws {
        let (client, near) = MemoryDuplex.pair(capacity: 1000)
        let (far, server) = MemoryDuplex.pair(capacity: 1000)
        async let counts = tunnel(near, far)
        async let writing: Void = {
            for _ in 0..<1000 { try await client.write(ByteBuffer(repeating: 1, count: 500)) }
            try await client.closeOutput()
            try await server.closeOutput()
        }()
        var total = 0
        while let bytes = try await server.read() {
            total += bytes.readableBytes
            #expect(client.unreadBytes + far.unreadBytes <= 2 * 1500)
        }
        try await writing
        #expect(total == 500_000)
        #expect(try await counts.sent == 500_000)
    }

    @Test("closes both ends when it is cancelled")
    func cancellation() async throws {
        let (client, near) = MemoryDuplex.pair()
        let (far, server) = MemoryDuplex.pair()
        let task = Task { try await tunnel(near, far) }
        try await client.write(ByteBuffer(string: "x"))
        #expect(try await server.read()?.text == "x")
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(try await server.read() == nil)
        #expect(try await client.read() == nil)
    }
}

/// Hides that a duplex can be half-closed.
private struct WholeDuplex: ByteDuplex {
    let base: MemoryDuplex
    func read() async throws -> ByteBuffer? { try await base.read() }
    func write(_ bytes: ByteBuffer) async throws { try await base.write(bytes) }
    func close() async { await base.close() }
}
