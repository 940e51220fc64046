import KubeSchemas
import Machinery

/// Lets webhooks change objects before they are judged: one after the other, by the names of their configurations, each
/// seeing what those before made of the object (`MutatingAdmissionWebhook`).
struct MutatingWebhooks: MutatingAdmission {
    private static let annotation = "mutation.webhook.admission.k8s.io/"
    private static let patchAnnotation = "patch.webhook.admission.k8s.io/"

    let name = "MutatingAdmissionWebhook"
    let feed: AdmissionFeed<[CompiledWebhook]>
    let selection: WebhookSelection
    let caller: WebhookCaller

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        let edition = feed.current()
        guard !edition.entries.isEmpty, !attributes.isAdmissionConfiguration else { return }
        if attributes.reinvocation.isSecondRound { attributes.reinvocation.webhooks.resume(with: attributes.object) }
        var index = 0
        for hook in edition.entries.lazy.joined() {
            try await admit(hook, index, &attributes)
            index += 1
        }
        attributes.reinvocation.webhooks.pause(with: attributes.object)
    }

    private func admit(
        _ hook: CompiledWebhook, _ index: Int, _ attributes: inout AdmissionAttributes
    ) async throws(StatusError) {
        guard let input = try await selection.input(hook, attributes) else { return }
        let isSecondRound = attributes.reinvocation.isSecondRound
        // The second round asks nobody for the first time.
        if isSecondRound, !attributes.reinvocation.webhooks.isDue(hook.uid) { return }
        let place = "round_\(isSecondRound ? 1 : 0)_index_\(index)"
        var isChanged = false
        switch await caller.ask(hook, input, isMutating: true) {
        case .success(let answer):
            switch try changed(input, by: answer, hook, place) {
            case .success(let object?):
                isChanged = object != input.object
                if isChanged { try await attributes.take(object, as: input.match) }
            case .success(nil): break
            case .failure(.call(let message)): try fail(hook, message, place, attributes)
            case .failure(.rejection(let error)): throw error
            }
        case .failure(.call(let message)): try fail(hook, message, place, attributes)
        case .failure(.rejection(let error)): throw error
        }
        note(hook, place, attributes, isChanged: isChanged)
        if isChanged {
            attributes.reinvocation.webhooks.changed()
            attributes.reinvocation.request()
        }
        if hook.isReinvocable { attributes.reinvocation.webhooks.noteAsked(hook.uid) }
    }

    /// The object after an answer's patch; `nil` when there is none.
    private func changed(
        _ input: AdmissionInput, by answer: AdmissionAnswer, _ hook: CompiledWebhook, _ place: String
    ) throws(StatusError) -> Result<JSONObject?, WebhookFailure> {
        if answer.patch.isEmpty { return .success(nil) }
        let patch: JSONPatchDocument
        let text: JSON
        do {
            text = try JSON(parsing: answer.patch, keys: BuiltinSchemas.keys)
            patch = try JSONPatchDocument(json: text)
        } catch {
            return .failure(
                .call(
                    "failed calling webhook \(GoQuote.quote(hook.name)): received undecodable patch in webhook "
                        + "response: \(error)"))
        }
        if patch.operations.isEmpty { return .success(nil) }
        guard let object = input.object else {
            throw StatusError.internalError(
                "admission webhook \(GoQuote.quote(hook.name)) attempted to modify the object, which is not supported "
                    + "for this operation")
        }
        do throws(StatusError) {
            let patched = try patch.applied(to: object)
            let shown: JSON = [
                "configuration": .string(hook.configuration), "webhook": .string(hook.name), "patch": text,
                "patchType": "JSONPatch",
            ]
            input.attributes.write.auditAnnotations.add(
                Self.patchAnnotation + place, shown.description, showsContent: true)
            return .success(patched)
        } catch {
            throw StatusError.internalError(error.message)
        }
    }

    /// Goes on, or not, as the failure policy says.
    private func fail(
        _ hook: CompiledWebhook, _ message: String, _ place: String, _ attributes: AdmissionAttributes
    ) throws(StatusError) {
        guard hook.failsOpen else { throw StatusError.internalError(message) }
        attributes.write.auditAnnotations.add("failed-open.\(Self.annotation)\(place)", hook.name)
    }

    private func note(_ hook: CompiledWebhook, _ place: String, _ attributes: AdmissionAttributes, isChanged: Bool) {
        let shown: JSON = [
            "configuration": .string(hook.configuration), "webhook": .string(hook.name), "mutated": .bool(isChanged),
        ]
        attributes.write.auditAnnotations.add(Self.annotation + place, shown.description)
    }
}
