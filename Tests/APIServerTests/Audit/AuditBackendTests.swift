import APIServer
import Foundation
import HTTPCore
import Machinery
import Synchronization
import Testing

@Suite("Where audit events go", .timeLimit(.minutes(1)))
struct AuditBackendTests {
    private static let maps = "/api/v1/namespaces/default/configmaps"

    private static func map(_ name: String, bytes: Int) -> String {
        #"{"metadata":{"name":"\#(name)"},"data":{"a":"\#(String(repeating: "x", count: bytes))"}}"#
    }

    @Test("a file that has grown large is set aside, and the oldest goes")
    func rotation() async throws {
        let rules = #"{"level":"Request","resources":[{"resources":["configmaps"]}],"omitStages":["RequestReceived"]}"#
        try await AuditTrail.run(
            rules, .inProcess,
            log: {
                $0.maximumMegabytes = 1
                $0.maximumBackups = 2
            }
        ) { cluster, trail in
            let folder = (trail.path as NSString).deletingLastPathComponent
            for index in 0..<12 {
                // Names of files set aside tell milliseconds of this clock.
                cluster.clock.advance(by: .seconds(1))
                try await cluster.send("POST", Self.maps, Self.map("m\(index)", bytes: 400_000)).expect(201)
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(files.count == 3)
            #expect(files.last == "audit.log")
            #expect(files[0].hasPrefix("audit-20") && files[0].hasSuffix(".log") && files[0].utf8.count == 33)
            let size = try FileManager.default.attributesOfItem(atPath: trail.path)[.size] as? Int
            #expect((size ?? .max) <= 1 << 20)
            #expect(try trail.events(Self.maps).last?.at("objectRef.name") == "m11")
        }
    }

    @Test("large events lose their bodies")
    func truncation() async throws {
        try await AuditTrail.run(
            #"{"level":"Request","resources":[{"resources":["configmaps"]}]}"#, .inProcess,
            log: {
                $0.truncation.isEnabled = true
                $0.truncation.maximumEventBytes = 2000
            }
        ) { cluster, trail in
            try await cluster.send("POST", Self.maps, Self.map("large", bytes: 4000)).expect(201)
            let event = try trail.event(Self.maps)
            #expect(event.at("requestObject") == .null)
            #expect(event.at("annotations").objectValue?["audit.k8s.io/truncated"] == "true")
            #expect(event.at("objectRef.name") == "large")
        }
    }

    @Test("the legacy format is one line of text")
    func legacy() async throws {
        try await AuditTrail.run(
            #"{"level":"Metadata","verbs":["get"]}"#, .inProcess, log: { $0.format = .legacy }
        ) { cluster, trail in
            try await cluster.send("GET", Self.maps + "/none").expect(404)
            let line = try #require(try trail.lines.last)
            #expect(line.contains(#" AUDIT: id=""#))
            #expect(line.hasSuffix(#"namespace="default" uri="\#(Self.maps)/none" response="404""#))
        }
    }

    @Test("a file that cannot be written refuses requests only where that is asked for")
    func full() async throws {
        try await AuditTrail.run(
            #"{"level":"Metadata","users":["jane"]}"#, .inProcess,
            log: {
                $0.path = "/dev/full"
                $0.mode = .blockingStrict
            }
        ) { cluster, _ in
            try await cluster.send("GET", Self.maps, as: User(name: "jane")).expect(
                500, "InternalError", "failed to store audit event")
            let counts = try #require(cluster.plane.auditor?.counts.first)
            #expect(counts.lost == counts.taken && counts.lost > 0)
        }
        try await AuditTrail.run(
            #"{"level":"Metadata","users":["jane"]}"#, .inProcess, log: { $0.path = "/dev/full" }
        ) { cluster, _ in try await cluster.send("GET", Self.maps, as: User(name: "jane")).expect(403) }
    }

    @Test("a service gets batches, and gets them again when it failed")
    func webhook() async throws {
        let failures = Mutex(2)
        try await TestService.run({ _ in
            let fails = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            return fails ? .text("later", status: .internalServerError) : TestService.json([:])
        }) { service in
            let policy = try AuditPolicy(
                parsing: Array(AuditTrail.policy(#"{"level":"Metadata","users":["jane"]}"#).utf8))
            var webhook = AuditWebhookBackend.Configuration(try service.kubeconfig())
            webhook.batching.maximumWait = .milliseconds(20)
            webhook.initialBackoff = .milliseconds(1)
            var audit = Auditor.Configuration(policy: policy)
            audit.webhook = webhook
            let configured = audit
            try await TestCluster.run(adjust: { $0.audit = configured }) { cluster in
                for _ in 0..<3 { try await cluster.send("GET", Self.maps, as: User(name: "jane")).expect(403) }
                try await eventually { cluster.plane.auditor?.counts.first?.written == 6 }
                let call = try #require(service.calls.last)
                #expect(call.path == "/ask")
                #expect(call.headers["authorization"] == "Bearer secret")
                #expect(call.body.at("kind") == "EventList")
                #expect(call.body.at("apiVersion") == "audit.k8s.io/v1")
                let items = service.calls.dropFirst(2).flatMap { $0.body.at("items").arrayValue ?? [] }
                #expect(items.filter { $0.at("stage") == "ResponseComplete" }.count == 3)
            }
        }
    }
}
