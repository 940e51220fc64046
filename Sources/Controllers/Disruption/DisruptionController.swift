import Client
import KubeAPI
import Machinery

/// Tells in the status of each PodDisruptionBudget how many of its pods may be evicted now.
///
/// Evictions take from that number in the API server; here it is counted anew from the pods. When it cannot be
/// counted, none may go.
struct DisruptionController: QueueController {
    /// How long an evicted pod may take to be marked for deletion, before it counts as healthy again.
    static let deletionTimeout = Duration.seconds(120)

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let budgets: Informer<PodDisruptionBudget>
    let pods: Informer<Pod>
    let owners: PodOwners
    let recorder: EventRecorder
    private let staleMarks: StaleDisruptionController

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        budgets = context.informers.informer(PodDisruptionBudget.self)
        pods = context.informers.informer(Pod.self)
        owners = PodOwners(context)
        recorder = context.recorder.named("controllermanager")
        staleMarks = StaleDisruptionController(context)
        budgets.onChange { [queue] in queue.add($0.object.key) }
        let enqueue: @Sendable (Pod) -> Void = { [budgets, queue, recorder] pod in
            if budgets.isEmpty(namespace: pod.namespace) { return }
            let matching = budgets.list(namespace: pod.namespace).filter { $0.selects(pod) }
            for budget in matching { queue.add(budget.key) }
            guard matching.count > 1, let first = matching.map(\.name).min() else { return }
            recorder.event(
                pod, type: .warning, reason: "MultiplePodDisruptionBudgets",
                message: "Pod \(GoQuote.quote(pod.namespace))/\(GoQuote.quote(pod.name)) matches multiple "
                    + "PodDisruptionBudgets.  Chose \(GoQuote.quote(first)) arbitrarily.")
        }
        pods.onChange { change in
            guard case .updated(let old, let new) = change else { return enqueue(change.object) }
            guard old.disruptionFacts != new.disruptionFacts else { return }
            enqueue(new)
            if old.json["metadata"]?["labels"] != new.json["metadata"]?["labels"] { enqueue(old) }
        }
    }

    var name: String { "disruption" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [budgets, pods] + owners.sources }

    func run() async throws {
        try await waitForSync()
        await withDiscardingTaskGroup { group in
            group.addTask { await ControllerRunner(self, queue: queue, workers: workers, log: context.log).run() }
            group.addTask { await staleMarks.work() }
        }
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let budget = budgets.get(key) else { return .done }
        let selected = pods.list(namespace: key.namespace).filter { budget.selects($0) }
        if selected.isEmpty {
            recorder.event(budget, reason: "NoPods", message: "No matching pods found")
        }
        let expected: BudgetCount.Expected
        do throws(PodOwners.Failure) {
            expected = try await expectedCount(of: budget, selected)
        } catch {
            if case .request(let status) = error, status.isConflict { throw status }
            recorder.event(
                budget, type: .warning, reason: "CalculateExpectedPodCountFailed",
                message: "Failed to calculate the number of expected pods: \(error)")
            try await write(BudgetCount.failed(budget, "\(error)", now: context.now), budget)
            return .done
        }
        let count = BudgetCount(budget: budget, pods: selected, expected: expected, now: context.now)
        for pod in count.undeleted {
            recorder.event(
                pod, type: .warning, reason: "NotDeleted",
                message: "Pod was expected by PDB \(budget.namespace)/\(budget.name) to be deleted but it wasn't")
        }
        try await write(count.status(), budget)
        return count.untilNextLook.map { .requeue(after: $0) } ?? .done
    }

    private func expectedCount(
        of budget: PodDisruptionBudget, _ selected: [Pod]
    ) async throws(PodOwners.Failure) -> BudgetCount.Expected {
        // A plain number of pods that must stay is the only wish that does not depend on how many there should be.
        if budget.spec.maxUnavailable == nil, case .int(let minimum)? = budget.spec.minAvailable {
            return BudgetCount.Expected(pods: selected.count, healthy: Int(minimum))
        }
        guard let share = budget.spec.maxUnavailable ?? budget.spec.minAvailable else {
            return BudgetCount.Expected(pods: 0, healthy: 0)
        }
        let (total, unmanaged) = try await owners.expectedPods(selected)
        if !unmanaged.isEmpty {
            recorder.event(
                budget, type: .warning, reason: "UnmanagedPods",
                message: "Pods selected by this PodDisruptionBudget (selector: "
                    + "\(budget.selector?.description ?? "")) were found to be unmanaged. As a result, the status of "
                    + "the PDB cannot be calculated correctly, which may result in undefined behavior. To account for "
                    + "these pods please set \".spec.minAvailable\" field of the PDB to an integer value.")
        }
        let number: Int
        do throws(IntOrStringError) {
            number = try share.scaled(total: total, roundUp: true)
        } catch {
            throw .cannotCount(error.description)
        }
        let healthy = budget.spec.maxUnavailable == nil ? number : max(total - number, 0)
        return BudgetCount.Expected(pods: total, healthy: healthy)
    }

    private func write(_ status: PodDisruptionBudgetStatus, _ budget: PodDisruptionBudget) async throws(StatusError) {
        guard status != budget.status else { return }
        var updated = budget
        updated.status = status
        do throws(StatusError) {
            _ = try await context.client.updateStatus(updated)
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}

extension PodDisruptionBudget {
    /// `nil` selects nothing, an empty one every pod.
    var selector: Selector? {
        // An unreadable selector selects nothing; validation has refused it long before.
        spec.selector.flatMap { try? Selector(labelSelector: $0.json) }
    }

    func selects(_ pod: Pod) -> Bool {
        selector?.matches(pod.json["metadata"]?["labels"]?.objectValue ?? JSONObject()) ?? false
    }
}

extension Pod {
    /// What budgets look at in a pod.
    var disruptionFacts: [JSON?] {
        [
            json["metadata"]?["labels"], json["metadata"]?["deletionTimestamp"], json["metadata"]?["ownerReferences"],
            .bool(isReady),
        ]
    }
}
