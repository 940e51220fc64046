import HTTPCore
import Machinery
import PKI
import Synchronization

/// Users by client certificate: common name and organizations, of a chain that TLS verified.
package struct CertificateAuthenticator: Authenticator {
    private let known = KnownCertificates()

    package init() {}

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> User? {
        guard let der = request.peerCertificate else { return nil }
        if let user = known[der] { return user }
        do {
            let identity = try ClientIdentity(fromDER: der)
            let user = User(
                name: identity.user, uid: identity.uid, groups: identity.groups,
                extra: ["authentication.kubernetes.io/credential-id": ["X509SHA256=\(identity.fingerprint)"]])
            known.insert(user, for: der)
            return user
        } catch {
            throw StatusError.unauthorized()
        }
    }
}

/// Whom certificates name, so that each is read once however many requests come with it. That they are trusted and in
/// time, TLS has verified when the connection began.
private final class KnownCertificates: Sendable {
    private static let capacity = 4096
    private let users = Mutex<[[UInt8]: User]>([:])

    subscript(der: [UInt8]) -> User? { users.withLock { $0[der] } }

    func insert(_ user: User, for der: [UInt8]) {
        users.withLock { users in
            if users.count >= Self.capacity { users.removeAll(keepingCapacity: true) }
            users[der] = user
        }
    }
}
