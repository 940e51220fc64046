import HTTPCore
import NIOCore

/// The handler of an HTTP/2 connection, right above TLS or the socket.
enum HTTP2Pipeline {
    static func add(to channel: any Channel, connection: ServerConnection) throws {
        try channel.pipeline.syncOperations.addHandler(HTTP2ConnectionHandler(connection: connection))
    }
}
