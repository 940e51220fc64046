import Client
import KubeAPI
import KubeSchemas
import Machinery

extension FakeAPIServer {
    func create(_ route: Route, _ body: JSONObject) throws(StatusError) -> JSONObject {
        if !route.resource.verbs.contains("get") { return review(route, body) }
        return try locked { (state) throws(StatusError) -> JSONObject in
            var object = body
            var metadata = ObjectMeta(object["metadata"])
            if (metadata.name ?? "").isEmpty, let prefix = metadata.generateName {
                metadata.name = GeneratedName.make(prefix: prefix)
            }
            guard let name = metadata.name, !name.isEmpty else { throw StatusError.badRequest("a name is needed") }
            let key = ObjectKey(namespace: route.namespace ?? "", name: name)
            if let namespace = route.namespace { metadata.namespace = namespace }
            try self.refuseInTerminating(route, name, &state)
            guard state.objects[route.resource.gvr]?[key] == nil else {
                throw StatusError.alreadyExists(route.resource.gvr.groupResource, name: name)
            }
            metadata.uid = "uid-\(state.nextUID)"
            state.nextUID += 1
            metadata.creationTimestamp = self.wallClock.now.inSeconds
            metadata.generation = 1
            object["metadata"] = .object(metadata.json)
            object["apiVersion"] = .string(route.resource.gvk.apiVersion)
            object["kind"] = .string(route.resource.gvk.kind)
            if Self.hasStatus(route.resource) { object["status"] = nil }
            Self.prepare(&object, route.resource)
            return self.store(object, key, route.resource.gvr, "ADDED", &state)
        }
    }

    private func refuseInTerminating(_ route: Route, _ name: String, _ state: inout State) throws(StatusError) {
        guard let namespace = route.namespace,
            let found = state.objects[Namespace.resource]?[ObjectKey(namespace: "", name: namespace)],
            found["metadata"]?["deletionTimestamp"] != nil
        else { return }
        var error = StatusError.forbidden(
            route.resource.gvr.groupResource, name: name,
            "unable to create new content in namespace \(namespace) because it is being terminated")
        error.details?.causes = [
            StatusError.Cause(reason: "NamespaceTerminating", message: "namespace \(namespace) is being terminated")
        ]
        throw error
    }

    /// What a kind's strategy would fill in, as far as controllers rely on it.
    private static func prepare(_ object: inout JSONObject, _ resource: KubeSchemas.APIResource) {
        switch resource.gvr {
        case Namespace.resource:
            object["spec"] = ["finalizers": ["kubernetes"]]
            object["status"] = ["phase": "Active"]
        case Pod.resource:
            object["status"] = ["phase": "Pending"]
        case Job.resource:
            var job = Job(json: object)
            guard job.spec.selector == nil else { return }
            var selector = LabelSelector()
            selector.matchLabels = ["batch.kubernetes.io/controller-uid": job.uid]
            job.spec.selector = selector
            job.spec.template.metadata.labels["batch.kubernetes.io/controller-uid"] = job.uid
            job.spec.template.metadata.labels["batch.kubernetes.io/job-name"] = job.name
            object = job.json
        default: break
        }
    }

    /// Review APIs answer and store nothing: everything is allowed.
    private func review(_ route: Route, _ body: JSONObject) -> JSONObject {
        var answer = body
        answer["status"] = ["allowed": true]
        return answer
    }

    func post(_ route: Route, _ body: JSONObject) throws(StatusError) -> JSONObject {
        switch route.subresource {
        case "binding":
            return try change(route.resource, route.key) { object in
                var pod = Pod(json: object)
                pod.spec.nodeName = body["target"]?["name"]?.stringValue
                object = pod.json
            }
        case "eviction": return try delete(route, DeleteOptions(body["deleteOptions"]))
        default: throw StatusError.pathNotFound()
        }
    }

    func update(_ route: Route, _ body: JSONObject) throws(StatusError) -> JSONObject {
        try locked { (state) throws(StatusError) -> JSONObject in
            try self.replace(route, body, &state)
        }
    }

