import APIServer
import Machinery
import Testing

@Suite("The API server's metrics", .timeLimit(.minutes(2)))
struct ServerMetricsTests {
    private func lines(_ cluster: TestCluster, _ path: String = "/metrics", accept: String = "") async throws
        -> [String]
    {
        try await cluster.send("GET", path, accept: accept).expect(200).text.split(separator: "\n").map(String.init)
    }

    @Test("requests are counted under Kubernetes' names and labels", arguments: Route.allCases)
    func countsRequests(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(409)
            for _ in 0..<3 { try await cluster.send("GET", Path.configMaps).expect(200) }
            let lines = try await lines(cluster)
            let labels = #"dry_run="",group="",version="v1",resource="configmaps",subresource="""#
            #expect(
                lines.contains(
                    "apiserver_request_total{verb=\"LIST\",\(labels),scope=\"namespace\",component=\"apiserver\","
                        + "code=\"200\"} 3"))
            #expect(
                lines.contains(
                    "apiserver_request_total{verb=\"POST\",\(labels),scope=\"resource\",component=\"apiserver\","
                        + "code=\"409\"} 1"))
            #expect(
                lines.contains(
                    "apiserver_request_duration_seconds_count{verb=\"LIST\",\(labels),scope=\"namespace\","
                        + "component=\"apiserver\"} 3"))
            #expect(lines.contains { $0.hasPrefix("apiserver_response_sizes_sum{verb=\"LIST\"") })
            #expect(lines.contains(#"apiserver_current_inflight_requests{request_kind="mutating"} 0"#))
            #expect(lines.contains(#"apiserver_resource_objects{group="",resource="configmaps"} 1"#))
            #expect(
                lines.contains {
                    $0.hasPrefix(
                        #"apiserver_admission_controller_admission_duration_seconds_count{name="NamespaceLifecycle","#
                            + #"type="admit",operation="CREATE",rejected="false"}"#)
                })
            #expect(lines.contains { $0.hasPrefix("kubernetes_build_info{major=\"1\",minor=\"36\"") })
            #expect(lines.contains { $0.hasPrefix("process_resident_memory_bytes ") })
        }
    }

    @Test("requests that lead nowhere make no series of their own")
    func isBounded() async throws {
        try await TestCluster.run { cluster in
            for number in 0..<50 { try await cluster.send("GET", "/apis/g\(number)/v1/things").expect(404) }
            let lines = try await lines(cluster)
            #expect(!lines.contains { $0.contains("group=\"g") })
            var refused = 0
            for line in lines where line.hasPrefix("apiserver_request_total{verb=\"unknown\"") {
                let sample = line.split(separator: " ")
                if sample.first?.hasSuffix(#"code="404"}"#) == true { refused += sample.last.flatMap { Int($0) } ?? 0 }
            }
            #expect(refused >= 50)
        }
    }

    @Test("watches are counted while they are open, and their events")
    func countsWatches() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let watch = try await cluster.watch(Path.configMaps + "?watch=true")
            #expect(try await watch.summaries(1) == ["ADDED a"])
            let open =
                #"apiserver_longrunning_requests{verb="WATCH",group="",version="v1",resource="configmaps","#
                + #"subresource="",scope="namespace",component="apiserver"}"#
            #expect(try await lines(cluster).contains(open + " 1"))
            #expect(
                try await lines(cluster).contains(
                    #"apiserver_watch_events_total{group="",version="v1",resource="configmaps"} 1"#))
            watch.cancel()
            try await eventually { try await lines(cluster).contains(open + " 0") }
        }
    }

    @Test("authentication is counted by its result")
    func countsAuthentication() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await cluster.send("GET", Path.configMaps).expect(200)
            try await cluster.raw("GET", Path.configMaps, headers: ["authorization": "Bearer no"]).expect(401)
            let lines = try await lines(cluster)
            #expect(lines.contains(#"authentication_attempts{result="failure"} 1"#))
            #expect(lines.contains { $0.hasPrefix(#"authentication_attempts{result="success"}"#) })
        }
    }

    @Test("OpenMetrics is given to who asks for it, and only monitors may read any of it")
    func negotiates() async throws {
        try await TestCluster.run { cluster in
            let answer = try await cluster.send(
                "GET", "/metrics", accept: "application/openmetrics-text;version=1.0.0,*/*;q=0.1")
            #expect(answer.headers["content-type"]?.hasPrefix("application/openmetrics-text; version=1.0.0") == true)
            #expect(answer.text.hasSuffix("# EOF\n"))
            try await cluster.send("GET", "/metrics", as: .anonymous).expect(403)
        }
    }
}
