import KubeAPI
import Machinery

/// Defaults that webhooks, policies and their bindings share.
enum AdmissionDefaults {
    static func apply(toHooks hooks: JSON?, isMutating: Bool) -> JSON? {
        guard let hooks = hooks?.arrayValue else { return hooks }
        return .array(
            hooks.map { hook in
                guard case .object(var hook) = hook else { return hook }
                fill(&hook, ["failurePolicy": "Fail", "timeoutSeconds": 10])
                if isMutating { fill(&hook, ["reinvocationPolicy": "Never"]) }
                apply(toMatch: &hook, rules: ["rules"])
                if case .object(var client)? = hook["clientConfig"], case .object(var service)? = client["service"] {
                    fill(&service, ["port": 443])
                    client["service"] = .object(service)
                    hook["clientConfig"] = .object(client)
                }
                return .object(hook)
            })
    }

    /// A policy's or a binding's `MatchResources`.
    static func apply(toMatch match: JSON?) -> JSON? {
        guard case .object(var match)? = match else { return match }
        apply(toMatch: &match, rules: ["resourceRules", "excludeResourceRules"])
        return .object(match)
    }

    private static func apply(toMatch match: inout JSONObject, rules: [String]) {
        fill(&match, ["matchPolicy": "Equivalent", "namespaceSelector": [:], "objectSelector": [:]])
        for key in rules {
            guard let list = match[key]?.arrayValue else { continue }
            match[key] = .array(
                list.map { rule in
                    guard case .object(var rule) = rule else { return rule }
                    fill(&rule, ["scope": "*"])
                    return .object(rule)
                })
        }
    }

    static func fill(_ object: inout JSONObject, _ defaults: JSONObject) {
        for (key, value) in defaults where object[key] == nil { object[key] = value }
    }
}

struct ValidatingWebhookConfigurationStrategy: Strategy {
    private let rules = WebhookConfigurationValidation(expressions: Expressions.shared)

    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ configuration: inout ValidatingWebhookConfiguration) {
        configuration.json["webhooks"] = AdmissionDefaults.apply(
            toHooks: configuration.json["webhooks"], isMutating: false)
    }

    func prepareForCreate(_ configuration: inout ValidatingWebhookConfiguration) {
        configuration.metadata.generation = 1
    }

    func prepareForUpdate(
        _ configuration: inout ValidatingWebhookConfiguration, from old: ValidatingWebhookConfiguration
    ) {
        guard configuration.webhooks != old.webhooks else { return }
        configuration.metadata.generation = (old.metadata.generation ?? 0) + 1
    }

    func validate(_ configuration: ValidatingWebhookConfiguration) -> [FieldError] { rules.validate(configuration) }
    func validateChange(
        _ configuration: ValidatingWebhookConfiguration, from old: ValidatingWebhookConfiguration
    ) -> [FieldError] {
        rules.validateUpdate(configuration, from: old)
    }

    var columns: [TableColumn] { [.name, .number("Webhooks", "How many webhooks it has."), .age] }
    func cells(_ configuration: ValidatingWebhookConfiguration, now: Timestamp) -> [JSON] {
        [
            .string(configuration.name), .int(Int64(configuration.webhooks.count)),
            TableCell.age(configuration.metadata.creationTimestamp, now: now),
        ]
    }
}

struct MutatingWebhookConfigurationStrategy: Strategy {
    private let rules = WebhookConfigurationValidation(expressions: Expressions.shared)

    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ configuration: inout MutatingWebhookConfiguration) {
        configuration.json["webhooks"] = AdmissionDefaults.apply(
            toHooks: configuration.json["webhooks"], isMutating: true)
    }

    func prepareForCreate(_ configuration: inout MutatingWebhookConfiguration) {
        configuration.metadata.generation = 1
    }

    func prepareForUpdate(
        _ configuration: inout MutatingWebhookConfiguration, from old: MutatingWebhookConfiguration
    ) {
        guard configuration.webhooks != old.webhooks else { return }
        configuration.metadata.generation = (old.metadata.generation ?? 0) + 1
    }

    func validate(_ configuration: MutatingWebhookConfiguration) -> [FieldError] { rules.validate(configuration) }
    func validateChange(
        _ configuration: MutatingWebhookConfiguration, from old: MutatingWebhookConfiguration
    ) -> [FieldError] {
        rules.validateUpdate(configuration, from: old)
    }

    var columns: [TableColumn] { [.name, .number("Webhooks", "How many webhooks it has."), .age] }
    func cells(_ configuration: MutatingWebhookConfiguration, now: Timestamp) -> [JSON] {
        [
            .string(configuration.name), .int(Int64(configuration.webhooks.count)),
            TableCell.age(configuration.metadata.creationTimestamp, now: now),
        ]
    }
}
