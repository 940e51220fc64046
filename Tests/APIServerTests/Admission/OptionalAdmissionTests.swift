import APIServer
import AdmissionRules
import Machinery
import Testing

@Suite("Limit ranges and optional plugins", .timeLimit(.minutes(1)))
struct OptionalAdmissionTests {
    private static func settings(enable: String = "", disable: String = "") throws -> AdmissionSettings {
        var settings = AdmissionSettings()
        settings.plugins = try AdmissionPlugins(enabled: enable, disabled: disable)
        return settings
    }

    private static let range =
        #"{"metadata":{"name":"r"},"spec":{"limits":[{"type":"Container","min":{"cpu":"100m"},"#
        + #""defaultRequest":{"cpu":"200m"},"default":{"cpu":"500m"}}]}}"#
    private static let ranges = "/api/v1/namespaces/default/limitranges"

    @Test("pods get the defaults of their namespace's limit range, and must keep within it")
    func limitRange() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Self.ranges, Self.range).expect(201)
            let pod = try await cluster.send("POST", Path.pods, Manifest.pod("a")).expect(201)
            let resources = pod.json["spec"]?["containers"]?.arrayValue?.first?["resources"]
            #expect(resources == ["requests": ["cpu": "200m"], "limits": ["cpu": "500m"]])
            let small =
                #"{"metadata":{"name":"b"},"spec":{"containers":[{"name":"c","image":"i","resources":"#
                + #"{"requests":{"cpu":"50m"}}}]}}"#
            try await cluster.send("POST", Path.pods, small).expect(
                403, "Forbidden",
                #"pods "b" is forbidden: minimum cpu usage per Container is 100m, but request is 50m"#)
        }
    }

    @Test("plugins that are off do nothing")
    func switchedOff() async throws {
        try await TestCluster.run(admission: try Self.settings(disable: "LimitRanger")) { cluster in
            try await cluster.send("POST", Self.ranges, Self.range).expect(201)
            let pod = try await cluster.send("POST", Path.pods, Manifest.pod("a")).expect(201)
            let resources = pod.json["spec"]?["containers"]?.arrayValue?.first?["resources"]
            #expect(resources?["requests"] == nil)
        }
    }

    @Test("Services get no new external addresses where that is denied")
    func externalAddresses() async throws {
        let body =
            #"{"metadata":{"name":"s"},"spec":{"ports":[{"port":80}],"externalIPs":["192.0.2.7"]}}"#
        let services = "/api/v1/namespaces/default/services"
        try await TestCluster.run { cluster in
            try await cluster.send("POST", services, body).expect(201)
        }
        try await TestCluster.run(admission: try Self.settings(enable: "DenyServiceExternalIPs")) { cluster in
            try await cluster.send("POST", services, body).expect(
                403, "Forbidden", "Use of external IPs is denied by admission control")
        }
    }

    @Test("events beyond their rate are turned away for a while")
    func eventRate() async throws {
        var settings = try Self.settings(enable: "EventRateLimit")
        settings.eventRates = [EventRateLimit(.namespace, perSecond: 1, burst: 1)]
        try await TestCluster.run(admission: settings) { cluster in
            func event(_ name: String) -> String {
                #"{"metadata":{"name":"\#(name)"},"#
                    + #""involvedObject":{"kind":"Pod","namespace":"default","name":"p"}}"#
            }
            let events = "/api/v1/namespaces/default/events"
            let answers = [
                try await cluster.send("POST", events, event("a")), try await cluster.send("POST", events, event("b")),
                try await cluster.send("POST", events, event("c")), try await cluster.send("POST", events, event("d")),
            ]
            #expect(answers.first?.status == 201)
            #expect(answers.contains { $0.status == 429 && $0.reason == "TooManyRequests" })
        }
    }

    @Test("namespaces say which tolerations their pods get and may have")
    func tolerations() async throws {
        try await TestCluster.run(admission: try Self.settings(enable: "PodTolerationRestriction")) { cluster in
            let key = "scheduler.alpha.kubernetes.io"
            let patch =
                #"{"metadata":{"annotations":{"\#(key)/defaultTolerations":"#
                + #""[{\"key\":\"a\",\"operator\":\"Exists\"}]","#
                + #""\#(key)/tolerationsWhitelist":"[{\"key\":\"a\",\"operator\":\"Exists\"},{\"operator\":\"Exists\","#
                + #"\"effect\":\"NoExecute\"}]"}}}"#
            try await cluster.send(
                "PATCH", "/api/v1/namespaces/default", patch, type: "application/merge-patch+json"
            ).expect(200)
            let pod = try await cluster.send("POST", Path.pods, Manifest.pod("a")).expect(201)
            let keys = pod.json.at("spec.tolerations").arrayValue?.compactMap { $0["key"]?.stringValue } ?? []
            #expect(keys.contains("a"))
            try await cluster.send(
                "POST", Path.pods, Manifest.pod("b", spec: #","tolerations":[{"key":"b","operator":"Exists"}]"#)
            ).expect(403, "Forbidden", "conflict with its namespace whitelist")
        }
    }

    @Test("images are always pulled where that is demanded, and devices tolerated")
    func pods() async throws {
        let settings = try Self.settings(enable: "AlwaysPullImages,ExtendedResourceToleration")
        try await TestCluster.run(admission: settings) { cluster in
            let body =
                #"{"metadata":{"name":"a"},"spec":{"containers":[{"name":"c","image":"i:1","resources":"#
                + #"{"limits":{"example.com/gpu":"1"}}}]}}"#
            let pod = try await cluster.send("POST", Path.pods, body).expect(201)
            let container = pod.json["spec"]?["containers"]?.arrayValue?.first
            #expect(container?["imagePullPolicy"] == "Always")
            let keys = pod.json.at("spec.tolerations").arrayValue?.compactMap { $0["key"]?.stringValue } ?? []
            #expect(keys.contains("example.com/gpu"))
        }
    }
}
