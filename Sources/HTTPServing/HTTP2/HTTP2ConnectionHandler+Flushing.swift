import NIOCore

/// When frames leave. A flush asked for while the connection is being read happens when the reading is done, any other
/// at the end of the loop's current turn: what many streams write in one turn is few records and one system call.
extension HTTP2ConnectionHandler {
    /// Bytes above which a flush is not put off: what waits here or in the TLS handler is not yet counted by the
    /// channel's writability, so it must not grow. Less than what makes the channel unwritable, so that a burst to many
    /// streams does not tell each of them that the socket is full and then that it is not. Never flushed inside a
    /// write, though: a flush can call back.
    private static let unflushedLimit = 96 * 1024

    func send(_ frames: ByteBuffer, promise: EventLoopPromise<Void>? = nil) {
        guard context != nil else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        output.append(frames, promise: promise)
    }

    func flush() {
        guard let context else { return }
        if output.unflushedBytes >= Self.unflushedLimit { return flushNow(context) }
        wantsFlush = true
        guard !isReading, !isFlushScheduled else { return }
        isFlushScheduled = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute {
            let handler = bound.value
            handler.isFlushScheduled = false
            if handler.wantsFlush, !handler.isReading, let context = handler.context { handler.flushNow(context) }
        }
    }

    func flushNow(_ context: ChannelHandlerContext) {
        wantsFlush = false
        while let piece = output.next() { context.write(wrapOutboundOut(piece.bytes), promise: piece.promise) }
        output.flushed()
        context.flush()
    }

    /// Closes the connection; what was written is meant to be read, even where the flush would only have come now.
    func close(_ context: ChannelHandlerContext, mode: CloseMode = .all, promise: EventLoopPromise<Void>? = nil) {
        if wantsFlush || !output.isEmpty { flushNow(context) }
        context.close(mode: mode, promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        close(context, mode: mode, promise: promise)
    }
}
