import Machinery

/// Whose tokens are believed and who may come without one: `apiserver.config.k8s.io` AuthenticationConfiguration, read
/// from the file of `--authentication-config` or made from the `--oidc-*` flags.
package struct AuthenticationConfiguration: Sendable {
    var issuers: [JWTIssuer] = []
    package var hasIssuers: Bool { !issuers.isEmpty }
    /// `nil` when the configuration says nothing about it.
    package private(set) var anonymous: AnonymousAccess.Rule?

    package init() {}

    private static let mapping: ConfigurationDocument.Shape = .object([
        "claim": .value, "prefix": .value, "expression": .value,
    ])

    private static let shape: [String: ConfigurationDocument.Shape] = [
        "jwt": .list(
            .object([
                "issuer": .object([
                    "url": .value, "discoveryURL": .value, "certificateAuthority": .value, "audiences": .list(.value),
                    "audienceMatchPolicy": .value, "egressSelectorType": .value,
                ]),
                "claimValidationRules": .list(
                    .object(["claim": .value, "requiredValue": .value, "expression": .value, "message": .value])),
                "claimMappings": .object([
                    "username": mapping, "groups": mapping,
                    "uid": .object(["claim": .value, "expression": .value]),
                    "extra": .list(.object(["key": .value, "valueExpression": .value])),
                ]),
                "userValidationRules": .list(.object(["expression": .value, "message": .value])),
            ])),
        "anonymous": .object(["enabled": .value, "conditions": .list(.object(["path": .value]))]),
    ]

    private static let maximumIssuers = 64

    /// - Parameter disallowed: issuers who are somebody else: the cluster's own.
    package init(parsing bytes: [UInt8], disallowed: Set<String> = []) throws(ConfigurationDocument.Failure) {
        let document = try ConfigurationDocument(
            bytes, group: "apiserver.config.k8s.io", versions: ["v1", "v1beta1", "v1alpha1"],
            kind: "AuthenticationConfiguration", shape: Self.shape)
        var errors: [FieldError] = []
        let root = FieldPath("jwt")
        let given = document.object.values("jwt").map { $0.objectValue ?? JSONObject() }
        if given.count > Self.maximumIssuers {
            errors.append(.tooMany(root, count: given.count, maximum: Self.maximumIssuers))
        } else {
            for (index, object) in given.enumerated() {
                var reader = JWTIssuerReader(root.index(index), disallowed: disallowed)
                if let issuer = reader.read(object) { issuers.append(issuer) }
                errors += reader.errors
            }
            errors += Self.repeated(given, root)
        }
        anonymous = Self.anonymous(document.object["anonymous"]?.objectValue, &errors)
        if let failure = errors.configurationFailure { throw failure }
    }

    private static func repeated(_ given: [JSONObject], _ root: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for key in ["url", "discoveryURL"] {
            var seen: Set<String> = []
            for (index, object) in given.enumerated() {
                let url = object["issuer"]?[key]?.stringValue ?? ""
                if !url.isEmpty, !seen.insert(url).inserted {
                    errors.append(.duplicate(root.index(index).child("issuer", key), url))
                }
            }
        }
        return errors
    }

    private static func anonymous(_ object: JSONObject?, _ errors: inout [FieldError]) -> AnonymousAccess.Rule? {
        guard let object else { return nil }
        let paths = object.values("conditions").compactMap { $0["path"]?.stringValue }
        guard object.bool("enabled") == true else {
            if !paths.isEmpty {
                errors.append(
                    .invalid(
                        FieldPath("anonymous").child("conditions"), object["conditions"] ?? .null,
                        "enabled should be set to true when conditions are defined"))
            }
            return .nothing
        }
        return paths.isEmpty ? .everything : .paths(Set(paths))
    }
}
