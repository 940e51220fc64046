import Inference
import KubeAPI
import Synchronization

/// The time of replicas, which the requests that they work on share, pod by pod; and what it costs.
final class ReplicaTimes: Sendable {
    private let pricing: (any InferencePricing)?
    private let pods = Mutex<[ObjectKey: SharedTime]>([:])
    private let origin = ContinuousClock.now

    init(pricing: (any InferencePricing)?) { self.pricing = pricing }

    /// What so many seconds of a pod cost; nil where no price is known.
    func cost(of pod: ObjectKey, _ seconds: Double) -> Double? {
        pricing?.pricePerSecond(of: pod).map { $0 * seconds }
    }

    private var now: Duration { origin.duration(to: .now) }

    func enter(_ pod: ObjectKey) -> SharedTime.Entry {
        let now = now
        return pods.withLock { $0[pod, default: SharedTime(at: now)].enter(at: now) }
    }

    /// - Returns: the request's share, in seconds of the pod.
    func leave(_ pod: ObjectKey, _ entry: SharedTime.Entry) -> Double {
        let now = now
        return pods.withLock { pods in
            let seconds = pods[pod]?.leave(entry, at: now) ?? 0
            // What nobody uses is not kept: idle time is for the books, which know the pod.
            if pods[pod]?.isIdle ?? false { pods[pod] = nil }
            return seconds
        }
    }
}
