import Client
import KubeAPI
import Machinery

/// Has every object of a resource written again, so that all are stored in the version, and encrypted by the key, that
/// the server writes now.
///
/// An empty apply with an object's version changes nothing but how it is stored; whoever wrote meanwhile has done the
/// same.
struct StorageVersionMigrationController: QueueController {
    /// How long a resource may take to be served: the migration may be made right after its definition.
    private static let patience = Duration.seconds(60)
    private static let pageSize = 500

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let migrations: Informer<StorageVersionMigration>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        migrations = context.informers.informer(StorageVersionMigration.self)
        migrations.onChange { [queue] change in
            if case .deleted = change { return }
            if !Self.isOver(change.object) { queue.add(change.object.key) }
        }
    }

    private static func isOver(_ migration: StorageVersionMigration) -> Bool {
        migration.status.conditions.contains {
            ["Succeeded", "Failed"].contains($0.type) && $0.status == "True"
        }
    }

    var name: String { "storage-version-migrator" }
    var workers: Int { 5 }

    var sources: [any InformerSource] { [migrations] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let migration = migrations.get(key), !Self.isOver(migration), !migration.isBeingDeleted else {
            return .done
        }
        let wanted = migration.spec.resource
        guard let served = try await served(wanted) else {
            let age = migration.metadata.creationTimestamp.map { context.now - $0 } ?? .zero
            guard age >= Self.patience else { return .requeue(after: .seconds(5)) }
            try await fail(migration, "unable to obtain GVR from discovery")
            return .done
        }
        do throws(StatusError) {
            try await rewrite(served)
        } catch {
            guard !Self.mayPass(error) else { throw error }
            try await fail(migration, error.message)
            return .done
        }
        try await finish(migration, "Succeeded", "StorageVersionMigrationSucceeded", "")
        return .done
    }

    private func fail(_ migration: StorageVersionMigration, _ why: String) async throws(StatusError) {
        try await finish(
            migration, "Failed", "StorageVersionMigrationFailed", "migration encountered unhandled error: \(why)")
    }

    private func served(_ wanted: MetaGroupResource) async throws(StatusError) -> ServedResource? {
        try await context.client.servedResources().resources.first {
            $0.resource.group == wanted.group && $0.resource.resource == wanted.resource
        }
    }

    private func rewrite(_ served: ServedResource) async throws(StatusError) {
        let resource = context.client.resource(served.resource)
        var options = ListOptions()
        options.limit = Self.pageSize
        while true {
            let page = try await resource.metadata.list(options)
            for item in page.items { try await rewrite(ObjectMeta(item["metadata"]), served.kind, resource) }
            guard let next = page.continueToken, !next.isEmpty else { return }
            options.continueToken = next
        }
    }

    private func rewrite(
        _ metadata: ObjectMeta, _ kind: GroupVersionKind, _ resource: ResourceClient
    ) async throws(StatusError) {
        let key = ObjectKey(namespace: metadata.namespace ?? "", name: metadata.name ?? "")
        let body: JSON = [
            "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind),
            "metadata": [
                "uid": .string(metadata.uid ?? ""), "resourceVersion": .string(metadata.resourceVersion ?? ""),
            ],
        ]
        do throws(StatusError) {
            _ = try await resource.patch(key, .apply(body, force: false))
        } catch {
            // Written or deleted by somebody else meanwhile: both will do.
            if !error.isConflict, !error.isNotFound { throw error }
        }
    }

    private static func mayPass(_ error: StatusError) -> Bool {
        [.serverTimeout, .tooManyRequests, .serviceUnavailable, .internalError, .timeout, .expired]
            .contains(error.reason)
    }

    private func finish(
        _ migration: StorageVersionMigration, _ type: String, _ reason: String, _ message: String
    ) async throws(StatusError) {
        var changed = migration
        var condition = Condition()
        condition.type = type
        condition.status = "True"
        condition.reason = reason
        condition.message = message
        condition.lastTransitionTime = context.now
        changed.status.conditions.append(condition)
        _ = try await context.client.updateStatus(changed)
    }
}
