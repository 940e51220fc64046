import KubeAPI
import Machinery

/// Reading the body of a review, and answering with it.
enum ReviewBody {
    static func read(_ request: ServerRequest, kind: GroupVersionKind) async throws(StatusError) -> JSONObject {
        guard request.info.verb == "create" else {
            throw StatusError.methodNotSupported(request.info.gvr.groupResource, action: request.info.verb)
        }
        let document = try ObjectDecoding.parse(try await request.collectBody(), contentType: request.contentType)
        guard case .object(var object) = document.value else {
            throw StatusError.badRequest("the object provided is not a JSON object")
        }
        let given = object.string("kind") ?? kind.kind
        guard given == kind.kind else {
            throw StatusError.badRequest("expected kind \(kind.kind), but got \(given)")
        }
        object["apiVersion"] = .string(kind.apiVersion)
        object["kind"] = .string(kind.kind)
        object["metadata"] = object["metadata"] ?? .object(["creationTimestamp": .null])
        return object
    }

    static func answer(_ object: JSONObject, _ request: ServerRequest) throws(StatusError) -> ServerResponse {
        try ObjectResponse.encode(
            object, form: try ResponseForm.negotiate(accept: request.accept, isReview: true), status: 201)
    }
}

/// `selfsubjectrulesreviews`: everything the caller may do in a namespace (`kubectl auth can-i --list`).
struct RulesReview: ReviewHandler {
    let authorizer: any Authorizer

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        var object = try await ReviewBody.read(request, kind: SelfSubjectRulesReview.kind)
        let namespace = object["spec"]?["namespace"]?.stringValue ?? ""
        guard !namespace.isEmpty else { throw StatusError.badRequest("no namespace on request") }
        let rules = authorizer.rules(for: request.user, namespace: namespace)
        var status: JSONObject = [
            "incomplete": .bool(rules.incompleteReason != nil),
            "resourceRules": .array(
                rules.resourceRules.map { rule in
                    var entry: JSONObject = [
                        "verbs": .array(rule.verbs.map(JSON.string)),
                        "apiGroups": .array(rule.apiGroups.map(JSON.string)),
                        "resources": .array(rule.resources.map(JSON.string)),
                    ]
                    entry.set("resourceNames", rule.resourceNames)
                    return .object(entry)
                }),
            "nonResourceRules": .array(
                rules.nonResourceRules.map { rule in
                    [
                        "verbs": .array(rule.verbs.map(JSON.string)),
                        "nonResourceURLs": .array(rule.paths.map(JSON.string)),
                    ]
                }),
        ]
        status.set("evaluationError", rules.incompleteReason)
        object["status"] = .object(status)
        return try ReviewBody.answer(object, request)
    }
}

/// `selfsubjectreviews`: who the caller is (`kubectl auth whoami`).
struct SelfReview: ReviewHandler {
    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        var object = try await ReviewBody.read(request, kind: SelfSubjectReview.kind)
        object["status"] = ["userInfo": .object(request.user.json)]
        return try ReviewBody.answer(object, request)
    }
}

/// `tokenreviews`: whose token is this?
struct TokenReviewHandler: ReviewHandler {
    let tokens: BearerTokenAuthenticator

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        var object = try await ReviewBody.read(request, kind: TokenReview.kind)
        let spec = object["spec"]?.objectValue ?? JSONObject()
        let token = spec.string("token") ?? ""
        guard !token.isEmpty else {
            throw StatusError.badRequest("token is required for TokenReview in authentication")
        }
        let audiences = spec.strings("audiences")
        var status = JSONObject()
        do {
            if let verified = try await tokens.verify(token, audiences: audiences.isEmpty ? nil : audiences) {
                var user = verified.user
                user.addAuthenticatedGroup()
                status["authenticated"] = true
                status["user"] = .object(user.json)
                status.set("audiences", verified.audiences)
            } else {
                status["authenticated"] = false
            }
        } catch {
            status["authenticated"] = false
            status["error"] = .string(error.message)
        }
        // The token itself is not sent back.
        object["spec"] = .object(audiences.isEmpty ? JSONObject() : ["audiences": .array(audiences.map(JSON.string))])
        object["status"] = .object(status)
        return try ReviewBody.answer(object, request)
    }
}

extension User {
    var json: JSONObject {
        var object: JSONObject = ["username": .string(name)]
        object.set("uid", uid.isEmpty ? nil : uid)
        object.set("groups", groups)
        if !extra.isEmpty {
            object["extra"] = .object(JSONObject(extra.map { ($0.key, JSON.array($0.value.map(JSON.string))) }))
        }
        return object
    }
}
