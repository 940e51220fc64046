import KubeAPI
import Machinery

/// What a PodDisruptionBudget's pods leave to be evicted. Pure.
struct BudgetCount: Sendable {
    /// How many pods there should be, and how many of them have to be healthy.
    struct Expected: Sendable {
        let pods: Int
        let healthy: Int
    }

    private static let allowed = "DisruptionAllowed"

    let budget: PodDisruptionBudget
    let expected: Expected
    let now: Timestamp
    /// Evicted pods that are not marked for deletion yet, and since when.
    private let disrupted: [String: Timestamp]
    /// Pods that were evicted long ago and are still there.
    let undeleted: [Pod]
    private let healthy: Int

    init(budget: PodDisruptionBudget, pods: [Pod], expected: Expected, now: Timestamp) {
        self.budget = budget
        self.expected = expected
        self.now = now
        let evicted = budget.status.disruptedPods?.objectValue ?? JSONObject()
        var disrupted: [String: Timestamp] = [:]
        var undeleted: [Pod] = []
        var healthy = 0
        for pod in pods where !pod.isBeingDeleted {
            if let time = evicted[pod.name].flatMap(Timestamp.init(json:)) {
                if time + DisruptionController.deletionTimeout > now {
                    disrupted[pod.name] = time
                    continue
                }
                undeleted.append(pod)
            }
            if pod.isReady { healthy += 1 }
        }
        self.disrupted = disrupted
        self.undeleted = undeleted
        self.healthy = healthy
    }

    /// Until the first evicted pod counts again.
    var untilNextLook: Duration? {
        disrupted.values.min().map { $0 + DisruptionController.deletionTimeout - now }
    }

    func status() -> PodDisruptionBudgetStatus {
        let left = expected.pods > 0 ? max(healthy - expected.healthy, 0) : 0
        var status = budget.status
        status.currentHealthy = Int32(clamping: healthy)
        status.desiredHealthy = Int32(clamping: expected.healthy)
        status.expectedPods = Int32(clamping: expected.pods)
        status.disruptionsAllowed = Int32(clamping: left)
        var times = JSONObject()
        for (name, time) in disrupted.sorted(by: { $0.key < $1.key }) { times[name] = time.json }
        status.disruptedPods = times.isEmpty ? nil : .object(times)
        status.observedGeneration = budget.metadata.generation
        Self.set(
            &status, isAllowed: left > 0, reason: left > 0 ? "SufficientPods" : "InsufficientPods", message: "",
            generation: budget.metadata.generation, now: now)
        return status
    }

    /// The status of a budget whose pods cannot be counted: nothing may go.
    static func failed(_ budget: PodDisruptionBudget, _ why: String, now: Timestamp) -> PodDisruptionBudgetStatus {
        var status = budget.status
        status.disruptionsAllowed = 0
        set(
            &status, isAllowed: false, reason: "SyncFailed", message: why,
            generation: budget.status.observedGeneration, now: now)
        return status
    }

    private static func set(
        _ status: inout PodDisruptionBudgetStatus, isAllowed: Bool, reason: String, message: String,
        generation: Int64?, now: Timestamp
    ) {
        let value = isAllowed ? "True" : "False"
        var condition = status.conditions.first { $0.type == allowed } ?? Condition()
        if condition.status != value { condition.lastTransitionTime = now.inSeconds }
        condition.type = allowed
        condition.status = value
        condition.reason = reason
        condition.message = message
        condition.observedGeneration = generation
        let index = status.conditions.firstIndex { $0.type == allowed }
        if let index { status.conditions[index] = condition } else { status.conditions.append(condition) }
    }
}
