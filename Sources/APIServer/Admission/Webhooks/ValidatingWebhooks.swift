import Machinery

/// Lets webhooks refuse requests when all changes are made: all at once (`ValidatingAdmissionWebhook`).
struct ValidatingWebhooks: ValidatingAdmission {
    private static let failedOpen = "failed-open.validating.webhook.admission.k8s.io/"

    let name = "ValidatingAdmissionWebhook"
    let feed: AdmissionFeed<[CompiledWebhook]>
    let selection: WebhookSelection
    let caller: WebhookCaller

    private struct Call: Sendable {
        let hook: CompiledWebhook
        let input: AdmissionInput
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        let edition = feed.current()
        guard !edition.entries.isEmpty, !attributes.isAdmissionConfiguration else { return }
        var calls: [Call] = []
        for hook in edition.entries.lazy.joined() {
            guard let input = try await selection.input(hook, attributes, known: calls.map(\.input)) else { continue }
            calls.append(Call(hook: hook, input: input))
        }
        guard let first = calls.first else { return }
        let refusals: [StatusError?]
        if calls.count == 1 {
            refusals = [await refusal(first, 0)]
        } else {
            refusals = await all(calls)
        }
        // Of several, the one of the first webhook: the same request always gets the same answer.
        if let refusal = refusals.lazy.compactMap({ $0 }).first { throw refusal }
    }

    private func all(_ calls: [Call]) async -> [StatusError?] {
        await withTaskGroup(of: (Int, StatusError?).self) { group in
            for (index, call) in calls.enumerated() {
                group.addTask { (index, await refusal(call, index)) }
            }
            var refusals = [StatusError?](repeating: nil, count: calls.count)
            for await (index, refusal) in group { refusals[index] = refusal }
            return refusals
        }
    }

    private func refusal(_ call: Call, _ index: Int) async -> StatusError? {
        switch await caller.ask(call.hook, call.input, isMutating: false) {
        case .success: return nil
        case .failure(.rejection(let error)): return error
        case .failure(.call(let message)):
            guard call.hook.failsOpen else { return StatusError.internalError(message) }
            call.input.attributes.write.auditAnnotations.add(
                "\(Self.failedOpen)round_0_index_\(index)", call.hook.name)
            return nil
        }
    }
}
