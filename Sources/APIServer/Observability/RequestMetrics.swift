import Metrics
import Synchronization

/// How many requests there were, of which kind, how they ended and how long they took.
///
/// A request costs one look-up without a lock and some additions; nothing is put together before somebody asks.
///
/// Source: k8s.io/apiserver/pkg/endpoints/metrics: names, labels and buckets.
final class RequestMetrics: MetricCollector {
    static let durations = HistogramBuckets.seconds([
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
    ])
    private static let sizes = HistogramBuckets.counts([
        1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    ])
    private static let codes = [
        200, 201, 202, 204, 101, 206, 301, 302, 304, 400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 429, 499,
        500, 501, 502, 503, 504,
    ]

    /// All numbers of one series.
    private final class Cell: Sendable {
        let durations = Histogram(RequestMetrics.durations)
        let sizes = Histogram(RequestMetrics.sizes)
        /// By the place of their code, others last.
        let codes = AtomicCells(RequestMetrics.codes.count + 1)
    }

    /// A request under way.
    struct Begun: Sendable {
        let instant: ContinuousClock.Instant
        let isMutating: Bool
    }

    private let series = SeriesTable<RequestLabels, Cell>(capacity: 2048) { Cell() }
    private let mutating = Gauge()
    private let reading = Gauge()

    func begin(_ request: ServerRequest) -> Begun {
        let isMutating = !["GET", "HEAD"].contains(request.method)
        (isMutating ? mutating : reading).add()
        return Begun(instant: .now, isMutating: isMutating)
    }

    /// - Parameter bytes: what the body has, as far as that is known.
    func finish(_ begun: Begun, _ request: ServerRequest, status: Int, bytes: Int?) {
        (begun.isMutating ? mutating : reading).add(-1)
        let labels = RequestLabels(request)
        // Refused requests need not be for anything that exists.
        let cell =
            status == 404 || status == 403 || !request.info.isResourceRequest && status >= 400
            ? series.known(labels) ?? series.cell(.unknown) : series.cell(labels)
        cell.codes.add(1, at: Self.codes.firstIndex(of: status) ?? Self.codes.count)
        guard request.info.verb != "watch", status != 101 else { return }
        cell.durations.observe(begun.instant.duration(to: .now))
        if let bytes, !begun.isMutating { cell.sizes.observe(UInt64(bytes)) }
    }

    /// A request that was refused before it was known who sent it.
    func refused(status: Int) {
        series.cell(.unknown).codes.add(1, at: Self.codes.firstIndex(of: status) ?? Self.codes.count)
    }

    private static let names = ["verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component"]

    func collect(into writer: inout MetricWriter) {
        let all = sorted(
            series.all, MetricFamily("", .counter, "", labels: Self.names))
        writer.begin(
            MetricFamily(
                "apiserver_request_total", .counter, "Requests by verb, dry run, resource, scope and HTTP code.",
                labels: Self.names + ["code"]))
        for (values, cell) in all {
            for index in 0..<cell.codes.count where cell.codes[index] > 0 {
                let code = index < Self.codes.count ? String(Self.codes[index]) : "other"
                writer.sample(cell.codes[index], values + [code])
            }
        }
        writer.begin(
            MetricFamily(
                "apiserver_request_duration_seconds", .histogram,
                "How long requests took, in seconds; watches are not among them.", labels: Self.names))
        for (values, cell) in all where cell.durations.count > 0 { writer.histogram(cell.durations, values) }
        let names = Self.names.filter { $0 != "dry_run" }
        func short(_ values: [String]) -> [String] { [values[0]] + values[2...] }
        writer.begin(
            MetricFamily(
                "apiserver_request_sli_duration_seconds", .histogram, "How long requests took, in seconds.",
                labels: names))
        for (values, cell) in all where cell.durations.count > 0 && values[1].isEmpty {
            writer.histogram(cell.durations, short(values))
        }
        writer.begin(
            MetricFamily(
                "apiserver_response_sizes", .histogram, "How many bytes answers to reads had.", labels: names))
        for (values, cell) in all where cell.sizes.count > 0 && values[1].isEmpty {
            writer.histogram(cell.sizes, short(values))
        }
        writer.begin(
            MetricFamily(
                "apiserver_current_inflight_requests", .gauge, "Requests being served, by kind.",
                labels: ["request_kind"]))
        writer.sample(mutating.value, ["mutating"])
        writer.sample(reading.value, ["readOnly"])
    }
}
