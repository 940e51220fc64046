import Synchronization

/// Which requests may come without a credential: all, none, or those for certain paths
/// (`--anonymous-auth`, `anonymous` of the authentication configuration). Changeable while the server runs.
package final class AnonymousAccess: Sendable {
    package enum Rule: Hashable, Sendable {
        case everything
        case nothing
        case paths(Set<String>)
    }

    private let rule: Mutex<Rule>

    package init(_ rule: Rule = .everything) {
        self.rule = Mutex(rule)
    }

    package func replace(_ rule: Rule) { self.rule.withLock { $0 = rule } }

    func isAllowed(_ path: String) -> Bool {
        rule.withLock { rule in
            switch rule {
            case .everything: true
            case .nothing: false
            case .paths(let paths): paths.contains(path)
            }
        }
    }
}
