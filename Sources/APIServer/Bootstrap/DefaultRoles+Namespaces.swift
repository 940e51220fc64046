import KubeAPI

extension DefaultRoles {
    /// A role within one of the system's namespaces, and who has it.
    struct NamespacedRole: Sendable {
        let namespace: String
        let role: Role
        let binding: Binding
    }

    private static let leaderRules = """
        create,get,list,update,watch | coordination.k8s.io | leases
        create,get,list,update,watch | coordination.k8s.io | leasecandidates
        """
    private static let components = ["system:kube-controller-manager", "system:kube-scheduler"]

    /// Kubernetes' roles in `kube-system` and `kube-public`.
    static let namespacedRoles: [NamespacedRole] = [
        NamespacedRole(
            namespace: "kube-public",
            role: Role(
                "system:controller:bootstrap-signer",
                """
                get,list,watch | core | configmaps
                update | core | configmaps | cluster-info
                create,patch,update | core,events.k8s.io | events
                """),
            binding: account("bootstrap-signer")),
        NamespacedRole(
            namespace: "kube-system",
            role: Role("system:controller:bootstrap-signer", "get,list,watch | core | secrets"),
            binding: account("bootstrap-signer")),
        NamespacedRole(
            namespace: "kube-system",
            role: Role("system:controller:cloud-provider", "create,get,list,watch | core | configmaps"),
            binding: account("cloud-provider")),
        NamespacedRole(
            namespace: "kube-system",
            role: Role(
                "system:controller:token-cleaner",
                """
                delete,get,list,watch | core | secrets
                create,patch,update | core,events.k8s.io | events
                """),
            binding: account("token-cleaner")),
        NamespacedRole(
            namespace: "kube-system",
            role: Role(
                "extension-apiserver-authentication-reader",
                "get,list,watch | core | configmaps | extension-apiserver-authentication"),
            binding: Binding(
                "system::extension-apiserver-authentication-reader",
                role: "extension-apiserver-authentication-reader", users: components)),
        leader("kube-controller-manager", also: ["leader-election-controller"]),
        leader("kube-scheduler"),
    ]

    private static func account(_ name: String) -> Binding {
        Binding("system:controller:\(name)", accounts: [("kube-system", name)])
    }

    /// Who may hold the lease of a component, under the names it has as a user and as an account.
    private static func leader(_ component: String, also: [String] = []) -> NamespacedRole {
        let name = "system::leader-locking-\(component)"
        return NamespacedRole(
            namespace: "kube-system", role: Role(name, leaderRules),
            binding: Binding(
                name, users: ["system:\(component)"],
                accounts: ([component] + also).map { ("kube-system", $0) }))
    }
}

extension DefaultRoles.NamespacedRole {
    var roleObject: KubeAPI.Role {
        let source = role.object
        var object = KubeAPI.Role(name: role.name, namespace: namespace)
        object.metadata.labels = source.labels
        object.metadata.annotations = source.annotations
        object.rules = source.rules
        return object
    }

    var bindingObject: RoleBinding {
        let source = binding.object
        var object = RoleBinding(name: binding.name, namespace: namespace)
        object.metadata.labels = source.labels
        object.metadata.annotations = source.annotations
        object.roleRef = source.roleRef
        object.roleRef.kind = "Role"
        object.subjects = source.subjects
        return object
    }
}
