import KubeAPI
import Machinery

/// `pods/binding`: the scheduler's decision, the one way to set `spec.nodeName` of a pod.
struct BindingSubresource: SubresourceHandler {
    let pods: Registry

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        guard request.info.verb == "create" else {
            throw StatusError.methodNotSupported(pods.resource.gvr.groupResource, action: request.info.verb)
        }
        return try await bind(request, name: request.info.name, server: server)
    }

    /// - Parameter name: the pod's; `nil` takes it from the body.
    fileprivate func bind(
        _ request: ServerRequest, name: String?, server: APIServer
    ) async throws(StatusError) -> ServerResponse {
        var options = try WriteOptions(request, now: server.clock.now)
        options.subresource = "binding"
        let document = try ObjectDecoding.parse(try await request.collectBody(), contentType: request.contentType)
        guard case .object(let body) = document.value else {
            throw StatusError.badRequest("the object provided is not a JSON object")
        }
        let binding = Binding(json: body)
        let name = name ?? binding.metadata.name ?? ""
        let node = binding.target.name ?? ""
        guard !node.isEmpty else {
            throw StatusError.invalid(
                Binding.kind, name: name, [.required(FieldPath("target").child("name"), "")])
        }
        if let kind = binding.target.kind, !kind.isEmpty, kind != "Node" {
            throw StatusError.invalid(
                Binding.kind, name: name,
                [.notSupported(FieldPath("target").child("kind"), kind, supported: ["Node", "<empty>"])])
        }
        try await pods.admit(
            .create, namespace: request.info.namespace, name: name, body: body, kind: Binding.kind, options: options)
        let pods = pods
        let (now, admitted) = (options.now, options.admitted)
        // Annotations are the one thing of a binding that may be wrong for a pod.
        let scope: UpdateScope = binding.metadata.annotations.isEmpty ? .trusted : .custom
        _ = try await pods.change(
            request.info.namespace, name, scope: scope, options: admitted, ownership: .none
        ) { old throws(StatusError) in
            try Self.bind(
                Pod(json: old), to: node, binding, resource: pods.resource.gvr.groupResource, now: now
            )
            .json
        }
        return .object(Self.success, status: 201)
    }

    static let success: JSONObject = [
        "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Success",
    ]

    private static func bind(
        _ old: Pod, to node: String, _ binding: Binding, resource: GroupResource, now: Timestamp
    ) throws(StatusError) -> Pod {
        var pod = old
        if let uid = binding.metadata.uid, !uid.isEmpty, uid != pod.uid {
            throw StatusError.conflict(
                resource, name: pod.name,
                "Precondition failed: UID in precondition: \(uid), UID in object meta: \(pod.uid)")
        }
        guard !pod.isBeingDeleted else {
            throw StatusError.conflict(
                resource, name: pod.name, "pod \(pod.name) is being deleted, cannot be assigned to a host")
        }
        if let current = pod.spec.nodeName, !current.isEmpty {
            throw StatusError.conflict(
                resource, name: pod.name, "pod \(pod.name) is already assigned to node \"\(current)\"")
        }
        guard pod.spec.schedulingGates.isEmpty else {
            throw StatusError.conflict(
                resource, name: pod.name, "pod \(pod.name) has non-empty .spec.schedulingGates")
        }
        pod.spec.nodeName = node
        pod.metadata.annotations = pod.metadata.annotations.merging(binding.metadata.annotations) { $1 }
        var condition = PodCondition()
        condition.type = "PodScheduled"
        condition.status = "True"
        condition.lastTransitionTime = now
        condition.observedGeneration = pod.metadata.generation
        pod.status.conditions = pod.status.conditions.filter { $0.type != "PodScheduled" } + [condition]
        return pod
    }
}

/// `bindings`: the same by an older path, where the body alone names the pod.
struct BindingCollection: ReviewHandler {
    let binding: BindingSubresource

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        guard request.info.verb == "create", request.info.name.isEmpty else { throw StatusError.methodNotAllowed() }
        return try await binding.bind(request, name: nil, server: server)
    }
}
