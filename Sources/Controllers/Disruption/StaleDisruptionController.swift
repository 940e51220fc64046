import Client
import KubeAPI
import Machinery

/// Takes the mark that says a pod is about to be disrupted off pods that were not deleted within two minutes of it.
struct StaleDisruptionController: Controller {
    private static let timeout = Duration.seconds(120)

    let context: ControllerContext
    private let queue: WorkQueue<ObjectKey>
    private let pods: Informer<Pod>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(name: "stale_pod_disruption")
        pods = context.informers.informer(Pod.self)
        pods.onChange { [queue, context] change in
            if case .deleted = change { return }
            let pod = change.object
            if let left = Self.timeLeft(of: pod, now: context.now) { queue.addAfter(pod.key, left) }
        }
    }

    var name: String { "disruption" }

    /// Works until the task is cancelled.
    func work() async {
        await ControllerRunner(self, queue: queue, log: context.log).run()
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let pod = pods.get(key), let left = Self.timeLeft(of: pod, now: context.now),
            var condition = pod.condition("DisruptionTarget")
        else { return .done }
        if left > .zero { return .requeue(after: left) }
        condition.status = "False"
        condition.reason = nil
        condition.message = nil
        condition.lastTransitionTime = context.now
        try await PodDisruption.patch(pod, ["conditions": [.object(condition.json)]], context)
        return .done
    }

    /// How long the mark still stands; `nil` for pods that have none, or are on their way.
    private static func timeLeft(of pod: Pod, now: Timestamp) -> Duration? {
        guard !pod.isBeingDeleted, !pod.isTerminal, let condition = pod.condition("DisruptionTarget"),
            condition.status == "True", condition.reason != "TerminationByKubelet"
        else { return nil }
        guard let since = condition.lastTransitionTime else { return .zero }
        return max(since + timeout - now, .zero)
    }
}
