import Machinery

/// Why a request does not go on because of a webhook.
enum WebhookFailure: Error, Sendable {
    /// There was no answer that could be used: the failure policy decides.
    case call(String)
    case rejection(StatusError)
}

/// Asks one webhook about one request.
struct WebhookCaller: Sendable {
    let client: WebhookClient

    /// - Returns: the answer of a webhook that lets the request pass.
    func ask(
        _ hook: CompiledWebhook, _ input: AdmissionInput, isMutating: Bool
    ) async -> Result<AdmissionAnswer, WebhookFailure> {
        let attributes = input.attributes
        if attributes.isDryRun, !hook.allowsDryRun {
            return .failure(
                .rejection(.badRequest("admission webhook \(GoQuote.quote(hook.name)) does not support dry run")))
        }
        do throws(WebhookCallError) {
            let answer = try await call(hook, input, isMutating: isMutating)
            for (key, value) in answer.auditAnnotations.sorted(by: { $0.key < $1.key }) {
                attributes.write.auditAnnotations.add("\(hook.name)/\(key)", value)
            }
            answer.warnings.forEach(attributes.warnings.add)
            return answer.isAllowed ? .success(answer) : .failure(.rejection(answer.rejection(by: hook.name)))
        } catch {
            return .failure(.call("failed calling webhook \(GoQuote.quote(hook.name)): \(error.description)"))
        }
    }

    private func call(
        _ hook: CompiledWebhook, _ input: AdmissionInput, isMutating: Bool
    ) async throws(WebhookCallError) -> AdmissionAnswer {
        guard let version = hook.reviewVersion else {
            throw WebhookCallError(
                "could not create admission objects: webhook does not accept known AdmissionReview versions "
                    + "(v1, v1beta1)")
        }
        let target: WebhookTarget
        switch hook.target {
        case .success(let known): target = known
        case .failure(let error): throw WebhookCallError("could not get REST client: \(error.description)")
        }
        let review = AdmissionReview(input, version: version)
        let bytes: [UInt8]
        do throws(WebhookCallError) {
            bytes = try await client.post(review.bytes, to: target, timeout: hook.timeout)
        } catch {
            throw WebhookCallError("failed to call webhook: \(error.description)")
        }
        return try AdmissionAnswer(bytes, to: review, isMutating: isMutating)
    }
}
