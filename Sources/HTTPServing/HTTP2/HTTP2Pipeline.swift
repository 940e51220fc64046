import HTTPCore
import NIOCore

/// The handlers of an HTTP/2 connection: what joins writes into records, and the protocol itself.
enum HTTP2Pipeline {
    static func add(to channel: any Channel, connection: ServerConnection) throws {
        try channel.pipeline.syncOperations.addHandlers([
            FlushCoalescingHandler(), HTTP2ConnectionHandler(connection: connection),
        ])
    }
}
