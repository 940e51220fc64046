import Client
import KubeAPI
import Machinery
import Synchronization

/// Sizes workloads by their metrics, as HorizontalPodAutoscalers say.
///
/// Each is looked at when it is new or changed, and every period after that: metrics cannot be watched.
struct AutoscalerController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let autoscalers: Informer<HorizontalPodAutoscaler>
    let pods: Informer<Pod>
    let recorder: EventRecorder
    let settings: AutoscalerSettings
    let features: ControllerFeatures
    let scales: ScaleFinder
    let metrics: MetricsReader
    let memory = AutoscalerMemory()

    init(_ context: ControllerContext, settings: AutoscalerSettings, features: ControllerFeatures) {
        self.context = context
        self.settings = settings
        self.features = features
        queue = context.queue(name: "horizontalpodautoscaler")
        autoscalers = context.informers.informer(HorizontalPodAutoscaler.self)
        pods = context.informers.informer(Pod.self)
        recorder = context.recorder.named("horizontal-pod-autoscaler")
        scales = ScaleFinder(client: context.client)
        metrics = MetricsReader(client: context.client, scales: scales)
        autoscalers.onChange { [queue] change in
            // Its own status is what this controller writes.
            if case .updated(let old, let new) = change, old.spec == new.spec { return }
            queue.add(change.object.key)
        }
    }

    var name: String { "horizontal-pod-autoscaler" }
    var workers: Int { 5 }

    var sources: [any InformerSource] { [autoscalers, pods] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let autoscaler = autoscalers.get(key) else {
            memory.forget(key)
            return .done
        }
        var pass = AutoscalerPass(autoscaler: autoscaler, now: context.now)
        do throws(MetricFailure) {
            try await scale(&pass)
        } catch {
            context.log.report(name, "\(key): \(error)")
        }
        try await record(pass)
        return .requeue(after: settings.period)
    }

    private func record(_ pass: AutoscalerPass) async throws(StatusError) {
        guard pass.updated.status != pass.autoscaler.status else { return }
        do throws(StatusError) {
            _ = try await context.client.updateStatus(pass.updated)
        } catch {
            if error.isNotFound { return }
            if !error.isConflict { warn(pass, "FailedUpdateStatus", error.message) }
            throw error
        }
    }

    func warn(_ pass: AutoscalerPass, _ reason: String, _ message: String) {
        recorder.event(pass.autoscaler, type: .warning, reason: reason, message: message)
    }
}

/// What autoscalers remember between looks.
final class AutoscalerMemory: Sendable {
    private struct State {
        var records: [ObjectKey: ScalingRecord] = [:]
        var selectors: [ObjectKey: Selector] = [:]
    }

    private let state = Mutex(State())

    func record(_ key: ObjectKey) -> ScalingRecord? { state.withLock { $0.records[key] } }

    func keep(_ record: ScalingRecord, _ key: ObjectKey) { state.withLock { $0.records[key] = record } }

    /// Notes whose pods an autoscaler sizes.
    /// - Returns: the others of its namespace that size any of the same pods.
    func claim(_ selector: Selector, _ key: ObjectKey, _ pods: [Pod]) -> [ObjectKey] {
        let others = state.withLock { state in
            state.selectors[key] = selector
            return state.selectors.filter { $0.key != key && $0.key.namespace == key.namespace }
        }
        return others.filter { other in
            pods.contains { other.value.matches($0.json["metadata"]?["labels"]?.objectValue ?? JSONObject()) }
        }.keys.sorted()
    }

    func forget(_ key: ObjectKey) {
        state.withLock { state in
            state.records[key] = nil
            state.selectors[key] = nil
        }
    }
}
