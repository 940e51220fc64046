import Metrics
import Testing

@Suite("Metrics as text")
struct MetricTextTests {
    private func registry() -> MetricRegistry {
        let registry = MetricRegistry()
        let requests = CounterVector(
            MetricFamily("app_requests_total", .counter, "Requests\nby \"code\".", labels: ["code", "path"]))
        requests.counter(LabelValues("200", "/a")).add(3)
        requests.counter(LabelValues("500", "a\"b\\c\nd")).add()
        let open = GaugeVector(MetricFamily("app_open", .gauge, "Open.", labels: ["kind"]))
        open.gauge(LabelValues("x")).add(5)
        open.gauge(LabelValues("x")).add(-7)
        let times = HistogramVector(
            MetricFamily("app_seconds", .histogram, "Times.", labels: ["verb"]), .seconds([0.005, 0.5, 1]))
        for milliseconds in [1, 5, 6, 700, 2000] {
            times.histogram(LabelValues("GET")).observe(.milliseconds(milliseconds))
        }
        registry.register(requests)
        registry.register(open)
        registry.register(times)
        return registry
    }

    @Test("Prometheus' format: help, type, escaped labels, cumulative buckets")
    func prometheus() {
        let text = String(decoding: registry().text(.prometheus), as: UTF8.self)
        #expect(
            text == #"""
                # HELP app_requests_total Requests\nby "code".
                # TYPE app_requests_total counter
                app_requests_total{code="200",path="/a"} 3
                app_requests_total{code="500",path="a\"b\\c\nd"} 1
                # HELP app_open Open.
                # TYPE app_open gauge
                app_open{kind="x"} -2
                # HELP app_seconds Times.
                # TYPE app_seconds histogram
                app_seconds_bucket{verb="GET",le="0.005"} 2
                app_seconds_bucket{verb="GET",le="0.5"} 3
                app_seconds_bucket{verb="GET",le="1"} 4
                app_seconds_bucket{verb="GET",le="+Inf"} 5
                app_seconds_sum{verb="GET"} 2.712
                app_seconds_count{verb="GET"} 5

                """#)
    }

    @Test("OpenMetrics: counters' families go without their ending, and the text ends with EOF")
    func openMetrics() {
        let text = String(decoding: registry().text(.openMetrics), as: UTF8.self)
        #expect(text.contains("# TYPE app_requests counter\napp_requests_total{"))
        #expect(text.hasSuffix("\n# EOF\n"))
    }

    @Test(
        "the client chooses",
        arguments: [
            ("", MetricFormat.prometheus), ("*/*", .prometheus), ("text/plain;version=0.0.4", .prometheus),
            ("application/openmetrics-text; version=1.0.0,text/plain;q=0.5", .openMetrics),
        ])
    func negotiates(accept: String, format: MetricFormat) {
        #expect(MetricFormat(accept: accept) == format)
    }

    @Test("of the process there is at least time, memory and descriptors")
    func process() {
        let registry = MetricRegistry()
        registry.register(ProcessMetrics())
        let values = Dictionary(
            String(decoding: registry.text(.prometheus), as: UTF8.self).split(separator: "\n").filter {
                !$0.hasPrefix("#")
            }.compactMap { line -> (String, Double)? in
                let words = line.split(separator: " ")
                return words.count == 2 ? Double(words[1]).map { (String(words[0]), $0) } : nil
            }, uniquingKeysWith: { first, _ in first })
        for name in [
            "process_resident_memory_bytes", "process_virtual_memory_bytes", "process_start_time_seconds",
            "process_threads", "process_open_fds", "process_max_fds",
        ] {
            #expect(values[name] ?? 0 > 0, "\(name)")
        }
        #expect(values["process_cpu_seconds_total"] != nil)
    }
}
