import Synchronization

/// The certificate by which this server, as a front proxy, proves to extension servers that what it says of a request's
/// user is true. Replaceable while the server runs.
///
/// Source: Kubernetes' `--proxy-client-cert-file` and `--proxy-client-key-file`.
package final class FrontProxyIdentity: Sendable {
    /// A certificate chain and its key as PEM text, and how many there were before it.
    struct Pair: Hashable, Sendable {
        let certificateChain: String
        let privateKey: String
        let number: Int
    }

    private let current: Mutex<Pair?>

    /// Without a certificate; extension servers then believe nothing that is said of users.
    package init() { current = Mutex(nil) }

    package init(certificateChainPEM: String, privateKeyPEM: String) {
        current = Mutex(Pair(certificateChain: certificateChainPEM, privateKey: privateKeyPEM, number: 0))
    }

    /// Connections made from now on show another certificate.
    package func replace(certificateChainPEM: String, privateKeyPEM: String) {
        current.withLock { pair in
            pair = Pair(
                certificateChain: certificateChainPEM, privateKey: privateKeyPEM, number: (pair?.number ?? 0) + 1)
        }
    }

    var pair: Pair? { current.withLock { $0 } }
}
