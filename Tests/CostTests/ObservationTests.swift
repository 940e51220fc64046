import Cost
import KubeAPI
import Machinery
import Testing

private let opened = "2026-11-22T10:00:00Z"
private let now = "2026-11-22T10:10:00Z"

private func pod(_ status: String, spec: String = "nodeName: n1", more: String = "") throws -> Pod {
    let text =
        "{metadata: {namespace: ml, name: p, uid: p, creationTimestamp: \"2026-11-22T10:01:00Z\"\(more)}, "
        + "spec: {\(spec), containers: [{name: c, resources: {requests: {cpu: 500m, nvidia.com/gpu: 2}}}]}, "
        + "status: {\(status)}}"
    return Pod(json: try #require(try YAMLParser.parse(Array(text.utf8)).value.objectValue))
}

private let scheduled = "{type: PodScheduled, status: \"True\", lastTransitionTime: \"2026-11-22T10:02:00Z\"}"
private func ready(_ status: String, _ time: String) -> String {
    "{type: Ready, status: \"\(status)\", lastTransitionTime: \"2026-11-22T10:\(time)Z\"}"
}

@Suite struct ObservationTests {
    private func observe(_ pod: Pod?, _ ledger: Ledger) throws -> [LedgerEntry] {
        Observation(prices: PriceSheet(), now: try Timestamp(rfc3339: now))
            .entries(pod: pod, key: ObjectKey(namespace: "ml", name: "p"), in: ledger)
    }

    private func ledger() throws -> Ledger { Ledger(opened: try Timestamp(rfc3339: opened).moment) }

    private func history(_ entries: [LedgerEntry]) throws -> [String] {
        let start = try Timestamp(rfc3339: opened).moment
        return entries.map { entry in
            let minute = "\(Int((entry.at - start) / 60))"
            switch entry.event {
            case .pod(let facts):
                switch facts.phase {
                case .ready: return minute + " ready"
                case .ended: return minute + " ended"
                case .idle(let waste): return minute + " " + waste.rawValue
                }
            case .podGone: return minute + " gone"
            case .node, .nodeGone, .requests: return minute + " other"
            }
        }
    }

    @Test(
        "what happened to a pod while nobody looked is told by its own times",
        arguments: [
            ("phase: Pending", ["1 Starting"]), ("phase: Pending, conditions: [\(scheduled)]", ["2 Starting"]),
            ("phase: Running, conditions: [\(scheduled), \(ready("True", "05:00"))]", ["2 Starting", "5 ready"]),
            (
                "phase: Running, conditions: [\(scheduled), \(ready("False", "06:00"))], "
                    + "containerStatuses: [{name: c, restartCount: 2, state: {waiting: {reason: CrashLoopBackOff}}}]",
                ["2 Starting", "6 CrashLoop"]
            ),
            (
                "phase: Running, conditions: [\(scheduled), \(ready("False", "06:00"))], "
                    + "containerStatuses: [{name: c, restartCount: 1, state: {running: {}}}]",
                ["2 Starting", "6 NotReady"]
            ),
            (
                "phase: Running, conditions: [\(scheduled), \(ready("True", "03:00"))], containerStatuses: [{name: c, "
                    + "allocatedResourcesStatus: [{name: nvidia.com/gpu, resources: [{resourceID: a, health: Unhealthy}]}]}]",
                ["2 Starting", "3 Unhealthy"]
            ),
            (
                "phase: Succeeded, conditions: [\(scheduled)], containerStatuses: [{name: c, state: {terminated: "
                    + "{startedAt: \"2026-11-22T10:03:00Z\", finishedAt: \"2026-11-22T10:07:00Z\"}}}]",
                ["2 Starting", "3 ready", "7 ended"]
            ),
        ])
    func unseen(_ status: String, _ expected: [String]) throws {
        #expect(try history(observe(pod(status), ledger())) == expected)
    }

    @Test("what the books know already is not told again, and what changed is told once")
    func again() throws {
        var ledger = try ledger()
        let starting = try pod("phase: Pending, conditions: [\(scheduled)]")
        for entry in try observe(starting, ledger) { ledger.apply(entry) }
        #expect(try observe(starting, ledger).isEmpty)
        let ready = try pod("phase: Running, conditions: [\(scheduled), \(ready("True", "05:00"))]")
        let entries = try observe(ready, ledger)
        #expect(try history(entries) == ["5 ready"])
        for entry in entries { ledger.apply(entry) }
        let failing = try pod("phase: Running, conditions: [\(scheduled), \(CostTests.ready("False", "08:00"))]")
        #expect(try history(observe(failing, ledger)) == ["8 NotReady"])
        #expect(try history(observe(nil, ledger)) == ["10 gone"])
        #expect(try history(observe(pod("phase: Pending", spec: "nodeName: \"\""), ledger)) == ["10 gone"])
    }

    @Test("a pod is charged to whom its labels name, with what it asks for")
    func facts() throws {
        let labelled = try pod(
            "phase: Pending",
            more: ", labels: {gantry.dev/team: search, gantry.dev/model-service: llm, gantry.dev/model-version: v2}")
        guard case .pod(let facts)? = try observe(labelled, ledger()).first?.event else {
            Issue.record("no pod")
            return
        }
        #expect(facts.team == "search" && facts.model == "llm" && facts.version == "v2")
        #expect(facts.gpus == 2 && facts.cores == 0.5 && facts.gib == 0)
    }
}
