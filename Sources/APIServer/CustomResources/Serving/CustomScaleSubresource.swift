import KubeAPI
import KubeSchemas
import Machinery

/// `…/scale` of a custom resource: replica counts at the paths that its definition names, as an `autoscaling/v1` Scale.
struct CustomScaleSubresource: SubresourceHandler {
    let registry: Registry
    let paths: ScalePaths

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        let info = request.info
        let form = try ResponseForm.negotiate(accept: request.accept)
        switch info.verb {
        case "get":
            let (object, _) = try await registry.workingObject(info.namespace, info.name)
            let scale = try scale(of: object)
            guard ScalePaths.value(object, paths.specReplicas) != nil else {
                throw StatusError.internalError(
                    "the spec replicas field \(GoQuote.quote(ScalePaths.name(paths.specReplicas))) does not exist")
            }
            return try ObjectResponse.encode(scale, form: form)
        case "update", "patch":
            let options = try WriteOptions(request, now: server.clock.now)
            let change = try ScaleChange(request, body: try await request.collectBody(), options: options)
            let bytes = try await registry.change(
                info.namespace, info.name, scope: .custom, options: options.admitted
            ) { old async throws(StatusError) in
                let before = try scale(of: old)
                let after = try await registry.admit(
                    .update, namespace: info.namespace, name: info.name, body: try change.apply(to: before),
                    old: before, kind: ScaleSubresource.kind, options: options)
                return try replicas(after, into: old)
            }
            let object = try await registry.servedForm(ObjectResponse.parse(bytes))
            return try ObjectResponse.encode(try scale(of: object), form: form)
        default:
            throw StatusError.methodNotSupported(registry.resource.gvr.groupResource, action: info.verb)
        }
    }

    private func replicas(_ sent: JSONObject, into old: JSONObject) throws(StatusError) -> JSONObject {
        let scale = Scale(json: sent)
        let name = scale.metadata.name ?? ""
        guard let count = scale.spec.replicas else {
            guard ScalePaths.value(old, paths.specReplicas) != nil else {
                throw StatusError.badRequest(
                    "the spec replicas field \(GoQuote.quote(ScalePaths.name(paths.specReplicas))) cannot be empty")
            }
            return try replicas(scale, 0, name: name, into: old)
        }
        return try replicas(scale, count, name: name, into: old)
    }

    private func replicas(
        _ scale: Scale, _ count: Int32, name: String, into old: JSONObject
    ) throws(StatusError) -> JSONObject {
        guard count >= 0 else {
            throw StatusError.invalid(
                ScaleSubresource.kind, name: name,
                [
                    .invalid(
                        FieldPath("spec").child("replicas"), count, "must be greater than or equal to 0")
                ])
        }
        var object = old
        ScalePaths.set(&object, paths.specReplicas[...], .int(Int64(count)))
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        // An update without a resourceVersion is unconditional.
        metadata.set("resourceVersion", scale.metadata.resourceVersion ?? "")
        object["metadata"] = .object(metadata)
        return object
    }

    private func scale(of object: JSONObject) throws(StatusError) -> JSONObject {
        let metadata = object["metadata"]?.objectValue ?? JSONObject()
        var scale = Scale(json: ["apiVersion": "autoscaling/v1", "kind": "Scale"])
        scale.metadata.name = metadata.string("name")
        scale.metadata.namespace = metadata.string("namespace")
        scale.metadata.uid = metadata.string("uid")
        scale.metadata.resourceVersion = metadata.string("resourceVersion")
        scale.metadata.creationTimestamp = metadata.time("creationTimestamp")
        scale.json["spec"] = ["replicas": .int(try count(object, paths.specReplicas))]
        var status: JSONObject = ["replicas": .int(try count(object, paths.statusReplicas))]
        if !paths.labelSelector.isEmpty, let value = ScalePaths.value(object, paths.labelSelector) {
            guard let selector = value.stringValue else {
                throw StatusError.internalError(
                    "\(ScalePaths.name(paths.labelSelector)) accessor error: \(value) is not a string")
            }
            status.set("selector", selector.isEmpty ? nil : selector)
        }
        scale.json["status"] = .object(status)
        return scale.json
    }

    private func count(_ object: JSONObject, _ path: [String]) throws(StatusError) -> Int64 {
        guard let value = ScalePaths.value(object, path) else { return 0 }
        guard case .int(let count) = value else {
            throw StatusError.internalError("\(ScalePaths.name(path)) accessor error: \(value) is not an int64")
        }
        return count
    }
}
