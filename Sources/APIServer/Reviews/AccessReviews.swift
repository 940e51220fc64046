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

/// `selfsubjectaccessreviews`, `subjectaccessreviews` and `localsubjectaccessreviews`: may somebody do something?
struct AccessReview: ReviewHandler {
    let kind: GroupVersionKind
    let authorizer: any Authorizer

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        var object = try await ReviewBody.read(request, kind: kind)
        let spec = object["spec"]?.objectValue ?? JSONObject()
        let user = try user(spec, request)
        let resource = spec["resourceAttributes"]?.objectValue
        let path = spec["nonResourceAttributes"]?.objectValue
        guard (resource == nil) != (path == nil) else {
            throw StatusError.invalid(
                kind, name: "",
                [
                    .invalid(
                        FieldPath("spec").child("resourceAttributes"), spec["resourceAttributes"] ?? .null,
                        "exactly one of nonResourceAttributes or resourceAttributes must be specified")
                ])
        }
        var attributes: AccessAttributes
        if let resource {
            let review = ResourceAttributes(json: resource)
            let namespace = review.namespace ?? ""
            if kind.kind == "LocalSubjectAccessReview", namespace != request.info.namespace {
                throw StatusError.invalid(
                    kind, name: "",
                    [
                        .invalid(
                            FieldPath("spec").child("resourceAttributes", "namespace"), namespace,
                            "must match metadata.namespace")
                    ])
            }
            attributes = AccessAttributes(
                user: user, verb: review.verb ?? "", group: review.group ?? "", version: review.version ?? "*",
                resource: review.resource ?? "", subresource: review.subresource ?? "", namespace: namespace,
                name: review.name ?? "")
            attributes.fieldSelector = review.fieldSelector.flatMap(Self.selector)
        } else {
            attributes = AccessAttributes(
                user: user, verb: path?.string("verb") ?? "", path: path?.string("path") ?? "")
        }
        var status = JSONObject()
        switch authorizer.authorize(attributes) {
        case .allow(let reason):
            status["allowed"] = true
            status["reason"] = .string(reason)
        case .noOpinion(let reason):
            status["allowed"] = false
            if !reason.isEmpty { status["reason"] = .string(reason) }
        case .deny(let reason):
            status["allowed"] = false
            status["denied"] = true
            status["reason"] = .string(reason)
        }
        object["status"] = .object(status)
        return try ReviewBody.answer(object, request)
    }

    /// What the review says the request is narrowed to. Requirements that no selector can express narrow nothing.
    private static func selector(_ attributes: FieldSelectorAttributes) -> FieldSelector? {
        if let raw = attributes.rawSelector, !raw.isEmpty { return try? FieldSelector(parsing: raw) }
        let terms = attributes.requirements.compactMap { requirement -> FieldSelector.Term? in
            guard requirement.values.count == 1, ["In", "NotIn"].contains(requirement.operator) else { return nil }
            return FieldSelector.Term(
                field: requirement.key, value: requirement.values[0], isNegated: requirement.operator == "NotIn")
        }
        return terms.isEmpty ? nil : FieldSelector(terms)
    }

    private func user(_ spec: JSONObject, _ request: ServerRequest) throws(StatusError) -> User {
        if kind.kind == "SelfSubjectAccessReview" { return request.user }
        let review = SubjectAccessReviewSpec(json: spec)
        let name = review.user ?? ""
        guard !name.isEmpty || !review.groups.isEmpty else {
            throw StatusError.invalid(
                kind, name: "",
                [.invalid(FieldPath("spec").child("user"), name, "at least one of user or group must be specified")])
        }
        return User(name: name, uid: review.uid ?? "", groups: review.groups)
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
            if let verified = try tokens.verify(token, audiences: audiences.isEmpty ? nil : audiences) {
                var user = verified.user
                user.groups.append(User.authenticatedGroup)
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
