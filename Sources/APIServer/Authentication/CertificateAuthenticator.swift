import HTTPCore
import Machinery
import PKI

/// Users by client certificate: common name and organizations, of a chain that TLS verified.
package struct CertificateAuthenticator: Authenticator {
    package init() {}

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> User? {
        guard let der = request.peerCertificate else { return nil }
        do {
            let identity = try ClientIdentity(fromDER: der)
            return User(
                name: identity.user, uid: identity.uid, groups: identity.groups,
                extra: ["authentication.kubernetes.io/credential-id": ["X509SHA256=\(identity.fingerprint)"]])
        } catch {
            throw StatusError.unauthorized()
        }
    }
}
