/// How much of a request is written down (`audit.k8s.io/v1`).
package enum AuditLevel: String, CaseIterable, Comparable, Sendable {
    case none = "None"
    /// Who did what to which object, and what came of it.
    case metadata = "Metadata"
    /// And what they sent.
    case request = "Request"
    /// And what they were answered.
    case requestResponse = "RequestResponse"

    private var rank: Int {
        switch self {
        case .none: 0
        case .metadata: 1
        case .request: 2
        case .requestResponse: 3
        }
    }

    package static func < (left: AuditLevel, right: AuditLevel) -> Bool { left.rank < right.rank }
}

/// When an event about a request is written.
package enum AuditStage: String, CaseIterable, Sendable {
    /// Before it is handed on.
    case requestReceived = "RequestReceived"
    /// Its answer has begun and will take long: watches, logs, streams.
    case responseStarted = "ResponseStarted"
    case responseComplete = "ResponseComplete"
    /// A handler of Kubernetes panicked. Known to policies; nothing here panics and goes on.
    case panic = "Panic"
}
