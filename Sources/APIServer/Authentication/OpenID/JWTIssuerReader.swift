import Machinery
import PKI

/// Reads one issuer of an authentication configuration and says what is wrong with it, in Kubernetes' words.
///
/// Source: k8s.io/apiserver/pkg/apis/apiserver/validation.
struct JWTIssuerReader {
    private let path: FieldPath
    private let disallowed: Set<String>
    private(set) var errors: [FieldError] = []

    init(_ path: FieldPath, disallowed: Set<String>) {
        self.path = path
        self.disallowed = disallowed
    }

    /// - Returns: `nil` when there are errors.
    mutating func read(_ object: JSONObject) -> JWTIssuer? {
        let issuer = object["issuer"]?.objectValue ?? JSONObject()
        checkIssuer(issuer, path.child("issuer"))
        let claimRules = claimRules(object, path.child("claimValidationRules"))
        let mappings = object["claimMappings"]?.objectValue ?? JSONObject()
        let place = path.child("claimMappings")
        let userName = mapping(mappings["username"]?.objectValue, place.child("username"), isRequired: true)
        let groups = mapping(mappings["groups"]?.objectValue, place.child("groups"), isRequired: false)
        let uid = uid(mappings["uid"]?.objectValue, place.child("uid"))
        let extra = extra(mappings, place.child("extra"))
        checkEmail(userName, extra, claimRules, place)
        let userRules = userRules(object, path.child("userValidationRules"))
        guard errors.isEmpty, let userName else { return nil }
        return JWTIssuer(
            url: issuer.string("url") ?? "", discoveryURL: issuer.string("discoveryURL") ?? "",
            audiences: issuer.strings("audiences"),
            authorities: issuer.string("certificateAuthority").flatMap { $0.isEmpty ? nil : $0 }, userName: userName,
            groups: groups, uid: uid, extra: extra, claimRules: claimRules, userRules: userRules)
    }

    private mutating func checkIssuer(_ issuer: JSONObject, _ path: FieldPath) {
        let url = issuer.string("url") ?? ""
        if url.isEmpty {
            errors.append(.required(path.child("url")))
        } else {
            if disallowed.contains(url) {
                errors.append(
                    .invalid(
                        path.child("url"), url,
                        "URL must not overlap with disallowed issuers: [\(disallowed.sorted().joined(separator: " "))]")
                )
            }
            checkURL(url, path.child("url"))
        }
        let discovery = issuer.string("discoveryURL") ?? ""
        if !discovery.isEmpty {
            if !url.isEmpty, Self.withoutSlashes(url) == Self.withoutSlashes(discovery) {
                errors.append(
                    .invalid(path.child("discoveryURL"), discovery, "discoveryURL must be different from URL"))
            }
            checkURL(discovery, path.child("discoveryURL"))
        }
        checkAudiences(issuer, path)
        if let pem = issuer.string("certificateAuthority"), !pem.isEmpty {
            do {
                _ = try Certificate.bundle(pem: Array(pem.utf8))
            } catch {
                errors.append(
                    .invalid(
                        path.child("certificateAuthority"), "<omitted>",
                        "data does not contain any valid RSA or ECDSA certificates"))
            }
        }
        if let egress = issuer.string("egressSelectorType"), !egress.isEmpty {
            errors.append(
                .invalid(
                    path.child("egressSelectorType"), egress,
                    ["controlplane", "cluster"].contains(egress)
                        ? "oidc: egress lookup for \(GoQuote.quote(egress)) is not configured"
                        : "egress selector must be either controlplane or cluster"))
        }
    }

    private static func withoutSlashes(_ url: String) -> Substring {
        var rest = url[...]
        while rest.last == "/" { rest = rest.dropLast() }
        return rest
    }

