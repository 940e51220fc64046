import NIOCore
import Synchronization

/// A byte stream inside binary WebSocket messages, as kubectl tunnels SPDY. Message boundaries mean nothing.
///
/// `read` gives nil after an orderly close. `close` says goodbye and closes the connection.
package final class WebSocketByteDuplex: ByteDuplex {
    private let socket: WebSocketConnection

    package init(_ socket: WebSocketConnection) {
        self.socket = socket
    }

    package func read() async throws -> ByteBuffer? {
        while let piece = try await socket.receive() {
            guard piece.kind == .binary else {
                throw WebSocketError(.protocolViolation, "text message in a tunnel of bytes")
            }
            if piece.payload.readableBytes > 0 { return piece.payload }
        }
        return nil
    }

    package func write(_ bytes: ByteBuffer) async throws {
        try await socket.send(.binary, bytes)
    }

    package func close() async {
        // Where the connection is already lost there is nobody to say goodbye to.
        try? await socket.sendClose()
        await socket.close()
    }
}
