import HTTPCore
import NIOCore
import Synchronization

import class NIOCore.ByteToMessageHandler
import class NIOHTTP1.HTTPRequestEncoder
import typealias NIOHTTP1.HTTPResponseDecoder
import struct NIOHTTP1.NIOHTTPDecoderLimitConfiguration

/// One HTTP/1.1 connection to a server: one request at a time.
final class HTTP1ClientConnection: Sendable {
    let channel: any Channel
    private let handler: NIOLoopBound<HTTP1ClientHandler>
    private let observer = Mutex<(any ClientConnectionObserver)?>(nil)

    private init(channel: any Channel, handler: NIOLoopBound<HTTP1ClientHandler>) {
        self.channel = channel
        self.handler = handler
    }

    static func add(
        to channel: any Channel, endpoint: HTTPEndpoint, configuration: HTTPClientConfiguration
    ) throws -> HTTP1ClientConnection {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = configuration.headerBytes
        limits.maxHeaderFieldSize = min(limits.maxHeaderFieldSize, configuration.headerBytes)
        let decoder = ByteToMessageHandler(
            HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: limits),
            maximumBufferSize: configuration.headerBytes * 2)
        let encoder = HTTPRequestEncoder()
        let handler = HTTP1ClientHandler(
            endpoint: endpoint, idleTimeout: configuration.idleTimeout.timeAmount, decoder: decoder, encoder: encoder,
            executor: EventLoopTaskExecutor(channel.eventLoop))
        try channel.pipeline.syncOperations.addHandlers([FlushCoalescingHandler(), encoder, decoder, handler])
        let connection = HTTP1ClientConnection(
            channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
        handler.connection = connection
        return connection
    }

    func observe(_ observer: any ClientConnectionObserver) {
        self.observer.withLock { $0 = observer }
    }

    func tell(_ body: (any ClientConnectionObserver) -> Void) {
        if let observer = observer.withLock({ $0 }) { body(observer) }
    }

    /// Sends the exchange's request. Any thread; the caller owns the connection until it is `free` again.
    func run(_ exchange: ClientExchange, reused: Bool) {
        channel.eventLoop.execute { self.handler.value.run(exchange, reused: reused) }
    }

    func close() {
        channel.close(promise: nil)
    }
}
