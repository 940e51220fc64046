import CEL
import Machinery
import Synchronization

/// Asks a service (`authorization.k8s.io` SubjectAccessReview) and remembers its answers for a while.
///
/// Source: k8s.io/apiserver/plugin/pkg/authorizer/webhook.
final class WebhookAuthorizer: Authorizer {
    private struct Entry {
        let status: JSONObject
        let end: Timestamp
    }

    private static let capacity = 8192
    /// Questions whose parts that the client chose are larger are not remembered.
    private static let maximumRememberedBytes = 10_000

    private let webhook: AuthorizationWebhook
    private let reviewer: RemoteReviewer
    private let clock: any WallClock
    private let answers = Mutex<[[UInt8]: Entry]>([:])

    init(_ webhook: AuthorizationWebhook, clock: any WallClock) throws(ConfigurationDocument.Failure) {
        self.webhook = webhook
        self.clock = clock
        reviewer = try RemoteReviewer(
            webhook.kubeconfig, retry: RemoteReviewer.Retry(first: .milliseconds(500)), timeout: webhook.timeout)
    }

    func authorize(_ attributes: AccessAttributes) async -> AccessDecision {
        switch matches(attributes) {
        case .success(false): return .noOpinion(reason: "")
        case .success(true): break
        case .failure(let failure): return .failure(failure.description, denies: webhook.deniesOnFailure)
        }
        let spec = Self.spec(attributes, version: webhook.version)
        let key = spec.encoded()
        let now = clock.now
        if let known = answers.withLock({ $0[key] }), now < known.end { return Self.decision(known.status) }
        let review: JSONObject = [
            "apiVersion": .string("authorization.k8s.io/\(webhook.version)"), "kind": "SubjectAccessReview",
            "metadata": ["creationTimestamp": .null], "spec": .object(spec), "status": ["allowed": false],
        ]
        let answer: [UInt8]
        do {
            answer = try await reviewer.post(review.encoded())
        } catch {
            return .failure("\(error)", denies: webhook.deniesOnFailure)
        }
        guard let status = (try? JSON(parsing: answer))?["status"]?.objectValue else {
            return .failure(
                "the authorization webhook's answer is no SubjectAccessReview", denies: webhook.deniesOnFailure)
        }
        if Self.isSmall(attributes) { remember(status, for: key) }
        return Self.decision(status)
    }

    func rules(for user: User, namespace: String) -> AccessRules {
        var rules = AccessRules()
        rules.incompleteReason = "webhook authorizer does not support user rule resolution"
        return rules
    }

    /// Whether the service wants to be asked: one condition that does not hold is enough not to.
    private func matches(_ attributes: AccessAttributes) -> Result<Bool, ReviewCondition.Failure> {
        guard !webhook.conditions.isEmpty else { return .success(true) }
        let subject = ReviewCondition.subject(attributes)
        var budget = CELBudget(total: CELLimits.costPerMatchConditions)
        var failures: [String] = []
        for condition in webhook.conditions {
            do {
                if try !condition.holds(subject, &budget) { return .success(false) }
            } catch {
                failures.append("cel evaluation error: expression '\(condition.text)' resulted in error: \(error)")
            }
        }
        guard !failures.isEmpty else { return .success(true) }
        return .failure(
            .init(description: failures.count == 1 ? failures[0] : "[\(failures.joined(separator: ", "))]"))
    }

    private func remember(_ status: JSONObject, for key: [UInt8]) {
        let isAllowed = status.bool("allowed") == true
        guard isAllowed ? webhook.remembersAllowed : webhook.remembersRefused else { return }
        let now = clock.now
        let end = now.advanced(by: isAllowed ? webhook.allowedLifetime : webhook.refusedLifetime)
        answers.withLock { answers in
            if answers.count >= Self.capacity {
                answers = answers.filter { now < $0.value.end }
                if answers.count >= Self.capacity { answers.removeAll(keepingCapacity: true) }
            }
            answers[key] = Entry(status: status, end: end)
        }
    }

    private static func isSmall(_ attributes: AccessAttributes) -> Bool {
        [
            attributes.namespace, attributes.verb, attributes.group, attributes.version, attributes.resource,
            attributes.subresource, attributes.name, attributes.path,
        ].reduce(0) { $0 + $1.utf8.count } < maximumRememberedBytes
    }

    private static func spec(_ attributes: AccessAttributes, version: String) -> JSONObject {
        var spec = JSONObject()
        if attributes.isResourceRequest {
            spec["resourceAttributes"] = .object(attributes.resourceAttributes(isWhole: false))
        } else {
            spec["nonResourceAttributes"] = ["path": .string(attributes.path), "verb": .string(attributes.verb)]
        }
        let user = attributes.user
        spec.set("user", user.name.isEmpty ? nil : user.name)
        spec.set("uid", user.uid.isEmpty ? nil : user.uid)
        // The groups' name in the first version was a slip that stayed.
        if !user.groups.isEmpty { spec[version == "v1" ? "groups" : "group"] = .array(user.groups.map(JSON.string)) }
        if !user.extra.isEmpty { spec["extra"] = .object(user.extraJSON) }
        return spec
    }

    private static func decision(_ status: JSONObject) -> AccessDecision {
        let reason = status.string("reason") ?? ""
        switch (status.bool("denied") ?? false, status.bool("allowed") ?? false) {
        case (true, true):
            return .failure("webhook subject access review returned both allow and deny response", denies: true)
        case (true, false): return .deny(reason: reason)
        case (false, true): return .allow(reason: reason)
        case (false, false): return .noOpinion(reason: reason)
        }
    }
}
