import NIOCore
import Synchronization

/// What all requests of one connection have in common. Made once a connection, after the TLS handshake.
package final class HTTPConnectionInfo: Sendable {
    package let eventLoop: any EventLoop
    /// Runs tasks on `eventLoop`.
    package let executor: EventLoopTaskExecutor
    package let remoteAddress: SocketAddress?
    package let localAddress: SocketAddress?
    /// DER of the client's leaf certificate, present only where it verified against the configured client CAs.
    package let peerCertificate: [UInt8]?
    package let isSecure: Bool
    private let remembered = Mutex<[ObjectIdentifier: any Sendable]>([:])

    package init(
        eventLoop: any EventLoop,
        executor: EventLoopTaskExecutor,
        remoteAddress: SocketAddress?,
        localAddress: SocketAddress?,
        peerCertificate: [UInt8]?,
        isSecure: Bool
    ) {
        self.eventLoop = eventLoop
        self.executor = executor
        self.remoteAddress = remoteAddress
        self.localAddress = localAddress
        self.peerCertificate = peerCertificate
        self.isSecure = isSecure
    }

    /// A value worked out once a connection, such as the user its client certificate names. One value for each type;
    /// `make` runs outside the lock and may run twice, the first result stays.
    package func remembered<Value: Sendable>(_ type: Value.Type, make: () throws -> Value) rethrows -> Value {
        let key = ObjectIdentifier(type)
        if let value = remembered.withLock({ $0[key] }) as? Value { return value }
        let made = try make()
        return remembered.withLock { values in
            if let value = values[key] as? Value { return value }
            values[key] = made
            return made
        }
    }
}
