import HTTPCore
import NIOCore

/// A long body on its way through the compressor. Each step is short: the event loop has other connections.
struct CompressedBody: Sendable {
    private static let stepBytes = 64 * 1024

    private let body: ServerResponse.Body

    /// `nil` for what is sent as it is.
    init?(_ body: ServerResponse.Body) {
        switch body {
        case .bytes(let bytes) where bytes.count > ResponseCompression.threshold: self.body = body
        case .list(let list) where !list.isShort(ResponseCompression.threshold): self.body = body
        case .bytes, .list, .watch, .stream, .relay, .upgrade: return nil
        }
    }

    func send(to stream: ResponseStream) async throws {
        let encoder = try GzipEncoder()
        switch body {
        case .bytes(let bytes):
            var start = 0
            while start < bytes.count {
                let end = min(start + Self.stepBytes, bytes.count)
                try await step(ByteBuffer(bytes: bytes[start..<end]), encoder, stream)
                start = end
            }
        case .list(let list):
            try await send(list, encoder, stream)
        case .watch, .stream, .relay, .upgrade:
            return
        }
        try await stream.send(encoder.compress(ByteBuffer(), isLast: true))
    }

    private func send(_ list: ListBody, _ encoder: GzipEncoder, _ stream: ResponseStream) async throws {
        var piece = ByteBufferAllocator().buffer(capacity: Self.stepBytes * 2)
        piece.writeBytes(list.prefix)
        var isFirst = true
        for object in list.objects {
            if !isFirst { piece.writeInteger(UInt8(ascii: ",")) }
            isFirst = false
            piece.writeBytes(object.bytes)
            if piece.readableBytes >= Self.stepBytes {
                try await step(piece, encoder, stream)
                piece.clear()
            }
        }
        piece.writeBytes(list.suffix)
        try await step(piece, encoder, stream)
    }

    private func step(_ piece: ByteBuffer, _ encoder: GzipEncoder, _ stream: ResponseStream) async throws {
        let compressed = try encoder.compress(piece, isLast: false)
        if compressed.readableBytes > 0 { try await stream.send(compressed) }
        await Task.yield()
    }
}
