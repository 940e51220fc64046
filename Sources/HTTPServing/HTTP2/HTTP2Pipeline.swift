import HTTPCore
import NIOCore
import NIOHTTP2

/// The handlers of an HTTP/2 connection: coalescing, framing and multiplexing, lifetime; and one handler per stream.
enum HTTP2Pipeline {
    static func add(to channel: any Channel, connection: ServerConnection) throws {
        let limits = connection.limits
        var connectionConfiguration = NIOHTTP2Handler.ConnectionConfiguration()
        connectionConfiguration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: limits.concurrentStreams),
            HTTP2Setting(parameter: .maxHeaderListSize, value: limits.headerBytes),
            HTTP2Setting(parameter: .initialWindowSize, value: limits.streamWindow),
            HTTP2Setting(parameter: .maxFrameSize, value: 64 * 1024),
        ]
        connectionConfiguration.targetWindowSize = limits.connectionWindow
        connectionConfiguration.controlFrameRateLimit.maximumCount = limits.resetsPer30Seconds
        connectionConfiguration.maximumRecentlyResetStreams = limits.concurrentStreams
        var streamConfiguration = NIOHTTP2Handler.StreamConfiguration()
        streamConfiguration.targetWindowSize = limits.streamWindow
        streamConfiguration.outboundBufferSizeHighWatermark = 256 * 1024
        streamConfiguration.outboundBufferSizeLowWatermark = 64 * 1024
        streamConfiguration.streamResetFrameRateLimit.maximumCount = limits.resetsPer30Seconds

        let lifetime = HTTP2ConnectionHandler(connection: connection)
        let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
        let framing = NIOHTTP2Handler(
            mode: .server,
            eventLoop: channel.eventLoop,
            connectionConfiguration: connectionConfiguration,
            streamConfiguration: streamConfiguration,
            streamDelegate: HTTP2StreamCounter(lifetime, eventLoop: channel.eventLoop)
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(HTTP2ExchangeHandler(connection: bound.value))
            }
        }
        try channel.pipeline.syncOperations.addHandlers([
            FlushCoalescingHandler(), ReadClockHandler(connection: connection), framing, lifetime,
        ])
    }
}
