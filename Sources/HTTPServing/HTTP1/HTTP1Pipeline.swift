import HTTPCore
import NIOCore

import class NIOCore.ByteToMessageHandler
import typealias NIOHTTP1.HTTPRequestDecoder
import struct NIOHTTP1.NIOHTTPDecoderLimitConfiguration

/// The handlers of an HTTP/1.1 connection: coalescing, clock, parser, exchanges.
enum HTTP1Pipeline {
    static func add(to channel: any Channel, connection: ServerConnection) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = connection.limits.headerBytes
        limits.maxHeaderFieldSize = min(limits.maxHeaderFieldSize, connection.limits.headerBytes)
        limits.maxHeaderFieldCount = connection.limits.headerFields
        let decoder = ByteToMessageHandler(
            HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: limits),
            maximumBufferSize: connection.limits.headerBytes * 2)
        let exchanges = HTTP1ConnectionHandler(connection: connection, decoder: decoder)
        try channel.pipeline.syncOperations.addHandlers([
            FlushCoalescingHandler(), ReadClockHandler(connection: connection), decoder, exchanges,
        ])
    }
}
