/// Who is charged. Every second of every part of a node goes to exactly one account.
package struct Account: Codable, Hashable, Sendable {
    package enum Use: String, Codable, Hashable, Sendable, CaseIterable {
        /// The work of a request to a model.
        case request
        /// Held by a pod that is well, for work that is no request.
        case pod
        /// Held by no pod.
        case idle
        /// GPUs that are held, or broken, and do nothing.
        case waste
    }

    /// Why GPUs do nothing.
    package enum Waste: String, Codable, Hashable, Sendable, CaseIterable {
        /// The pod is not yet ready: pulling, loading, warming up.
        case starting = "Starting"
        /// The pod was ready and is not.
        case notReady = "NotReady"
        case crashLoop = "CrashLoop"
        /// A device has failed, held or not.
        case unhealthy = "Unhealthy"
        /// The pod serves a model and had no request for longer than `Ledger.idleGrace`.
        case unused = "Unused"
    }

    package var use: Use
    package var waste: Waste?
    package var namespace = ""
    package var team = ""
    package var model = ""
    package var version = ""
    package var route = ""
    package var tenant = ""
    package var routeClass = ""

    package init(_ use: Use, waste: Waste? = nil) {
        self.use = use
        self.waste = waste
    }

    /// The account that takes what has no room on its own: only where from is kept.
    var folded: Account {
        var account = Account(use, waste: waste)
        account.namespace = namespace
        for part in [\Account.team, \.model, \.version, \.route, \.tenant, \.routeClass]
        where !self[keyPath: part].isEmpty {
            account[keyPath: part] = Self.other
        }
        return account
    }

    /// The last resort when even namespaces are too many.
    var collapsed: Account {
        var account = folded
        if !namespace.isEmpty { account.namespace = Self.other }
        return account
    }

    package static let other = "other"
}
