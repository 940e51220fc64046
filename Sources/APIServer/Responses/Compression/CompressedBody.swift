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
        for piece in BodyPieces(body, of: Self.stepBytes) { try await step(piece, encoder, stream) }
        try await stream.send(encoder.compress(ByteBuffer(), isLast: true))
    }

    private func step(_ piece: ByteBuffer, _ encoder: GzipEncoder, _ stream: ResponseStream) async throws {
        let compressed = try encoder.compress(piece, isLast: false)
        if compressed.readableBytes > 0 { try await stream.send(compressed) }
        await Task.yield()
    }
}
