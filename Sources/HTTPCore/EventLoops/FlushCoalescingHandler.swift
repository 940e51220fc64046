import NIOCore

/// Joins what many streams of one connection write within one turn of the event loop into few TLS records and one
/// system call. Sits right above the TLS handler (or the socket) and below the HTTP framing.
///
/// Small writes, such as frame heads, are copied into one buffer; large ones pass by reference. A flush asked for while
/// the connection is being read happens when the reading is done, any other at the end of the loop's current turn.
package final class FlushCoalescingHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// Writes up to this size are joined: the plaintext of one TLS record.
    private static let joinLimit = 16 * 1024
    /// Bytes above which a flush is not put off: what waits here or in the TLS handler is not yet counted by the
    /// channel's writability, so it must not grow. Never flushed inside `write`, though: the handler above may be
    /// between the two halves of a frame, and a flush can call back into it.
    private static let unflushedLimit = 128 * 1024

    private var joined = ByteBuffer()
    private var unflushedBytes = 0
    private var joinedPromises: [EventLoopPromise<Void>] = []
    private var isReading = false
    private var flushWanted = false
    private var flushScheduled = false
    private var context: ChannelHandlerContext?

    package init() {}

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        passOn(context)
        if flushWanted { context.flush() }
        self.context = nil
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        context.fireChannelRead(data)
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        isReading = false
        if flushWanted { flushNow(context) }
    }

    package func channelInactive(context: ChannelHandlerContext) {
        let promises = joinedPromises
        joinedPromises = []
        joined = ByteBuffer()
        flushWanted = false
        for promise in promises { promise.fail(ChannelError.ioOnClosedChannel) }
        context.fireChannelInactive()
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var buffer = unwrapOutboundIn(data)
        unflushedBytes += buffer.readableBytes
        if joined.readableBytes + buffer.readableBytes > Self.joinLimit { passOn(context) }
        if buffer.readableBytes >= Self.joinLimit / 2, joined.readableBytes == 0 {
            context.write(wrapOutboundOut(buffer), promise: promise)
            return
        }
        if joined.storageCapacity == 0 {
            joined = context.channel.allocator.buffer(capacity: max(1024, buffer.readableBytes))
        }
        joined.writeBuffer(&buffer)
        if let promise { joinedPromises.append(promise) }
    }

    package func flush(context: ChannelHandlerContext) {
        if unflushedBytes >= Self.unflushedLimit {
            flushNow(context)
            return
        }
        flushWanted = true
        guard !isReading, !flushScheduled else { return }
        flushScheduled = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute {
            let handler = bound.value
            handler.flushScheduled = false
            if handler.flushWanted, !handler.isReading, let context = handler.context { handler.flushNow(context) }
        }
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // What was written is meant to be read, even where the flush would only have come now.
        if flushWanted || unflushedBytes > 0 { flushNow(context) }
        context.close(mode: mode, promise: promise)
    }

    private func flushNow(_ context: ChannelHandlerContext) {
        flushWanted = false
        unflushedBytes = 0
        passOn(context)
        context.flush()
    }

    private func passOn(_ context: ChannelHandlerContext) {
        guard joined.readableBytes > 0 || !joinedPromises.isEmpty else { return }
        let buffer = joined
        let promises = joinedPromises
        joined = ByteBuffer()
        joinedPromises = []
        guard let first = promises.first else {
            context.write(wrapOutboundOut(buffer), promise: nil)
            return
        }
        for other in promises.dropFirst() { first.futureResult.cascade(to: other) }
        context.write(wrapOutboundOut(buffer), promise: first)
    }
}
