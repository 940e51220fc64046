import KubeAPI
import Machinery

/// What policies need of the cluster besides the request.
struct PolicySetting: Sendable {
    let namespaces: NamespaceLabels
    let namespace: @Sendable (String) -> JSONObject?
    let parameters: PolicyParameters
    let authorizer: any Authorizer

    /// Requests that no policy sees: questions about rights and identities, which the cluster itself needs answered.
    static func isExempt(_ attributes: AdmissionAttributes) -> Bool {
        if attributes.isAdmissionConfiguration { return true }
        switch attributes.resource.group {
        case "authentication.k8s.io":
            return ["selfsubjectreviews", "tokenreviews"].contains(attributes.resource.resource)
        case "authorization.k8s.io": return true
        default: return false
        }
    }

    /// The Namespace an expression may look at; `nil` for what is in none, Namespaces themselves included.
    func namespace(of attributes: AdmissionAttributes) throws(StatusError) -> JSONObject? {
        guard !attributes.namespace.isEmpty, !AdmissionTarget.isNamespaces(attributes.resource) else { return nil }
        guard let found = namespace(attributes.namespace) else {
            throw StatusError.notFound(GroupResource(group: "", resource: "namespaces"), name: attributes.namespace)
        }
        return found
    }
}
