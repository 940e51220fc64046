import AdmissionRules
import Client
import KubeAPI
import Machinery

/// Counts what the namespaces with quotas use.
///
/// Admission charges what is created; this gives back what is deleted, ends or shrinks, counts a quota when it is made
/// or its limits change, and everything anew every five minutes. Only what quotas mention is followed, and but for pods
/// only in their namespaces.
struct ResourceQuotaController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let quotas: Informer<ResourceQuota>
    private let evaluators: QuotaEvaluators
    private let monitors: QuotaMonitors

    private static let recount = Duration.seconds(300)
    /// A count that finds less may have missed an object that was charged and not stored yet: it is made once more.
    private static let verification = Duration.seconds(2)
    /// How long a resource that nobody serves is waited for before looking again.
    private static let retry = Duration.seconds(30)

    init(_ context: ControllerContext) {
        self.context = context
        let queue = context.queue(name: "resourcequota_primary")
        self.queue = queue
        let quotas = context.informers.informer(ResourceQuota.self)
        self.quotas = quotas
        let classes = DeviceClassNames()
        let evaluators = QuotaEvaluators(clock: context.wallClock) { classes.extendedResource(of: $0) }
        self.evaluators = evaluators
        monitors = QuotaMonitors(context, evaluators: evaluators, classes: classes) { place in
            for quota in quotas.list(namespace: place.namespace) {
                let mentions = quota.spec.hard.keys.contains {
                    evaluators.resources(countingFor: $0).contains(place.resource)
                }
                if mentions { queue.add(quota.key) }
            }
        }
        quotas.onChange { [monitors] change in
            switch change {
            case .added(let quota): queue.add(quota.key)
            case .updated(let old, let new):
                // What admission charges is no reason to count.
                let isCounted =
                    new.status.hard == new.spec.hard && new.spec.hard.keys.allSatisfy { new.status.used[$0] != nil }
                if old.spec != new.spec || !isCounted { queue.add(new.key) }
                guard old.spec != new.spec else { return }
            case .deleted: break
            }
            let namespace = change.object.namespace
            monitors.keep(Self.places(of: namespace, quotas, evaluators), in: namespace)
        }
    }

    var name: String { "resourcequota" }

    var sources: [any InformerSource] { [quotas] }

    func run() async throws {
        try await waitForSync()
        // A run before this one may have followed, and counted, other things.
        for quota in quotas.list() { queue.add(quota.key) }
        await monitors.run {
            await ControllerRunner(self, queue: queue, workers: workers, log: context.log).run()
        }
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let quota = quotas.get(key), !quota.isBeingDeleted else { return .done }
        let hard = quota.spec.hard
        var used: ResourceAmounts = [:]
        var isUnserved = false
        for resource in Set(hard.keys.flatMap(evaluators.resources(countingFor:))) {
            guard let evaluator = evaluators.evaluator(for: resource) else { continue }
            let objects: [JSONObject]
            switch try await monitors.contents(of: QuotaMonitors.Place(namespace: key.namespace, resource: resource)) {
            case .objects(let known): objects = known
            // Half a count would be taken for the whole.
            case .pending: return .requeue(after: Self.retry)
            case .unserved: (objects, isUnserved) = ([], true)
            }
            used.add(QuotaState.usage(of: objects, by: evaluator, quota: quota))
        }
        if try await write(quota, used: used) { return .requeue(after: Self.verification) }
        return .requeue(after: isUnserved ? Self.retry : Self.recount)
    }

    /// - Returns: whether less is used now than before.
    private func write(_ old: ResourceQuota, used: ResourceAmounts) async throws(StatusError) -> Bool {
        var quota = old
        quota.status.hard = old.spec.hard
        quota.status.used = used
        guard quota.status.hard != old.status.hard || used != old.status.used else { return false }
        do throws(StatusError) {
            _ = try await context.client.updateStatus(quota)
        } catch {
            if !error.isNotFound { throw error }
        }
        return old.status.used.contains { name, amount in used[name].map { $0 < amount } ?? false }
    }

    /// What the quotas of a namespace make us follow.
    private static func places(
        of namespace: String, _ quotas: Informer<ResourceQuota>, _ evaluators: QuotaEvaluators
    ) -> Set<QuotaMonitors.Place> {
        let names = Set(quotas.list(namespace: namespace).flatMap { $0.spec.hard.keys })
        return Set(
            names.flatMap(evaluators.resources(countingFor:)).map {
                QuotaMonitors.Place(namespace: namespace, resource: $0)
            })
    }
}
