import APIServer
import AdmissionRules
import Client
import KubeAPI
import Machinery
import Testing

/// Quotas at the server: what admission refuses and charges. The controller that counts is played by hand.
@Suite("Quota admission", .timeLimit(.minutes(2)))
struct QuotaAdmissionTests {
    private static let quotas = "/api/v1/namespaces/default/resourcequotas"
    private static let maps = "/api/v1/namespaces/default/configmaps"

    private static func map(_ name: String) -> String { #"{"metadata":{"name":"\#(name)"}}"# }

    /// Makes a quota and counts it: nothing is used.
    private static func quota(_ name: String, _ hard: JSONObject, _ cluster: TestCluster) async throws {
        let spec: JSONObject = ["metadata": ["name": .string(name)], "spec": ["hard": .object(hard)]]
        let made = try await cluster.send("POST", quotas, String(decoding: spec.encoded(), as: UTF8.self)).expect(201)
        var quota = try #require(made.json.objectValue)
        let used = JSONObject(hard.members.map { ($0.key, JSON.string("0")) })
        quota["status"] = ["hard": .object(hard), "used": .object(used)]
        try await cluster.send(
            "PUT", "\(quotas)/\(name)/status", String(decoding: quota.encoded(), as: UTF8.self)
        ).expect(200)
    }

    private static func used(_ name: String, _ cluster: TestCluster) async throws -> JSON {
        try await cluster.send("GET", "\(quotas)/\(name)").expect(200).json.at("status.used")
    }

    @Test("objects are charged until the quota is used up")
    func charging() async throws {
        try await TestCluster.run { cluster in
            try await Self.quota("q", ["configmaps": "2", "count/configmaps": "3"], cluster)
            try await cluster.send("POST", Self.maps, Self.map("a")).expect(201)
            try await cluster.send("POST", Self.maps, Self.map("b")).expect(201)
            try await cluster.send("POST", Self.maps, Self.map("c")).expect(
                403, "Forbidden",
                #"configmaps "c" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=2, "#
                    + "limited: configmaps=2")
            #expect(try await Self.used("q", cluster) == ["configmaps": "2", "count/configmaps": "2"])
        }
    }

    @Test("a dry run is judged, and charged nothing")
    func dryRun() async throws {
        try await TestCluster.run { cluster in
            try await Self.quota("q", ["configmaps": "1"], cluster)
            try await cluster.send("POST", Self.maps + "?dryRun=All", Self.map("a")).expect(201)
            #expect(try await Self.used("q", cluster) == ["configmaps": "0"])
            try await cluster.send("POST", Self.maps, Self.map("a")).expect(201)
            try await cluster.send("POST", Self.maps + "?dryRun=All", Self.map("b")).expect(403, "Forbidden")
        }
    }

    @Test("many at once never get more than there is, of any of several quotas")
    func concurrency() async throws {
        try await TestCluster.run { cluster in
            try await Self.quota("wide", ["configmaps": "40"], cluster)
            try await Self.quota("narrow", ["count/configmaps": "25"], cluster)
            let made = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask { try await cluster.send("POST", Self.maps, Self.map("m\(number)")).status }
                }
                return try await group.reduce(into: 0) { count, status in
                    #expect(status == 201 || status == 403)
                    if status == 201 { count += 1 }
                }
            }
            #expect(made == 25)
            #expect(try await Self.used("narrow", cluster) == ["count/configmaps": "25"])
            #expect(try await Self.used("wide", cluster) == ["configmaps": "25"])
        }
    }

    @Test("pods must say what is limited, and custom resources count by their number")
    func podsAndOthers() async throws {
        try await TestCluster.run { cluster in
            try await Self.quota("q", ["limits.cpu": "1", "count/leases.coordination.k8s.io": "1"], cluster)
            try await cluster.send("POST", Path.pods, Manifest.pod("a")).expect(
                403, "Forbidden", "failed quota: q: must specify limits.cpu for: ")
            let leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases"
            try await cluster.send("POST", leases, Self.map("a")).expect(201)
            try await cluster.send("POST", leases, Self.map("b")).expect(403, "Forbidden", "exceeded quota: q")
        }
    }

    @Test("a Service that becomes larger is charged for what it adds")
    func growth() async throws {
        try await TestCluster.run { cluster in
            try await Self.quota("q", ["services.nodeports": "1"], cluster)
            let services = "/api/v1/namespaces/default/services"
            func service(_ type: String, _ ports: Int) -> String {
                let list = (0..<ports).map { #"{"name":"p\#($0)","port":\#(80 + $0)}"# }.joined(separator: ",")
                return #"{"spec":{"type":"\#(type)","ports":[\#(list)]},"metadata":{"name":"s"}}"#
            }
            try await cluster.send("POST", services, service("ClusterIP", 2)).expect(201)
            let patch = #"{"spec":{"type":"NodePort"}}"#
            try await cluster.send(
                "PATCH", services + "/s", patch, type: "application/merge-patch+json"
            ).expect(403, "Forbidden", "exceeded quota: q, requested: services.nodeports=2")
        }
    }

    @Test("what may be used only under a quota needs one")
    func limited() async throws {
        var settings = AdmissionSettings()
        settings.limitedResources = [
            LimitedResource(resource: GroupResource(group: "", resource: "configmaps"), matchContains: ["configmaps"])
        ]
        try await TestCluster.run(admission: settings) { cluster in
            try await cluster.send("POST", Self.maps, Self.map("a")).expect(
                403, "Forbidden", "insufficient quota to consume: configmaps,count/configmaps")
        }
    }
}