    private mutating func checkURL(_ url: String, _ path: FieldPath) {
        guard url.hasPrefix("https://") else {
            errors.append(.invalid(path, url, "URL scheme must be https"))
            return
        }
        let rest = url.dropFirst("https://".count)
        if rest.prefix(while: { $0 != "/" && $0 != "?" && $0 != "#" }).contains("@") {
            errors.append(.invalid(path, url, "URL must not contain a username or password"))
        }
        let withoutFragment = rest.prefix { $0 != "#" }
        if let mark = withoutFragment.firstIndex(of: "?"), withoutFragment.index(after: mark) < withoutFragment.endIndex
        {
            errors.append(.invalid(path, url, "URL must not contain a query"))
        }
        if withoutFragment.count + 1 < rest.count {
            errors.append(.invalid(path, url, "URL must not contain a fragment"))
        }
    }

    private mutating func checkAudiences(_ issuer: JSONObject, _ path: FieldPath) {
        let audiences = issuer.strings("audiences")
        let place = path.child("audiences")
        guard !audiences.isEmpty else {
            errors.append(.required(place, "at least one \(place) is required"))
            return
        }
        var seen: Set<String> = []
        for (index, audience) in audiences.enumerated() {
            if audience.isEmpty { errors.append(.required(place.index(index))) }
            if !seen.insert(audience).inserted { errors.append(.duplicate(place.index(index), audience)) }
        }
        let policy = issuer.string("audienceMatchPolicy") ?? ""
        if audiences.count > 1, policy != "MatchAny" {
            errors.append(
                .invalid(
                    path.child("audienceMatchPolicy"), policy,
                    "audienceMatchPolicy must be MatchAny for multiple audiences"))
        }
        if audiences.count == 1, !policy.isEmpty, policy != "MatchAny" {
            errors.append(
                .invalid(
                    path.child("audienceMatchPolicy"), policy,
                    "audienceMatchPolicy must be empty or MatchAny for single audience"))
        }
    }

    private mutating func mapping(_ object: JSONObject?, _ path: FieldPath, isRequired: Bool) -> JWTIssuer.Mapping? {
        let claim = object?.string("claim") ?? ""
        let text = object?.string("expression") ?? ""
        let prefix = object?.string("prefix")
        switch (claim.isEmpty, text.isEmpty) {
        case (false, false):
            errors.append(.invalid(path, "", "claim and expression can't both be set"))
            return nil
        case (true, true):
            if isRequired { errors.append(.required(path, "claim or expression is required")) }
            return nil
        case (true, false):
            if let prefix {
                errors.append(.invalid(path.child("prefix"), prefix, "may not be specified when expression is set"))
            }
            return compile(text, .claims, path.child("expression")).map(JWTIssuer.Mapping.expression)
        case (false, true):
            guard let prefix else {
                errors.append(
                    .required(
                        path.child("prefix"),
                        "prefix is required when claim is set. It can be set to an empty string to disable prefixing"))
                return nil
            }
            return .claim(claim, prefix: prefix)
        }
    }

    private mutating func uid(_ object: JSONObject?, _ path: FieldPath) -> JWTIssuer.Mapping? {
        let claim = object?.string("claim") ?? ""
        let text = object?.string("expression") ?? ""
        if !claim.isEmpty, !text.isEmpty {
            errors.append(.invalid(path, "", "claim and expression can't both be set"))
        }
        if !claim.isEmpty { return .claim(claim, prefix: "") }
        guard !text.isEmpty else { return nil }
        return compile(text, .claims, path.child("expression")).map(JWTIssuer.Mapping.expression)
    }

    private mutating func extra(_ mappings: JSONObject, _ path: FieldPath) -> [JWTIssuer.Extra] {
        var result: [JWTIssuer.Extra] = []
        var seen: Set<String> = []
        for (index, object) in mappings.values("extra").map({ $0.objectValue ?? JSONObject() }).enumerated() {
            let place = path.index(index)
            let key = object.string("key") ?? ""
            errors += DomainPrefixedPath.problems(key, place.child("key"))
            if key != key.lowercased() { errors.append(.invalid(place.child("key"), key, "must be lowercase")) }
            let domain = key.prefix { $0 != "/" }
            if ["kubernetes.io", "k8s.io"].contains(where: { domain == $0 || domain.hasSuffix(".\($0)") }) {
                errors.append(
                    .invalid(
                        place.child("key"), key,
                        "k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use"))
            }
            guard seen.insert(key).inserted else {
                errors.append(.duplicate(place.child("key"), key))
                continue
            }
            let text = object.string("valueExpression") ?? ""
            guard !text.isEmpty else {
                errors.append(.required(place.child("valueExpression")))
                continue
            }
            if let value = compile(text, .claims, place.child("valueExpression")) {
                result.append(JWTIssuer.Extra(key: key, value: value))
            }
        }
        return result
    }

