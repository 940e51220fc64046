import NIOCore

/// What is left of HTTP/1.1 on a connection that speaks another protocol: when the server shuts down, such a connection
/// has less time than requests, which end by themselves.
final class UpgradedDrainHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let deadline: TimeAmount
    private var timer: Scheduled<Void>?

    init(deadline: TimeAmount) {
        self.deadline = deadline
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ConnectionDrainEvent { begin(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Closes the connection at the deadline.
    func begin(_ context: ChannelHandlerContext) {
        guard timer == nil else { return }
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: deadline) { channel.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }
}
