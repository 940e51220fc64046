import KubeAPI
import Machinery

/// Nobody grants rights they do not have: roles may hold only what their author may do (or with the verb `escalate`),
/// bindings may refer only to such roles (or with the verb `bind`).
struct RBACEscalation: ValidatingAdmission {
    let name = "RBACEscalation"
    let rbac: RBACAuthorizer

    private static let group = "rbac.authorization.k8s.io"

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource.group == Self.group, attributes.subresource.isEmpty,
            attributes.operation == .create || attributes.operation == .update, let object = attributes.object
        else { return }
        switch attributes.resource.resource {
        case "roles", "clusterroles":
            let rules = (object.views("rules") as [PolicyRule])
            if let old = attributes.oldObject, old["rules"] == object["rules"] { return }
            try check(rules, verb: "escalate", resource: attributes.resource.resource, attributes)
        case "rolebindings", "clusterrolebindings":
            if let old = attributes.oldObject, old["roleRef"] == object["roleRef"],
                old["subjects"] == object["subjects"]
            {
                return
            }
            guard let reference: RoleRef = object.view("roleRef") else { return }
            let rules = rbac.rules(of: reference, namespace: attributes.namespace)
            let resource = reference.kind == "Role" ? "roles" : "clusterroles"
            if allowed("bind", resource, attributes, name: reference.name) { return }
            guard let rules else {
                throw StatusError.notFound(
                    GroupResource(group: Self.group, resource: resource), name: reference.name)
            }
            try check(rules, verb: nil, resource: resource, attributes)
        default:
            return
        }
    }

    private func allowed(_ verb: String, _ resource: String, _ attributes: AdmissionAttributes, name: String) -> Bool {
        let access = AccessAttributes(
            user: attributes.user, verb: verb, group: Self.group, resource: resource,
            namespace: attributes.namespace, name: name)
        if case .allow = rbac.authorize(access) { return true }
        return false
    }

    private func check(
        _ rules: [PolicyRule], verb: String?, resource: String, _ attributes: AdmissionAttributes
    ) throws(StatusError) {
        if let verb, allowed(verb, resource, attributes, name: attributes.name) { return }
        guard !rbac.covers(rules, user: attributes.user, namespace: attributes.namespace) else { return }
        throw StatusError.forbidden(
            attributes.resource.groupResource, name: attributes.name,
            "user \(GoQuote.quote(attributes.user.name)) (groups=\(attributes.user.groups)) is attempting to grant "
                + "RBAC permissions not currently held")
    }
}
