import HTTPCore
import NIOCore
import RemoteCommand
import Testing

@Suite("A SPDY session", .timeLimit(.minutes(1)))
struct SPDYSessionTests {
    /// A client's and a server's session on one connection, both running while `body` runs.
    private func withSessions(
        limits: SPDYSession.Limits = SPDYSession.Limits(), capacity: Int = 64 << 10,
        _ body: (SPDYSession, SPDYSession, MemoryDuplex) async throws -> Void
    ) async throws {
        let (a, b) = MemoryDuplex.pair(capacity: capacity)
        let client = try SPDYSession(a, role: .client, limits: limits)
        let server = try SPDYSession(b, role: .server, limits: limits)
        try await alongside(a, { try await client.run() }) {
            try await alongside(b, { try await server.run() }) { try await body(client, server, a) }
        }
    }

    private func accept(_ session: SPDYSession) async throws -> SPDYStream {
        let stream = try #require(try await session.accept())
        try await stream.reply()
        return stream
    }

    @Test("opens streams with headers and carries data both ways, each direction ending alone")
    func echo() async throws {
        try await withSessions { client, server, _ in
            for number in 0..<20 {
                async let opening = client.open(["streamType": "stdin", "Port": "\(number)"])
                let there = try await accept(server)
                let here = try await opening
                #expect(there.headers["streamtype"] == "stdin")
                #expect(there.headers["PORT"] == "\(number)")
                #expect(here.id == UInt32(2 * number + 1))
                try await here.write(ByteBuffer(string: "question"))
                try await here.closeOutput()
                #expect(try await readToEnd(there).text == "question")
                try await there.write(ByteBuffer(string: "answer"))
                try await there.closeOutput()
                #expect(try await readToEnd(here).text == "answer")
            }
        }
    }

    @Test("carries large data with bounded memory")
    func large() async throws {
        let limits = SPDYSession.Limits(streams: 4, streamBuffer: 50_000)
        try await withSessions(limits: limits, capacity: 20_000) { client, server, duplex in
            async let opening = client.open(["streamtype": "stdout"])
            let there = try await accept(server)
            let here = try await opening
            async let writing: Void = {
                for number in 0..<200 {
                    try await here.write(ByteBuffer(repeating: UInt8(number), count: 100_000))
                }
                try await here.closeOutput()
            }()
            var total = 0
            while let bytes = try await there.read() {
                #expect(duplex.unreadBytes <= 20_000 + 40_000)
                total += bytes.readableBytes
            }
            try await writing
            #expect(total == 20_000_000)
        }
    }

    @Test("lets a stream be refused and reset")
    func resets() async throws {
        try await withSessions { client, server, _ in
            let refused = Task { try await client.open(["streamtype": "nonsense"]) }
            try await #require(try await server.accept()).reset(SPDYResetStatus.refusedStream)
            await #expect(throws: SPDYError.self) { try await refused.value }

            async let opening = client.open(["streamtype": "data"])
            let there = try await accept(server)
            let here = try await opening
            try await there.write(ByteBuffer(string: "before"))
            try await there.reset()
            #expect(try await here.read()?.text == "before")
            await #expect(throws: SPDYError.self) { try await here.read() }
            await #expect(throws: SPDYError.self) { try await here.write(ByteBuffer(string: "x")) }
        }
    }

    @Test("refuses more streams than its limit and takes new ones when old ones end")
    func streamLimit() async throws {
        let server = SPDYSession.Limits(streams: 2)
        let (a, b) = MemoryDuplex.pair()
        let client = try SPDYSession(a, role: .client)
        let serving = try SPDYSession(b, role: .server, limits: server)
        try await alongside(a, { try await client.run() }) {
            try await alongside(b, { try await serving.run() }) {
                async let first = client.open([:])
                let one = try await accept(serving)
                let here = try await first
                async let second = client.open([:])
                _ = try await accept(serving)
                _ = try await second
                await #expect(throws: SPDYError.self) { try await client.open([:]) }
                try await here.closeOutput()
                try await one.closeOutput()
                _ = try await readToEnd(one)
                async let third = client.open([:])
                _ = try await accept(serving)
                _ = try await third
            }
        }
    }

