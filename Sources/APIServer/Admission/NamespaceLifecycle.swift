import Machinery

/// Keeps objects out of namespaces that do not exist or are going away, and the namespaces everything depends on from
/// being deleted.
///
/// Asked first, before other plugins miss what a namespace would have, and again when all is decided.
struct NamespaceLifecycle: MutatingAdmission, ValidatingAdmission {
    let name = "NamespaceLifecycle"
    let namespaces: @Sendable (String) -> (exists: Bool, isTerminating: Bool)

    private static let immortal: Set<String> = ["default", "kube-system", "kube-public"]

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        try await validate(attributes)
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        if attributes.operation == .delete, attributes.resource.resource == "namespaces",
            attributes.resource.group.isEmpty, Self.immortal.contains(attributes.name)
        {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: attributes.name, "this namespace may not be deleted")
        }
        guard attributes.operation == .create, !attributes.namespace.isEmpty, attributes.subresource.isEmpty else {
            return
        }
        let state = namespaces(attributes.namespace)
        guard state.exists else {
            throw StatusError.notFound(
                GroupResource(group: "", resource: "namespaces"), name: attributes.namespace)
        }
        guard !state.isTerminating else {
            var error = StatusError.forbidden(
                attributes.resource.groupResource, name: attributes.name,
                "unable to create new content in namespace \(attributes.namespace) because it is being terminated")
            error.details?.causes = [
                StatusError.Cause(
                    reason: "NamespaceTerminating",
                    message: "namespace \(attributes.namespace) is being terminated", field: "metadata.namespace")
            ]
            throw error
        }
    }
}
