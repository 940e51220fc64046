import Machinery
import PKI

/// Whose credentials are believed besides the cluster's own.
package struct AuthenticationSettings: Sendable {
    package var configuration = AuthenticationConfiguration()
    /// `nil`: what the configuration says, else everybody may ask for anything that roles allow the anonymous.
    package var allowsAnonymous: Bool?
    package var staticTokens: StaticTokenVerifier?
    package var webhook: WebhookTokenVerifier.Configuration?
    package var requestHeaders: RequestHeaderSettings?
    /// PEM text of all CAs whose client certificates name users; looked at where TLS believes proxies' CAs too.
    package var clientAuthorities: String?

    package init() {}

    fileprivate var anonymous: AnonymousAccess.Rule {
        if let allowsAnonymous { return allowsAnonymous ? .everything : .nothing }
        return configuration.anonymous ?? .everything
    }
}

/// Authentication and authorization put together from their settings. Files they were read from may change while the
/// server runs.
package struct Identity: Sendable {
    package let authorizer: AuthorizerChain
    let authenticator: AuthenticatorUnion
    let bearer: BearerTokenAuthenticator
    private let issuers: OpenIDVerifiers
    private let anonymous: AnonymousAccess
    private let settings: AuthenticationSettings

    /// - Parameter own: verifiers of the cluster's own tokens.
    init(
        _ configuration: ControlPlane.Configuration, own: [any TokenVerifier], node: NodeAuthorizer,
        rbac: RBACAuthorizer
    ) throws(ConfigurationDocument.Failure) {
        settings = configuration.authentication
        let audiences = configuration.audiences ?? [configuration.issuer]
        let clock = configuration.clock
        authorizer = try AuthorizerChain(configuration.authorization, node: node, rbac: rbac, clock: clock)
        anonymous = AnonymousAccess(settings.anonymous)
        issuers = OpenIDVerifiers(ownAudiences: audiences, clock: clock)
        try issuers.replace(settings.configuration.issuers)
        var verifiers: [any TokenVerifier] = settings.staticTokens.map { [$0] } ?? []
        verifiers += own
        verifiers.append(issuers)
        if let webhook = settings.webhook {
            verifiers.append(
                TokenCache(
                    try WebhookTokenVerifier(webhook, ownAudiences: audiences), successes: webhook.cacheLifetime,
                    failures: webhook.cacheLifetime, clock: clock))
        }
        bearer = BearerTokenAuthenticator(verifiers)
        var authenticators: [any Authenticator] = []
        do {
            var check: CertificateCheck?
            if let headers = settings.requestHeaders {
                authenticators.append(try RequestHeaderAuthenticator(headers, clock: clock))
                check = try settings.clientAuthorities.map { pem throws(PKIError) in
                    CertificateCheck(try TrustRoots(pem: Array(pem.utf8)), clock: clock)
                }
            }
            authenticators += [CertificateAuthenticator(check: check), bearer]
        } catch {
            throw ConfigurationDocument.Failure("reading the authorities of clients: \(error)")
        }
        authenticator = AuthenticatorUnion(authenticators, anonymous: anonymous)
    }

    /// Takes another authentication configuration; on an error the old one stays.
    package func replace(_ configuration: AuthenticationConfiguration) throws(ConfigurationDocument.Failure) {
        try issuers.replace(configuration.issuers)
        var changed = settings
        changed.configuration = configuration
        anonymous.replace(changed.anonymous)
    }

    /// Takes another authorization configuration; on an error the old one stays.
    package func replace(_ configuration: AuthorizationConfiguration) throws(ConfigurationDocument.Failure) {
        try authorizer.replace(configuration)
    }
}
