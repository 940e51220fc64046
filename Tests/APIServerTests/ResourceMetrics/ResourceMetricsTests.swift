import APIServer
import HTTPCore
import Machinery
import Synchronization
import Testing

@Suite("metrics.k8s.io", .timeLimit(.minutes(1)))
struct ResourceMetricsTests {
    private static let metrics = "/apis/metrics.k8s.io/v1beta1"

    /// What an agent says after so many seconds: the node uses half a core, containers a tenth and a fifth of one.
    private static func page(_ seconds: Int64) -> String {
        let stamp = (1_700_000_000 + seconds) * 1000
        let elapsed = Double(seconds)
        return """
            # HELP node_cpu_usage_seconds_total [STABLE] Cumulative cpu time consumed by the node in core-seconds
            node_cpu_usage_seconds_total \(1000 + elapsed / 2) \(stamp)
            node_memory_working_set_bytes 1.048576e+08 \(stamp)
            container_cpu_usage_seconds_total{container="a",namespace="default",pod="p"} \(5 + elapsed / 10) \(stamp)
            container_cpu_usage_seconds_total{container="b",namespace="default",pod="p"} \(elapsed / 5) \(stamp)
            container_memory_working_set_bytes{container="a",namespace="default",pod="p"} 2048000 \(stamp)
            container_memory_working_set_bytes{container="b",namespace="default",pod="p"} 1024 \(stamp)
            container_start_time_seconds{container="a",namespace="default",pod="p"} 1699990000
            container_start_time_seconds{container="b",namespace="default",pod="p"} 1699990000
            resource_scrape_error 0

            """
    }

    private static func run(
        _ body: @escaping @Sendable (TestCluster, NodeAgentServer) async throws -> Void
    ) async throws {
        let asked = Mutex(Int64(0))
        try await TestCluster.run(.socket, adjust: { $0.usageInterval = .zero }) { cluster in
            try await NodeAgentServer.run(cluster) { request in
                guard request.path == "/metrics/resource" else { return .text("not here", status: .notFound) }
                let seconds = asked.withLock { count -> Int64 in
                    count += 2
                    return count
                }
                return .text(page(seconds))
            } _: { agent in
                try await body(cluster, agent)
            }
        }
    }

    @Test("tells what nodes use, read from them when it is asked")
    func nodes() async throws {
        try await Self.run { cluster, agent in
            #expect(agent.requests.isEmpty)
            let list = try await cluster.send("GET", Self.metrics + "/nodes").expect(200)
            #expect(list.json["kind"] == "NodeMetricsList")
            #expect(list.json["apiVersion"] == "metrics.k8s.io/v1beta1")
            let node = try #require(list.items.first)
            #expect(list.items.count == 1)
            #expect(node.at("metadata.name") == "n1")
            #expect(node["usage"] == ["cpu": "500000000n", "memory": "102400Ki"])
            #expect(node["window"] == "2s")
            #expect(node["timestamp"] == "2023-11-14T22:13:24Z")
            // Two reports make one figure, which is good for a while.
            #expect(agent.requests.count == 2)
            let one = try await cluster.send("GET", Self.metrics + "/nodes/n1").expect(200)
            #expect(one.json["kind"] == "NodeMetrics" && one.json["usage"] == node["usage"])
            #expect(agent.requests.count == 2)
        }
    }

