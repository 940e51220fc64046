import Inference
import Machinery

/// How much a pool takes on.
package struct PoolLimits: Sendable, Hashable {
    /// Requests that a replica works on at a time.
    package var concurrency = 64
    /// Requests that wait for a replica.
    package var queue = 1024
    /// How long a request waits for a replica.
    package var queueTimeout = Duration.seconds(60)
    /// The same where nobody waits for the answer.
    package var batchQueueTimeout = Duration.seconds(600)

    package init() {}

    /// - Parameter annotations: a pool's own; what is no sensible number there counts as not given.
    package init(annotations: [String: String]) {
        func number(_ name: String, _ range: ClosedRange<Int>) -> Int? {
            annotations[name].flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
        }
        if let concurrency = number(InferenceNames.concurrencyAnnotation, 1...100_000) {
            self.concurrency = concurrency
        }
        if let queue = number(InferenceNames.queueLimitAnnotation, 0...100_000) { self.queue = queue }
        if let text = annotations[InferenceNames.queueTimeoutAnnotation],
            let timeout = (try? GoDuration(parsing: text))?.duration,
            timeout >= .zero
        {
            queueTimeout = timeout
            batchQueueTimeout = timeout
        }
    }

    func timeout(_ priority: TrafficPriority) -> Duration {
        switch priority {
        case .interactive: queueTimeout
        case .batch: batchQueueTimeout
        }
    }
}
