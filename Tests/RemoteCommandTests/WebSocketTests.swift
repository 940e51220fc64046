import HTTPCore
import NIOCore
import Testing

@Suite("WebSocket frames")
struct WebSocketFrameTests {
    private func events(_ bytes: [UInt8], role: WebSocketRole, chunk: Int) throws -> [WebSocketEvent] {
        var decoder = WebSocketFrameDecoder(role: role)
        var events: [WebSocketEvent] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            decoder.feed(ByteBuffer(bytes: bytes[start..<min(start + chunk, bytes.count)]))
            while let event = try decoder.next() { events.append(event) }
        }
        return events
    }

    private func text(_ events: [WebSocketEvent]) -> String {
        events.reduce(into: "") { text, event in
            if case .piece(let piece) = event { text += piece.payload.text }
        }
    }

    @Test("of RFC 6455's examples are read, however they are cut", arguments: [1, 2, 3, 100])
    func examples(chunk: Int) throws {
        let unmasked: [UInt8] = [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]
        let masked: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        let fragmented: [UInt8] = [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F]
        #expect(text(try events(unmasked, role: .client, chunk: chunk)) == "Hello")
        #expect(text(try events(masked, role: .server, chunk: chunk)) == "Hello")
        let pieces = try events(fragmented, role: .client, chunk: chunk)
        #expect(text(pieces) == "Hello")
        let flags = pieces.compactMap { event -> (Bool, Bool)? in
            guard case .piece(let piece) = event else { return nil }
            return (piece.isFirst, piece.isLast)
        }
        #expect(flags.count { $0.0 } == 1 && flags.first?.0 == true)
        #expect(flags.count { $0.1 } == 1 && flags.last?.1 == true)
    }

    @Test("may have control frames between a message's fragments")
    func interleaved() throws {
        let bytes: [UInt8] = [0x02, 0x01, 0x61, 0x89, 0x01, 0x70, 0x80, 0x01, 0x62]
        let events = try events(bytes, role: .client, chunk: 100)
        #expect(events.count == 3)
        #expect(events[1] == .ping(ByteBuffer(string: "p")))
        #expect(text(events) == "ab")
    }

    @Test(
        "that break the protocol are refused",
        arguments: [
            ("reserved bit", WebSocketRole.client, [0xC1, 0x00]),
            ("unknown type", .client, [0x83, 0x00]),
            ("unknown control type", .client, [0x8B, 0x00]),
            ("unmasked from a client", .server, [0x81, 0x00]),
            ("masked from a server", .client, [0x81, 0x80, 1, 2, 3, 4]),
            ("fragmented control", .client, [0x09, 0x00]),
            ("long control", .client, [0x89, 126, 0, 126]),
            ("continuation of nothing", .client, [0x80, 0x00]),
            ("message in a message", .client, [0x01, 0x00, 0x81, 0x00]),
            ("negative length", .client, [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0]),
            ("half a close code", .client, [0x88, 1, 3]),
            ("close code 1005", .client, [0x88, 2, 0x03, 0xED]),
            ("close code 999", .client, [0x88, 2, 0x03, 0xE7]),
            ("close reason not UTF-8", .client, [0x88, 3, 0x03, 0xE8, 0xFF]),
        ] as [(String, WebSocketRole, [UInt8])])
    func refused(name: String, role: WebSocketRole, bytes: [UInt8]) {
        #expect(throws: WebSocketError.self) { try events(bytes, role: role, chunk: 1) }
    }

    @Test("of noise never crash the decoder", arguments: [WebSocketRole.client, .server])
    func noise(role: WebSocketRole) throws {
        var noise = Noise(42)
        for _ in 0..<3000 {
            var decoder = WebSocketFrameDecoder(role: role)
            var isBroken = false
            for _ in 0..<4 where !isBroken {
                var bytes = noise.bytes(Int.random(in: 1...40, using: &noise))
                // Mostly a plausible beginning, so that the noise gets further in.
                if Bool.random(using: &noise) {
                    bytes.setInteger([UInt8(0x82), 0x01, 0x80, 0x88, 0x89].randomElement(using: &noise) ?? 0, at: 0)
                }
                decoder.feed(bytes)
                do {
                    while try decoder.next() != nil {}
                } catch {
                    isBroken = true
                }
            }
        }
    }
}

@Suite("The WebSocket handshake")
struct WebSocketHandshakeTests {
    private let good: HTTPHeaders = [
        "Connection": "keep-alive, Upgrade", "Upgrade": "WebSocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "v5.channel.k8s.io, b",
    ]

    @Test("answers RFC 6455's example")
    func accept() throws {
        let response = try WebSocketHandshake.response(to: good, subprotocol: "v5.channel.k8s.io")
        #expect(response["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(response["sec-websocket-protocol"] == "v5.channel.k8s.io")
        #expect(WebSocketHandshake.offeredProtocols(good) == ["v5.channel.k8s.io", "b"])
    }

