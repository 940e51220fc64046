import APIServer
import Machinery
import Testing

@Suite("Health checks", .timeLimit(.minutes(2)))
struct HealthTests {
    @Test("each check is told when asked for, and those excluded do not count")
    func tellsChecks() async throws {
        try await TestCluster.run { cluster in
            let verbose = try await cluster.send("GET", "/readyz?verbose").expect(200).text
            #expect(verbose.hasPrefix("[+]ping ok\n"))
            #expect(verbose.contains("[+]shutdown ok\n"))
            #expect(verbose.hasSuffix("readyz check passed\n"))
            #expect(try await cluster.send("GET", "/livez").expect(200).text == "ok")
            #expect(try await cluster.send("GET", "/livez/ping").expect(200).text == "ok")
            #expect(try await cluster.send("GET", "/readyz/poststarthook/bootstrap").expect(200).text == "ok")
            try await cluster.send("GET", "/livez/nothing").expect(404)
            cluster.plane.health.report("store", failure: "disk is gone")
            let failed = try await cluster.send("GET", "/readyz").expect(500).text
            #expect(failed.contains("[-]store failed: reason withheld\n"))
            #expect(failed.hasSuffix("readyz check failed\n"))
            let spared = try await cluster.send("GET", "/readyz?exclude=store&exclude=none&verbose").expect(200).text
            #expect(spared.contains("[+]store excluded: ok\n"))
            #expect(spared.contains("warn: some health checks cannot be excluded: no matches for \"none\"\n"))
        }
    }

    @Test("a process that is about to end is alive, but not ready")
    func shutsDown() async throws {
        try await TestCluster.run { cluster in
            cluster.plane.health.beginShutdown()
            #expect(try await cluster.send("GET", "/readyz").expect(500).text.contains("[-]shutdown failed"))
            try await cluster.send("GET", "/livez").expect(200)
            try await cluster.send("GET", Path.configMaps).expect(200)
        }
    }

    @Test("the results are metrics of their own")
    func indicators() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("GET", "/livez").expect(200)
            let text = try await cluster.send("GET", "/metrics/slis").expect(200).text
            #expect(text.contains(#"kubernetes_healthcheck{name="ping",type="livez"} 1"#))
            #expect(text.contains(#"kubernetes_healthchecks_total{name="ping",status="success",type="livez"} 1"#))
        }
    }

    @Test("people are told what runs, since when, and by which flags")
    func pages() async throws {
        try await TestCluster.run(adjust: { $0.pages = ComponentPages(flags: [("b", "2"), ("a", "1")]) }) { cluster in
            let status = try await cluster.send("GET", "/statusz").expect(200).text
            #expect(status.hasPrefix("kube-apiserver statusz\nWarning: "))
            #expect(status.contains("\nBinary version: 1.36.0\nEmulation version: 1.36\n"))
            #expect(try await cluster.send("GET", "/flagz").expect(200).text.hasSuffix("\n\na=1\nb=2\n"))
        }
    }
}
