/// The types and resources of `rbac.authorization.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let rbacV1 = #"""
        package io.k8s.api.rbac.v1
        version rbac.authorization.k8s.io v1
        resource clusterrolebindings ClusterRoleBinding cluster singular:clusterrolebinding
        resource clusterroles ClusterRole cluster singular:clusterrole
        resource rolebindings RoleBinding namespaced singular:rolebinding
        resource roles Role namespaced singular:role

        type AggregationRule  # Composes a ClusterRole of others.
          clusterRoleSelectors [LabelSelector] @1
            # Labels of the ClusterRoles whose rules are taken over; matching any selector is enough.

        type ClusterRole kind  # A set of permissions, for cluster-scoped and, through bindings, namespaced resources.
          aggregationRule AggregationRule @3
            # Composes the rules of other ClusterRoles; rules is then overwritten by the system.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          rules [PolicyRule] @2  # The permissions.

        type ClusterRoleBinding kind  # Grants a ClusterRole in the whole cluster.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          roleRef! RoleRef @3  # The ClusterRole to grant. Immutable.
          subjects [Subject] @2  # Who receives the permissions.

        type ClusterRoleBindingList kind  # A list of ClusterRoleBinding objects.
          items! [ClusterRoleBinding] @2  # The ClusterRoleBinding objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ClusterRoleList kind  # A list of ClusterRole objects.
          items! [ClusterRole] @2  # The ClusterRole objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type PolicyRule  # Permissions: all verbs on all listed resources or URLs. There are no rules that deny.
          apiGroups [string] @2  # API groups of the resources; "" is the core group, '*' means all.
          nonResourceURLs [string] @5
            # URL paths that are no resources, such as /healthz or /metrics/*. Only in ClusterRoles granted
            # cluster-wide.
          resourceNames [string] @4  # Names of the objects the rule is limited to. Empty means all.
          resources [string] @3  # Resources, or resource/subresource such as pods/log; '*' means all.
          verbs! [string] @1  # Allowed actions, such as get, list, watch, create, update, patch, delete; '*' means all.

        type Role kind  # A set of permissions within one namespace.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          rules [PolicyRule] @2  # The permissions.

        type RoleBinding kind  # Grants a Role or ClusterRole within one namespace.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          roleRef! RoleRef @3  # The Role of this namespace, or the ClusterRole, to grant. Immutable.
          subjects [Subject] @2  # Who receives the permissions.

        type RoleBindingList kind  # A list of RoleBinding objects.
          items! [RoleBinding] @2  # The RoleBinding objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type RoleList kind  # A list of Role objects.
          items! [Role] @2  # The Role objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type RoleRef atomic  # Names a role.
          apiGroup string @1 = "rbac.authorization.k8s.io"
            # API group of the role: rbac.authorization.k8s.io, which is the default.
          kind! string @2  # Role or ClusterRole.
          name! string @3  # Name of the role.

        type Subject atomic  # Who receives permissions.
          apiGroup string @2
            # API group of the subject. Defaults to the core group for ServiceAccount and to rbac.authorization.k8s.io
            # for others.
          kind! string @1  # User, Group or ServiceAccount.
          name! string @3  # Name of the subject.
          namespace string @4  # Namespace of a ServiceAccount; not allowed for others.
        """#
}
