import KubeAPI
import Machinery

/// `selfsubjectaccessreviews`, `subjectaccessreviews` and `localsubjectaccessreviews`: may somebody do something?
struct AccessReview: ReviewHandler {
    let kind: GroupVersionKind
    let authorizer: any Authorizer

    private static let spec = FieldPath("spec")

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        var object = try await ReviewBody.read(request, kind: kind)
        let spec = object["spec"]?.objectValue ?? JSONObject()
        let errors = problems(spec, request)
        guard errors.isEmpty else { throw StatusError.invalid(kind, name: "", errors) }
        let user = user(spec, request)
        var evaluation: [String] = []
        let attributes: AccessAttributes
        if let resource = spec["resourceAttributes"]?.objectValue {
            attributes = Self.attributes(ResourceAttributes(json: resource), user, &evaluation)
        } else {
            let path = spec["nonResourceAttributes"]?.objectValue
            attributes = AccessAttributes(
                user: user, verb: path?.string("verb") ?? "", path: path?.string("path") ?? "")
        }
        var status: JSONObject = ["allowed": false]
        switch await authorizer.authorize(attributes) {
        case .allow(let reason):
            status["allowed"] = true
            status.set("reason", reason.isEmpty ? nil : reason)
        case .noOpinion(let reason):
            status.set("reason", reason.isEmpty ? nil : reason)
        case .deny(let reason):
            status["denied"] = true
            status.set("reason", reason.isEmpty ? nil : reason)
        case .failure(let failure, let denies):
            if denies { status["denied"] = true }
            evaluation.insert(failure, at: 0)
        }
        if !evaluation.isEmpty { status["evaluationError"] = .string(evaluation.joined(separator: "; ")) }
        object["status"] = .object(status)
        return try ReviewBody.answer(object, request)
    }

    private func problems(_ spec: JSONObject, _ request: ServerRequest) -> [FieldError] {
        var errors: [FieldError] = []
        let resource = spec["resourceAttributes"]?.objectValue
        let path = spec["nonResourceAttributes"]?.objectValue
        if resource != nil, path != nil {
            errors.append(
                .invalid(
                    Self.spec.child("nonResourceAttributes"), spec["nonResourceAttributes"] ?? .null,
                    "cannot be specified in combination with resourceAttributes"))
        }
        if resource == nil, path == nil {
            errors.append(
                .invalid(
                    Self.spec.child("resourceAttributes"), .null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified"))
        }
        if kind != SelfSubjectAccessReview.kind, (spec.string("user") ?? "").isEmpty, spec.strings("groups").isEmpty {
            errors.append(
                .invalid(
                    Self.spec.child("user"), spec.string("user") ?? "",
                    "at least one of user or group must be specified"))
        }
        if let resource { errors += AccessSelectors.problems(resource, Self.spec.child("resourceAttributes")) }
        guard kind == LocalSubjectAccessReview.kind else { return errors }
        let namespace = resource?.string("namespace") ?? ""
        if resource != nil, namespace != request.info.namespace {
            errors.append(
                .invalid(
                    Self.spec.child("resourceAttributes", "namespace"), namespace, "must match metadata.namespace"))
        }
        if path != nil {
            errors.append(
                .invalid(
                    Self.spec.child("nonResourceAttributes"), spec["nonResourceAttributes"] ?? .null,
                    "disallowed on this kind of request"))
        }
        return errors
    }

    private func user(_ spec: JSONObject, _ request: ServerRequest) -> User {
        if kind == SelfSubjectAccessReview.kind { return request.user }
        var extra: [String: [String]] = [:]
        for member in spec["extra"]?.objectValue?.members ?? [] {
            extra[member.key] = (member.value.arrayValue ?? []).compactMap(\.stringValue)
        }
        return User(
            name: spec.string("user") ?? "", uid: spec.string("uid") ?? "", groups: spec.strings("groups"),
            extra: extra)
    }

    /// - Parameter evaluation: gets what of the selectors could not be taken; that widens the question only.
    private static func attributes(
        _ review: ResourceAttributes, _ user: User, _ evaluation: inout [String]
    ) -> AccessAttributes {
        let version = review.version ?? ""
        var attributes = AccessAttributes(
            user: user, verb: review.verb ?? "", group: review.group ?? "", version: version.isEmpty ? "*" : version,
            resource: review.resource ?? "", subresource: review.subresource ?? "", namespace: review.namespace ?? "",
            name: review.name ?? "")
        func note(_ name: String, isPart: Bool) {
            let part = isPart ? "partially ignored" : "ignored"
            evaluation.append("spec.resourceAttributes.\(name) \(part) due to parse error")
        }
        if let selector = review.json["fieldSelector"]?.objectValue {
            let (terms, isWhole) = AccessSelectors.fields(selector)
            if !terms.isEmpty { attributes.fieldSelector = FieldSelector(terms) }
            if !isWhole { note("fieldSelector", isPart: !terms.isEmpty) }
        }
        if let selector = review.json["labelSelector"]?.objectValue {
            let (requirements, isWhole) = AccessSelectors.labels(selector)
            if !requirements.isEmpty { attributes.labelSelector = Selector(requirements) }
            if !isWhole { note("labelSelector", isPart: !requirements.isEmpty) }
        }
        return attributes
    }
}