    private mutating func claimRules(_ object: JSONObject, _ path: FieldPath) -> [JWTIssuer.Rule] {
        var result: [JWTIssuer.Rule] = []
        var claims: Set<String> = []
        var texts: Set<String> = []
        let rules = object.values("claimValidationRules").map { $0.objectValue ?? JSONObject() }
        for (index, rule) in rules.enumerated() {
            let place = path.index(index)
            let claim = rule.string("claim") ?? ""
            let text = rule.string("expression") ?? ""
            let message = rule.string("message") ?? ""
            let value = rule.string("requiredValue") ?? ""
            switch (claim.isEmpty, text.isEmpty) {
            case (false, false):
                errors.append(.invalid(place, claim, "claim and expression can't both be set"))
            case (true, true):
                errors.append(.required(place, "claim or expression is required"))
            case (false, true):
                if !message.isEmpty {
                    errors.append(
                        .invalid(place.child("message"), message, "may not be specified when claim is set"))
                }
                if !claims.insert(claim).inserted { errors.append(.duplicate(place.child("claim"), claim)) }
                result.append(.claim(claim, value: value))
            case (true, false):
                if !value.isEmpty {
                    errors.append(
                        .invalid(place.child("requiredValue"), value, "may not be specified when expression is set"))
                }
                guard texts.insert(text).inserted else {
                    errors.append(.duplicate(place.child("expression"), text))
                    continue
                }
                if let expression = compile(text, .claims, place.child("expression"), isRule: true) {
                    result.append(.expression(expression, message: message))
                }
            }
        }
        return result
    }

    private mutating func userRules(_ object: JSONObject, _ path: FieldPath) -> [JWTIssuer.Rule] {
        var result: [JWTIssuer.Rule] = []
        var seen: Set<String> = []
        let rules = object.values("userValidationRules").map { $0.objectValue ?? JSONObject() }
        for (index, rule) in rules.enumerated() {
            let place = path.index(index).child("expression")
            let text = rule.string("expression") ?? ""
            guard !text.isEmpty else {
                errors.append(.required(place))
                continue
            }
            guard seen.insert(text).inserted else {
                errors.append(.duplicate(place, text))
                continue
            }
            if let expression = compile(text, .user, place, isRule: true) {
                result.append(.expression(expression, message: rule.string("message") ?? ""))
            }
        }
        return result
    }

    /// An address that nobody verified is no name for a user.
    private mutating func checkEmail(
        _ userName: JWTIssuer.Mapping?, _ extra: [JWTIssuer.Extra], _ rules: [JWTIssuer.Rule], _ path: FieldPath
    ) {
        guard case .expression(let expression)? = userName, expression.selects("email") else { return }
        var others = extra.map(\.value)
        for case .expression(let rule, _) in rules { others.append(rule) }
        guard !expression.selects("email_verified"), !others.contains(where: { $0.selects("email_verified") }) else {
            return
        }
        errors.append(
            .invalid(
                path.child("username", "expression"), expression.text,
                "claims.email_verified must be used in claimMappings.username.expression or "
                    + "claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when claims.email "
                    + "is used in claimMappings.username.expression"))
    }

    private mutating func compile(
        _ text: String, _ subject: ClaimExpression.Subject, _ path: FieldPath, isRule: Bool = false
    ) -> ClaimExpression? {
        do {
            return try ClaimExpression(text, over: subject, isRule: isRule)
        } catch {
            errors.append(.invalid(path, text, error.description))
            return nil
        }
    }
}
