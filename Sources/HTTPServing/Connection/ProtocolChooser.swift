import HTTPCore
import NIOCore
import NIOSSL
import NIOTLS

/// Waits until it is known what the client speaks (by ALPN, or by the first bytes where there is no TLS), sets up the
/// rest of the pipeline and leaves. Closes the connection when that takes too long.
final class ProtocolChooser: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// How an HTTP/2 client without TLS begins (RFC 9113 §3.4); no HTTP/1.1 request does.
    private static let preface = Array("PRI * HTTP/2.0".utf8)

    private let acceptor: ConnectionAcceptor
    private var seen = ByteBuffer()
    private var timeout: Scheduled<Void>?
    private var chosen = false

    init(acceptor: ConnectionAcceptor) {
        self.acceptor = acceptor
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        timeout = context.eventLoop.scheduleTask(in: acceptor.limits.handshakeTimeout.timeAmount) {
            channel.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timeout?.cancel()
        timeout = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as TLSUserEvent:
            if case .handshakeCompleted(let name) = event {
                choose(name == "h2" ? .http2 : .http1, context: context)
            }
        case is ConnectionDrainEvent:
            if chosen { context.fireUserInboundEventTriggered(event) } else { context.close(promise: nil) }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !chosen else {
            context.fireChannelRead(data)
            return
        }
        var buffer = unwrapInboundIn(data)
        seen.writeBuffer(&buffer)
        let count = min(seen.readableBytes, Self.preface.count)
        let matches = seen.readableBytesView.prefix(count).elementsEqual(Self.preface.prefix(count))
        if matches, count < Self.preface.count { return }
        choose(matches ? .http2 : .http1, context: context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A failed handshake, mostly a client that does not trust us or a scanner: its own side says why.
        context.close(promise: nil)
    }

    private func choose(_ protocolName: NegotiatedProtocol, context: ChannelHandlerContext) {
        guard !chosen else { return }
        chosen = true
        do {
            let certificate = try context.pipeline.syncOperations.peerCertificateBytes()
            try acceptor.configure(context.channel, for: protocolName, peerCertificate: certificate)
        } catch {
            context.close(promise: nil)
            return
        }
        if seen.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(seen))
            context.fireChannelReadComplete()
            seen = ByteBuffer()
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// DER of the certificate the peer showed and the handshake verified.
    fileprivate func peerCertificateBytes() throws -> [UInt8]? {
        do {
            return try nioSSL_peerCertificate()?.toDERBytes()
        } catch is ChannelPipelineError {
            // No TLS handler: an unencrypted connection.
            return nil
        }
    }
}
