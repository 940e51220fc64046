import Machinery
import Synchronization

/// What admission has to say about a request in its audit event: `annotations` of `audit.k8s.io`.
package final class AuditAnnotations: Sendable {
    package struct Entry: Hashable, Sendable {
        package let key: String
        package let value: String
        /// Holds parts of objects: only for events that show requests' bodies.
        package let showsContent: Bool
    }

    private static let maximumCount = 256

    private let entries = Mutex<[Entry]>([])

    package init() {}

    /// The first value of a key stands.
    package func add(_ key: String, _ value: String, showsContent: Bool = false) {
        entries.withLock { entries in
            guard entries.count < Self.maximumCount, !entries.contains(where: { $0.key == key }) else { return }
            entries.append(Entry(key: key, value: value, showsContent: showsContent))
        }
    }

    package var all: [Entry] { entries.withLock { $0 } }

    /// What authorization decided, and why.
    func add(_ decision: AccessDecision) {
        switch decision {
        case .allow(let reason): add(isAllowed: true, reason)
        case .noOpinion(let reason), .deny(let reason): add(isAllowed: false, reason)
        case .failure: add("authorization.k8s.io/reason", "internal error")
        }
    }

    private func add(isAllowed: Bool, _ reason: String) {
        add("authorization.k8s.io/decision", isAllowed ? "allow" : "forbid")
        add("authorization.k8s.io/reason", reason)
    }
}
