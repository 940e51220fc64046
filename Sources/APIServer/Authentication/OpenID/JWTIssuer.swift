import Machinery
import PKI

/// An issuer whose tokens are believed, and how its claims become users: one of `jwt` of the authentication
/// configuration, or the `--oidc-*` flags.
package struct JWTIssuer: Sendable {
    /// Where a text of a user comes from.
    enum Mapping: Sendable {
        case claim(String, prefix: String)
        case expression(ClaimExpression)
    }

    /// What a token, or the user it makes, has to fulfil.
    enum Rule: Sendable {
        case claim(String, value: String)
        case expression(ClaimExpression, message: String)
    }

    struct Extra: Sendable {
        let key: String
        let value: ClaimExpression
    }

    let url: String
    let discoveryURL: String
    let audiences: [String]
    /// PEM text of the CAs of the issuer's server; `nil`: the system's.
    let authorities: String?
    var algorithms = Set(SigningAlgorithm.allCases)
    let userName: Mapping
    let groups: Mapping?
    let uid: Mapping?
    let extra: [Extra]
    let claimRules: [Rule]
    let userRules: [Rule]

    /// All expressions over claims.
    var claimExpressions: [ClaimExpression] {
        var all = extra.map(\.value)
        for case .expression(let expression)? in [userName, groups, uid] { all.append(expression) }
        for case .expression(let expression, _) in claimRules { all.append(expression) }
        return all
    }
}
