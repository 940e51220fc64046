import Synchronization

/// Finds a request's flow schema: the first that matches, by precedence, then by name.
///
/// Which rules are about a user is found out once per user and remembered for a bounded number of them, so that most
/// requests are held against two or three rules. One classifier stands for one configuration and never changes.
final class FlowClassifier: Sendable {
    private struct Candidate {
        let schema: ClassifiedSchema
        let rules: [FlowRule]
    }

    /// Users remembered; when there are more, remembering starts over.
    private static let rememberedUsers = 2048

    let edition: UInt64
    let schemas: [ClassifiedSchema]
    private let catchAll: ClassifiedSchema
    private let users = Mutex<[FlowUser: [Candidate]]>([:])

    /// - Parameters:
    ///   - schemas: in the order in which they are asked.
    ///   - catchAll: takes what no schema matches, which only users without the standard groups can send.
    init(edition: UInt64, schemas: [ClassifiedSchema], catchAll: ClassifiedSchema) {
        self.edition = edition
        self.schemas = schemas
        self.catchAll = catchAll
    }

    func classify(_ request: FlowRequest) -> FlowClassification {
        let schema = schema(of: request)
        var flow: UInt64 = 0
        if !schema.isExempt {
            // Seeded anew in each process: nobody can choose names that collide with another's flow.
            var hasher = Hasher()
            hasher.combine(schema.name)
            hasher.combine(schema.distinguish(request))
            flow = UInt64(bitPattern: Int64(hasher.finalize()))
        }
        return FlowClassification(schema: schema, edition: edition, flow: flow)
    }

    private func schema(of request: FlowRequest) -> ClassifiedSchema {
        for candidate in candidates(of: request.user) where candidate.rules.contains(where: { $0.matches(request) }) {
            return candidate.schema
        }
        return catchAll
    }

    private func candidates(of user: FlowUser) -> [Candidate] {
        if let known = users.withLock({ $0[user] }) { return known }
        let candidates = schemas.compactMap { schema -> Candidate? in
            let rules = schema.rules.filter { $0.concerns(user) }
            return rules.isEmpty ? nil : Candidate(schema: schema, rules: rules)
        }
        users.withLock { users in
            if users.count >= Self.rememberedUsers { users.removeAll() }
            users[user] = candidates
        }
        return candidates
    }
}

/// The flow that a request belongs to.
package struct FlowClassification: Sendable {
    package let schema: ClassifiedSchema
    /// The configuration that was asked.
    let edition: UInt64
    /// Evenly distributed, equal for requests of one flow.
    package let flow: UInt64
}
