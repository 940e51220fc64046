import KubeAPI
import Machinery
import Synchronization

/// Role-based access control over the cluster's own Roles and bindings.
///
/// It is told of every change to the four kinds, and decides from an index by subject: a decision looks only at the
/// bindings that name the user or one of its groups.
package final class RBACAuthorizer: Authorizer {
    private struct State {
        var policy = RBACPolicy()
        /// Built at the first decision after a change.
        var index: RBACIndex?
    }

    private let state = Mutex(State())

    package init() {}

    /// Takes in a change; `object` is `nil` when it was deleted.
    package func update(_ kind: RBACPolicy.Kind, _ key: ObjectKey, _ object: JSONObject?) {
        state.withLock { state in
            state.policy.update(kind, key, object)
            state.index = nil
        }
    }

    private func index() -> RBACIndex {
        state.withLock { state in
            if let index = state.index { return index }
            let index = RBACIndex(state.policy)
            state.index = index
            return index
        }
    }

    package func authorize(_ attributes: AccessAttributes) -> AccessDecision {
        if attributes.user.groups.contains(User.mastersGroup) {
            return .allow(reason: "")
        }
        for grant in index().grants(to: attributes.user, in: attributes.namespace)
        where grant.rules.contains(where: { $0.allows(attributes) }) {
            return .allow(reason: grant.reason)
        }
        return .noOpinion(reason: "")
    }

    package func rules(for user: User, namespace: String) -> AccessRules {
        var result = AccessRules()
        for rule in index().grants(to: user, in: namespace).flatMap(\.rules) {
            if rule.paths.isEmpty {
                result.resourceRules.append(
                    .init(
                        verbs: rule.verbs, apiGroups: rule.groups, resources: rule.resources,
                        resourceNames: rule.names))
            } else {
                result.nonResourceRules.append(.init(verbs: rule.verbs, paths: rule.paths))
            }
        }
        return result
    }

    /// What of `rules` is not already allowed to the user in `namespace`, as messages show it: nobody may grant more
    /// than they have.
    package func missing(_ rules: [PolicyRule], user: User, namespace: String) -> [String] {
        if user.groups.contains(User.mastersGroup) { return [] }
        let owned = index().grants(to: user, in: namespace).flatMap(\.rules)
        let atoms = rules.map(RBACRule.init).flatMap(\.atoms).filter { atom in !owned.contains { $0.covers(atom) } }
        return RBACRule.described(atoms)
    }

    /// The rules of the role that a binding refers to; `nil` when there is no such role.
    package func rules(of reference: RoleRef, namespace: String) -> [PolicyRule]? {
        state.withLock { $0.policy.rules(of: reference, namespace: namespace) }
    }
}
