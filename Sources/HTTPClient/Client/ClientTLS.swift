import NIOSSL
import Synchronization

/// What a client trusts and shows, replaceable while it runs: connections made after `replace` use the new one.
package final class ClientTLS: Sendable {
    /// Whom to believe.
    package enum Trust: Sendable {
        /// The system's CAs.
        case system
        /// These CAs only, as PEM text.
        case authorities(pem: String)
        /// Anybody. Only where the user asked for it in so many words.
        case insecureSkipVerify
    }

    /// The settings, certificates as PEM text.
    package struct Identity: Sendable {
        package var trust: Trust
        /// Leaf first; nil: the client shows no certificate.
        package var certificateChainPEM: String?
        package var privateKeyPEM: String?
        /// The name the server's certificate is to have, and SNI; nil: the endpoint's host.
        package var serverName: String?

        package init(
            trust: Trust = .system, certificateChainPEM: String? = nil, privateKeyPEM: String? = nil,
            serverName: String? = nil
        ) {
            self.trust = trust
            self.certificateChainPEM = certificateChainPEM
            self.privateKeyPEM = privateKeyPEM
            self.serverName = serverName
        }
    }

    struct Contexts: Sendable {
        let serverName: String?
        let negotiated: NIOSSLContext
        let http1: NIOSSLContext
        let http2: NIOSSLContext
    }

    private let current: Mutex<Contexts>

    /// Throws `NIOSSLError` and its kin where the PEM is not usable.
    package init(_ identity: Identity) throws {
        current = Mutex(try Self.contexts(identity))
    }

    /// Takes another identity for new connections; on an error the old one stays.
    package func replace(_ identity: Identity) throws {
        let contexts = try Self.contexts(identity)
        current.withLock { $0 = contexts }
    }

    /// The system's CAs, no client certificate.
    package static func system() throws -> ClientTLS {
        try ClientTLS(Identity())
    }

    var contexts: Contexts { current.withLock { $0 } }

    private static func contexts(_ identity: Identity) throws -> Contexts {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.shutdownTimeout = .seconds(1)
        switch identity.trust {
        case .system:
            break
        case .authorities(let pem):
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
        case .insecureSkipVerify:
            configuration.certificateVerification = .none
        }
        if let chain = identity.certificateChainPEM, let key = identity.privateKeyPEM {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(chain.utf8)).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
        }
        func context(_ protocols: [String]) throws -> NIOSSLContext {
            var configuration = configuration
            configuration.applicationProtocols = protocols
            return try NIOSSLContext(configuration: configuration)
        }
        return Contexts(
            serverName: identity.serverName,
            negotiated: try context(["h2", "http/1.1"]),
            http1: try context(["http/1.1"]),
            http2: try context(["h2"]))
    }
}