    @Test("opens nothing after a goodbye, and its streams fail when the connection ends")
    func goAway() async throws {
        let (a, b) = MemoryDuplex.pair()
        let client = try SPDYSession(a, role: .client)
        let server = try SPDYSession(b, role: .server)
        try await alongside(a, { try await client.run() }) {
            try await alongside(b, { try await server.run() }) {
                async let opening = client.open([:])
                let there = try await accept(server)
                let here = try await opening
                try await server.sendGoAway()
                try await there.write(ByteBuffer(string: "last"))
                #expect(try await here.read()?.text == "last")
                await #expect(throws: SPDYError.self) { try await client.open([:]) }
                await b.close()
                await #expect(throws: SPDYError.self) { try await here.read() }
            }
        }
    }

    @Test("answers the peer's pings and not its own")
    func ping() async throws {
        let (a, b) = MemoryDuplex.pair()
        let server = try SPDYSession(b, role: .server)
        try await alongside(a, { try await server.run() }) {
            let ping: [UInt8] = [0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 7]
            let answer: [UInt8] = [0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 8]
            try await a.write(ByteBuffer(bytes: answer))
            try await a.write(ByteBuffer(bytes: ping))
            #expect(try await a.read() == ByteBuffer(bytes: ping))
        }
    }

    @Test(
        "ends at frames that break the protocol",
        arguments: [
            ("version 2", [0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1]),
            ("data on stream 0", [0, 0, 0, 0, 0, 0, 0, 1, 9]),
            ("reset of stream 0", [0x80, 3, 0, 3, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1]),
            ("short ping", [0x80, 3, 0, 6, 0, 0, 0, 2, 0, 0]),
            ("short reset", [0x80, 3, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1]),
            ("short goaway", [0x80, 3, 0, 7, 0, 0, 0, 4, 0, 0, 0, 1]),
            ("short syn", [0x80, 3, 0, 1, 0, 0, 0, 4, 0, 0, 0, 1]),
            ("headers that are not zlib", [0x80, 3, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]),
            ("control frame of 16 MiB", [0x80, 3, 0, 4, 0, 0xFF, 0xFF, 0xFF]),
        ] as [(String, [UInt8])])
    func violations(name: String, bytes: [UInt8]) async throws {
        let (a, b) = MemoryDuplex.pair()
        let server = try SPDYSession(b, role: .server)
        try await a.write(ByteBuffer(bytes: bytes))
        try await a.closeOutput()
        await #expect(throws: SPDYError.self) { try await server.run() }
        #expect(try await server.accept() == nil)
    }

    @Test("ignores what it does not know: settings, window updates, unknown frames, data for no stream")
    func ignored() async throws {
        let (a, b) = MemoryDuplex.pair()
        let server = try SPDYSession(b, role: .server)
        let frames: [[UInt8]] = [
            [0x80, 3, 0, 4, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 7, 0, 1, 0, 0],
            [0x80, 3, 0, 9, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 1, 0],
            [0x80, 3, 0, 77, 0, 0, 0, 2, 1, 2],
            [0, 0, 0, 9, 1, 0, 0, 2, 1, 2],
            [0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1],
        ]
        for frame in frames { try await a.write(ByteBuffer(bytes: frame)) }
        try await a.closeOutput()
        try await server.run()
        #expect(try await a.read() == ByteBuffer(bytes: frames[4]))
    }

    @Test("survives noise and damaged frames")
    func noise() async throws {
        var noise = Noise(7)
        // A conversation to damage.
        let (x, y) = MemoryDuplex.pair(capacity: 1 << 20)
        let client = try SPDYSession(x, role: .client)
        let opening = Task { try await client.open(["streamtype": "stdin", "port": "80"]) }
        let recorded = try #require(try await y.read())
        opening.cancel()
        _ = await opening.result
        for round in 0..<1500 {
            let (a, b) = MemoryDuplex.pair(capacity: 1 << 20)
            let server = try SPDYSession(
                b, role: .server, limits: SPDYSession.Limits(streams: 2, streamBuffer: 1 << 20))
            var bytes = recorded
            if round % 3 == 0 { bytes = noise.bytes(Int.random(in: 1...100, using: &noise)) }
            for _ in 0..<Int.random(in: 0...3, using: &noise) {
                let index = bytes.readerIndex + Int.random(in: 0..<bytes.readableBytes, using: &noise)
                bytes.setInteger(UInt8(truncatingIfNeeded: noise.next()), at: index)
            }
            bytes.writeImmutableBuffer(noise.bytes(Int.random(in: 0...60, using: &noise)))
            try await a.write(bytes)
            try await a.closeOutput()
            do {
                try await server.run()
            } catch is SPDYError {
                continue
            }
        }
    }
}
