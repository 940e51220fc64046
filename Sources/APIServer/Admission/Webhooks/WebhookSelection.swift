import CEL
import Machinery

/// Finds out which webhooks a request is for.
struct WebhookSelection: Sendable {
    let namespaces: NamespaceLabels
    let authorizer: any Authorizer

    /// The request as the webhook is to see it; `nil` when it is not for the webhook.
    ///
    /// - Parameter known: the request in other webhooks' versions, so that it is converted once for each version.
    func input(
        _ hook: CompiledWebhook, _ attributes: AdmissionAttributes, known: [AdmissionInput] = []
    ) async throws(StatusError) -> AdmissionInput? {
        guard let match = try hook.matcher.match(attributes, namespaces) else { return nil }
        let input: AdmissionInput
        if let same = known.first(where: { $0.match == match }) {
            input = same
        } else {
            input = try await AdmissionInput(attributes, as: match)
        }
        guard let conditions = hook.conditions else { return input }
        let evaluation = AdmissionEvaluation(
            input.activation(conditions.use),
            authorizer: conditions.use.authorizer
                ? AdmissionAuthorizer(user: attributes.user, authorizer: authorizer) : nil,
            budget: CELLimits.costPerMatchConditions)
        switch await conditions.conditions.decide(evaluation) {
        case .matches: return input
        case .doesNotMatch: return nil
        case .fails(let message): throw attributes.refusal(message)
        }
    }
}
