import ArgumentParser
import Foundation

/// Who is let in and what they may do: Kubernetes' own flags.
struct IdentityOptions: ParsableArguments {
    @Option(help: "Whether requests without a credential are anonymous: true or false.")
    var anonymousAuth: String?

    @Option(help: "Issuers whose tokens are believed, and who may be anonymous: an AuthenticationConfiguration.")
    var authenticationConfig: String?

    @Option(name: .customLong("client-ca-file"), help: "More authorities whose client certificates name users.")
    var clientCAFile: String?

    @Option(help: "Whom tokens are to be for, separated by commas; the issuer where nothing is given.")
    var apiAudiences: String?

    @Option(help: "Static tokens: a file of lines token,user,uid,\"group1,group2\".")
    var tokenAuthFile: String?

    @Option(help: "A service that knows tokens, as a kubeconfig.")
    var authenticationTokenWebhookConfigFile: String?

    @Option(help: "The version of TokenReview it speaks: v1 or v1beta1.")
    var authenticationTokenWebhookVersion: String?

    @Option(name: .customLong("authentication-token-webhook-cache-ttl"), help: "How long its answers are remembered.")
    var authenticationTokenWebhookCacheTTL: String?

    @Option(name: .customLong("oidc-issuer-url"), help: "The URL of an OpenID issuer.")
    var oidcIssuerURL: String?

    @Option(name: .customLong("oidc-client-id"), help: "Whom the issuer's tokens are to be for.")
    var oidcClientID: String?

    @Option(name: .customLong("oidc-ca-file"), help: "The authorities of the issuer's server.")
    var oidcCAFile: String?

    @Option(help: "The claim that names the user.")
    var oidcUsernameClaim: String?

    @Option(help: "What is put before it; - for nothing.")
    var oidcUsernamePrefix: String?

    @Option(help: "The claim that names the user's groups.")
    var oidcGroupsClaim: String?

    @Option(help: "What is put before each.")
    var oidcGroupsPrefix: String?

    @Option(help: "The algorithms with which tokens may be signed, separated by commas.")
    var oidcSigningAlgs: String?

    @Option(help: "A claim that tokens must have, key=value; may be given several times.")
    var oidcRequiredClaim: [String] = []

    @Option(name: .customLong("requestheader-client-ca-file"), help: "The authorities of proxies that name users.")
    var requestheaderClientCAFile: String?

    @Option(help: "The common names such proxies may have, separated by commas.")
    var requestheaderAllowedNames: String?

    @Option(help: "The headers in which they name the user.")
    var requestheaderUsernameHeaders: String?

    @Option(help: "The headers with the user's uid.")
    var requestheaderUidHeaders: String?

    @Option(help: "The headers with the user's groups.")
    var requestheaderGroupHeaders: String?

    @Option(help: "What the headers with extra values begin with.")
    var requestheaderExtraHeadersPrefix: String?

    @Option(help: "The authorizers to ask, in order: Node,RBAC,Webhook,ABAC,AlwaysAllow,AlwaysDeny.")
    var authorizationMode: String?

    @Option(help: "The authorizers to ask: an AuthorizationConfiguration.")
    var authorizationConfig: String?

    @Option(help: "The policies of the mode ABAC: a file of JSON objects, one a line.")
    var authorizationPolicyFile: String?

    @Option(help: "The service that the mode Webhook asks, as a kubeconfig.")
    var authorizationWebhookConfigFile: String?

    @Option(help: "The version of SubjectAccessReview it speaks: v1 or v1beta1.")
    var authorizationWebhookVersion: String?

    @Option(
        name: .customLong("authorization-webhook-cache-authorized-ttl"), help: "How long what it allows is remembered.")
    var authorizationWebhookCacheAuthorizedTTL: String?

    @Option(
        name: .customLong("authorization-webhook-cache-unauthorized-ttl"),
        help: "How long what it does not allow is remembered.")
    var authorizationWebhookCacheUnauthorizedTTL: String?

    /// Takes over what was given; what is already set stays where nothing was.
    func apply(to settings: inout ClusterSettings) throws {
        var flags = settings.flags
        flags.take("anonymous-auth", anonymousAuth)
        flags.take("authentication-config", file: authenticationConfig)
        flags.take("client-ca-file", file: clientCAFile)
        flags.take("api-audiences", apiAudiences)
        flags.take("token-auth-file", file: tokenAuthFile)
        flags.take("authentication-token-webhook-config-file", file: authenticationTokenWebhookConfigFile)
        flags.take("authentication-token-webhook-version", authenticationTokenWebhookVersion)
        flags.take("authentication-token-webhook-cache-ttl", authenticationTokenWebhookCacheTTL)
        flags.take("oidc-issuer-url", oidcIssuerURL)
        flags.take("oidc-client-id", oidcClientID)
        flags.take("oidc-ca-file", file: oidcCAFile)
        flags.take("oidc-username-claim", oidcUsernameClaim)
        flags.take("oidc-username-prefix", oidcUsernamePrefix)
        flags.take("oidc-groups-claim", oidcGroupsClaim)
        flags.take("oidc-groups-prefix", oidcGroupsPrefix)
        flags.take("oidc-signing-algs", oidcSigningAlgs)
        flags.take("oidc-required-claim", oidcRequiredClaim.isEmpty ? nil : oidcRequiredClaim.joined(separator: "\n"))
        flags.take("requestheader-client-ca-file", file: requestheaderClientCAFile)
        flags.take("requestheader-allowed-names", requestheaderAllowedNames)
        flags.take("requestheader-username-headers", requestheaderUsernameHeaders)
        flags.take("requestheader-uid-headers", requestheaderUidHeaders)
        flags.take("requestheader-group-headers", requestheaderGroupHeaders)
        flags.take("requestheader-extra-headers-prefix", requestheaderExtraHeadersPrefix)
        flags.take("authorization-mode", authorizationMode)
        flags.take("authorization-config", file: authorizationConfig)
        flags.take("authorization-policy-file", file: authorizationPolicyFile)
        flags.take("authorization-webhook-config-file", file: authorizationWebhookConfigFile)
        flags.take("authorization-webhook-version", authorizationWebhookVersion)
        flags.take("authorization-webhook-cache-authorized-ttl", authorizationWebhookCacheAuthorizedTTL)
        flags.take("authorization-webhook-cache-unauthorized-ttl", authorizationWebhookCacheUnauthorizedTTL)
        settings.flags = flags
        // A mistake is told at once rather than by a process in the background.
        _ = try settings.authentication()
        _ = try settings.authorization()
    }
}
