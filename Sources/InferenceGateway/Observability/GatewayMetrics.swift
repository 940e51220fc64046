import Inference
import Metrics

/// What requests to models took, needed and came to.
///
/// A request costs one look-up without a lock and some additions.
///
/// Source: names of OpenTelemetry's semantic conventions for generative AI (`gen_ai.server.*`, as Prometheus writes
/// them, with their buckets) and of the Gateway API Inference Extension (`inference_*`) where they have one.
package final class GatewayMetrics: InferenceObserver, MetricCollector {
    private static let durations = HistogramBuckets.seconds([
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ])
    private static let firstTokens = HistogramBuckets.seconds([
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
    ])
    private static let tokenTimes = HistogramBuckets.seconds([
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5,
    ])
    private static let waits = HistogramBuckets.seconds([
        0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
    ])
    private static let tokens = HistogramBuckets.counts([
        1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576,
    ])

    /// All numbers of one series.
    private final class Cell: Sendable {
        let duration = Histogram(GatewayMetrics.durations)
        let firstToken = Histogram(GatewayMetrics.firstTokens)
        let tokenTime = Histogram(GatewayMetrics.tokenTimes)
        let wait = Histogram(GatewayMetrics.waits)
        let input = Histogram(GatewayMetrics.tokens)
        let output = Histogram(GatewayMetrics.tokens)
        /// By the place of their outcome.
        let outcomes = AtomicCells(InferenceRequest.Outcome.allCases.count)
        /// In microseconds.
        let replicaTime = Counter()
        let gpuTime = Counter()
    }

    private let series = SeriesTable<GatewayLabels, Cell>(capacity: 1024) { Cell() }
    private let unauthorized = Counter()
    private let directory: PoolDirectory
    private let loads: PoolLoads

    package init(directory: PoolDirectory, loads: PoolLoads) {
        self.directory = directory
        self.loads = loads
    }

    package func ended(_ request: InferenceRequest) {
        let cell = series.cell(GatewayLabels(request))
        cell.outcomes.add(1, at: InferenceRequest.Outcome.allCases.firstIndex(of: request.outcome) ?? 0)
        cell.duration.observe(request.duration)
        cell.wait.observe(request.queueWait)
        if let time = request.timeToFirstToken { cell.firstToken.observe(time) }
        if let time = request.timePerOutputToken { cell.tokenTime.observe(time) }
        if request.inputTokens > 0 { cell.input.observe(UInt64(request.inputTokens)) }
        if request.outputTokens > 0 { cell.output.observe(UInt64(request.outputTokens)) }
        cell.replicaTime.add(Self.microseconds(request.replicaSeconds))
        cell.gpuTime.add(Self.microseconds(request.gpuSeconds))
    }

    /// A request without a good credential came.
    func refusedCaller() { unauthorized.add() }

    private static func microseconds(_ seconds: Double) -> UInt64 {
        seconds > 0 ? UInt64(min(seconds * 1e6, 1e18).rounded()) : 0
    }

    package func collect(into writer: inout MetricWriter) {
        let all = sorted(series.all, MetricFamily("", .counter, "", labels: GatewayLabels.names))
        func histogram(_ name: String, _ help: String, _ path: KeyPath<Cell, Histogram>) {
            writer.begin(MetricFamily(name, .histogram, help, labels: GatewayLabels.names))
            for (values, cell) in all where cell[keyPath: path].count > 0 {
                writer.histogram(cell[keyPath: path], values)
            }
        }
        histogram(
            "gen_ai_server_request_duration_seconds", "How long requests took, from arrival to the last byte.",
            \.duration)
        histogram(
            "gen_ai_server_time_to_first_token_seconds", "From a request's arrival to its first token.", \.firstToken)
        histogram(
            "gen_ai_server_time_per_output_token_seconds", "From token to token after the first one.", \.tokenTime)
        histogram(
            "inference_extension_flow_control_request_queue_duration_seconds",
            "How long requests waited for a replica.", \.wait)
        histogram("inference_objective_input_tokens", "Tokens of prompts.", \.input)
        histogram("inference_objective_output_tokens", "Tokens of answers.", \.output)
        writer.begin(
            MetricFamily(
                "inference_objective_request_total", .counter, "Requests by how they ended.",
                labels: GatewayLabels.names + ["outcome"]))
        for (values, cell) in all {
            for (index, outcome) in InferenceRequest.Outcome.allCases.enumerated() where cell.outcomes[index] > 0 {
                writer.sample(cell.outcomes[index], values + [outcome.rawValue])
            }
        }
        counter(&writer, "gantry_inference_replica_seconds_total", "The requests' shares of replicas' time.", all) {
            $0.replicaTime
        }
        counter(&writer, "gantry_inference_gpu_seconds_total", "The same for each GPU of the replica.", all) {
            $0.gpuTime
        }
        writer.begin(
            MetricFamily(
                "gantry_inference_unauthorized_total", .counter, "Requests without a credential that is known."))
        writer.sample(unauthorized.value)
        collectPools(into: &writer)
    }

    private func counter(
        _ writer: inout MetricWriter, _ name: String, _ help: String, _ all: [(values: [String], cell: Cell)],
        _ counter: (Cell) -> Counter
    ) {
        writer.begin(MetricFamily(name, .counter, help, labels: GatewayLabels.names))
        for (values, cell) in all where counter(cell).value > 0 {
            writer.sample(Double(counter(cell).value) / 1e6, values)
        }
    }

    private func collectPools(into writer: inout MetricWriter) {
        let pools = directory.poolKeys.sorted().map { ($0.description, loads[$0]) }
        func gauge(_ name: String, _ help: String, _ path: KeyPath<PoolLoad, Int>) {
            writer.begin(MetricFamily(name, .gauge, help, labels: ["name"]))
            for (name, load) in pools { writer.sample(Int64(load[keyPath: path]), [name]) }
        }
        gauge("inference_extension_flow_control_queue_size", "Requests that wait for a replica.", \.queued)
        gauge("inference_objective_running_requests", "Requests that replicas work on.", \.running)
        gauge("gantry_inference_tokens_in_flight", "Tokens of requests that replicas work on.", \.tokensInFlight)
        writer.begin(
            MetricFamily("inference_pool_ready_pods", .gauge, "Pods that take new requests.", labels: ["name"]))
        for key in directory.poolKeys.sorted() {
            writer.sample(Int64(directory.openPods(of: key)), [key.description])
        }
    }
}
