import Machinery

/// Which requests a webhook, a policy or a binding is about: rules, exceptions, and selectors of namespaces and objects.
///
/// Compiled once per configuration. Rules are looked at first, since nearly every request falls out there.
/// Source: k8s.io/apiserver/pkg/admission/plugin/{webhook/generic,policy/matching}.
struct AdmissionMatcher: Sendable {
    private let rules: [AdmissionRule]
    private let exceptions: [AdmissionRule]
    /// A binding without rules is about everything its policy is about.
    private let matchesWithoutRules: Bool
    private let allowsOtherVersions: Bool
    private let namespaces: Result<Selector, SelectorError>
    private let objects: Result<Selector, SelectorError>

    /// Of a webhook.
    init(webhook: JSONObject) {
        self.init(webhook, rules: "rules", exceptions: nil, matchesWithoutRules: false)
    }

    /// Of a policy's `matchConstraints` or a binding's `matchResources`.
    init(resources: JSONObject) {
        self.init(
            resources, rules: "resourceRules", exceptions: "excludeResourceRules", matchesWithoutRules: true)
    }

    private init(_ json: JSONObject, rules: String, exceptions: String?, matchesWithoutRules: Bool) {
        func compiled(_ key: String) -> [AdmissionRule] {
            json.values(key).compactMap { $0.objectValue.map(AdmissionRule.init) }
        }
        self.rules = compiled(rules)
        self.exceptions = exceptions.map(compiled) ?? []
        self.matchesWithoutRules = matchesWithoutRules
        allowsOtherVersions = json.string("matchPolicy") != "Exact"
        namespaces = Self.selector(json["namespaceSelector"])
        objects = Self.selector(json["objectSelector"])
    }

    private static func selector(_ json: JSON?) -> Result<Selector, SelectorError> {
        guard let object = json?.objectValue else { return .success(.everything) }
        do throws(SelectorError) {
            return .success(try Selector(labelSelector: object))
        } catch {
            return .failure(error)
        }
    }

    /// As what the request is meant; `nil` when it is not.
    ///
    /// - Throws: where the namespace decides, that there is none of this name.
    func match(
        _ attributes: AdmissionAttributes, _ namespaces: NamespaceLabels
    ) throws(StatusError) -> AdmissionMatch? {
        guard let match = ruleMatch(attributes), try objectMatches(attributes),
            try namespaceMatches(attributes, namespaces)
        else { return nil }
        return match
    }

    private func ruleMatch(_ attributes: AdmissionAttributes) -> AdmissionMatch? {
        if firstMatch(exceptions, attributes) != nil { return nil }
        if rules.isEmpty { return matchesWithoutRules ? attributes.itself : nil }
        return firstMatch(rules, attributes)
    }

    private func firstMatch(_ rules: [AdmissionRule], _ attributes: AdmissionAttributes) -> AdmissionMatch? {
        guard !rules.isEmpty else { return nil }
        var target = attributes.target
        if rules.contains(where: { $0.matches(target) }) { return attributes.itself }
        guard allowsOtherVersions, attributes.versions != nil else { return nil }
        let equivalents = attributes.equivalents
        // Earlier rules come before earlier versions.
        for rule in rules {
            for equivalent in equivalents {
                target.resource = equivalent.resource
                if rule.matches(target) { return equivalent }
            }
        }
        return nil
    }

    private func objectMatches(_ attributes: AdmissionAttributes) throws(StatusError) -> Bool {
        let selector = try Self.usable(objects)
        if selector.isEverything { return true }
        func matches(_ object: JSONObject?) -> Bool {
            // What has no metadata has no labels either, not even absent ones.
            guard let metadata = object?["metadata"]?.objectValue else { return false }
            return selector.matches(metadata["labels"]?.objectValue ?? JSONObject())
        }
        return matches(attributes.object) || matches(attributes.oldObject)
    }

    private func namespaceMatches(
        _ attributes: AdmissionAttributes, _ namespaces: NamespaceLabels
    ) throws(StatusError) -> Bool {
        let namespace = attributes.reviewedNamespace
        // What is in no namespace is never left out.
        if namespace.isEmpty { return true }
        let selector = try Self.usable(self.namespaces)
        if selector.isEverything { return true }
        if AdmissionTarget.isNamespaces(attributes.resource), attributes.subresource.isEmpty,
            attributes.operation == .create || attributes.operation == .update
        {
            return selector.matches(attributes.object?["metadata"]?["labels"]?.objectValue ?? JSONObject())
        }
        guard let label = namespaces.labels(namespace) else {
            throw StatusError.notFound(GroupResource(group: "", resource: "namespaces"), name: namespace)
        }
        return selector.matches(label)
    }

    /// A selector that makes no sense was refused when it was written, so this one was not written through the API.
    private static func usable(_ selector: Result<Selector, SelectorError>) throws(StatusError) -> Selector {
        switch selector {
        case .success(let selector): return selector
        case .failure(let error): throw StatusError.internalError(error.description)
        }
    }
}

/// The labels of the cluster's namespaces.
struct NamespaceLabels: Sendable {
    /// Gives a function from label keys to values; `nil` when there is no such namespace.
    let labels: @Sendable (_ namespace: String) -> ((String) -> String?)?
}
