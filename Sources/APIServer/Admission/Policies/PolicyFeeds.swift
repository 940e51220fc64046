import Machinery
import Store
import Synchronization

/// The policies of one kind with what binds them. A policy that nothing binds does nothing.
final class PolicyFeeds<Policy: Sendable>: Sendable {
    struct Bound: Sendable {
        let policy: Policy
        /// In the order of their names.
        let bindings: [PolicyBinding]
    }

    private struct Joined {
        let policies: UInt64
        let bindings: UInt64
        let bound: [Bound]
    }

    private let policies: AdmissionFeed<Policy>
    private let bindings = AdmissionFeed<PolicyBinding>(compile: PolicyBinding.init)
    private let name: @Sendable (Policy) -> String
    private let joined = Mutex<Joined?>(nil)

    init(name: @escaping @Sendable (Policy) -> String, compile: @escaping @Sendable (JSONObject) -> Policy) {
        self.name = name
        policies = AdmissionFeed(compile: compile)
    }

    func follow(policies: String, bindings: String, of cache: WatchCache) throws(StatusError) {
        try self.policies.follow(policies, of: cache)
        try self.bindings.follow(bindings, of: cache)
    }

    /// The policies at work, in the order of their names.
    func current() -> [Bound] {
        let policies = policies.current()
        if policies.entries.isEmpty { return [] }
        let bindings = bindings.current()
        if bindings.entries.isEmpty { return [] }
        let known = joined.withLock { joined -> [Bound]? in
            guard let joined, joined.policies == policies.number, joined.bindings == bindings.number else { return nil }
            return joined.bound
        }
        if let known { return known }
        let byPolicy = Dictionary(grouping: bindings.entries, by: \.policy)
        let bound = policies.entries.compactMap { policy in
            byPolicy[name(policy)].map { Bound(policy: policy, bindings: $0) }
        }
        joined.withLock { $0 = Joined(policies: policies.number, bindings: bindings.number, bound: bound) }
        return bound
    }
}
