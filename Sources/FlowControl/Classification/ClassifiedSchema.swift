import KubeAPI

/// A flow schema at work, with the priority level that its requests are of.
///
/// A class, so that an answer of classification is one reference.
package final class ClassifiedSchema: Sendable {
    /// What tells the flows of one schema apart.
    enum Distinguisher: Sendable {
        case none
        case user
        case namespace
    }

    package let name: String
    package let uid: String
    package let levelName: String
    package let levelUID: String
    /// Requests of an exempt level never wait; their work need not be estimated.
    package let isExempt: Bool
    /// The most seats that an estimate may ask for at this level.
    package let maximumSeats: Int
    let distinguisher: Distinguisher
    let rules: [FlowRule]
    /// Where the state has the level, and the schema's figures.
    package let level: Int
    let tally: Int

    init(_ schema: FlowSchema, level: PriorityLevel, at index: Int, tally: Int) {
        name = schema.name
        uid = schema.metadata.uid ?? ""
        levelName = level.settings.name
        levelUID = level.settings.uid
        isExempt = level.settings.isExempt
        maximumSeats = level.maximumSeats
        distinguisher =
            switch schema.spec.distinguisherMethod?.type {
            case "ByUser": .user
            case "ByNamespace": .namespace
            default: .none
            }
        rules = schema.spec.rules.map(FlowRule.init)
        self.level = index
        self.tally = tally
    }

    func distinguish(_ request: FlowRequest) -> String {
        switch distinguisher {
        case .none: ""
        case .user: request.user.name
        case .namespace: request.namespace
        }
    }
}
