import NIOSSL
import Synchronization

/// The TLS identity of a server, replaceable while it runs: connections made after `replace` use the new one.
package final class ServerTLS: Sendable {
    /// What a server shows and trusts, as PEM text.
    package struct Identity: Sendable {
        /// Leaf first, then intermediates.
        package var certificateChainPEM: String
        package var privateKeyPEM: String
        /// The CAs whose client certificates are accepted; nil: clients are not asked for one. Where given, a client
        /// may come without a certificate, but one that does not verify fails the handshake.
        package var clientCAsPEM: String?

        package init(certificateChainPEM: String, privateKeyPEM: String, clientCAsPEM: String? = nil) {
            self.certificateChainPEM = certificateChainPEM
            self.privateKeyPEM = privateKeyPEM
            self.clientCAsPEM = clientCAsPEM
        }
    }

    private let current: Mutex<NIOSSLContext>

    /// Throws `NIOSSLError` and its kin where the PEM is not usable.
    package init(_ identity: Identity) throws {
        current = Mutex(try Self.context(identity))
    }

    /// Takes another identity; on an error the old one stays.
    package func replace(_ identity: Identity) throws {
        let context = try Self.context(identity)
        current.withLock { $0 = context }
    }

    var context: NIOSSLContext {
        current.withLock { $0 }
    }

    private static func context(_ identity: Identity) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(identity.certificateChainPEM.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(identity.privateKeyPEM.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.shutdownTimeout = .seconds(1)
        configuration.applicationProtocols = ["h2", "http/1.1"]
        if let clientCAs = identity.clientCAsPEM {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(clientCAs.utf8)))
            configuration.certificateVerification = .optionalVerification
            configuration.sendCANameList = true
        } else {
            configuration.certificateVerification = .none
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
