import Client
import KubeAPI
import KubeSchemas
import Machinery

extension FakeAPIServer {
    func delete(_ route: Route, _ options: DeleteOptions) throws(StatusError) -> JSONObject {
        try locked { (state) throws(StatusError) -> JSONObject in
            try self.delete(route.key, route.resource, options, &state)
        }
    }

    func deleteCollection(
        _ route: Route, _ request: APIRequest, _ options: DeleteOptions
    ) throws(StatusError) -> JSONObject {
        let filter = try ObjectFilter(namespace: route.namespace, query: request.query)
        return try locked { (state) throws(StatusError) -> JSONObject in
            let keys = (state.objects[route.resource.gvr] ?? [:]).filter { filter.matches($0.value) }.keys.sorted()
            for key in keys { _ = try self.delete(key, route.resource, options, &state) }
            return ["kind": "Status", "status": "Success"]
        }
    }

    private func delete(
        _ key: ObjectKey, _ resource: KubeSchemas.APIResource, _ options: DeleteOptions, _ state: inout State
    ) throws(StatusError) -> JSONObject {
        guard let current = state.objects[resource.gvr]?[key] else {
            throw StatusError.notFound(resource.gvr.groupResource, name: key.name)
        }
        var object = current
        var metadata = ObjectMeta(object["metadata"])
        if let uid = options.preconditions?.uid, uid != metadata.uid {
            throw StatusError.conflict(
                resource.gvr.groupResource, name: key.name, "the UID in the precondition differs")
        }
        if let version = options.preconditions?.resourceVersion, version != metadata.resourceVersion {
            throw StatusError.conflict(
                resource.gvr.groupResource, name: key.name, "the ResourceVersion in the precondition differs")
        }
        var finalizers = metadata.finalizers.filter { !["orphan", "foregroundDeletion"].contains($0) }
        switch options.propagationPolicy {
        case "Orphan": finalizers.append("orphan")
        case "Foreground": finalizers.append("foregroundDeletion")
        default: break
        }
        metadata.finalizers = finalizers
        if resource.gvr == Pod.resource {
            let isPlaced = !(Pod(json: object).spec.nodeName ?? "").isEmpty
            let grace = options.gracePeriodSeconds ?? Pod(json: object).spec.terminationGracePeriodSeconds ?? 30
            metadata.deletionGracePeriodSeconds = isPlaced ? grace : 0
        }
        if metadata.deletionTimestamp == nil { metadata.deletionTimestamp = wallClock.now.inSeconds }
        object["metadata"] = .object(metadata.json)
        if resource.gvr == Namespace.resource { object["status"] = ["phase": "Terminating"] }
        if object == current { return current }
        return settle(object, key, resource, &state)
    }
}

/// Direct access, past the API: tests set up and look at what no request could.
extension FakeAPIServer {
    func change(
        _ resource: KubeSchemas.APIResource, _ key: ObjectKey, _ edit: (inout JSONObject) -> Void
    ) throws(StatusError) -> JSONObject {
        try locked { (state) throws(StatusError) -> JSONObject in
            guard var object = state.objects[resource.gvr]?[key] else {
                throw StatusError.notFound(resource.gvr.groupResource, name: key.name)
            }
            let before = object
            edit(&object)
            return object == before ? object : self.settle(object, key, resource, &state)
        }
    }

    /// Stores an object as it is, status and all; fills in what every object has.
    @discardableResult
    package func seed<T: KubeObject>(_ object: T) -> T {
        let stored = state.withLock { state -> JSONObject in
            var object = object
            if object.metadata.uid == nil {
                object.metadata.uid = "uid-\(state.nextUID)"
                state.nextUID += 1
            }
            if object.metadata.creationTimestamp == nil { object.metadata.creationTimestamp = wallClock.now.inSeconds }
            if object.metadata.generation == nil { object.metadata.generation = 1 }
            object.json["apiVersion"] = .string(T.kind.apiVersion)
            object.json["kind"] = .string(T.kind.kind)
            return store(object.json, object.key, T.resource, "ADDED", &state)
        }
        changed()
        return T(json: stored)
    }

    package func get<T: KubeObject>(_: T.Type, _ name: String, namespace: String = "") -> T? {
        state.withLock { $0.objects[T.resource]?[ObjectKey(namespace: namespace, name: name)] }.map(T.init(json:))
    }

    package func list<T: KubeObject>(_: T.Type, namespace: String? = nil) -> [T] {
        state.withLock { Array(($0.objects[T.resource] ?? [:]).values) }.map(T.init(json:))
            .filter { namespace == nil || $0.namespace == namespace }.sorted { $0.key < $1.key }
    }

    /// Edits an object wherever it likes; does nothing when there is none.
    package func edit<T: KubeObject>(_: T.Type, _ name: String, namespace: String = "", _ edit: (inout T) -> Void) {
        let isChanged = state.withLock { state in
            let key = ObjectKey(namespace: namespace, name: name)
            guard let resource = resources[T.resource], let current = state.objects[T.resource]?[key] else {
                return false
            }
            var object = T(json: current)
            edit(&object)
            guard object.json != current else { return false }
            _ = settle(object.json, key, resource, &state)
            return true
        }
        if isChanged { changed() }
    }

    /// Removes an object at once.
    package func erase<T: KubeObject>(_: T.Type, _ name: String, namespace: String = "") {
        state.withLock { state in
            let key = ObjectKey(namespace: namespace, name: name)
            guard let current = state.objects[T.resource]?[key] else { return }
            _ = remove(current, key, T.resource, &state)
        }
        changed()
    }
}
