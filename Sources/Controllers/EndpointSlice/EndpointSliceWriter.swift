import Client
import KubeAPI
import Machinery

/// Writes the slices of one controller, which are told from others by the label that names it.
struct EndpointSliceWriter: Sendable {
    static let serviceLabel = "kubernetes.io/service-name"
    static let managedByLabel = "endpointslice.kubernetes.io/managed-by"

    let client: Client
    /// A slice is not made twice while the informer has not shown it yet.
    let expectations: Expectations

    /// Creates before it deletes, so that no address is missing in between.
    func write(
        create: [EndpointSlice] = [], update: [EndpointSlice] = [], delete: [EndpointSlice] = [], for owner: ObjectKey
    ) async throws(StatusError) {
        for slice in create { try await self.create(slice, for: owner) }
        for slice in update { _ = try await client.update(slice) }
        for slice in delete { try await self.delete(slice) }
    }

    private func create(_ slice: EndpointSlice, for owner: ObjectKey) async throws(StatusError) {
        expectations.expectCreation(of: slice.key, by: owner)
        do throws(StatusError) {
            _ = try await SettledCreation(client: client, clock: expectations.clock).create(slice)
        } catch {
            expectations.creationSettled(slice.key)
            throw error
        }
    }

    private func delete(_ slice: EndpointSlice) async throws(StatusError) {
        do throws(StatusError) {
            try await client.delete(EndpointSlice.self, slice.key)
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}

extension EndpointSlice {
    /// The Service, or the Endpoints of its name, that a slice of this controller stands for.
    func ownerKey(managedBy manager: String) -> ObjectKey? {
        guard let labels = json["metadata"]?["labels"],
            labels[EndpointSliceWriter.managedByLabel]?.stringValue == manager,
            let service = labels[EndpointSliceWriter.serviceLabel]?.stringValue
        else { return nil }
        return ObjectKey(namespace: namespace, name: service)
    }
}

extension Informer where Object == EndpointSlice {
    /// Queues the owners of a controller's slices when these change, and lets them be found by their owner.
    func follow(manager: String, index: String, queue: WorkQueue<ObjectKey>, expectations: Expectations) {
        addIndex(index) { slice in slice.ownerKey(managedBy: manager).map { [$0.description] } ?? [] }
        onChange { change in
            for key in expectations.observe(change) { queue.add(key) }
            if case .updated(let old, _) = change, let key = old.ownerKey(managedBy: manager) { queue.add(key) }
            if let key = change.object.ownerKey(managedBy: manager) { queue.add(key) }
        }
    }
}
