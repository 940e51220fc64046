import Machinery
import Metrics

/// The requests of this process' clients, under Kubernetes' names.
package final class RestClientMetrics: MetricCollector {
    /// Those of the process.
    package static let process = RestClientMetrics()

    private let requests = CounterVector(
        MetricFamily(
            "rest_client_requests_total", .counter,
            "HTTP requests of clients, by status code (<error> where no answer came), method and host.",
            labels: ["code", "host", "method"]))
    private let durations = HistogramVector(
        MetricFamily(
            "rest_client_request_duration_seconds", .histogram, "How long requests of clients took, by verb and host.",
            labels: ["host", "verb"]),
        .seconds([0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60]))

    package init() {}

    func note(_ method: String, host: String, code: Int?, since begin: ContinuousClock.Instant) {
        requests.counter(LabelValues(code.map(String.init) ?? "<error>", host, method)).add()
        durations.histogram(LabelValues(host, method)).observe(begin.duration(to: .now))
    }

    package func collect(into writer: inout MetricWriter) {
        requests.collect(into: &writer)
        durations.collect(into: &writer)
    }
}

/// Counts what goes through another transport. A watch is done, for this, when it begins.
private struct MeasuredTransport: Transport {
    let inner: any Transport
    let host: String
    let metrics: RestClientMetrics

    func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        let begin = ContinuousClock.now
        do throws(StatusError) {
            let answer = try await inner.send(request)
            metrics.note(request.method, host: host, code: answer.status, since: begin)
            return answer
        } catch {
            metrics.note(request.method, host: host, code: nil, since: begin)
            throw error
        }
    }

    func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        let begin = ContinuousClock.now
        do throws(StatusError) {
            let stream = try await inner.stream(request)
            metrics.note(request.method, host: host, code: 200, since: begin)
            return stream
        } catch {
            metrics.note(request.method, host: host, code: error.isUnanswered ? nil : error.code, since: begin)
            throw error
        }
    }
}

extension Client {
    /// The same client, whose requests are counted.
    ///
    /// - Parameter host: what it reaches, as `192.0.2.1:6443`.
    package func measured(host: String, _ metrics: RestClientMetrics = .process) -> Client {
        inserting { MeasuredTransport(inner: $0, host: host, metrics: metrics) }
    }
}
