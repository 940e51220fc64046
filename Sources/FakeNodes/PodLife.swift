import Client
import KubeAPI
import Machinery
import Synchronization

/// Lets the pods of played nodes start, end and go, without running anything.
struct PodLife: Controller {
    private enum Step: Hashable {
        case start
        case end
        case go
    }

    /// Since when pods have been waiting for their next step, by uid.
    private final class Waiting: Sendable {
        let since = Mutex<[String: (step: Step, moment: ContinuousClock.Instant)]>([:])
        let addresses = Atomic<UInt32>(0)
    }

    let client: Client
    let settings: FakeNodeSettings
    let pods: Informer<Pod>
    let clock: any WallClock
    private let waiting = Waiting()

    init(client: Client, settings: FakeNodeSettings, pods: Informer<Pod>, clock: any WallClock) {
        self.client = client
        self.settings = settings
        self.pods = pods
        self.clock = clock
    }

    let name = "fake-pod"

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let pod = pods.get(key), let number = settings.number(of: pod.spec.nodeName ?? "") else { return .done }
        guard let (step, delay) = nextStep(pod) else { return .done }
        if let rest = rest(pod.uid, step, delay) { return .requeue(after: rest) }
        switch step {
        case .go:
            var options = DeleteOptions()
            options.gracePeriodSeconds = 0
            options.preconditions = Preconditions(json: ["uid": .string(pod.uid)])
            try await client.delete(Pod.self, key, options)
        case .start, .end:
            let fake = FakePod(
                pod: pod, nodeAddress: settings.address(number), podAddress: pod.status.podIP ?? nextAddress())
            let status = step == .start ? fake.running(at: clock.now) : fake.succeeded(at: clock.now)
            let patch: JSONObject = ["metadata": ["uid": .string(pod.uid)], "status": .object(status)]
            try await client.change(Pod.self, key, .strategic(.object(patch)), subresource: "status")
        }
        forget(uid: pod.uid)
        return .done
    }

    /// A pod is gone.
    func forget(uid: String) {
        waiting.since.withLock { $0[uid] = nil }
    }

    private func nextStep(_ pod: Pod) -> (Step, Duration)? {
        if pod.isBeingDeleted { return (.go, settings.stopDelay) }
        switch pod.status.phase ?? "" {
        case "", "Pending": return (.start, settings.startDelay)
        case "Running":
            guard let runTime = settings.runTime, let policy = pod.spec.restartPolicy, policy != "Always" else {
                return nil
            }
            return (.end, runTime)
        default: return nil
        }
    }

    /// How long the pod still waits for a step.
    private func rest(_ uid: String, _ step: Step, _ delay: Duration) -> Duration? {
        guard delay > .zero else { return nil }
        let since = waiting.since.withLock { since in
            if let known = since[uid], known.step == step { return known.moment }
            since[uid] = (step, .now)
            return .now
        }
        let rest = since + delay - .now
        return rest > .zero ? rest : nil
    }

    /// The next address of 10.0.0.0/8; after sixteen million they come again.
    private func nextAddress() -> String {
        let number = waiting.addresses.wrappingAdd(1, ordering: .relaxed).newValue
        return "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
    }
}
