import HTTPCore
import NIOCore
import Synchronization

/// Kubernetes' numbered channels over one WebSocket: the first byte of each message is its channel.
///
/// `run` must be running for anything else to make progress. Received bytes wait in a bounded buffer per channel; when
/// one is full, reading stops until that channel is read on.
final class ChannelSocket: Sendable {
    /// How a message carries bytes.
    enum Codec: Hashable, Sendable {
        /// Binary: the channel's number, then the bytes.
        case raw
        /// Text: the channel's digit, then the bytes in base64.
        case base64
    }

    enum Direction: Hashable, Sendable {
        /// What the client sends is dropped.
        case outgoing
        case both
    }

    /// Largest base64 message taken; it has to be decoded whole.
    private static let maximumBase64Message = 16 << 20
    /// In the place of a channel's number: the byte after it names a channel the client closes (v5).
    private static let closeSignal: UInt8 = 255

    let channels: [Channel]
    private let socket: WebSocketConnection
    private let codec: Codec
    private let supportsClose: Bool

    init(
        _ socket: WebSocketConnection, codec: Codec, supportsClose: Bool, channels: [Direction],
        bufferSize: Int = 256 << 10
    ) {
        self.socket = socket
        self.codec = codec
        self.supportsClose = supportsClose
        self.channels = channels.enumerated().map { number, direction in
            Channel(
                number: UInt8(truncatingIfNeeded: number), direction: direction, socket: socket, codec: codec,
                bufferSize: bufferSize)
        }
    }

    /// Reads until the client closes the connection; then all channels end with an error.
    /// - Throws: `WebSocketError` when the client broke the protocol or its connection.
    func run() async throws {
        do {
            switch codec {
            case .raw: while let piece = try await socket.receive() { try await receivedStart(piece) }
            case .base64:
                while let message = try await socket.receiveMessage(limit: Self.maximumBase64Message) {
                    try await receivedText(message.payload)
                }
            }
            fail(WebSocketError(.connectionLost, "client closed the connection"))
        } catch {
            fail(error)
            throw error
        }
    }

    private func fail(_ error: any Error) {
        for channel in channels { channel.failed(error) }
    }

    /// Handles a message from its first piece on.
    private func receivedStart(_ first: WebSocketPiece) async throws {
        var piece = first
        // A message may be cut anywhere, even before its first byte.
        while piece.payload.readableBytes == 0 {
            if piece.isLast { return }
            guard let next = try await socket.receive() else { return }
            piece = next
        }
        guard let number = piece.payload.readInteger(as: UInt8.self) else { return }
        if supportsClose && number == Self.closeSignal {
            try await receivedClose(piece)
            return
        }
        let channel = channels.indices.contains(Int(number)) ? channels[Int(number)] : nil
        await channel?.received(piece.payload)
        while !piece.isLast {
            guard let next = try await socket.receive() else { return }
            piece = next
            await channel?.received(piece.payload)
        }
    }

    private func receivedClose(_ first: WebSocketPiece) async throws {
        var bytes = first.payload
        var piece = first
        while !piece.isLast && bytes.readableBytes < 2 {
            guard let next = try await socket.receive() else { return }
            piece = next
            bytes.writeImmutableBuffer(piece.payload)
        }
        guard bytes.readableBytes == 1, let number = bytes.readInteger(as: UInt8.self),
            channels.indices.contains(Int(number))
        else { throw await violation("close signal without a valid channel") }
        channels[Int(number)].receivedEnd()
    }

    private func receivedText(_ payload: ByteBuffer) async throws {
        var payload = payload
        guard let digit = payload.readInteger(as: UInt8.self) else { return }
        let number = Int(digit) - Int(UInt8(ascii: "0"))
        guard let bytes = Base64.decode(Array(payload.readableBytesView)) else {
            throw await violation("message is not base64")
        }
        guard channels.indices.contains(number) else { return }
        await channels[number].received(ByteBuffer(bytes: bytes))
    }

    private func violation(_ message: String) async -> WebSocketError {
        // The violation is what the caller hears about; that the peer cannot be told adds nothing.
        try? await socket.sendClose(code: WebSocketCloseCode.invalidPayload, reason: message)
        return WebSocketError(.protocolViolation, message)
    }

    /// One numbered channel.
    final class Channel: HalfClosableDuplex, ByteSource, ByteSink {
        private let number: UInt8
        private let direction: Direction
        private let socket: WebSocketConnection
        private let codec: Codec
        private let incoming: BoundedQueue<ByteBuffer>
        private let isOutputClosed = Mutex(false)

        init(number: UInt8, direction: Direction, socket: WebSocketConnection, codec: Codec, bufferSize: Int) {
            self.number = number
            self.direction = direction
            self.socket = socket
            self.codec = codec
            incoming = BoundedQueue(bytes: bufferSize)
        }

        func read() async throws -> ByteBuffer? { try await incoming.next() }

        func stopReading() { incoming.discard() }

        /// An empty buffer is sent too: it tells the client that the channel is there.
        func write(_ bytes: ByteBuffer) async throws {
            guard !isOutputClosed.withLock({ $0 }) else { throw ByteDuplexError.closed }
            switch codec {
            case .raw: try await socket.send(.binary, prefix: number, bytes)
            case .base64:
                let text = Base64.encode(bytes.readableBytesView)
                try await socket.send(.text, prefix: UInt8(ascii: "0") &+ number, ByteBuffer(string: text))
            }
        }

        /// Clients learn it by the end of the connection only; the protocol cannot say it of one channel.
        func closeOutput() async throws { isOutputClosed.withLock { $0 = true } }

        func close() async {
            isOutputClosed.withLock { $0 = true }
            stopReading()
        }

        fileprivate func received(_ bytes: ByteBuffer) async {
            guard direction == .both, bytes.readableBytes > 0 else { return }
            // It throws after the client closed the channel, where more bytes mean nothing.
            try? await incoming.push(bytes)
        }

        fileprivate func receivedEnd() { incoming.finish() }

        fileprivate func failed(_ error: any Error) { incoming.finish(throwing: error) }
    }
}
