import CEL
import KubeAPI
import Machinery
import Synchronization

/// One webhook of a configuration, read once. What few requests need is compiled at first use.
final class CompiledWebhook: Sendable {
    enum ReviewVersion: String, Sendable {
        case v1
        case v1beta1
    }

    private static let standardTimeout: Int32 = 10

    let name: String
    let configuration: String
    /// Tells the webhook from all others, also from namesakes.
    let uid: String
    let matcher: AdmissionMatcher
    let failsOpen: Bool
    let timeout: Duration
    let isReinvocable: Bool
    /// Whether it may be called in a dry run: it does nothing besides answering, or not then.
    let allowsDryRun: Bool
    /// The first of its versions that this server speaks.
    let reviewVersion: ReviewVersion?
    let target: Result<WebhookTarget, WebhookCallError>
    private let conditionTexts: [MatchCondition]
    private let compiled = AtomicLazyReference<Conditions>()

    final class Conditions: Sendable {
        let conditions: MatchConditions
        let use: VariableUse

        init(_ texts: [MatchCondition], failsOpen: Bool) {
            conditions = MatchConditions(
                texts, in: AdmissionVariables.environment(.storedExpressions), failsOpen: failsOpen)
            var use = VariableUse()
            for expression in conditions.expressions { use.note(expression.uses) }
            self.use = use
        }
    }

    /// - Parameter json: a `ValidatingWebhook` or a `MutatingWebhook`.
    init(_ json: JSONObject, configuration: String, number: Int) {
        let hook = MutatingWebhook(json: json)
        name = hook.name
        self.configuration = configuration
        uid = "\(configuration)/\(hook.name)/\(number)"
        matcher = AdmissionMatcher(webhook: json)
        failsOpen = hook.failurePolicy == "Ignore"
        timeout = .seconds(Int(hook.timeoutSeconds ?? Self.standardTimeout))
        isReinvocable = hook.reinvocationPolicy == "IfNeeded"
        allowsDryRun = ["None", "NoneOnDryRun"].contains(hook.sideEffects)
        reviewVersion = hook.admissionReviewVersions.lazy.compactMap(ReviewVersion.init(rawValue:)).first
        do throws(WebhookCallError) {
            target = .success(try WebhookTarget(hook.clientConfig.json))
        } catch {
            target = .failure(error)
        }
        conditionTexts = hook.matchConditions
    }

    /// All webhooks of a configuration, in order.
    static func webhooks(of configuration: JSONObject) -> [CompiledWebhook] {
        let name = configuration["metadata"]?["name"]?.stringValue ?? ""
        return configuration.values("webhooks").enumerated().compactMap { number, hook in
            hook.objectValue.map { CompiledWebhook($0, configuration: name, number: number) }
        }
    }

    /// `nil` when there are none.
    var conditions: Conditions? {
        if conditionTexts.isEmpty { return nil }
        if let known = compiled.load() { return known }
        return compiled.storeIfNil(Conditions(conditionTexts, failsOpen: failsOpen))
    }
}
