import APIServer
import Machinery
import Testing

@Suite("An authentication configuration")
struct AuthenticationConfigurationTests {
    private static func read(_ members: String) throws -> AuthenticationConfiguration {
        let text = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthenticationConfiguration
            \(members)
            """
        return try AuthenticationConfiguration(parsing: Array(text.utf8), disallowed: ["https://own"])
    }

    private static let issuer = #"issuer: {url: "https://a.example", audiences: [k]}"#
    private static let name = #"username: {claim: sub, prefix: ""}"#

    private static func jwt(_ issuer: String = issuer, mappings: String = name, more: String = "") -> String {
        "jwt: [{\(issuer), claimMappings: {\(mappings)}\(more)}]"
    }

    @Test("says who is believed, and who may be anonymous")
    func valid() throws {
        #expect(try Self.read(Self.jwt()).hasIssuers)
        #expect(try !Self.read("jwt: []").hasIssuers)
        #expect(try Self.read("jwt: []").anonymous == nil)
        #expect(try Self.read("anonymous: {enabled: false}").anonymous == .nothing)
        #expect(try Self.read("anonymous: {enabled: true}").anonymous == .everything)
        let paths = "anonymous: {enabled: true, conditions: [{path: /livez}, {path: /readyz}]}"
        #expect(try Self.read(paths).anonymous == .paths(["/livez", "/readyz"]))
    }

    @Test(
        "mistakes are told with their place",
        arguments: [
            (jwt("issuer: {audiences: [k]}"), "jwt[0].issuer.url: Required value"),
            (jwt(#"issuer: {url: "http://a", audiences: [k]}"#), "URL scheme must be https"),
            (jwt(#"issuer: {url: "https://own", audiences: [k]}"#), "URL must not overlap with disallowed issuers"),
            (jwt(#"issuer: {url: "https://a?b=c", audiences: [k]}"#), "URL must not contain a query"),
            (jwt(#"issuer: {url: "https://a#b", audiences: [k]}"#), "URL must not contain a fragment"),
            (jwt(#"issuer: {url: "https://u:p@a", audiences: [k]}"#), "must not contain a username or password"),
            (
                jwt(#"issuer: {url: "https://a/", discoveryURL: "https://a", audiences: [k]}"#),
                "must be different from URL"
            ),
            (jwt(#"issuer: {url: "https://a"}"#), "jwt[0].issuer.audiences: Required value"),
            (jwt(#"issuer: {url: "https://a", audiences: [k, l]}"#), "must be MatchAny for multiple audiences"),
            (jwt(#"issuer: {url: "https://a", audiences: [k, k], audienceMatchPolicy: MatchAny}"#), "Duplicate value"),
            (
                jwt(#"issuer: {url: "https://a", audiences: [k], certificateAuthority: x}"#),
                #"Invalid value: "<omitted>""#
            ),
            (jwt(mappings: ""), "jwt[0].claimMappings.username: Required value: claim or expression is required"),
            (jwt(mappings: "username: {claim: sub}"), "prefix is required when claim is set"),
            (jwt(mappings: "username: {claim: sub, expression: x}"), "claim and expression can't both be set"),
            (jwt(mappings: "username: {expression: 'claims.'}"), "compilation failed"),
            (jwt(mappings: "username: {expression: 'claims.email'}"), "claims.email_verified must be used"),
            (jwt(mappings: name + ", extra: [{key: Foo, valueExpression: 'a'}]"), "must be lowercase"),
            (
                jwt(mappings: name + ", extra: [{key: a.k8s.io/b, valueExpression: 'claims.a'}]"),
                "reserved for Kubernetes"
            ),
            (jwt(more: ", claimValidationRules: [{}]"), "claim or expression is required"),
            (jwt(more: ", claimValidationRules: [{expression: \"'a'\"}]"), "must evaluate to bool"),
            (jwt(more: ", userValidationRules: [{expression: 'user.nope'}]"), "undefined field 'nope'"),
            (jwt(more: ", rules: []"), #"unknown field "jwt[0].rules""#),
            ("anonymous: {enabled: false, conditions: [{path: /x}]}", "enabled should be set to true"),
            (
                "jwt: [{\(issuer), claimMappings: {\(name)}}, {\(issuer), claimMappings: {\(name)}}]",
                "jwt[1].issuer.url"
            ),
        ])
    func mistakes(members: String, part: String) {
        let failure = #expect(throws: ConfigurationDocument.Failure.self) { try Self.read(members) }
        #expect(failure?.description.contains(part) == true, "\(failure?.description ?? "")")
    }

    @Test(
        "an address as a name needs a look at whether it was verified, wherever that is",
        arguments: [
            "claims.email_verified ? claims.email : claims.sub",
            "claims.?email_verified.orValue(true) ? claims.email : ''",
            "'claims.email' + claims.sub", "claims.emails[0]",
        ])
    func email(expression: String) throws {
        #expect(try Self.read(Self.jwt(mappings: "username: {expression: \"\(expression)\"}")).hasIssuers)
    }
}
