import Machinery

/// A service that decides about access, and what is to be done when it does not answer.
package struct AuthorizationWebhook: Sendable {
    package var name: String
    package var kubeconfig: WebhookKubeconfig
    package var version = "v1"
    package var timeout = Duration.seconds(30)
    package var allowedLifetime = Duration.seconds(300)
    package var refusedLifetime = Duration.seconds(30)
    package var remembersAllowed = true
    package var remembersRefused = true
    /// Without an answer access is refused; else others decide.
    package var deniesOnFailure = false
    var conditions: [ReviewCondition] = []

    package init(name: String, kubeconfig: WebhookKubeconfig) {
        self.name = name
        self.kubeconfig = kubeconfig
    }
}

/// Reads a webhook of an authorization configuration and says what is wrong with it, in Kubernetes' words.
struct AuthorizationWebhookReader {
    private static let maximumTimeout = Duration.seconds(30)
    private static let maximumConditions = 64

    private let path: FieldPath
    private let readFile: (String) throws -> [UInt8]
    private(set) var errors: [FieldError] = []

    init(_ path: FieldPath, read: @escaping (String) throws -> [UInt8]) {
        self.path = path
        readFile = read
    }

    mutating func read(_ object: JSONObject, name: String) -> AuthorizationWebhook? {
        let timeout = duration(object, "timeout", orDefault: nil, above: "must be > 0s and <= 30s")
        if let timeout, timeout > Self.maximumTimeout {
            errors.append(
                .invalid(path.child("timeout"), GoDuration(timeout).description, "must be > 0s and <= 30s"))
        }
        let allowed = duration(object, "authorizedTTL", orDefault: .seconds(300), above: "must be > 0s")
        let refused = duration(object, "unauthorizedTTL", orDefault: .seconds(30), above: "must be > 0s")
        let version = object.string("subjectAccessReviewVersion") ?? ""
        require(version, "subjectAccessReviewVersion", of: ["v1", "v1beta1"])
        let policy = object.string("failurePolicy") ?? ""
        require(policy, "failurePolicy", of: ["NoOpinion", "Deny"])
        let conditions = conditions(object)
        let kubeconfig = connection(object["connectionInfo"]?.objectValue ?? JSONObject())
        guard errors.isEmpty, let timeout, let allowed, let refused, let kubeconfig else { return nil }
        var webhook = AuthorizationWebhook(name: name, kubeconfig: kubeconfig)
        webhook.version = version
        webhook.timeout = timeout
        webhook.allowedLifetime = allowed
        webhook.refusedLifetime = refused
        webhook.remembersAllowed = object.bool("cacheAuthorizedRequests") ?? true
        webhook.remembersRefused = object.bool("cacheUnauthorizedRequests") ?? true
        webhook.deniesOnFailure = policy == "Deny"
        webhook.conditions = conditions
        return webhook
    }

    private mutating func duration(
        _ object: JSONObject, _ key: String, orDefault: Duration?, above problem: String
    ) -> Duration? {
        guard let json = object[key], json != .null else {
            if orDefault == nil { errors.append(.required(path.child(key))) }
            return orDefault
        }
        guard let value = GoDuration(json: json)?.duration else {
            errors.append(.invalid(path.child(key), json, "time: invalid duration"))
            return nil
        }
        if value == .zero {
            if orDefault == nil { errors.append(.required(path.child(key))) }
            return orDefault
        }
        guard value > .zero else {
            errors.append(.invalid(path.child(key), GoDuration(value).description, problem))
            return nil
        }
        return value
    }

    private mutating func require(_ value: String, _ key: String, of supported: [String]) {
        if value.isEmpty {
            errors.append(.required(path.child(key)))
        } else if !supported.contains(value) {
            errors.append(.notSupported(path.child(key), value, supported: supported))
        }
    }

    private mutating func conditions(_ object: JSONObject) -> [ReviewCondition] {
        let texts = object.values("matchConditions").map { $0["expression"]?.stringValue ?? "" }
        let version = object.string("matchConditionSubjectAccessReviewVersion") ?? ""
        let place = path.child("matchConditionSubjectAccessReviewVersion")
        if version.isEmpty {
            if !texts.isEmpty { errors.append(.required(place, "required if match conditions are specified")) }
        } else if version != "v1" {
            errors.append(.notSupported(place, version, supported: ["v1"]))
        }
        let root = path.child("matchConditions")
        guard texts.count <= Self.maximumConditions else {
            errors.append(.tooMany(root, count: texts.count, maximum: Self.maximumConditions))
            return []
        }
        var seen: Set<String> = []
        var result: [ReviewCondition] = []
        for (index, text) in texts.enumerated() {
            let place = root.index(index).child("expression")
            if text.allSatisfy(\.isWhitespace) {
                errors.append(.required(place))
            } else if !seen.insert(text).inserted {
                errors.append(.duplicate(place, text))
            } else {
                do {
                    result.append(try ReviewCondition(text))
                } catch {
                    errors.append(.invalid(place, text, error.description))
                }
            }
        }
        return result
    }

    private mutating func connection(_ info: JSONObject) -> WebhookKubeconfig? {
        let path = path.child("connectionInfo")
        let type = info.string("type") ?? ""
        guard type == "KubeConfigFile" else {
            if type.isEmpty {
                errors.append(.required(path.child("type")))
            } else {
                // This server is no client of another cluster.
                errors.append(.notSupported(path.child("type"), type, supported: ["KubeConfigFile"]))
            }
            return nil
        }
        let place = path.child("kubeConfigFile")
        let file = info.string("kubeConfigFile") ?? ""
        guard !file.isEmpty else {
            errors.append(.required(place))
            return nil
        }
        guard file.hasPrefix("/") else {
            errors.append(.invalid(place, file, "must be an absolute path"))
            return nil
        }
        do {
            let folder = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
            return try WebhookKubeconfig(try readFile(file), folder: folder)
        } catch {
            errors.append(.invalid(place, file, "error loading file: \(error)"))
            return nil
        }
    }
}
