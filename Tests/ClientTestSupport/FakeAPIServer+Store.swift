import Client
import KubeAPI
import KubeSchemas
import Machinery

extension FakeAPIServer {
    /// Runs under the lock with a typed error.
    func locked<Value: Sendable>(
        _ body: (inout State) throws(StatusError) -> Value
    ) throws(StatusError) -> Value {
        let result = state.withLock { state -> Result<Value, StatusError> in
            do throws(StatusError) {
                return .success(try body(&state))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Stores an object at a new revision and tells watchers.
    func store(
        _ object: JSONObject, _ key: ObjectKey, _ resource: GroupVersionResource, _ type: String, _ state: inout State
    ) -> JSONObject {
        state.revision += 1
        var object = object
        var metadata = ObjectMeta(object["metadata"])
        metadata.resourceVersion = String(state.revision)
        object["metadata"] = .object(metadata.json)
        let previous = state.objects[resource]?[key]
        state.objects[resource, default: [:]][key] = object
        tell(
            HistoryEntry(revision: state.revision, resource: resource, type: type, object: object, previous: previous),
            &state)
        return object
    }

    func remove(
        _ object: JSONObject, _ key: ObjectKey, _ resource: GroupVersionResource, _ state: inout State
    ) -> JSONObject {
        state.revision += 1
        var object = object
        var metadata = ObjectMeta(object["metadata"])
        metadata.resourceVersion = String(state.revision)
        object["metadata"] = .object(metadata.json)
        let previous = state.objects[resource]?.removeValue(forKey: key)
        tell(
            HistoryEntry(
                revision: state.revision, resource: resource, type: "DELETED", object: object, previous: previous),
            &state)
        return object
    }

    private func tell(_ entry: HistoryEntry, _ state: inout State) {
        state.history.append(entry)
        for watcher in state.watchers.values where watcher.resource == entry.resource {
            if let line = Self.line(for: entry, watcher.filter) { watcher.stream.send(line) }
        }
    }

    /// What a watcher with a filter is told: objects come into view and go out of it.
    static func line(for entry: HistoryEntry, _ filter: ObjectFilter) -> [UInt8]? {
        let isIn = entry.type != "DELETED" && filter.matches(entry.object)
        let wasIn = entry.previous.map(filter.matches) ?? false
        switch (wasIn, isIn) {
        case (false, true): return line("ADDED", entry.object)
        case (true, true): return line("MODIFIED", entry.object)
        case (true, false): return line("DELETED", entry.object)
        case (false, false): return nil
        }
    }

    static func line(_ type: String, _ object: JSONObject) -> [UInt8] {
        (["object": .object(object), "type": .string(type)] as JSONObject).encoded() + [0x0A]
    }

    func openWatch(_ request: APIRequest) throws(StatusError) -> FakeByteStream {
        let route = try route(request.path)
        let filter = try ObjectFilter(namespace: route.namespace, query: request.query)
        let from = request.query.first { $0.name == "resourceVersion" }.flatMap { UInt64($0.value) }
        return state.withLock { state in
            state.nextWatcher += 1
            let id = state.nextWatcher
            let stream = FakeByteStream { [weak self] in
                _ = self?.state.withLock { $0.watchers.removeValue(forKey: id) }
            }
            if let from {
                guard from >= state.compacted else {
                    stream.send(Self.line("ERROR", StatusError.expired("too old resource version").json))
                    stream.finish()
                    return stream
                }
                for entry in state.history where entry.revision > from && entry.resource == route.resource.gvr {
                    if let line = Self.line(for: entry, filter) { stream.send(line) }
                }
            } else {
                for object in (state.objects[route.resource.gvr] ?? [:]).values where filter.matches(object) {
                    stream.send(Self.line("ADDED", object))
                }
            }
            state.watchers[id] = Watcher(resource: route.resource.gvr, filter: filter, stream: stream)
            return stream
        }
    }
}
