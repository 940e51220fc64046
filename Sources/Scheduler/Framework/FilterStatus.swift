/// Why a plugin refuses a pod or a node. Nearly always one text, which then costs no allocation.
package struct Reasons: Sendable, Hashable, ExpressibleByStringLiteral {
    package let first: String
    package let others: [String]

    package init(stringLiteral value: String) {
        self.init(value)
    }

    package init(_ first: String, _ others: [String] = []) {
        self.first = first
        self.others = others
    }

    package var all: [String] { [first] + others }
}

/// A plugin's verdict on a pod, or on a pod and a node.
package enum FilterStatus: Sendable, Hashable {
    case success
    /// The pod does not fit, but would if other pods went away.
    case unschedulable(Reasons)
    /// The pod does not fit, whatever other pods do.
    case unresolvable(Reasons)
    /// The verdict could not be found: the pod is tried again after a pause.
    case failed(String)

    package var reasons: [String] {
        switch self {
        case .success: []
        case .unschedulable(let reasons), .unresolvable(let reasons): reasons.all
        case .failed(let message): [message]
        }
    }

    package var message: String { reasons.joined(separator: ", ") }
    package var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}

/// What a plugin finds once per pod, before nodes are looked at.
package enum PreFilterOutcome: Sendable, Hashable {
    /// All nodes are to be filtered.
    case allNodes
    /// Only these can be right.
    case nodes(Set<Int>)
    /// The plugin's filter would let everything pass: it need not be asked.
    case skip
    /// The pod fits nowhere.
    case rejected(FilterStatus)
}

/// What a plugin says to a pod that is about to be bound.
package enum PermitOutcome: Sendable, Hashable {
    case allowed
    /// Others decide later, by `WaitingPod`; refused when the time is over.
    case wait(Duration, String)
    case rejected(FilterStatus)
}

/// What became of an attempt to make room.
package enum PostFilterOutcome: Sendable {
    /// Room is being made on the node.
    case nominated(String, victims: [PodInfo], node: Int)
    /// Nothing can be done; room that was being made for the pod is given up.
    case unschedulable(String)
    /// Nothing is to be done now.
    case notNow(String)
}
