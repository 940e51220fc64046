/// A ConfigMap, Secret or key that somebody says is missing.
struct MissingObject: Hashable, Sendable {
    let cause: Cause
    let kind: String
    let name: String

    /// Understands the words of kubelet and API server: `configmap "x" not found`, `couldn't find key y in …`.
    init?(_ message: String) {
        if let key = Self.between(message, "couldn't find key ", " in ") {
            let isSecret = message.contains(" in Secret ")
            self.init(.missingKey, isSecret ? "secret" : "configmap", key)
        } else if let key = Self.between(message, "references non-existent config key: ", "") {
            self.init(.missingKey, "configmap", key)
        } else if let key = Self.between(message, "references non-existent secret key: ", "") {
            self.init(.missingKey, "secret", key)
        } else if message.contains("not found"), let name = Self.between(message, "configmap \"", "\"") {
            self.init(.missingConfigMap, "configmap", name)
        } else if message.contains("not found"), let name = Self.between(message, "configmaps \"", "\"") {
            self.init(.missingConfigMap, "configmap", name)
        } else if message.contains("not found"), let name = Self.between(message, "secret \"", "\"") {
            self.init(.missingSecret, "secret", name)
        } else if message.contains("not found"), let name = Self.between(message, "secrets \"", "\"") {
            self.init(.missingSecret, "secret", name)
        } else {
            return nil
        }
    }

    private init(_ cause: Cause, _ kind: String, _ name: String) {
        self.cause = cause
        self.kind = kind
        self.name = name
    }

    private static func between(_ text: String, _ start: String, _ end: String) -> String? {
        let pieces = text.split(separator: start, maxSplits: 1, omittingEmptySubsequences: false)
        guard pieces.count == 2 else { return nil }
        guard !end.isEmpty else { return pieces[1].split(separator: " ").first.map(String.init) }
        return pieces[1].split(separator: end, maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
    }

    func finding(_ subject: ObjectName, _ evidence: [Evidence]) -> Finding {
        switch cause {
        case .missingKey:
            Finding(
                cause, subject, "The pod uses key \(name) of a \(kind) that does not have it.", evidence: evidence,
                next: [subject.kubectl("get \(kind) -o yaml")])
        default:
            Finding(
                cause, subject, "The pod uses \(kind) \(name), which is not there.", evidence: evidence,
                next: [subject.kubectl("get \(kind) \(name)"), subject.kubectl("create \(kind) \(generic)\(name) …")])
        }
    }

    private var generic: String { kind == "secret" ? "generic " : "" }
}
