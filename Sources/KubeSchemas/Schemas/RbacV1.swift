/// The types and resources of `rbac.authorization.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let rbacV1 = #"""
        package io.k8s.api.rbac.v1
        version rbac.authorization.k8s.io v1
        resource clusterrolebindings ClusterRoleBinding cluster singular:clusterrolebinding
        resource clusterroles ClusterRole cluster singular:clusterrole
        resource rolebindings RoleBinding namespaced singular:rolebinding
        resource roles Role namespaced singular:role

        type AggregationRule
          clusterRoleSelectors [LabelSelector] @1

        type ClusterRole kind
          aggregationRule AggregationRule @3
          metadata ObjectMeta @1
          rules [PolicyRule] @2

        type ClusterRoleBinding kind
          metadata ObjectMeta @1
          roleRef! RoleRef @3
          subjects [Subject] @2

        type ClusterRoleBindingList kind
          items! [ClusterRoleBinding] @2
          metadata ListMeta @1

        type ClusterRoleList kind
          items! [ClusterRole] @2
          metadata ListMeta @1

        type PolicyRule
          apiGroups [string] @2
          nonResourceURLs [string] @5
          resourceNames [string] @4
          resources [string] @3
          verbs! [string] @1

        type Role kind
          metadata ObjectMeta @1
          rules [PolicyRule] @2

        type RoleBinding kind
          metadata ObjectMeta @1
          roleRef! RoleRef @3
          subjects [Subject] @2

        type RoleBindingList kind
          items! [RoleBinding] @2
          metadata ListMeta @1

        type RoleList kind
          items! [Role] @2
          metadata ListMeta @1

        type RoleRef atomic
          apiGroup string @1 = "rbac.authorization.k8s.io"
          kind! string @2
          name! string @3

        type Subject atomic
          apiGroup string @2
          kind! string @1
          name! string @3
          namespace string @4
        """#
}
