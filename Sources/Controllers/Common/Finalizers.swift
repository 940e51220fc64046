import Client
import KubeAPI
import Machinery

/// Puts a finalizer on an object and takes it off again, in the version that the decision was made on.
enum Finalizers {
    static func add<T: KubeObject>(_ finalizer: String, to object: T, _ client: Client) async throws(StatusError) {
        guard !object.metadata.finalizers.contains(finalizer), !object.isBeingDeleted else { return }
        try await set(object.metadata.finalizers + [finalizer], on: object, client)
    }

    static func remove<T: KubeObject>(
        _ finalizer: String, from object: T, _ client: Client
    ) async throws(StatusError) {
        let left = object.metadata.finalizers.filter { $0 != finalizer }
        guard left.count < object.metadata.finalizers.count else { return }
        do throws(StatusError) {
            try await set(left, on: object, client)
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    private static func set<T: KubeObject>(
        _ finalizers: [String], on object: T, _ client: Client
    ) async throws(StatusError) {
        let patch: JSON = [
            "metadata": [
                "uid": .string(object.uid), "resourceVersion": .string(object.resourceVersion),
                "finalizers": finalizers.isEmpty ? .null : .array(finalizers.map { .string($0) }),
            ]
        ]
        try await client.change(T.self, object.key, .merge(patch))
    }
}
