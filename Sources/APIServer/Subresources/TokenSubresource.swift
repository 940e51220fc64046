import KubeAPI
import Machinery

/// `serviceaccounts/token`: issues a token for an account (TokenRequest).
struct TokenSubresource: SubresourceHandler {
    let accounts: Registry
    let pods: Registry
    let nodes: Registry
    let secrets: Registry
    let tokens: ServiceAccountTokens

    private static let kind = GroupVersionKind(group: "authentication.k8s.io", version: "v1", kind: "TokenRequest")
    private static let minimumSeconds: Int64 = 600
    private static let maximumSeconds: Int64 = 1 << 32
    private static let defaultSeconds: Int64 = 3600

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        guard request.info.verb == "create" else {
            throw StatusError.methodNotSupported(accounts.resource.gvr.groupResource, action: request.info.verb)
        }
        let (namespace, name) = (request.info.namespace, request.info.name)
        let document = try ObjectDecoding.parse(try await request.collectBody(), contentType: request.contentType)
        guard case .object(let body) = document.value else {
            throw StatusError.badRequest("the object provided is not a JSON object")
        }
        var review = TokenRequest(json: body)
        let options = try WriteOptions(request, now: server.clock.now)
        try await accounts.admit(
            .create, namespace: namespace, name: name, body: body, kind: Self.kind, options: options)
        let account = ServiceAccount(json: try accounts.current(namespace, name).object)
        try check(review.metadata, account)
        let seconds = review.spec.expirationSeconds ?? Self.defaultSeconds
        var errors: [FieldError] = []
        let path = FieldPath("spec").child("expirationSeconds")
        if seconds < Self.minimumSeconds {
            errors.append(.invalid(path, seconds, "may not specify a duration less than 10 minutes"))
        }
        if seconds > Self.maximumSeconds {
            errors.append(.invalid(path, seconds, "may not specify a duration larger than 2^32 seconds"))
        }
        guard errors.isEmpty else {
            throw StatusError.invalid(
                Self.kind, name: "", errors)
        }
        let (bound, node) = try bound(review.spec.boundObjectRef, namespace: namespace, account: name)
        let issued = try tokens.issue(
            account: ServiceAccountName(namespace: namespace, name: name), uid: account.uid,
            audiences: review.spec.audiences, seconds: seconds, bound: bound, node: node)
        review.json["apiVersion"] = "authentication.k8s.io/v1"
        review.json["kind"] = "TokenRequest"
        review.metadata.name = name
        review.metadata.namespace = namespace
        review.metadata.uid = account.uid
        review.metadata.creationTimestamp = server.clock.now.inSeconds
        review.spec.expirationSeconds = seconds
        if review.spec.audiences.isEmpty { review.spec.audiences = tokens.audiences }
        review.status.token = issued.token
        review.status.expirationTimestamp = issued.expiration
        request.auditAnnotations.add("authentication.kubernetes.io/issued-credential-id", "JTI=\(issued.id)")
        return try ObjectResponse.encode(
            review.json, form: try ResponseForm.negotiate(accept: request.accept), status: 201)
    }

    /// What the body says of the account has to be so.
    private func check(_ metadata: ObjectMeta, _ account: ServiceAccount) throws(StatusError) {
        func differs(_ given: String?, _ actual: String) -> Bool { !(given ?? "").isEmpty && given != actual }
        let path = FieldPath("metadata")
        if differs(metadata.name, account.name) {
            throw StatusError.invalid(
                Self.kind, name: account.name,
                [
                    .invalid(
                        path.child("name"), metadata.name ?? "", "must match the service account name if specified")
                ])
        }
        if differs(metadata.namespace, account.namespace) {
            throw StatusError.invalid(
                Self.kind, name: account.name,
                [
                    .invalid(
                        path.child("namespace"), metadata.namespace ?? "",
                        "must match the service account namespace if specified")
                ])
        }
        if differs(metadata.uid, account.uid) {
            throw StatusError.conflict(
                GroupResource(group: Self.kind.group, resource: Self.kind.kind), name: account.name,
                "the UID in the token request (\(metadata.uid ?? "")) does not match the UID of the service account "
                    + "(\(account.uid))")
        }
    }

    private func bound(
        _ reference: BoundObjectReference?, namespace: String, account: String
    ) throws(StatusError) -> (ServiceAccountTokens.BoundObject?, (name: String, uid: String)?) {
        guard let reference else { return (nil, nil) }
        let kind = reference.kind ?? ""
        let name = reference.name ?? ""
        let object: JSONObject
        var node: (name: String, uid: String)?
        switch kind {
        case "Pod":
            object = try pods.current(namespace, name).object
            let pod = Pod(json: object)
            guard pod.spec.serviceAccountName == account else {
                throw StatusError.badRequest(
                    "cannot bind token for serviceaccount \"\(account)\" to pod running with different "
                        + "serviceaccount name.")
            }
            if let host = pod.spec.nodeName, !host.isEmpty {
                let stored = nodes.find("", host)
                node = (host, try stored.map(nodes.parse)?["metadata"]?["uid"]?.stringValue ?? "")
            }
        case "Secret":
            object = try secrets.current(namespace, name).object
        case "Node":
            object = try nodes.current("", name).object
        default:
            throw StatusError.badRequest(
                "cannot bind token to object of type \(reference.apiVersion ?? ""), Kind=\(kind)")
        }
        let uid = object["metadata"]?["uid"]?.stringValue ?? ""
        if let wanted = reference.uid, !wanted.isEmpty, wanted != uid {
            throw StatusError.conflict(
                GroupResource(group: "", resource: kind.lowercased() + "s"), name: name,
                "the UID in the bound object reference (\(wanted)) does not match the UID in record. "
                    + "The object might have been deleted and then recreated")
        }
        return (ServiceAccountTokens.BoundObject(kind: kind, name: name, uid: uid), node)
    }
}
