import Machinery
import Synchronization

/// The authorizers of a configuration, asked in turn; replaceable while the server runs.
///
/// Whatever the configuration says, `system:masters` may do everything.
package final class AuthorizerChain: Authorizer {
    private let node: NodeAuthorizer
    private let rbac: RBACAuthorizer
    private let clock: any WallClock
    private let current: Mutex<AuthorizerUnion>

    init(
        _ configuration: AuthorizationConfiguration, node: NodeAuthorizer, rbac: RBACAuthorizer, clock: any WallClock
    ) throws(ConfigurationDocument.Failure) {
        self.node = node
        self.rbac = rbac
        self.clock = clock
        current = Mutex(AuthorizerUnion([]))
        try replace(configuration)
    }

    /// Takes another configuration; on an error the old one stays. Webhooks' answers are forgotten.
    package func replace(_ configuration: AuthorizationConfiguration) throws(ConfigurationDocument.Failure) {
        var authorizers: [any Authorizer] = [PrivilegedGroupAuthorizer(group: User.mastersGroup)]
        for step in configuration.steps {
            switch step {
            case .node: authorizers.append(node)
            case .rbac: authorizers.append(rbac)
            case .alwaysAllow: authorizers.append(FixedAuthorizer.allows)
            case .alwaysDeny: authorizers.append(FixedAuthorizer.denies)
            case .abac(let policies): authorizers.append(AttributeAuthorizer(policies: policies))
            case .webhook(let webhook): authorizers.append(try WebhookAuthorizer(webhook, clock: clock))
            }
        }
        let union = AuthorizerUnion(authorizers)
        current.withLock { $0 = union }
    }

    package func authorize(_ attributes: AccessAttributes) async -> AccessDecision {
        await current.withLock { $0 }.authorize(attributes)
    }

    package func rules(for user: User, namespace: String) -> AccessRules {
        current.withLock { $0 }.rules(for: user, namespace: namespace)
    }
}
