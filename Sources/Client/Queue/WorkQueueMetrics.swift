import Metrics
import Synchronization

/// What the named queues of this process hold and how long keys wait and are worked on, under Kubernetes' names.
package final class WorkQueueMetrics: MetricCollector {
    /// Those of the process.
    package static let process = WorkQueueMetrics()

    /// The numbers of one queue; queues of one name share them.
    final class Queue: Sendable {
        private struct Work {
            var next = 0
            var begun: [Int: ContinuousClock.Instant] = [:]
        }

        let depth = Gauge()
        let adds = Counter()
        let retries = Counter()
        let waits = Histogram(WorkQueueMetrics.buckets)
        let work = Histogram(WorkQueueMetrics.buckets)
        private let running = Mutex(Work())

        /// - Returns: what names this piece of work until it ends.
        func begin(at now: ContinuousClock.Instant) -> Int {
            running.withLock { running in
                running.next &+= 1
                running.begun[running.next] = now
                return running.next
            }
        }

        func end(_ token: Int) {
            let begin = running.withLock { $0.begun.removeValue(forKey: token) }
            if let begin { work.observe(begin.duration(to: .now)) }
        }

        /// How long each key has been worked on that is being worked on now, in seconds.
        fileprivate var unfinished: [Double] {
            let now = ContinuousClock.now
            return running.withLock { Array($0.begun.values) }.map { begin in
                let passed = begin.duration(to: now).components
                return Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
            }
        }
    }

    private static let buckets = HistogramBuckets.seconds([
        1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000,
    ])

    private let queues = SeriesTable<LabelValues, Queue>(capacity: 128) { Queue() }

    package init() {}

    func queue(_ name: String) -> Queue { queues.cell(LabelValues(name)) }

    package func collect(into writer: inout MetricWriter) {
        func family(_ name: String, _ kind: MetricFamily.Kind, _ help: String) -> MetricFamily {
            MetricFamily("workqueue_\(name)", kind, help, labels: ["name"])
        }
        let depth = family("depth", .gauge, "Keys that are ready to be worked on.")
        let all = sorted(queues.all, depth)
        func write(_ family: MetricFamily, _ sample: (inout MetricWriter, Queue, [String]) -> Void) {
            writer.begin(family)
            for (values, queue) in all { sample(&writer, queue, values) }
        }
        write(depth) { $0.sample($1.depth.value, $2) }
        write(family("adds_total", .counter, "Keys that were made ready.")) { $0.sample($1.adds.value, $2) }
        write(family("retries_total", .counter, "Keys that failed and come back.")) { $0.sample($1.retries.value, $2) }
        write(family("queue_duration_seconds", .histogram, "How long keys were ready before they were taken.")) {
            $0.histogram($1.waits, $2)
        }
        write(family("work_duration_seconds", .histogram, "How long keys were worked on.")) {
            $0.histogram($1.work, $2)
        }
        write(family("unfinished_work_seconds", .gauge, "How long keys have been worked on that are, together.")) {
            $0.sample($1.unfinished.reduce(0, +), $2)
        }
        write(family("longest_running_processor_seconds", .gauge, "How long the key has that was begun first.")) {
            $0.sample($1.unfinished.max() ?? 0, $2)
        }
    }
}
