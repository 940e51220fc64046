import Machinery

/// Which authorizers are asked, in which order: `apiserver.config.k8s.io` AuthorizationConfiguration, from the file of
/// `--authorization-config` or made of `--authorization-mode`.
package struct AuthorizationConfiguration: Sendable {
    package enum Step: Sendable {
        case node
        case rbac
        case alwaysAllow
        case alwaysDeny
        case webhook(AuthorizationWebhook)
        case abac([AttributePolicy])
    }

    package let steps: [Step]

    /// What `--authorization-mode` may name.
    private static let modes: [String: Step] = [
        "Node": .node, "RBAC": .rbac, "AlwaysAllow": .alwaysAllow, "AlwaysDeny": .alwaysDeny,
    ]
    private static let webhookMode = "Webhook"
    private static let policyMode = "ABAC"

    package init(_ steps: [Step] = [.node, .rbac]) {
        self.steps = steps
    }

    /// - Parameters:
    ///   - modes: `Node,RBAC`.
    ///   - webhook: what the mode `Webhook` asks.
    ///   - policies: what the mode `ABAC` goes by.
    package init(
        modes text: String, webhook: AuthorizationWebhook?, policies: [AttributePolicy]? = nil
    ) throws(ConfigurationDocument.Failure) {
        let names = text.split(separator: ",").map { String($0.trimmingSpaces()) }
        guard !names.isEmpty else {
            throw ConfigurationDocument.Failure("at least one authorization-mode must be passed")
        }
        var steps: [Step] = []
        for name in names {
            if name == Self.webhookMode {
                guard let webhook else {
                    throw ConfigurationDocument.Failure(
                        "authorization-mode Webhook's authorization config file not passed")
                }
                steps.append(.webhook(webhook))
            } else if name == Self.policyMode {
                guard let policies else {
                    throw ConfigurationDocument.Failure(
                        "authorization-mode ABAC's authorization policy file not passed")
                }
                steps.append(.abac(policies))
            } else if let step = Self.modes[name] {
                steps.append(step)
            } else {
                throw ConfigurationDocument.Failure(
                    "authorization-mode \(GoQuote.quote(name)) is not a valid mode")
            }
        }
        guard Set(names).count == names.count else {
            throw ConfigurationDocument.Failure("authorization-mode \(names) has mode specified more than once")
        }
        if webhook != nil, !names.contains(Self.webhookMode) {
            throw ConfigurationDocument.Failure(
                "cannot specify --authorization-webhook-config-file without mode Webhook")
        }
        if policies != nil, !names.contains(Self.policyMode) {
            throw ConfigurationDocument.Failure("cannot specify --authorization-policy-file without mode ABAC")
        }
        self.steps = steps
    }

    private static let shape: [String: ConfigurationDocument.Shape] = [
        "authorizers": .list(
            .object([
                "type": .value, "name": .value,
                "webhook": .object([
                    "authorizedTTL": .value, "cacheAuthorizedRequests": .value, "unauthorizedTTL": .value,
                    "cacheUnauthorizedRequests": .value, "timeout": .value, "subjectAccessReviewVersion": .value,
                    "matchConditionSubjectAccessReviewVersion": .value, "failurePolicy": .value,
                    "connectionInfo": .object(["type": .value, "kubeConfigFile": .value]),
                    "matchConditions": .list(.object(["expression": .value])),
                ]),
            ]))
    ]

    /// - Parameter read: gives the bytes of a file the configuration names.
    package init(
        parsing bytes: [UInt8], read: @escaping (String) throws -> [UInt8]
    ) throws(ConfigurationDocument.Failure) {
        let document = try ConfigurationDocument(
            bytes, group: "apiserver.config.k8s.io", versions: ["v1", "v1beta1", "v1alpha1"],
            kind: "AuthorizationConfiguration", shape: Self.shape)
        let given = document.object.values("authorizers").map { $0.objectValue ?? JSONObject() }
        let root = FieldPath("authorizers")
        var errors: [FieldError] = []
        if given.isEmpty { errors.append(.required(root, "at least one authorization mode must be defined")) }
        var types: Set<String> = []
        var names: Set<String> = []
        var steps: [Step] = []
        for (index, object) in given.enumerated() {
            let path = root.index(index)
            let type = object.string("type") ?? ""
            if let problem = Self.problem(type, path.child("type"), &types) {
                errors.append(problem)
                continue
            }
            let name = object.string("name") ?? ""
            errors += Self.problems(name, path.child("name"), &names)
            let webhook = object["webhook"]?.objectValue
            if let step = Self.modes[type] {
                steps.append(step)
                if webhook != nil {
                    errors.append(
                        .invalid(path.child("webhook"), "non-null", "may only be specified when type=Webhook"))
                }
            } else if let webhook {
                var reader = AuthorizationWebhookReader(path, read: read)
                if let found = reader.read(webhook, name: name) { steps.append(.webhook(found)) }
                errors += reader.errors
            } else {
                errors.append(.required(path.child("webhook"), "required when type=Webhook"))
            }
        }
        if let failure = errors.configurationFailure { throw failure }
        self.steps = steps
    }

    private static func problem(_ type: String, _ path: FieldPath, _ seen: inout Set<String>) -> FieldError? {
        if type.isEmpty { return .required(path) }
        guard type == webhookMode || modes[type] != nil else {
            return .notSupported(path, type, supported: (modes.keys + [webhookMode]).sorted())
        }
        guard seen.insert(type).inserted || type == webhookMode else { return .duplicate(path, type) }
        return nil
    }

    private static func problems(_ name: String, _ path: FieldPath, _ seen: inout Set<String>) -> [FieldError] {
        if name.isEmpty { return [.required(path)] }
        guard seen.insert(name).inserted else { return [.duplicate(path, name)] }
        let problems = Names.dns1123Subdomain(name)
        guard !problems.isEmpty else { return [] }
        return [.invalid(path, name, "authorizer name is invalid: \(problems.joined(separator: ", "))")]
    }
}
