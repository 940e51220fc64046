import APIServer
import Foundation
import Machinery

extension ClusterSettings {
    /// Whose credentials are believed besides the cluster's own.
    func authentication() throws -> AuthenticationSettings {
        var result = AuthenticationSettings()
        result.allowsAnonymous = try flags.bool("anonymous-auth")
        result.configuration = try authenticationConfiguration()
        if result.allowsAnonymous != nil, result.configuration.anonymous != nil {
            throw CommandFailure(
                "--anonymous-auth flag cannot be set when anonymous field is configured in authentication "
                    + "configuration file")
        }
        if let text = try flags.text("token-auth-file") {
            result.staticTokens = try named("token-auth-file") { try StaticTokenVerifier(parsing: text) }
        }
        if let config = try kubeconfig("authentication-token-webhook-config-file") {
            var webhook = WebhookTokenVerifier.Configuration(config)
            if let version = flags["authentication-token-webhook-version"] { webhook.version = version }
            if let lifetime = try flags.duration("authentication-token-webhook-cache-ttl") {
                webhook.cacheLifetime = lifetime
            }
            result.webhook = webhook
        }
        result.requestHeaders = try requestHeaders()
        return result
    }

    /// The part that may change while the server runs.
    func authenticationConfiguration() throws -> AuthenticationConfiguration {
        if let bytes = try flags.bytes("authentication-config") { return try authenticationConfiguration(bytes) }
        guard flags.contains(prefix: "oidc-") else { return AuthenticationConfiguration() }
        var open = AuthenticationConfiguration.OpenIDFlags()
        open.issuerURL = flags["oidc-issuer-url"] ?? ""
        open.clientID = flags["oidc-client-id"] ?? ""
        open.authorities = try flags.text("oidc-ca-file")
        open.userNameClaim = flags["oidc-username-claim"] ?? open.userNameClaim
        open.userNamePrefix = flags["oidc-username-prefix"]
        open.groupsClaim = flags["oidc-groups-claim"] ?? ""
        open.groupsPrefix = flags["oidc-groups-prefix"] ?? ""
        open.algorithms = flags.list("oidc-signing-algs") ?? open.algorithms
        for pair in (flags["oidc-required-claim"] ?? "").split(separator: "\n") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw CommandFailure("--oidc-required-claim: \(pair) is not key=value") }
            open.requiredClaims[parts[0]] = parts[1]
        }
        let given = open
        return try named("oidc") { try AuthenticationConfiguration(given, disallowed: [issuer]) }
    }

    func authenticationConfiguration(_ bytes: [UInt8]) throws -> AuthenticationConfiguration {
        let result = try named("authentication-config") {
            try AuthenticationConfiguration(parsing: bytes, disallowed: [issuer])
        }
        if result.hasIssuers, flags.contains(prefix: "oidc-") {
            throw CommandFailure("authentication-config file and oidc-* flags are mutually exclusive")
        }
        return result
    }

    private func requestHeaders() throws -> RequestHeaderSettings? {
        guard let authorities = try flags.text("requestheader-client-ca-file") else { return nil }
        var headers = RequestHeaderSettings(authorities: authorities)
        if let names = flags.list("requestheader-allowed-names") { headers.allowedNames = names }
        if let names = flags.list("requestheader-username-headers") { headers.userNameHeaders = names }
        if let names = flags.list("requestheader-uid-headers") { headers.uidHeaders = names }
        if let names = flags.list("requestheader-group-headers") { headers.groupHeaders = names }
        if let names = flags.list("requestheader-extra-headers-prefix") { headers.extraHeaderPrefixes = names }
        return headers
    }

    func authorization() throws -> AuthorizationConfiguration {
        if let bytes = try flags.bytes("authorization-config") { return try authorization(bytes) }
        var webhook: AuthorizationWebhook?
        if let config = try kubeconfig("authorization-webhook-config-file") {
            var made = AuthorizationWebhook(name: "default", kubeconfig: config)
            made.version = flags["authorization-webhook-version"] ?? "v1beta1"
            if let lifetime = try flags.duration("authorization-webhook-cache-authorized-ttl") {
                made.allowedLifetime = lifetime
            }
            if let lifetime = try flags.duration("authorization-webhook-cache-unauthorized-ttl") {
                made.refusedLifetime = lifetime
            }
            webhook = made
        }
        let mode = flags["authorization-mode"] ?? "Node,RBAC"
        let policies = try flags.text("authorization-policy-file").map { text in
            try named("authorization-policy-file") { try AttributePolicy.read(text) }
        }
        return try named("authorization-mode") {
            try AuthorizationConfiguration(modes: mode, webhook: webhook, policies: policies)
        }
    }

    func authorization(_ bytes: [UInt8]) throws -> AuthorizationConfiguration {
        guard flags["authorization-mode"] == nil, flags["authorization-policy-file"] == nil,
            !flags.contains(prefix: "authorization-webhook-")
        else {
            throw CommandFailure(
                "--authorization-config can not be specified when --authorization-mode or --authorization-webhook-* "
                    + "flags are defined")
        }
        return try named("authorization-config") {
            try AuthorizationConfiguration(parsing: bytes) { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) }
        }
    }

    func kubeconfig(_ flag: String) throws -> WebhookKubeconfig? {
        guard let bytes = try flags.bytes(flag) else { return nil }
        return try named(flag) { try WebhookKubeconfig(bytes, folder: flags.folder(flag)) }
    }

    /// A mistake told with the flag it is behind.
    func named<Value>(_ flag: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw CommandFailure("--\(flag): \(error)")
        }
    }
}
