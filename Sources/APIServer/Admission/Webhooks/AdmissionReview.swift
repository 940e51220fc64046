import Machinery
import PKI

/// What is sent to a webhook: `admission.k8s.io`'s `AdmissionReview` with a request.
struct AdmissionReview: Sendable {
    let version: CompiledWebhook.ReviewVersion
    let uid: String
    private let request: JSONObject

    init(_ input: AdmissionInput, version: CompiledWebhook.ReviewVersion) {
        self.version = version
        uid = UUIDv4.text()
        var request = input.request
        request["uid"] = .string(uid)
        request["object"] = input.object.map(JSON.object) ?? .null
        request["oldObject"] = input.oldObject.map(JSON.object) ?? .null
        if request["options"] == nil { request["options"] = .null }
        self.request = request
    }

    var apiVersion: String { "admission.k8s.io/\(version.rawValue)" }

    var bytes: [UInt8] {
        let review: JSONObject = [
            "apiVersion": .string(apiVersion), "kind": "AdmissionReview", "request": .object(request),
        ]
        return review.encoded()
    }
}

/// What a webhook answered.
struct AdmissionAnswer: Sendable {
    let isAllowed: Bool
    /// Of a mutating webhook: a JSON patch, as text.
    let patch: [UInt8]
    let result: JSONObject?
    let warnings: [String]
    let auditAnnotations: [String: String]

    /// Reads an answer and checks that it is one to the review.
    init(_ bytes: [UInt8], to review: AdmissionReview, isMutating: Bool) throws(WebhookCallError) {
        let json = try Self.parse(bytes)
        guard let response = json["response"]?.objectValue else {
            throw Self.invalid("webhook response was absent")
        }
        if review.version == .v1 { try Self.check(json, response, review) }
        patch = isMutating ? try Self.patch(response, review) : []
        if !isMutating, review.version == .v1 { try Self.checkHasNoPatch(response) }
        isAllowed = response.bool("allowed") ?? false
        result = response["status"]?.objectValue
        warnings = response.strings("warnings")
        auditAnnotations = response.stringMap("auditAnnotations")
    }

    private static func parse(_ bytes: [UInt8]) throws(WebhookCallError) -> JSONObject {
        let trouble: String
        do throws(JSONError) {
            let json = try JSON(parsing: bytes)
            if case .object(let object) = json { return object }
            trouble = "cannot unmarshal \(json.typeName) into Go value"
        } catch {
            trouble = error.description
        }
        throw WebhookCallError("failed to call webhook: couldn't get version/kind; json parse error: \(trouble)")
    }

    private static func invalid(_ reason: String) -> WebhookCallError {
        WebhookCallError("received invalid webhook response: \(reason)")
    }

    /// Version 1 is strict about who answers what.
    private static func check(
        _ json: JSONObject, _ response: JSONObject, _ review: AdmissionReview
    ) throws(WebhookCallError) {
        let uid = response.string("uid") ?? ""
        guard uid == review.uid else {
            throw invalid("expected response.uid=\(GoQuote.quote(review.uid)), got \(GoQuote.quote(uid))")
        }
        let apiVersion = json.string("apiVersion") ?? ""
        let kind = json.string("kind") ?? ""
        guard apiVersion == review.apiVersion, kind == "AdmissionReview" else {
            let got = apiVersion.contains("/") ? apiVersion : "/\(apiVersion)"
            throw invalid(
                "expected webhook response of \(review.apiVersion), Kind=AdmissionReview, got \(got), Kind=\(kind)")
        }
    }

    private static func checkHasNoPatch(_ response: JSONObject) throws(WebhookCallError) {
        if !(response.string("patch") ?? "").isEmpty {
            throw invalid("validating webhook may not return response.patch")
        }
        if response.contains("patchType"), response["patchType"]?.isNull == false {
            throw invalid("validating webhook may not return response.patchType")
        }
    }

    private static func patch(_ response: JSONObject, _ review: AdmissionReview) throws(WebhookCallError) -> [UInt8] {
        let text = response.string("patch") ?? ""
        guard let patch = Base64.decode(text) else {
            throw WebhookCallError("failed to call webhook: illegal base64 data in response.patch")
        }
        guard review.version == .v1 else { return patch }
        guard let type = response.string("patchType") else {
            if patch.isEmpty { return [] }
            throw invalid("webhook returned response.patch but not response.patchType")
        }
        if patch.isEmpty { throw invalid("webhook returned response.patchType but not response.patch") }
        if type.isEmpty { throw invalid("webhook returned invalid response.patchType of \"\"") }
        guard type == "JSONPatch" else { throw WebhookCallError("unsupported patch type \(GoQuote.quote(type))") }
        return patch
    }

    /// The refusal as the client gets it.
    func rejection(by hook: String) -> StatusError {
        let status = result ?? JSONObject()
        let denied = "admission webhook \(GoQuote.quote(hook)) denied the request"
        let message = status.string("message") ?? ""
        let reason = status.string("reason") ?? ""
        let text =
            !message.isEmpty
            ? "\(denied): \(message)" : !reason.isEmpty ? "\(denied): \(reason)" : "\(denied) without explanation"
        return StatusError(
            code: max(400, Int(status.int32("code") ?? 0)), reason: StatusReason(rawValue: reason), message: text,
            details: status["details"]?.objectValue.map(StatusError.Details.init(json:)))
    }
}
