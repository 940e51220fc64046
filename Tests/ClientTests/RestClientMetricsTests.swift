import Client
import ClientTestSupport
import KubeAPI
import Metrics
import Testing

@Suite("The metrics of clients")
struct RestClientMetricsTests {
    @Test("each request counts under its code, host and method; one without an answer as an error")
    func counts() async throws {
        let metrics = RestClientMetrics()
        let server = FakeAPIServer()
        let client = server.client().measured(host: "192.0.2.1:6443", metrics)
        _ = try await client.create(ConfigMap(name: "a", namespace: "d"))
        await #expect(throws: (any Error).self) {
            try await client.get(ConfigMap.self, ObjectKey(namespace: "d", name: "b"))
        }
        server.loseAnswers { _ in true }
        await #expect(throws: (any Error).self) { try await client.create(ConfigMap(name: "c", namespace: "d")) }
        let registry = MetricRegistry()
        registry.register(metrics)
        let lines = String(decoding: registry.text(.prometheus), as: UTF8.self).split(separator: "\n").map(String.init)
        func count(_ code: String, _ method: String) -> String {
            #"rest_client_requests_total{code="\#(code)",host="192.0.2.1:6443",method="\#(method)"} 1"#
        }
        #expect(lines.contains(count("200", "POST")))
        #expect(lines.contains(count("404", "GET")))
        #expect(lines.contains(count("<error>", "POST")))
        let duration = #"rest_client_request_duration_seconds_count{host="192.0.2.1:6443",verb="POST"} 2"#
        #expect(lines.contains(duration))
    }
}
