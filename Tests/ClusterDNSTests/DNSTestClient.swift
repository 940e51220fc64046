import NIOCore
import NIOPosix
import Synchronization

/// What an answer says, taken apart independently of the server's own code.
struct DNSAnswer: Sendable {
    struct Record: Sendable {
        var name: String
        var type: UInt16
        var seconds: UInt32
        var text: String
    }

    var bytes: [UInt8]
    var code: Int
    var isAuthoritative: Bool
    var isTruncated: Bool
    var answers: [Record] = []
    var authorities: [Record] = []
    var additionals: [Record] = []

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 12 else { return nil }
        self.bytes = bytes
        code = Int(bytes[3] & 15)
        isAuthoritative = bytes[2] & 4 != 0
        isTruncated = bytes[2] & 2 != 0
        var at = 12
        for _ in 0..<Self.number(bytes, 4) {
            _ = Self.name(bytes, &at)
            at += 4
        }
        answers = Self.records(bytes, &at, Self.number(bytes, 6))
        authorities = Self.records(bytes, &at, Self.number(bytes, 8))
        additionals = Self.records(bytes, &at, Self.number(bytes, 10))
        guard at == bytes.count else { return nil }
    }

    private static func number(_ bytes: [UInt8], _ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }

    private static func name(_ bytes: [UInt8], _ at: inout Int) -> String {
        var labels: [String] = []
        var position = at
        var jumped = false
        while bytes[position] != 0 {
            let length = Int(bytes[position])
            if length >= 192 {
                if !jumped { at = position + 2 }
                jumped = true
                position = number(bytes, position) & 0x3FFF
                continue
            }
            labels.append(String(decoding: bytes[(position + 1)..<(position + 1 + length)], as: UTF8.self))
            position += length + 1
        }
        if !jumped { at = position + 1 }
        return labels.joined(separator: ".")
    }

    private static func records(_ bytes: [UInt8], _ at: inout Int, _ count: Int) -> [Record] {
        (0..<count).map { _ in
            let owner = name(bytes, &at)
            let type = UInt16(number(bytes, at))
            let seconds = UInt32(number(bytes, at + 4)) << 16 | UInt32(number(bytes, at + 6))
            let length = number(bytes, at + 8)
            let start = at + 10
            at = start + length
            var inner = start
            let text: String
            switch type {
            case 1: text = bytes[start..<at].map { String($0) }.joined(separator: ".")
            case 2, 5, 12: text = name(bytes, &inner)
            case 33:
                inner += 6
                text = "\(number(bytes, start + 4)) " + name(bytes, &inner)
            case 16: text = String(decoding: bytes[(start + 1)..<at], as: UTF8.self)
            case 6: text = name(bytes, &inner)
            default: text = "\(length) bytes"
            }
            return Record(name: owner, type: type, seconds: seconds, text: text)
        }
    }
}

enum DNSTestClient {
    struct NoAnswer: Error {}

    static let types: [String: UInt16] = [
        "A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "TXT": 16, "AAAA": 28, "SRV": 33, "AXFR": 252, "ANY": 255,
    ]

    /// A question; `payload` adds an OPT record.
    static func question(_ name: String, _ type: String, id: UInt16 = 0x1234, payload: UInt16? = nil) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(id >> 8), UInt8(id & 255), 1, 0, 0, 1, 0, 0, 0, 0, 0, payload == nil ? 0 : 1]
        for label in name.split(separator: ".") { bytes += [UInt8(label.utf8.count)] + Array(label.utf8) }
        bytes += [0, 0, UInt8(types[type] ?? 0), 0, 1]
        if let payload { bytes += [0, 0, 41, UInt8(payload >> 8), UInt8(payload & 255), 0, 0, 0, 0, 0, 0] }
        return bytes
    }

    /// Sends datagrams in order and gives the first message that comes back.
    static func datagrams(_ messages: [[UInt8]], port: Int) async throws -> [UInt8] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: [UInt8].self)
        let server = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let channel = try await DatagramBootstrap(group: loop)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65535))
            .channelInitializer { $0.pipeline.addHandler(FirstDatagram(promise)) }
            .connect(to: server).get()
        for message in messages {
            channel.writeAndFlush(
                AddressedEnvelope(remoteAddress: server, data: ByteBuffer(bytes: message)), promise: nil)
        }
        let timer = loop.scheduleTask(in: .seconds(20)) { promise.fail(NoAnswer()) }
        defer {
            timer.cancel()
            channel.close(promise: nil)
        }
        return try await promise.futureResult.get()
    }

    /// Sends a message over TCP and gives the one that comes back.
    static func stream(_ message: [UInt8], port: Int) async throws -> [UInt8] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: [UInt8].self)
        let channel = try await ClientBootstrap(group: loop)
            .channelInitializer { $0.pipeline.addHandler(FirstFrame(promise)) }
            .connect(host: "127.0.0.1", port: port).get()
        channel.writeAndFlush(
            ByteBuffer(bytes: [UInt8(message.count >> 8), UInt8(message.count & 255)] + message), promise: nil)
        let timer = loop.scheduleTask(in: .seconds(20)) { promise.fail(NoAnswer()) }
        defer {
            timer.cancel()
            channel.close(promise: nil)
        }
        return try await promise.futureResult.get()
    }
}

private final class FirstDatagram: ChannelInboundHandler, Sendable {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let promise: EventLoopPromise<[UInt8]>
    init(_ promise: EventLoopPromise<[UInt8]>) { self.promise = promise }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        promise.succeed(Array(unwrapInboundIn(data).data.readableBytesView))
    }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { promise.fail(error) }
}

private final class FirstFrame: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    private let promise: EventLoopPromise<[UInt8]>
    private let gathered = Mutex<[UInt8]>([])
    init(_ promise: EventLoopPromise<[UInt8]>) { self.promise = promise }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = gathered.withLock { gathered in
            gathered += Array(unwrapInboundIn(data).readableBytesView)
            return gathered
        }
        guard bytes.count >= 2, bytes.count >= 2 + (Int(bytes[0]) << 8 | Int(bytes[1])) else { return }
        promise.succeed(Array(bytes[2...]))
    }
    func channelInactive(context: ChannelHandlerContext) { promise.fail(DNSTestClient.NoAnswer()) }
}