    @Test("tells what pods use, by namespace, name and selector")
    func pods() async throws {
        try await Self.run { cluster, _ in
            let labels = #"{"metadata":{"labels":{"app":"web"}}}"#
            try await cluster.send("PATCH", Path.pods + "/p", labels, type: PatchTests.merge).expect(200)
            try await cluster.send("POST", Path.pods, Manifest.pod("unbound")).expect(201)
            let pod = try await cluster.send("GET", Self.metrics + "/namespaces/default/pods/p").expect(200).json
            #expect(pod.at("metadata.namespace") == "default")
            #expect(pod.at("metadata.labels") == ["app": "web"])
            #expect(
                pod["containers"] == [
                    ["name": "a", "usage": ["cpu": "100000000n", "memory": "2000Ki"]],
                    ["name": "b", "usage": ["cpu": "200000000n", "memory": "1Ki"]],
                ])
            for (query, count) in [
                ("/pods", 1), ("/namespaces/default/pods", 1), ("/namespaces/kube-system/pods", 0),
                ("/pods?labelSelector=app%3Dweb", 1), ("/pods?labelSelector=app%3Dother", 0),
                ("/pods?fieldSelector=metadata.name%3Dp", 1), ("/pods?fieldSelector=metadata.name%3Dq", 0),
            ] {
                let list = try await cluster.send("GET", Self.metrics + query).expect(200)
                #expect(list.items.count == count, "\(query)")
            }
            try await cluster.send("GET", Self.metrics + "/namespaces/default/pods/unbound").expect(404, "NotFound")
            try await cluster.send("GET", Self.metrics + "/namespaces/default/pods/none").expect(404, "NotFound")
        }
    }

    @Test("is found by clients, and printed as tables")
    func documents() async throws {
        try await Self.run { cluster, _ in
            let resources = try await cluster.send("GET", Self.metrics).expect(200).json["resources"]?.arrayValue ?? []
            #expect(resources.map { $0["name"]?.stringValue } == ["nodes", "pods"])
            #expect(resources.map { $0["kind"]?.stringValue } == ["NodeMetrics", "PodMetrics"])
            #expect(resources.allSatisfy { $0["verbs"] == ["get", "list"] })
            let table = try await cluster.send(
                "GET", Self.metrics + "/pods", accept: "application/json;as=Table;v=v1;g=meta.k8s.io"
            ).expect(200)
            #expect(table.json.at("rows.0.cells") == ["p", "300m", "2001Ki", "2s"])
            let protobuf = try await cluster.send(
                "GET", Self.metrics + "/nodes/n1", accept: "application/vnd.kubernetes.protobuf")
            #expect(protobuf.expect(200).headers["content-type"] == "application/vnd.kubernetes.protobuf")
            try await cluster.send("DELETE", Self.metrics + "/nodes/n1").expect(405, "MethodNotAllowed")
            let reader = User(name: "r")
            try await cluster.send("GET", Self.metrics + "/nodes", as: reader).expect(403, "Forbidden")
            let service = try await cluster.send(
                "GET", "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io")
            #expect(service.expect(200).json.at("spec.service") == .null)
        }
    }

    @Test("leaves out nodes that do not answer")
    func silence() async throws {
        try await TestCluster.run(.socket, adjust: { $0.usageInterval = .zero }) { cluster in
            try await NodeAgentServer.run(cluster) { _ in
                .text("no", status: .internalServerError)
            } _: { _ in
                try await cluster.send("POST", "/api/v1/nodes", #"{"metadata":{"name":"n2"}}"#).expect(201)
                #expect(try await cluster.send("GET", Self.metrics + "/nodes").expect(200).items == [])
                try await cluster.send("GET", Self.metrics + "/nodes/n1").expect(404, "NotFound")
                try await cluster.send("GET", Self.metrics + "/nodes/n3").expect(404, "NotFound")
            }
        }
    }

    @Test("can be turned off")
    func off() async throws {
        let apis = try ServedAPIs(runtimeConfig: "metrics.k8s.io/v1beta1=false", gates: FeatureGates())
        try await TestCluster.run(apis: apis) { cluster in
            try await cluster.send("GET", Self.metrics).expect(404)
            try await cluster.send("GET", Self.metrics + "/nodes").expect(404)
        }
    }

    private static let lines: [(text: String, cpu: Double?)] = [
        (#"container_cpu_usage_seconds_total{container="c",namespace="n",pod="p"} 1.5 1000"#, 1.5),
        (#"container_cpu_usage_seconds_total{pod="p", namespace="n",container="c",extra="\"x\\\n,}"} 2e3"#, 2000),
        (#"container_cpu_usage_seconds_total{container="c",namespace="n",pod="p"} NaN"#, nil),
        (#"container_cpu_usage_seconds_total{container="c",namespace="n",pod="p"} -1"#, nil),
        (#"container_cpu_usage_seconds_total{container="c",namespace="n"} 1"#, nil),
        (#"container_cpu_usage_seconds_total{container="c",namespace="n",pod="p" 1"#, nil),
        (#"container_cpu_usage_seconds_total{container="c"#, nil), ("container_cpu_usage_seconds_total", nil),
        ("", nil), ("{", nil), ("other 1", nil),
    ]

    @Test("reads what agents write, and passes over the rest", arguments: lines.indices)
    func parsing(_ index: Int) {
        let report = UsageReport(parsing: Array(Self.lines[index].text.utf8))
        #expect(report.pods.values.first?["c"]?.cpuSeconds == Self.lines[index].cpu)
    }
}
