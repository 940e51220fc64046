import Client
import KubeAPI
import Machinery
import Synchronization

/// Writes objects by server-side apply, and only when that may change something: what is wanted differs from what was
/// applied last, or the object is not what it was after that.
final class AppliedObjects: Sendable {
    private struct Place: Hashable {
        let resource: GroupVersionResource
        let key: ObjectKey
    }

    private struct Record {
        let wanted: JSONObject
        /// The generation that came of it, or the version where a kind has no generations.
        let mark: String
    }

    private let client: Client
    private let records = Mutex<[Place: Record]>([:])

    init(client: Client) { self.client = client }

    /// - Parameter live: what an informer has of the object; `nil` where it has none, or nobody looks.
    /// - Returns: whether anything was sent.
    @discardableResult
    func apply(
        _ wanted: JSONObject, _ resource: GroupVersionResource, live: JSONObject?
    ) async throws(StatusError) -> Bool {
        let metadata = ObjectMeta(wanted["metadata"])
        let place = Place(
            resource: resource, key: ObjectKey(namespace: metadata.namespace ?? "", name: metadata.name ?? ""))
        let record = records.withLock { $0[place] }
        if let record, record.wanted == wanted, let live, Self.mark(live) == record.mark { return false }
        let result = try await client.resource(resource).patch(place.key, .apply(.object(wanted), force: true))
        records.withLock { $0[place] = Record(wanted: wanted, mark: Self.mark(result)) }
        return true
    }

    /// Notes that this process changed an object in a part that it does not apply.
    func changed(_ object: JSONObject, _ resource: GroupVersionResource) {
        let metadata = ObjectMeta(object["metadata"])
        let place = Place(
            resource: resource, key: ObjectKey(namespace: metadata.namespace ?? "", name: metadata.name ?? ""))
        records.withLock { records in
            guard let record = records[place] else { return }
            records[place] = Record(wanted: record.wanted, mark: Self.mark(object))
        }
    }

    func delete(_ resource: GroupVersionResource, _ key: ObjectKey) async throws(StatusError) {
        records.withLock { $0[Place(resource: resource, key: key)] = nil }
        do throws(StatusError) {
            try await client.resource(resource).delete(key)
        } catch {
            guard error.isNotFound else { throw error }
        }
    }

    private static func mark(_ object: JSONObject) -> String {
        let metadata = ObjectMeta(object["metadata"])
        return metadata.generation.map { "g\($0)" } ?? metadata.resourceVersion ?? ""
    }
}
