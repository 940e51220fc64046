import FlowControl
import Metrics

/// API Priority and Fairness under Kubernetes' names.
package struct FlowMetricsCollector: MetricCollector {
    private static let prefix = "apiserver_flowcontrol_"

    private let read: @Sendable () -> FlowMetrics

    package init(_ read: @escaping @Sendable () -> FlowMetrics) { self.read = read }

    package func collect(into writer: inout MetricWriter) {
        let metrics = read()
        levels(metrics, &writer)
        flows(metrics, &writer)
    }

    private func levels(_ metrics: FlowMetrics, _ writer: inout MetricWriter) {
        func tell(_ name: String, _ help: String, _ value: (FlowMetrics.Level) -> Double) {
            writer.begin(MetricFamily(Self.prefix + name, .gauge, help, labels: ["priority_level"]))
            for level in metrics.levels { writer.sample(value(level), [level.name]) }
        }
        tell("nominal_limit_seats", "Seats a priority level has by its configuration.") { Double($0.nominalSeats) }
        tell("lower_limit_seats", "The fewest seats a priority level may be left with.") { Double($0.lowerSeats) }
        tell("upper_limit_seats", "The most seats a priority level may come to.") { Double($0.upperSeats) }
        tell("current_limit_seats", "Seats a priority level has now.") { Double($0.currentSeats) }
        tell("demand_seats_high_watermark", "The most seats asked for in the last period.") {
            Double($0.demandHighWatermark)
        }
        tell("demand_seats_average", "Seats asked for, on average over the last period.") { $0.demandAverage }
        tell("demand_seats_stdev", "How much the seats asked for varied.") { $0.demandDeviation }
        tell("demand_seats_smoothed", "Seats asked for, smoothed.") { $0.demandSmoothed }
        tell("current_r", "The virtual time of a priority level's queues.") { $0.virtualTime }
        writer.begin(MetricFamily(Self.prefix + "seat_fair_frac", .gauge, "The share in which seats are divided."))
        writer.sample(metrics.fairFraction)
    }

    private func flows(_ metrics: FlowMetrics, _ writer: inout MetricWriter) {
        let labels = ["priority_level", "flow_schema"]
        func tell(_ name: String, _ kind: MetricFamily.Kind, _ help: String, _ value: (FlowTally) -> Int) {
            writer.begin(MetricFamily(Self.prefix + name, kind, help, labels: labels))
            for flow in metrics.schemas { writer.sample(Int64(value(flow)), [flow.priorityLevel, flow.flowSchema]) }
        }
        tell("dispatched_requests_total", .counter, "Requests that were served.") { $0.dispatchedRequests }
        tell("current_inqueue_requests", .gauge, "Requests waiting.") { $0.waitingRequests }
        tell("current_inqueue_seats", .gauge, "Seats of requests waiting.") { $0.waitingSeats }
        tell("current_executing_requests", .gauge, "Requests being served.") { $0.executingRequests }
        tell("current_executing_seats", .gauge, "Seats of requests being served.") { $0.executingSeats }
        writer.begin(
            MetricFamily(
                Self.prefix + "rejected_requests_total", .counter, "Requests that were refused.",
                labels: labels + ["reason"]))
        for flow in metrics.schemas {
            for (reason, count) in flow.rejectedRequests.sorted(by: { "\($0.key)" < "\($1.key)" }) {
                writer.sample(Int64(count), [flow.priorityLevel, flow.flowSchema, reason.rawValue])
            }
        }
        writer.begin(
            MetricFamily(
                Self.prefix + "request_wait_duration_seconds", .histogram, "How long requests waited, in seconds.",
                labels: labels + ["execute"]))
        for flow in metrics.schemas {
            write(flow.waitSeconds, [flow.priorityLevel, flow.flowSchema, "true"], &writer)
            write(flow.rejectedWaitSeconds, [flow.priorityLevel, flow.flowSchema, "false"], &writer)
        }
        writer.begin(
            MetricFamily(
                Self.prefix + "request_execution_seconds", .histogram, "How long serving requests took, in seconds.",
                labels: labels))
        for flow in metrics.schemas { write(flow.executionSeconds, [flow.priorityLevel, flow.flowSchema], &writer) }
    }

    private func write(_ histogram: SecondsHistogram, _ labels: [String], _ writer: inout MetricWriter) {
        guard histogram.total > 0 else { return }
        var sum: UInt64 = 0
        let counts = histogram.counts.map { count -> UInt64 in
            sum += UInt64(count)
            return sum
        }
        writer.histogram(
            bounds: SecondsHistogram.bounds, counts: counts, total: UInt64(histogram.total), sum: histogram.sum, labels)
    }
}
