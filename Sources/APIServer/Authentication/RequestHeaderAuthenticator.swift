import HTTPCore
import Machinery
import PKI

/// Which proxies may say in headers who sent a request, and in which: Kubernetes' `--requestheader-*` flags.
package struct RequestHeaderSettings: Sendable {
    /// PEM text of the CAs of the proxies' certificates.
    package var authorities: String
    /// The common names the proxies may have; empty: any.
    package var allowedNames: [String]
    package var userNameHeaders: [String]
    package var uidHeaders: [String]
    package var groupHeaders: [String]
    package var extraHeaderPrefixes: [String]

    package init(
        authorities: String, allowedNames: [String] = [], userNameHeaders: [String] = ["X-Remote-User"],
        uidHeaders: [String] = ["X-Remote-Uid"], groupHeaders: [String] = ["X-Remote-Group"],
        extraHeaderPrefixes: [String] = ["X-Remote-Extra-"]
    ) {
        self.authorities = authorities
        self.allowedNames = allowedNames
        self.userNameHeaders = userNameHeaders
        self.uidHeaders = uidHeaders
        self.groupHeaders = groupHeaders
        self.extraHeaderPrefixes = extraHeaderPrefixes
    }
}

/// Users as a proxy in front of the server names them. The proxy proves itself by a certificate of its own authority;
/// headers of everybody else mean nothing.
package struct RequestHeaderAuthenticator: Authenticator {
    private let settings: RequestHeaderSettings
    private let proxies: CertificateCheck

    package init(_ settings: RequestHeaderSettings, clock: any WallClock) throws(PKIError) {
        self.settings = settings
        proxies = CertificateCheck(try TrustRoots(pem: Array(settings.authorities.utf8)), clock: clock)
    }

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> Authenticated? {
        guard let der = request.peerCertificate else { return nil }
        let name = settings.userNameHeaders.lazy.compactMap { request.headers[$0] }.first { !$0.isEmpty }
        // Most clients with certificates are no proxies, and send no such header.
        guard let name else { return nil }
        guard let identity = proxies.identity(der) else {
            throw StatusError.unauthorized("x509: certificate signed by unknown authority")
        }
        guard settings.allowedNames.isEmpty || settings.allowedNames.contains(identity.user) else {
            throw StatusError.unauthorized("x509: subject with cn=\(identity.user) is not in the allowed list")
        }
        var user = User(name: name)
        user.uid = settings.uidHeaders.lazy.compactMap { request.headers[$0] }.first { !$0.isEmpty } ?? ""
        user.groups = settings.groupHeaders.flatMap(request.headers.values).filter { !$0.isEmpty }
        for prefix in settings.extraHeaderPrefixes {
            for field in request.headers where field.name.lowercased().hasPrefix(prefix.lowercased()) {
                let encoded = field.name.lowercased().dropFirst(prefix.utf8.count)
                let key = PercentEncoding.decode(Substring(encoded), plusIsSpace: false) ?? String(encoded)
                user.extra[key, default: []].append(field.value)
            }
        }
        return Authenticated(user: user)
    }
}
