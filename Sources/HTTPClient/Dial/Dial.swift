import HTTPCore
import NIOCore
import NIOPosix

/// Plain connections of bytes, for tunnels. Both directions can be closed one by one.
package enum Dial {
    /// Connects to a TCP port. Throws `DialError`.
    package static func tcp(
        host: String, port: Int, timeout: Duration = .seconds(10), group: (any EventLoopGroup)? = nil
    ) async throws -> any HalfClosableDuplex {
        guard (1...65535).contains(port) else { throw DialError(target: "\(host):\(port)", cause: "no such port") }
        return try await open("\(host):\(port)", group) { bootstrap in
            bootstrap
                .connectTimeout(timeout.timeAmount)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: host, port: port)
        }
    }

    /// Connects to a unix socket. Throws `DialError`.
    package static func unix(
        path: String, timeout: Duration = .seconds(10), group: (any EventLoopGroup)? = nil
    ) async throws -> any HalfClosableDuplex {
        try await open("unix:\(path)", group) { bootstrap in
            bootstrap.connectTimeout(timeout.timeAmount).connect(unixDomainSocketPath: path)
        }
    }

    /// Takes over a connected stream socket, for instance one made in another network namespace. The descriptor belongs
    /// to the connection from now on: it is closed with it, and on failure.
    package static func adopt(
        fileDescriptor: Int32, group: (any EventLoopGroup)? = nil
    ) async throws -> any HalfClosableDuplex {
        try await open("descriptor \(fileDescriptor)", group) { $0.withConnectedSocket(fileDescriptor) }
    }

    private static func open(
        _ target: String, _ group: (any EventLoopGroup)?,
        _ connect: (ClientBootstrap) -> EventLoopFuture<any Channel>
    ) async throws -> any HalfClosableDuplex {
        let loop = (group ?? MultiThreadedEventLoopGroup.singleton).any()
        let attached = loop.makePromise(of: ChannelDuplex.self)
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    attached.succeed(try ChannelDuplex.attach(to: channel))
                }
            }
        do {
            _ = try await connect(bootstrap).get()
        } catch {
            let failure = DialError(target: target, cause: String(describing: error))
            attached.fail(failure)
            throw failure
        }
        return try await attached.futureResult.get()
    }
}

/// A connection could not be made.
package struct DialError: Error, Hashable, CustomStringConvertible {
    package let target: String
    /// The system's words.
    package let cause: String

    package init(target: String, cause: String) {
        self.target = target
        self.cause = cause
    }

    package var description: String { "cannot connect to \(target): \(cause)" }
}
