import Machinery
import PKI

extension AuthenticationConfiguration {
    /// What the `--oidc-*` flags say: one issuer.
    package struct OpenIDFlags: Sendable {
        package var issuerURL = ""
        package var clientID = ""
        /// PEM text.
        package var authorities: String?
        package var userNameClaim = "sub"
        /// `nil`: the issuer's URL, but for addresses; `-`: none.
        package var userNamePrefix: String?
        package var groupsClaim = ""
        package var groupsPrefix = ""
        package var algorithms = ["RS256"]
        package var requiredClaims: [String: String] = [:]

        package init() {}
    }

    package init(
        _ flags: OpenIDFlags, disallowed: Set<String> = []
    ) throws(ConfigurationDocument.Failure) {
        guard !flags.issuerURL.isEmpty, !flags.clientID.isEmpty else {
            throw ConfigurationDocument.Failure(
                "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set")
        }
        let algorithms = try flags.algorithms.map { name throws(ConfigurationDocument.Failure) in
            guard let algorithm = SigningAlgorithm(rawValue: name) else {
                throw ConfigurationDocument.Failure("oidc: unsupported signing alg: \(GoQuote.quote(name))")
            }
            return algorithm
        }
        let prefix: String
        switch flags.userNamePrefix {
        case nil: prefix = flags.userNameClaim == "email" ? "" : flags.issuerURL + "#"
        case "-"?: prefix = ""
        case let given?: prefix = given
        }
        var issuer: JSONObject = ["url": .string(flags.issuerURL), "audiences": [.string(flags.clientID)]]
        issuer.set("certificateAuthority", flags.authorities)
        var mappings: JSONObject = [
            "username": ["claim": .string(flags.userNameClaim), "prefix": .string(prefix)]
        ]
        if !flags.groupsClaim.isEmpty {
            mappings["groups"] = ["claim": .string(flags.groupsClaim), "prefix": .string(flags.groupsPrefix)]
        }
        let rules = flags.requiredClaims.sorted { $0.key < $1.key }.map { claim, value -> JSON in
            ["claim": .string(claim), "requiredValue": .string(value)]
        }
        let document: JSONObject = [
            "apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthenticationConfiguration",
            "jwt": [
                [
                    "issuer": .object(issuer), "claimMappings": .object(mappings),
                    "claimValidationRules": .array(rules),
                ]
            ],
        ]
        try self.init(parsing: document.encoded(), disallowed: disallowed)
        for index in issuers.indices { issuers[index].algorithms = Set(algorithms) }
    }
}
