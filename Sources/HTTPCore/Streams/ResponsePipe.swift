import NIOCore

/// Turns a handler's answer into a body to read inside the process, without a connection: what a client that lives
/// beside the server gets. Back-pressure and leaving work as over a socket.
package enum ResponsePipe {
    /// The body of `response`, produced on `eventLoop`. A streamed body is written by a task that is cancelled when the
    /// reader drops the body; a pushed one sees `onClose(.peerGone)`. An upgrade has no body: nil.
    package static func body(of response: HTTPResponse, on executor: EventLoopTaskExecutor) async -> HTTPBody? {
        switch response.body {
        case .empty:
            return .empty
        case .bytes(let buffer):
            return HTTPBody(buffer)
        case .chunks(let buffers):
            var whole = ByteBuffer()
            whole.reserveCapacity(buffers.reduce(0) { $0 + $1.readableBytes })
            for buffer in buffers { whole.writeImmutableBuffer(buffer) }
            return HTTPBody(whole)
        case .stream(let write):
            let (body, stream) = await open(on: executor.eventLoop)
            let task = executor.start {
                do {
                    try await write(stream)
                    stream.finish()
                } catch {
                    stream.abort()
                }
            }
            stream.onClose { _ in task.cancel() }
            return body
        case .push(let take):
            let (body, stream) = await open(on: executor.eventLoop)
            executor.eventLoop.runBatch { take(stream) }
            return body
        case .upgrade:
            return nil
        }
    }

    /// The two ends of a pipe: what is written to the stream is read from the body.
    package static func open(on eventLoop: any EventLoop) async -> (HTTPBody, ResponseStream) {
        await withCheckedContinuation { continuation in
            eventLoop.runBatch {
                let sink = PipeSink()
                let bound = NIOLoopBound(sink, eventLoop: eventLoop)
                let pipe = HTTPBodyStream { demand in
                    eventLoop.execute { bound.value.demanded(demand) }
                }
                let stream = ResponseStream(sink: sink, eventLoop: eventLoop, isWritable: true)
                sink.pipe = pipe
                sink.stream = stream
                continuation.resume(returning: (HTTPBody(pipe, contentLength: nil), stream))
            }
        }
    }
}

/// Writes into the queue the body is read from. On the loop.
private final class PipeSink: ResponseSink {
    var pipe: HTTPBodyStream?
    /// Weak: the writer owns the stream; the stream owns this sink until it ends.
    weak var stream: ResponseStream?

    func write(_ buffer: ByteBuffer) {
        if let pipe, !pipe.yield(buffer) { stream?.writabilityChanged(false) }
    }

    func flush() {}

    func finish(trailers: HTTPHeaders?) {
        pipe?.finish(trailers: trailers ?? HTTPHeaders())
        pipe = nil
    }

    func abort() {
        pipe?.fail(.connectionClosed)
        pipe = nil
    }

    func demanded(_ demand: HTTPBodyStream.Demand) {
        switch demand {
        case .more:
            stream?.writabilityChanged(true)
        case .abandoned:
            pipe = nil
            stream?.transportClosed(.peerGone)
        }
    }
}