    func patch(_ route: Route, _ request: APIRequest) throws(StatusError) -> JSONObject {
        guard let patch = try? JSON(parsing: request.body) else { throw StatusError.badRequest("bad patch") }
        if request.contentType == "application/apply-patch+yaml", let object = patch.objectValue,
            state.withLock({ $0.objects[route.resource.gvr]?[route.key] == nil })
        {
            return try create(route, object)
        }
        return try locked { (state) throws(StatusError) -> JSONObject in
            guard let current = state.objects[route.resource.gvr]?[route.key] else {
                throw StatusError.notFound(route.resource.gvr.groupResource, name: route.key.name)
            }
            var changed: JSONObject
            switch request.contentType {
            case "application/merge-patch+json": changed = try MergePatch.apply(patch, to: current)
            // Nobody owns fields here, so that applying is merging.
            case "application/apply-patch+yaml": changed = try MergePatch.apply(patch, to: current)
            case "application/json-patch+json": changed = try JSONPatchDocument(json: patch).applied(to: current)
            case "application/strategic-merge-patch+json":
                changed = try StrategicMergePatch.apply(patch, to: current, schema: route.resource.schema)
            default: throw StatusError.unsupportedMediaType(accepted: [])
            }
            if patch["metadata"]?["resourceVersion"] == nil {
                var metadata = ObjectMeta(changed["metadata"])
                metadata.resourceVersion = current["metadata"]?["resourceVersion"]?.stringValue
                changed["metadata"] = .object(metadata.json)
            }
            return try self.replace(route, changed, &state)
        }
    }

    private func replace(
        _ route: Route, _ body: JSONObject, _ state: inout State
    ) throws(StatusError) -> JSONObject {
        let resource = route.resource
        guard let current = state.objects[resource.gvr]?[route.key] else {
            throw StatusError.notFound(resource.gvr.groupResource, name: route.key.name)
        }
        let old = ObjectMeta(current["metadata"])
        var new = ObjectMeta(body["metadata"])
        if let version = new.resourceVersion, !version.isEmpty, version != old.resourceVersion {
            throw StatusError.conflict(resource.gvr.groupResource, name: route.key.name)
        }
        if let uid = new.uid, uid != old.uid {
            throw StatusError.conflict(resource.gvr.groupResource, name: route.key.name, "the uid differs")
        }
        new.uid = old.uid
        new.name = old.name
        new.namespace = old.namespace
        new.creationTimestamp = old.creationTimestamp
        new.deletionTimestamp = old.deletionTimestamp
        new.deletionGracePeriodSeconds = old.deletionGracePeriodSeconds
        new.generation = old.generation
        new.resourceVersion = old.resourceVersion
        var object = body
        switch route.subresource {
        case nil:
            if Self.hasStatus(resource) { object["status"] = current["status"] }
            object["metadata"] = .object(new.json)
            if Self.spec(of: object) != Self.spec(of: current) { new.generation = (old.generation ?? 0) + 1 }
            object["metadata"] = .object(new.json)
        case "finalize":
            object = current
            object["spec"] = body["spec"]
        default:
            // `status`, and what stands in for it (`approval`).
            object = current
            object["status"] = body["status"]
        }
        object["apiVersion"] = current["apiVersion"]
        object["kind"] = current["kind"]
        if object == current { return current }
        return settle(object, route.key, resource, &state)
    }

    /// Stores a change, or removes the object when it only waited for its last finalizer.
    func settle(
        _ object: JSONObject, _ key: ObjectKey, _ resource: KubeSchemas.APIResource, _ state: inout State
    ) -> JSONObject {
        let metadata = ObjectMeta(object["metadata"])
        let heldBySpec = resource.gvr == Namespace.resource && !Namespace(json: object).spec.finalizers.isEmpty
        let isGraceful = resource.gvr == Pod.resource && (metadata.deletionGracePeriodSeconds ?? 0) > 0
        if metadata.deletionTimestamp != nil, metadata.finalizers.isEmpty, !heldBySpec, !isGraceful {
            return remove(object, key, resource.gvr, &state)
        }
        return store(object, key, resource.gvr, "MODIFIED", &state)
    }

    private static func spec(of object: JSONObject) -> JSONObject {
        var rest = object
        rest["metadata"] = nil
        rest["status"] = nil
        return rest
    }

    static func hasStatus(_ resource: KubeSchemas.APIResource) -> Bool {
        resource.subresources.contains { $0.name == "status" }
    }
}
