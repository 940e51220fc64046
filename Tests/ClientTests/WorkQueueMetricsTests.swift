import Client
import Metrics
import Testing

@Suite("The metrics of work queues")
struct WorkQueueMetricsTests {
    @Test("a named queue tells its depth, what came, what came back and how long it took")
    func measures() async {
        let metrics = WorkQueueMetrics()
        let queue = WorkQueue<String>(name: "things", metrics: metrics)
        let registry = MetricRegistry()
        registry.register(metrics)
        func lines() -> [String] {
            String(decoding: registry.text(.prometheus), as: UTF8.self).split(separator: "\n").map(String.init)
        }
        queue.add("a")
        queue.add("a")
        queue.add("b")
        #expect(lines().contains(#"workqueue_depth{name="things"} 2"#))
        #expect(lines().contains(#"workqueue_adds_total{name="things"} 2"#))
        let key = await queue.next()
        #expect(key == "a")
        #expect(lines().contains(#"workqueue_longest_running_processor_seconds{name="things"} 0"#) == false)
        queue.addRateLimited("c")
        queue.done("a")
        #expect(lines().contains(#"workqueue_depth{name="things"} 1"#))
        #expect(lines().contains(#"workqueue_retries_total{name="things"} 1"#))
        #expect(lines().contains(#"workqueue_queue_duration_seconds_count{name="things"} 1"#))
        #expect(lines().contains(#"workqueue_work_duration_seconds_count{name="things"} 1"#))
        #expect(lines().contains(#"workqueue_unfinished_work_seconds{name="things"} 0"#))
        queue.shutDown()
    }
}
