import NIOCore

/// A connection's orderly end (RFC 9113 §6.8): the client is told, and told again when it is known that no stream is on
/// its way any more; the connection closes after the last stream.
extension HTTP2ConnectionHandler {
    /// Mark the ping that follows the first GOAWAY, and the one that asks for a sign of life.
    static let goAwayPing: UInt64 = 0x676f_6177_6179_0001
    static let lifePing: UInt64 = 0x676f_6177_6179_0002

    func goAway() {
        guard case .open = phase else { return }
        phase = .announced
        var frames = ByteBuffer()
        frames.writeFrame(goAway: UInt32(HTTP2Window.maximum), .noError)
        frames.writeFrame(ping: Self.goAwayPing, isAnswer: false)
        send(frames)
        flush()
    }

    func finishGoAway() {
        guard case .announced = phase else { return }
        phase = .closing
        var frame = ByteBuffer()
        frame.writeFrame(goAway: lastStreamID, .noError)
        send(frame)
        flush()
        closeIfDone()
    }

    func closeIfDone() {
        guard case .closing = phase, streams.isEmpty, let context else { return }
        // The last frame may still be on its way down the pipeline: close after it.
        let channel = context.channel
        context.eventLoop.execute { channel.close(promise: nil) }
    }
}
