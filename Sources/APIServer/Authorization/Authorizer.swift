import Machinery

/// What a request wants to do, in the terms of access rules.
package struct AccessAttributes: Sendable, Hashable {
    package var user: User
    package var verb: String
    package var isResourceRequest: Bool
    package var group = ""
    package var version = ""
    package var resource = ""
    package var subresource = ""
    package var namespace = ""
    package var name = ""
    package var path = ""
    /// What a list, a watch or a deletion of many is narrowed to.
    package var fieldSelector: FieldSelector?
    package var labelSelector: Selector?

    package init(
        user: User, verb: String, group: String, version: String = "*", resource: String, subresource: String = "",
        namespace: String = "", name: String = ""
    ) {
        self.user = user
        self.verb = verb
        isResourceRequest = true
        self.group = group
        self.version = version
        self.resource = resource
        self.subresource = subresource
        self.namespace = namespace
        self.name = name
    }

    package init(user: User, verb: String, path: String) {
        self.user = user
        self.verb = verb
        isResourceRequest = false
        self.path = path
    }

    init(user: User, info: RequestInfo) {
        if info.isResourceRequest {
            self.init(
                user: user, verb: info.verb, group: info.apiGroup, version: info.apiVersion, resource: info.resource,
                subresource: info.subresource, namespace: info.namespace, name: info.name)
            // One that cannot be read narrows nothing here, and is refused when it comes to be used.
            fieldSelector = info.fieldSelector.isEmpty ? nil : try? FieldSelector(parsing: info.fieldSelector)
            labelSelector = info.labelSelector.isEmpty ? nil : try? Selector(parsing: info.labelSelector)
        } else {
            self.init(user: user, verb: info.verb, path: info.path)
        }
    }
}

package enum AccessDecision: Sendable, Hashable {
    case allow(reason: String)
    /// No rule allows it; other authorizers may.
    case noOpinion(reason: String)
    /// Refused whatever other authorizers say.
    case deny(reason: String)
    /// Could not be decided: others may, unless it `denies` by being so.
    case failure(String, denies: Bool)

    package var isAllowed: Bool {
        switch self {
        case .allow: true
        case .noOpinion, .deny, .failure: false
        }
    }
}

/// Decides whether a user may do something. All but webhooks decide from memory, without I/O.
package protocol Authorizer: Sendable {
    func authorize(_ attributes: AccessAttributes) async -> AccessDecision
    /// What the user may do in a namespace, for SelfSubjectRulesReview.
    func rules(for user: User, namespace: String) -> AccessRules
}

package struct AccessRules: Sendable {
    package struct ResourceRule: Sendable, Hashable {
        package var verbs: [String]
        package var apiGroups: [String]
        package var resources: [String]
        package var resourceNames: [String]

        package init(verbs: [String], apiGroups: [String], resources: [String], resourceNames: [String] = []) {
            self.verbs = verbs
            self.apiGroups = apiGroups
            self.resources = resources
            self.resourceNames = resourceNames
        }
    }

    package struct NonResourceRule: Sendable, Hashable {
        package var verbs: [String]
        package var paths: [String]

        package init(verbs: [String], paths: [String]) {
            self.verbs = verbs
            self.paths = paths
        }
    }

    package var resourceRules: [ResourceRule] = []
    package var nonResourceRules: [NonResourceRule] = []
    /// Set when something kept the list from being complete.
    package var incompleteReason: String?

    package init() {}
}

/// Asks several authorizers in turn; the first that decides is heard.
package struct AuthorizerUnion: Authorizer {
    private let authorizers: [any Authorizer]

    package init(_ authorizers: [any Authorizer]) {
        self.authorizers = authorizers
    }

    package func authorize(_ attributes: AccessAttributes) async -> AccessDecision {
        var reasons: [String] = []
        var failures: [String] = []
        for authorizer in authorizers {
            let decision = await authorizer.authorize(attributes)
            switch decision {
            case .allow, .deny, .failure(_, denies: true): return decision
            case .noOpinion(let reason): if !reason.isEmpty { reasons.append(reason) }
            case .failure(let failure, denies: false): failures.append(failure)
            }
        }
        guard failures.isEmpty else {
            return .failure(failures.count == 1 ? failures[0] : "[\(failures.joined(separator: ", "))]", denies: false)
        }
        return .noOpinion(reason: reasons.joined(separator: "\n"))
    }

    package func rules(for user: User, namespace: String) -> AccessRules {
        authorizers.reduce(into: AccessRules()) { all, authorizer in
            let rules = authorizer.rules(for: user, namespace: namespace)
            all.resourceRules += rules.resourceRules
            all.nonResourceRules += rules.nonResourceRules
            all.incompleteReason = all.incompleteReason ?? rules.incompleteReason
        }
    }
}

extension AccessAttributes {
    /// Why this may not be done, when `decision` is not to allow it.
    func refusal(_ decision: AccessDecision) -> StatusError? {
        switch decision {
        case .allow: nil
        case .noOpinion(let reason), .deny(let reason): forbidden(reason: reason)
        case .failure(let failure, _): StatusError.internalError(failure)
        }
    }

    /// The refusal in Kubernetes' words.
    package func forbidden(reason: String) -> StatusError {
        let tail = reason.isEmpty ? "" : ": \(reason)"
        guard isResourceRequest else {
            return StatusError.forbidden(
                GroupResource(group: "", resource: ""), name: "",
                "User \(GoQuote.quote(user.name)) cannot \(verb) path \(GoQuote.quote(path))\(tail)")
        }
        let target = subresource.isEmpty ? resource : "\(resource)/\(subresource)"
        let place =
            namespace.isEmpty ? "at the cluster scope" : "in the namespace \(GoQuote.quote(namespace))"
        return StatusError.forbidden(
            GroupResource(group: group, resource: resource), name: name,
            "User \(GoQuote.quote(user.name)) cannot \(verb) resource \(GoQuote.quote(target)) "
                + "in API group \(GoQuote.quote(group)) \(place)\(tail)")
    }
}
