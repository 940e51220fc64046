import HTTPCore
import Machinery
import PKI
import Synchronization

/// Users by client certificate: common name and organizations, of a chain that TLS verified.
package struct CertificateAuthenticator: Authenticator {
    private let known = KnownCertificates<User>()
    private let check: CertificateCheck?

    /// - Parameter check: who may name users, where TLS believes others too; `nil` where it believes nobody else.
    package init(check: CertificateCheck? = nil) {
        self.check = check
    }

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> Authenticated? {
        guard let der = request.peerCertificate else { return nil }
        if let check, check.identity(der) == nil {
            throw StatusError.unauthorized("x509: certificate signed by unknown authority")
        }
        if let user = known[der] { return Authenticated(user: user) }
        do {
            let identity = try ClientIdentity(fromDER: der)
            let user = User(
                name: identity.user, uid: identity.uid, groups: identity.groups,
                extra: ["authentication.kubernetes.io/credential-id": ["X509SHA256=\(identity.fingerprint)"]])
            known.insert(user, for: der)
            return Authenticated(user: user)
        } catch {
            throw StatusError.unauthorized()
        }
    }
}

/// Tells certificates of some authorities from those of others that TLS believes too. Each is verified once.
package struct CertificateCheck: Sendable {
    private let roots: TrustRoots
    private let clock: any WallClock
    private let known = KnownCertificates<ClientIdentity?>()

    package init(_ roots: TrustRoots, clock: any WallClock) {
        self.roots = roots
        self.clock = clock
    }

    /// Whom the certificate names; `nil` when it is of another authority, or names nobody.
    func identity(_ der: [UInt8]) -> ClientIdentity? {
        if let identity = known[der] { return identity }
        let identity = verified(der)
        known.insert(identity, for: der)
        return identity
    }

    /// That it is in time, TLS has verified when the connection began.
    private func verified(_ der: [UInt8]) -> ClientIdentity? {
        guard let certificate = try? Certificate(der: der),
            (try? roots.verify(certificate, purpose: .client, at: clock.now.seconds)) != nil
        else { return nil }
        return try? ClientIdentity(fromDER: der)
    }
}

/// What is known of certificates, so that each is read once however many requests come with it.
private final class KnownCertificates<Value: Sendable>: Sendable {
    private let capacity = 4096
    private let values = Mutex<[[UInt8]: Value]>([:])

    subscript(der: [UInt8]) -> Value? { values.withLock { $0[der] } }

    func insert(_ value: Value, for der: [UInt8]) {
        values.withLock { values in
            if values.count >= capacity { values.removeAll(keepingCapacity: true) }
            values[der] = value
        }
    }
}
