import KubeAPI
import KubeSchemas
import Machinery

/// `…/scale`: the replica count of a workload as an `autoscaling/v1` Scale.
struct ScaleSubresource: SubresourceHandler {
    let registry: Registry

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        let info = request.info
        let form = try ResponseForm.negotiate(accept: request.accept)
        switch info.verb {
        case "get":
            let (object, _) = try await registry.workingObject(info.namespace, info.name)
            return try ObjectResponse.encode(try Self.scale(of: object), form: form)
        case "update", "patch":
            let options = try WriteOptions(request, now: server.clock.now)
            let body = try await request.collectBody()
            let change = try ScaleChange(request, body: body, options: options)
            let bytes = try await registry.change(
                info.namespace, info.name, scope: .custom, options: options.admitted
            ) { old async throws(StatusError) in
                let before = try Self.scale(of: old)
                let after = try await registry.admit(
                    .update, namespace: info.namespace, name: info.name, body: try change.apply(to: before),
                    old: before, kind: Self.kind, options: options)
                return try Self.replicas(Scale(json: after), into: old)
            }
            return try ObjectResponse.encode(try Self.scale(of: ObjectResponse.parse(bytes)), form: form)
        default:
            throw StatusError.methodNotSupported(registry.resource.gvr.groupResource, action: info.verb)
        }
    }

    static let kind = GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale")

    private static func replicas(_ scale: Scale, into old: JSONObject) throws(StatusError) -> JSONObject {
        let count = scale.spec.replicas ?? 0
        let name = scale.metadata.name ?? ""
        guard count >= 0 else {
            throw StatusError.invalid(
                kind, name: name,
                [
                    .invalid(
                        FieldPath("spec").child("replicas"), count, "must be greater than or equal to 0")
                ])
        }
        var object = old
        var spec = object["spec"]?.objectValue ?? JSONObject()
        spec.set("replicas", Optional(count))
        object["spec"] = .object(spec)
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        // An update without a resourceVersion is unconditional.
        metadata.set("resourceVersion", scale.metadata.resourceVersion ?? "")
        object["metadata"] = .object(metadata)
        return object
    }

    static func scale(of object: JSONObject) throws(StatusError) -> JSONObject {
        let metadata = object["metadata"]?.objectValue ?? JSONObject()
        let spec = object["spec"]?.objectValue ?? JSONObject()
        var scale = Scale(json: ["apiVersion": "autoscaling/v1", "kind": "Scale"])
        scale.metadata.name = metadata.string("name")
        scale.metadata.namespace = metadata.string("namespace")
        scale.metadata.uid = metadata.string("uid")
        scale.metadata.resourceVersion = metadata.string("resourceVersion")
        scale.metadata.creationTimestamp = metadata.time("creationTimestamp")
        scale.spec.replicas = spec.int32("replicas") ?? 0
        var status: JSONObject = ["replicas": .int(object["status"]?["replicas"]?.intValue ?? 0)]
        let selector: Selector
        do {
            // ReplicationControllers have plain label maps, the others selectors.
            let sent = spec["selector"]?.objectValue
            selector = try Selector(
                labelSelector: sent.map { object in
                    object["matchLabels"] == nil && object["matchExpressions"] == nil
                        ? ["matchLabels": .object(object)] : object
                })
        } catch {
            throw StatusError.internalError("selector of \(metadata.string("name") ?? ""): \(error)")
        }
        status.set("selector", selector.description)
        scale.json["status"] = .object(status)
        return scale.json
    }
}
