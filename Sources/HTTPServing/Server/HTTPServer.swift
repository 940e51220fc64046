import HTTPCore
import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An HTTP/1.1 and HTTP/2 server for one handler.
///
/// `run` listens until its task is cancelled, then drains: it stops accepting, tells clients to go (by GOAWAY or
/// `Connection: close`), waits for requests to end up to `drainDeadline` and closes what is left.
package final class HTTPServer: Sendable {
    private let configuration: HTTPServerConfiguration
    private let handler: any HTTPHandler
    private let registry: ConnectionRegistry

    package init(_ configuration: HTTPServerConfiguration, handler: any HTTPHandler) {
        self.configuration = configuration
        self.handler = handler
        registry = ConnectionRegistry(limit: configuration.limits.connections)
    }

    /// Connections open now.
    package var connectionCount: Int { registry.count }

    /// Serves. Returns after an orderly shutdown, throws `HTTPServerError` where it cannot listen (any more).
    package func run() async throws {
        if let group = configuration.eventLoopGroup {
            try await serve(on: group)
        } else {
            let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoops ?? System.coreCount)
            do {
                try await serve(on: group)
            } catch {
                try await group.shutdownGracefully()
                throw error
            }
            try await group.shutdownGracefully()
        }
    }

    private func serve(on group: any EventLoopGroup) async throws {
        guard !configuration.addresses.isEmpty else { throw HTTPServerError.noAddress }
        let executors = EventLoopExecutors(group)
        var listeners: [any Channel] = []
        do {
            for address in configuration.addresses {
                listeners.append(try await bind(address, group: group, executors: executors))
            }
        } catch {
            for listener in listeners { try await listener.close() }
            throw error
        }
        let bound = listeners
        configuration.onReady(bound.compactMap(\.localAddress))
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for listener in bound {
                    group.addTask { await listener.closed() }
                }
                // The first to close ends the service: by cancellation all do, otherwise one failed.
                await group.next()
                for listener in bound { listener.close(promise: nil) }
            }
        } onCancel: {
            for listener in bound { listener.close(promise: nil) }
        }
        configuration.onDrain()
        await registry.drain(deadline: configuration.limits.drainDeadline.timeAmount, on: group.any())
        if !Task.isCancelled { throw HTTPServerError.listenerClosed }
    }

    private func bind(
        _ address: HTTPBindAddress, group: any EventLoopGroup, executors: EventLoopExecutors
    ) async throws -> any Channel {
        let tls: ServerTLS?
        switch address {
        case .tcp:
            guard let identity = configuration.tls else { throw HTTPServerError.tlsMissing(address) }
            tls = identity
        case .plainTCP, .unix:
            tls = nil
        }
        let acceptor = ConnectionAcceptor(
            tls: tls, limits: configuration.limits, handler: handler, registry: registry, executors: executors)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { acceptor.accept($0) }
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 32 * 1024, high: 128 * 1024))
            .childChannelOption(.maxMessagesPerRead, value: 4)
        do {
            switch address {
            case .tcp(let host, let port), .plainTCP(let host, let port):
                return
                    try await bootstrap
                    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                    .childChannelOption(.socketOption(.so_keepalive), value: 1)
                    .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .bind(host: host, port: port).get()
            case .unix(let path, let mode):
                let channel = try await bootstrap.bind(
                    unixDomainSocketPath: path, cleanupExistingSocketFile: true
                ).get()
                guard chmod(path, mode_t(mode)) == 0 else {
                    let code = errno
                    try await channel.close()
                    throw IOError(errnoCode: code, reason: "chmod")
                }
                return channel
            }
        } catch {
            throw HTTPServerError.bindFailed(address, cause: String(describing: error))
        }
    }
}

extension Channel {
    /// Returns when the channel is closed, however that went.
    func closed() async {
        await withCheckedContinuation { continuation in
            closeFuture.whenComplete { _ in continuation.resume() }
        }
    }
}

/// The task executors of a group's loops.
struct EventLoopExecutors: Sendable {
    private let byLoop: [ObjectIdentifier: EventLoopTaskExecutor]

    init(_ group: any EventLoopGroup) {
        var byLoop: [ObjectIdentifier: EventLoopTaskExecutor] = [:]
        for loop in group.makeIterator() {
            byLoop[ObjectIdentifier(loop)] = EventLoopTaskExecutor(loop)
        }
        self.byLoop = byLoop
    }

    func executor(for loop: any EventLoop) -> EventLoopTaskExecutor {
        byLoop[ObjectIdentifier(loop)] ?? EventLoopTaskExecutor(loop)
    }
}
