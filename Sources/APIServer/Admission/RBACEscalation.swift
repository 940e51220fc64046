import KubeAPI
import Machinery

/// Nobody grants rights they do not have: roles may hold only what their author may do (or with the verb `escalate`),
/// bindings may refer only to such roles (or with the verb `bind`).
struct RBACEscalation: ValidatingAdmission {
    let name = "RBACEscalation"
    let rbac: RBACAuthorizer
    let authorizer: any Authorizer

    private static let group = "rbac.authorization.k8s.io"

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource.group == Self.group, attributes.subresource.isEmpty,
            attributes.operation == .create || attributes.operation == .update, let object = attributes.object
        else { return }
        switch attributes.resource.resource {
        case "roles", "clusterroles":
            let rules = (object.views("rules") as [PolicyRule])
            if let old = attributes.oldObject, old["rules"] == object["rules"],
                old["aggregationRule"] == object["aggregationRule"]
            {
                return
            }
            if await allowed("escalate", attributes.resource.resource, attributes, name: attributes.name) { return }
            try checkAggregation(attributes)
            try check(rules, attributes)
        case "rolebindings", "clusterrolebindings":
            if let old = attributes.oldObject, old["roleRef"] == object["roleRef"],
                old["subjects"] == object["subjects"]
            {
                return
            }
            guard let reference: RoleRef = object.view("roleRef") else { return }
            let rules = rbac.rules(of: reference, namespace: attributes.namespace)
            let resource = reference.kind == "Role" ? "roles" : "clusterroles"
            if await allowed("bind", resource, attributes, name: reference.name) { return }
            guard let rules else {
                throw StatusError.notFound(
                    GroupResource(group: Self.group, resource: resource), name: reference.name)
            }
            try check(rules, attributes)
        default:
            return
        }
    }

    private func allowed(
        _ verb: String, _ resource: String, _ attributes: AdmissionAttributes, name: String
    ) async -> Bool {
        let access = AccessAttributes(
            user: attributes.user, verb: verb, group: Self.group, resource: resource,
            namespace: attributes.namespace, name: name)
        return await authorizer.authorize(access).isAllowed
    }

    /// A role that takes in whatever others have may come to hold anything.
    private func checkAggregation(_ attributes: AdmissionAttributes) throws(StatusError) {
        func aggregates(_ object: JSONObject?) -> Bool {
            !(object?["aggregationRule"]?["clusterRoleSelectors"]?.arrayValue ?? []).isEmpty
        }
        guard aggregates(attributes.object) || aggregates(attributes.oldObject) else { return }
        guard rbac.missing(Self.everything, user: attributes.user, namespace: "").isEmpty else {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: attributes.name,
                "must have cluster-admin privileges to use the aggregationRule")
        }
    }

    private static let everything = [
        PolicyRule(json: ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]]),
        PolicyRule(json: ["verbs": ["*"], "nonResourceURLs": ["*"]]),
    ]

    private func check(_ rules: [PolicyRule], _ attributes: AdmissionAttributes) throws(StatusError) {
        let missing = rbac.missing(rules, user: attributes.user, namespace: attributes.namespace)
        guard !missing.isEmpty else { return }
        let groups = attributes.user.groups.map(GoQuote.quote).joined(separator: " ")
        throw StatusError.forbidden(
            attributes.resource.groupResource, name: attributes.name,
            "user \(GoQuote.quote(attributes.user.name)) (groups=[\(groups)]) is attempting to grant "
                + "RBAC permissions not currently held:\n\(missing.joined(separator: "\n"))")
    }
}
