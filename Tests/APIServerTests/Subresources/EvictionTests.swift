import Machinery
import Testing

@Suite("Evicting pods", .timeLimit(.minutes(1)))
struct EvictionTests {
    private static let budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets"
    private static let budget =
        #"{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"b"},"#
        + #""spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"a"}}}}"#

    private static func eviction(_ name: String) -> String {
        #"{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"\#(name)"}}"#
    }

    /// A pod that runs, and is ready or not.
    private static func running(_ name: String, ready: Bool = true, _ cluster: TestCluster) async throws {
        try await cluster.send("POST", Path.pods, Manifest.pod(name, labels: #"{"app":"a"}"#)).expect(201)
        let status =
            #"{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"\#(ready ? "True" : "False")"}]}}"#
        try await cluster.send("PATCH", Path.pods + "/\(name)/status", status, type: PatchTests.merge).expect(200)
    }

    private static func allow(_ count: Int, healthy: Int, _ cluster: TestCluster) async throws {
        let status =
            #"{"status":{"disruptionsAllowed":\#(count),"currentHealthy":\#(healthy),"desiredHealthy":1,"#
            + #""expectedPods":2,"observedGeneration":1}}"#
        try await cluster.send("PATCH", budgets + "/b/status", status, type: PatchTests.merge).expect(200)
    }

    @Test("a budget lets go as many pods as it can spare, and says why no more")
    func budget() async throws {
        try await TestCluster.run { cluster in
            for name in ["p", "q"] { try await Self.running(name, cluster) }
            try await cluster.send("POST", Self.budgets, Self.budget).expect(201)
            let early = try await cluster.send("POST", Path.pods + "/p/eviction", Self.eviction("p"))
            early.expect(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.")
            #expect(early.json.at("details.causes.0.reason").stringValue == "DisruptionBudget")
            #expect(early.json.at("details.causes.0.message").stringValue?.contains("still being processed") == true)
            #expect(early.headers["retry-after"] == "10")

            try await Self.allow(1, healthy: 2, cluster)
            try await cluster.send("POST", Path.pods + "/p/eviction?dryRun=All", Self.eviction("p")).expect(201)
            try await cluster.send("GET", Path.pods + "/p").expect(200)
            try await cluster.send("POST", Path.pods + "/p/eviction", Self.eviction("p")).expect(201)
            try await cluster.send("GET", Path.pods + "/p").expect(404)
            let spent = try await cluster.send("GET", Self.budgets + "/b").expect(200).json
            #expect(spent.at("status.disruptionsAllowed").intValue == 0)
            #expect(spent.at("status.disruptedPods").objectValue?.keys == ["p"])
            #expect(spent.at("status.conditions.0.reason").stringValue == "InsufficientPods")
            let refused = try await cluster.send("POST", Path.pods + "/q/eviction", Self.eviction("q"))
            refused.expect(429, "TooManyRequests")
            #expect(
                refused.json.at("details.causes.0.message").stringValue
                    == "The disruption budget b needs 1 healthy pods and has 2 currently")
        }
    }

    @Test("pods that do not run disrupt nothing, nor do unready ones of a budget that is met")
    func exceptions() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Self.budgets, Self.budget).expect(201)
            try await cluster.send("POST", Path.pods, Manifest.pod("waiting", labels: #"{"app":"a"}"#)).expect(201)
            try await cluster.send("POST", Path.pods + "/waiting/eviction", Self.eviction("waiting")).expect(201)
            try await Self.running("sick", ready: false, cluster)
            try await Self.allow(0, healthy: 0, cluster)
            try await cluster.send("POST", Path.pods + "/sick/eviction", Self.eviction("sick")).expect(429)
            try await Self.allow(0, healthy: 1, cluster)
            try await cluster.send("POST", Path.pods + "/sick/eviction", Self.eviction("sick")).expect(201)
        }
    }

    @Test("two budgets for one pod are one too many")
    func twoBudgets() async throws {
        try await TestCluster.run { cluster in
            try await Self.running("p", cluster)
            for name in ["b", "c"] {
                try await cluster.send(
                    "POST", Self.budgets, Self.budget.replacing(#""name":"b""#, with: #""name":"\#(name)""#)
                ).expect(201)
            }
            let answer = try await cluster.send("POST", Path.pods + "/p/eviction", Self.eviction("p"))
            #expect(answer.expect(500).message.contains("more than one PodDisruptionBudget"))
        }
    }

    @Test("resizing changes processor and memory alone")
    func resize() async throws {
        try await TestCluster.run { cluster in
            let pod =
                #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","#
                + #""image":"i","resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}"#
            try await cluster.send("POST", Path.pods, pod).expect(201)
            func patch(_ container: String) async throws -> Answer {
                try await cluster.send(
                    "PATCH", Path.pods + "/p/resize", #"{"spec":{"containers":[{"name":"c",\#(container)}]}}"#,
                    type: PatchTests.strategic)
            }
            let resized = try await patch(#""resources":{"requests":{"cpu":"200m"}}"#).expect(200)
            #expect(resized.json.at("spec.containers.0.resources.requests.cpu").stringValue == "200m")
            #expect(resized.json.at("metadata.generation").intValue == 2)
            try await patch(#""image":"j""#).expect(422, "Invalid", "only cpu and memory resources are mutable")
            try await patch(#""resources":{"requests":{"cpu":null}}"#)
                .expect(422, "Invalid", "resource requests cannot be removed")
            try await patch(#""resources":{"limits":{"cpu":"200m","memory":"64Mi"}}"#)
                .expect(422, "Invalid", "Pod QOS Class may not change as a result of resizing")
        }
    }
}
