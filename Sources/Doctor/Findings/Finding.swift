/// Something that is wrong: what, how that is known, and what to type next.
package struct Finding: Hashable, Sendable {
    package var cause: Cause
    package var subject: ObjectName
    /// One sentence.
    package var summary: String
    /// Quotes, the most telling first.
    package var evidence: [Evidence]
    /// Commands, the next one first.
    package var next: [String]
    /// Others with the same cause under the same owner.
    package var others: [ObjectName] = []

    package init(
        _ cause: Cause, _ subject: ObjectName, _ summary: String, evidence: [Evidence] = [], next: [String] = []
    ) {
        self.cause = cause
        self.subject = subject
        self.summary = summary
        self.evidence = evidence
        self.next = next
    }
}

/// Something that an object or a log says.
package struct Evidence: Hashable, Sendable {
    /// Where it stands: `condition Ready`, `event FailedMount`, `log of server`.
    package var source: String
    package var quote: String

    package init(_ source: String, _ quote: String) {
        self.source = source
        self.quote = quote
    }
}

/// An object as `kubectl` is told of it.
package struct ObjectName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Such as `Pod`.
    package var kind: String
    package var namespace: String
    package var name: String

    package init(_ kind: String, _ namespace: String, _ name: String) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    /// `pod/web`.
    package var description: String { "\(kind.lowercased())/\(name)" }

    package static func < (left: ObjectName, right: ObjectName) -> Bool {
        (left.namespace, left.kind, left.name) < (right.namespace, right.kind, right.name)
    }

    /// `kubectl -n NAMESPACE VERB…`.
    func kubectl(_ rest: String) -> String {
        namespace.isEmpty ? "kubectl \(rest)" : "kubectl -n \(namespace) \(rest)"
    }

    var describe: String { kubectl("describe \(kind.lowercased()) \(name)") }
}
