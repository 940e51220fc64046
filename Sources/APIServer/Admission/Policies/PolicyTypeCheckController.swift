import Client
import KubeAPI
import KubeSchemas
import Machinery
import Store

/// Writes into the status of validating policies what is wrong with the types in their expressions.
///
/// Each generation of a policy is looked at once.
final class PolicyTypeCheckController: Sendable {
    private static let bucket = ValidatingAdmissionPolicy.resource.groupResource.description

    private let lookup: ObjectLookup
    private let live: LiveCatalog
    private let client: Client
    private let queue = WorkQueue<String>()
    private let subscription: Subscription

    init(lookup: ObjectLookup, live: LiveCatalog, client: Client) throws(StatusError) {
        self.lookup = lookup
        self.live = live
        self.client = client
        let queue = queue
        let group = WatchGroup { deliveries in for delivery in deliveries { queue.add(delivery.event.key.name) } }
        do {
            subscription = try lookup.cache.subscribe(
                Self.bucket, WatchSelection(), from: .now, group: group
            ).subscription
        } catch {
            throw StatusError.internalError("following the validating policies: \(error)")
        }
        for policy in lookup.cache.snapshot(Self.bucket).objects() { queue.add(policy.key.name) }
    }

    /// Works until cancelled.
    func run() async {
        await withTaskCancellationHandler {
            while let name = await queue.next() {
                do throws(StatusError) {
                    try await reconcile(name)
                    queue.forget(name)
                } catch {
                    // A change brings the policy back; what else went wrong is tried again later.
                    queue.addRateLimited(name)
                }
                queue.done(name)
            }
        } onCancel: {
            queue.shutDown()
        }
    }

    private func reconcile(_ name: String) async throws(StatusError) {
        guard var policy = lookup.clusterObject(ValidatingAdmissionPolicy.self, name), !policy.isBeingDeleted,
            policy.status.observedGeneration ?? 0 < policy.metadata.generation ?? 0
        else { return }
        let warnings = PolicyTypeCheck(catalog: live.current.resources).warnings(policy)
        var checking = TypeChecking()
        checking.expressionWarnings = warnings
        policy.status.typeChecking = checking
        policy.status.observedGeneration = policy.metadata.generation
        do throws(StatusError) {
            _ = try await client.updateStatus(policy)
        } catch {
            guard error.isNotFound || error.reason == .conflict else { throw error }
        }
    }
}
