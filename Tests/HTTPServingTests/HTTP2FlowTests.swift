import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Synchronization
import Testing

/// Windows, frame sizes, padding, heads in pieces: the ordinary parts of RFC 9113 that client libraries seldom use.
@Suite("HTTP/2 flow", .timeLimit(.minutes(1)))
struct HTTP2FlowTests {
    private typealias Frame = HTTP2Wire.Frame
    private typealias Kind = HTTP2Wire.Kind

    /// So many bytes, none like its neighbours.
    private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) } }

    private static func serving(_ count: Int) -> @Sendable (HTTPRequest) async -> HTTPResponse {
        { _ in .bytes(bytes(count), contentType: "application/octet-stream") }
    }

    @Test("A body goes out as far as the stream's window lets it, and on as that grows")
    func smallStreamWindow() async throws {
        try await TestServer.run(handler: Self.serving(100)) { server in
            var wire = try await HTTP2Wire(server, settings: [(HTTP2Wire.initialWindow, 10)])
            try await wire.get(1)
            _ = try await wire.next(Kind.headers)
            var body = try await wire.data(10)
            #expect(body.bytes == Self.bytes(10))
            #expect(try await wire.dataBeforePing().isEmpty)
            try await wire.grow(1, by: 25)
            body += try await wire.data(25)
            #expect(body.bytes == Self.bytes(35))
            #expect(try await wire.dataBeforePing().isEmpty)
            try await wire.grow(1, by: 1000)
            body += try await wire.data(65)
            #expect(body.bytes == Self.bytes(100))
            #expect(body.filter { $0.has(HTTP2Wire.endStream) }.count == 1)
            #expect(body.last?.has(HTTP2Wire.endStream) == true)
        }
    }

    @Test("Streams share the connection's window, take turns as it grows, and all end")
    func smallConnectionWindow() async throws {
        try await TestServer.run(handler: Self.serving(50_000)) { server in
            var wire = try await HTTP2Wire(server, settings: [(HTTP2Wire.initialWindow, 1 << 20)])
            for stream: UInt32 in [1, 3, 5] { try await wire.get(stream) }
            var data = try await wire.data(65_535, streams: 3)
            #expect(data.bytes.count == 65_535)
            #expect(try await wire.dataBeforePing().isEmpty)
            try await wire.grow(0, by: 10)
            let little = try await wire.data(10)
            #expect(little.bytes.count == 10)
            data += little
            #expect(try await wire.dataBeforePing().isEmpty)
            try await wire.grow(0, by: 150_000)
            while data.filter({ $0.has(HTTP2Wire.endStream) }).count < 3 { data.append(try await wire.next(Kind.data)) }
            for stream: UInt32 in [1, 3, 5] {
                #expect(data.filter { $0.stream == stream }.bytes == Self.bytes(50_000), "stream \(stream)")
            }
        }
    }

    @Test("SETTINGS that change the window count for streams that are open, below zero too")
    func changingWindow() async throws {
        try await TestServer.run(handler: Self.serving(1000)) { server in
            var wire = try await HTTP2Wire(server, settings: [(HTTP2Wire.initialWindow, 100)])
            try await wire.get(1)
            var body = try await wire.data(100)
            #expect(body.bytes.count == 100)
            let smaller = HTTP2Wire.settings([(HTTP2Wire.initialWindow, 40)])
            try await wire.send(Frame(type: Kind.settings, payload: smaller))
            try await wire.grow(1, by: 50)
            // The window is 10 below zero.
            #expect(try await wire.dataBeforePing().isEmpty)
            let larger = HTTP2Wire.settings([(HTTP2Wire.initialWindow, 300)])
            try await wire.send(Frame(type: Kind.settings, payload: larger))
            body += try await wire.data(250)
            #expect(body.bytes == Self.bytes(350))
            #expect(try await wire.dataBeforePing().isEmpty)
            try await wire.grow(1, by: 650)
            body += try await wire.data(650)
            #expect(body.bytes == Self.bytes(1000))
            #expect(body.last?.has(HTTP2Wire.endStream) == true)
        }
    }

    @Test("Frames are no longer than the client takes", arguments: [16_384, 20_000])
    func frameSize(limit: Int) async throws {
        try await TestServer.run(handler: Self.serving(50_000)) { server in
            var wire = try await HTTP2Wire(server, settings: [(HTTP2Wire.maxFrameSize, UInt32(limit))])
            try await wire.get(1)
            let body = try await wire.data(50_000)
            #expect(body.bytes == Self.bytes(50_000))
            #expect(body.map(\.payload.count).max() == limit)
        }
    }

    @Test("Padding is no part of a body", arguments: [0, 1, 200])
    func padding(length: Int) async throws {
        try await TestServer.run(handler: HTTP1WireTests.echo) { server in
            var wire = try await HTTP2Wire(server)
            try await wire.send(
                Frame(type: Kind.headers, flags: HTTP2Wire.endHeaders, stream: 1, payload: HTTP2Wire.post),
                Self.padded("one ", length), Self.padded("two", length, flags: HTTP2Wire.endStream))
            #expect(try await String(decoding: wire.data(1000).bytes, as: UTF8.self) == "POST / one two\n")
        }
    }

    private static func padded(_ text: String, _ length: Int, flags: UInt8 = 0) -> Frame {
        Frame(
            type: Kind.data, flags: flags | HTTP2Wire.padded, stream: 1,
            payload: [UInt8(length)] + Array(text.utf8) + [UInt8](repeating: 0, count: length))
    }

    @Test("More padding than frame is a protocol error")
    func excessivePadding() async throws {
        try await TestServer.run(handler: HTTP1WireTests.echo) { server in
            var wire = try await HTTP2Wire(server)
            try await wire.send(
                Frame(type: Kind.headers, flags: HTTP2Wire.endHeaders, stream: 1, payload: HTTP2Wire.post),
                Frame(type: Kind.data, flags: HTTP2Wire.padded, stream: 1, payload: [4, 1, 2, 3]))
            let end = try await wire.next(Kind.goAway)
            #expect(Array(end.payload[4..<8]) == [0, 0, 0, 1])
        }
    }

    @Test("Trailers end a request; DATA after them is refused")
    func trailers() async throws {
        try await TestServer.run(handler: HTTP1WireTests.echo) { server in
            var wire = try await HTTP2Wire(server)
            try await wire.send(
                Frame(type: Kind.headers, flags: HTTP2Wire.endHeaders, stream: 1, payload: HTTP2Wire.post),
                Frame(type: Kind.data, stream: 1, payload: Array("body".utf8)),
                Frame(
                    type: Kind.headers, flags: HTTP2Wire.endHeaders | HTTP2Wire.endStream, stream: 1,
                    payload: [0x00, 0x01, 0x61, 0x01, 0x62]))
            #expect(try await String(decoding: wire.data(1000).bytes, as: UTF8.self) == "POST / body\n")
        }
    }

    @Test("A head may come in pieces, and nothing else between them")
    func continuation() async throws {
        try await TestServer.run(handler: HTTP1WireTests.echo) { server in
            var wire = try await HTTP2Wire(server)
            let block = HTTP2Wire.get
            try await wire.send(
                Frame(type: Kind.headers, flags: HTTP2Wire.endStream, stream: 1, payload: Array(block[..<2])),
                Frame(type: Kind.continuation, stream: 1, payload: Array(block[2..<4])),
                Frame(type: Kind.continuation, flags: HTTP2Wire.endHeaders, stream: 1, payload: Array(block[4...])))
            #expect(try await String(decoding: wire.data(1000).bytes, as: UTF8.self) == "GET / \n")
            try await wire.send(
                Frame(type: Kind.headers, flags: HTTP2Wire.endStream, stream: 3, payload: Array(block[..<2])),
                Frame(type: Kind.ping, payload: [UInt8](repeating: 0, count: 8)))
            let end = try await wire.next(Kind.goAway)
            #expect(Array(end.payload[4..<8]) == [0, 0, 0, 1])
        }
    }

    @Test("What many streams write in one turn comes whole and in order, small and large")
    func joinedWrites() async throws {
        let streams = Mutex<[ResponseStream]>([])
        let open = Signal<Void>()
        try await TestServer.run { _ in
            HTTPResponse(
                body: .push { stream in
                    let count = streams.withLock {
                        $0.append(stream)
                        return $0.count
                    }
                    if count == 8 { open.send(()) }
                })
        } _: { server in
            var wire = try await HTTP2Wire(server, settings: [(HTTP2Wire.initialWindow, 1 << 24)])
            try await wire.grow(0, by: 1 << 24)
            for index in 0..<8 { try await wire.get(UInt32(2 * index + 1)) }
            try await open.value()
            let all = streams.withLock { $0 }
            #expect(Set(all.map(\.neighbourhood)).count == 1)
            let sizes = [1, 9, 5300, 0, 8191, 8192, 16_375, 3, 70_000, 16_384, 40]
            all[0].eventLoop.runBatch {
                for (turn, size) in sizes.enumerated() {
                    for (index, stream) in all.enumerated() {
                        stream.write(ByteBuffer(repeating: UInt8(turn * 16 + index), count: size))
                        stream.flush()
                    }
                }
                for stream in all { stream.finish() }
            }
            var bodies: [UInt32: [UInt8]] = [:]
            var ended = 0
            while ended < 8 {
                let frame = try await wire.next(Kind.data)
                bodies[frame.stream, default: []] += frame.payload
                if frame.has(HTTP2Wire.endStream) { ended += 1 }
            }
            // Which stream the server saw first is told by its first byte.
            let expected = (0..<8).map { index in
                sizes.enumerated().flatMap { [UInt8](repeating: UInt8($0 * 16 + index), count: $1) }
            }
            #expect(Set(bodies.values) == Set(expected))
        }
    }
}