    @Test(
        "is refused with wrong headers",
        arguments: [
            ("Connection", "close"), ("Upgrade", "h2c"), ("Sec-WebSocket-Version", "8"), ("Sec-WebSocket-Key", "short"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=!"),
        ])
    func refused(name: String, value: String) {
        var headers = good
        headers.set(name, value)
        #expect(throws: WebSocketError.self) { try WebSocketHandshake.response(to: headers, subprotocol: nil) }
    }

    @Test("is made by clients so that servers take it")
    func client() throws {
        let (key, headers) = WebSocketHandshake.request(subprotocols: ["a", "b"])
        let response = try WebSocketHandshake.response(to: headers, subprotocol: "a")
        #expect(response["Sec-WebSocket-Accept"] == WebSocketHandshake.accept(key))
        #expect(WebSocketHandshake.offeredProtocols(headers) == ["a", "b"])
    }
}

@Suite("Base64")
struct Base64Tests {
    @Test(
        "matches RFC 4648's examples",
        arguments: zip(
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"],
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]))
    func examples(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(Array(encoded.utf8)) == Array(plain.utf8))
    }

    @Test("refuses what is not padded base64", arguments: ["Z", "Zg", "Zg=", "Z===", "Zm9v\n", "Zm_v", "=Zm9", "Z=g="])
    func refused(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }
}

@Suite("A WebSocket connection", .timeLimit(.minutes(1)))
struct WebSocketConnectionTests {
    @Test("carries messages of all sizes both ways", arguments: [0, 1, 125, 126, 65_535, 65_536, 1_000_000])
    func sizes(size: Int) async throws {
        let (a, b) = MemoryDuplex.pair()
        let client = WebSocketConnection(a, role: .client)
        let server = WebSocketConnection(b, role: .server)
        var noise = Noise(UInt64(size))
        let payload = noise.bytes(size)
        async let sending: Void = client.send(.binary, payload)
        #expect(try await server.receiveMessage(limit: 1 << 20)?.payload == payload)
        try await sending
        async let answering: Void = server.send(.text, prefix: 9, payload)
        let answer = try #require(try await client.receiveMessage(limit: 1 << 20))
        try await answering
        #expect(answer.kind == .text && answer.payload.readableBytes == size + 1)
        #expect(answer.payload.getInteger(at: answer.payload.readerIndex, as: UInt8.self) == 9)
    }

    @Test("answers pings and closes in order")
    func pingAndClose() async throws {
        let (a, b) = MemoryDuplex.pair()
        let client = WebSocketConnection(a, role: .client)
        let server = WebSocketConnection(b, role: .server)
        try await client.ping()
        try await client.send(.binary, ByteBuffer(string: "after"))
        try await client.sendClose()
        #expect(try await server.receive()?.payload.text == "after")
        #expect(try await server.receive() == nil)
        #expect(try await server.receive() == nil)
        #expect(try await client.receive() == nil)
        await #expect(throws: WebSocketError.self) { try await client.send(.binary, ByteBuffer(string: "late")) }
    }

    @Test("tells a peer that breaks the protocol, and refuses long messages")
    func violations() async throws {
        for (bytes, code) in [
            ([0xFF, 0xFF] as [UInt8], UInt16(1002)), ([0x82, 0x8A, 0, 0, 0, 0] + [UInt8](0..<10), 1009),
        ] {
            let (a, b) = MemoryDuplex.pair()
            let server = WebSocketConnection(b, role: .server)
            try await a.write(ByteBuffer(bytes: bytes))
            await #expect(throws: WebSocketError.self) { try await server.receiveMessage(limit: 5) }
            var decoder = WebSocketFrameDecoder(role: .client)
            decoder.feed(try #require(try await a.read()))
            guard case .close(let sent, _)? = try decoder.next() else {
                Issue.record("no close frame")
                continue
            }
            #expect(sent == code)
        }
    }

    @Test("that ends without goodbye is an error")
    func lost() async throws {
        let (a, b) = MemoryDuplex.pair()
        let server = WebSocketConnection(b, role: .server)
        await a.close()
        await #expect(throws: WebSocketError.self) { try await server.receive() }
    }

    @Test("carries a byte stream with back-pressure")
    func byteStream() async throws {
        let (a, b) = MemoryDuplex.pair(capacity: 10_000)
        let client = WebSocketByteDuplex(WebSocketConnection(a, role: .client))
        let server = WebSocketByteDuplex(WebSocketConnection(b, role: .server))
        async let writing: Void = {
            for _ in 0..<500 { try await client.write(ByteBuffer(repeating: 3, count: 5000)) }
            await client.close()
        }()
        var total = 0
        while let bytes = try await server.read() {
            total += bytes.readableBytes
            #expect(a.unreadBytes < 20_000)
        }
        try await writing
        #expect(total == 2_500_000)
    }
}
