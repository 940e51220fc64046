/// A request as far as the choice of its replica goes.
package struct PoolRequest: Sendable, Hashable {
    package let id: UInt64
    package let tenant: String
    package let priority: TrafficPriority
    package let promptTokens: Int
    package let answerTokens: Int
    package let prefix: PromptPrefix
    /// A replica that has failed it; another one is better.
    package var avoided: Replica.ID?

    package init(
        id: UInt64, tenant: String, priority: TrafficPriority = .interactive, promptTokens: Int = 1,
        answerTokens: Int = 1, prefix: PromptPrefix = PromptPrefix(), avoided: Replica.ID? = nil
    ) {
        self.id = id
        self.tenant = tenant
        self.priority = priority
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.prefix = prefix
        self.avoided = avoided
    }

    var tokens: Int { promptTokens + answerTokens }
}

/// Which requests go first. Of a lower one none is begun while one of a higher one waits that could be.
package enum TrafficPriority: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// A person waits.
    case interactive
    /// Nobody waits.
    case batch

    /// - Parameter routeClass: whatever routes name besides is somebody who waits.
    package init(routeClass: String) { self = routeClass == "batch" ? .batch : .interactive }

    /// The first goes first.
    package static func < (left: TrafficPriority, right: TrafficPriority) -> Bool { left.rawValue < right.rawValue }
}
