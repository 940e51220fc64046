import HTTPCore
import HTTPTestSupport
import NIOCore
import Testing

/// One HTTP/2 connection, frame by frame, as a client sees it.
struct HTTP2Wire {
    struct Frame: Equatable {
        var type: UInt8
        var flags: UInt8 = 0
        var stream: UInt32 = 0
        var payload: [UInt8] = []

        func has(_ flag: UInt8) -> Bool { flags & flag != 0 }
    }

    enum Kind {
        static let data: UInt8 = 0
        static let headers: UInt8 = 1
        static let reset: UInt8 = 3
        static let settings: UInt8 = 4
        static let ping: UInt8 = 6
        static let goAway: UInt8 = 7
        static let windowUpdate: UInt8 = 8
        static let continuation: UInt8 = 9
    }

    static let endStream: UInt8 = 1
    static let acknowledged: UInt8 = 1
    static let endHeaders: UInt8 = 4
    static let padded: UInt8 = 8

    /// `GET http://x/` and `POST http://x/`, by the static table.
    static let get: [UInt8] = [0x82, 0x86, 0x84, 0x41, 0x01, 0x78]
    static let post: [UInt8] = [0x83, 0x86, 0x84, 0x41, 0x01, 0x78]

    static let maxFrameSize: UInt16 = 5
    static let initialWindow: UInt16 = 4

    private let connection: any HalfClosableDuplex
    private var received = ByteBuffer()
    private var pings: UInt8 = 0

    /// Says hello with these settings.
    init(_ server: TestServer, settings: [(UInt16, UInt32)] = []) async throws {
        connection = try await HTTP1WireTests.dial(server)
        try await connection.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        try await send(Frame(type: Kind.settings, payload: Self.settings(settings)))
    }

    static func settings(_ settings: [(UInt16, UInt32)]) -> [UInt8] {
        var buffer = ByteBuffer()
        for (parameter, value) in settings { buffer.writeMultipleIntegers(parameter, value) }
        return Array(buffer: buffer)
    }

    func send(_ frames: Frame...) async throws {
        var buffer = ByteBuffer()
        for frame in frames {
            buffer.writeInteger(UInt32(frame.payload.count) << 8 | UInt32(frame.type))
            buffer.writeMultipleIntegers(frame.flags, frame.stream)
            buffer.writeBytes(frame.payload)
        }
        try await connection.write(buffer)
    }

    func get(_ stream: UInt32) async throws {
        try await send(
            Frame(type: Kind.headers, flags: Self.endHeaders | Self.endStream, stream: stream, payload: Self.get))
    }

    func grow(_ stream: UInt32, by more: UInt32) async throws {
        try await send(
            Frame(type: Kind.windowUpdate, stream: stream, payload: withUnsafeBytes(of: more.bigEndian) { Array($0) }))
    }

    /// The next frame.
    mutating func next() async throws -> Frame {
        while true {
            if let head = received.getInteger(at: received.readerIndex, as: UInt32.self),
                received.readableBytes >= 9 + Int(head >> 8)
            {
                received.moveReaderIndex(forwardBy: 4)
                let rest = received.readMultipleIntegers(as: (UInt8, UInt32).self)
                let payload = received.readBytes(length: Int(head >> 8))
                let (flags, stream) = try #require(rest)
                return Frame(
                    type: UInt8(truncatingIfNeeded: head), flags: flags, stream: stream, payload: try #require(payload))
            }
            var piece = try #require(try await connection.read(), "the server ended the connection")
            received.discardReadBytes()
            received.writeBuffer(&piece)
        }
    }

    /// The next frame of a kind; others are passed over.
    mutating func next(_ type: UInt8) async throws -> Frame {
        while true {
            let frame = try await next()
            if frame.type == type { return frame }
        }
    }

    /// All DATA that comes before the answer to a ping: what the server sends now, and nothing it would send later.
    mutating func dataBeforePing() async throws -> [Frame] {
        pings += 1
        let mark = [UInt8](repeating: pings, count: 8)
        try await send(Frame(type: Kind.ping, payload: mark))
        var data: [Frame] = []
        while true {
            let frame = try await next()
            if frame.type == Kind.data { data.append(frame) }
            if frame.type == Kind.ping, frame.has(Self.acknowledged), frame.payload == mark { return data }
        }
    }

    /// DATA until so many bytes have come, or so many streams have ended.
    mutating func data(_ bytes: Int, streams: Int = 1) async throws -> [Frame] {
        var frames: [Frame] = []
        var count = 0
        var open = streams
        while count < bytes, open > 0 {
            let frame = try await next(Kind.data)
            frames.append(frame)
            count += frame.payload.count
            if frame.has(Self.endStream) { open -= 1 }
        }
        return frames
    }
}

extension [HTTP2Wire.Frame] {
    var bytes: [UInt8] { flatMap(\.payload) }
}
