import Cost
import KubeAPI
import Machinery
import Testing

private let start = 1_790_000_000.0

@Suite struct CostReportTests {
    private func ledger() -> Ledger {
        var ledger = Ledger(opened: start)
        var node = NodeFacts(name: "n1", uid: "n1", rate: NodeRate(gpuHour: 3.6, coreHour: 0, gibHour: 0))
        node.gpus = 2
        node.healthyGPUs = 2
        ledger.apply(LedgerEntry(start, .node(node)))
        for name in ["llm", "batch"] {
            var pod = PodFacts(uid: name, namespace: "ml", name: name, node: "n1")
            pod.gpus = 1
            pod.model = name == "llm" ? "chat" : ""
            pod.phase = name == "llm" ? .ready : .idle(.starting)
            ledger.apply(LedgerEntry(start, .pod(pod)))
        }
        var use = RequestUse(pod: ObjectKey(namespace: "ml", name: "llm"))
        use.tenant = "acme"
        use.seconds = 40
        use.requests = 4
        ledger.apply(LedgerEntry(start + 100, .requests([use])))
        ledger.apply(LedgerEntry(start + 100, .podGone(uid: "batch")))
        ledger.advance(to: start + 200)
        return ledger
    }

    @Test("rows say who pays for what, the unclaimed at the end")
    func rows() {
        let ledger = ledger()
        func names(_ grouping: CostReport.Grouping) -> [String] {
            CostReport(ledger, prices: PriceSheet(), by: grouping, since: nil, now: start + 200).rows.map(\.name)
        }
        #expect(names(.namespace) == ["ml", "__idle__"])
        #expect(names(.model) == ["chat", "__unallocated__", "__idle__"])
        #expect(names(.tenant) == ["acme", "__unallocated__", "__idle__"])
    }

    @Test("the table is aligned, and says what the nodes cost")
    func table() {
        let report = CostReport(ledger(), prices: PriceSheet(), by: .tenant, since: nil, now: start + 200)
        let lines = CostTable(report.json).text.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("TENANT"))
        #expect(lines[1].hasPrefix("acme ") && lines[1].contains(" 4 ") && lines[1].contains("0.010000"))
        #expect(lines[4].hasPrefix("TOTAL"))
        let columns = lines[0].split(separator: " ").map {
            lines[0].ranges(of: $0)[0].lowerBound.utf16Offset(in: lines[0])
        }
        for line in lines[1...4] {
            let starts = columns.map { line[line.index(line.startIndex, offsetBy: max(0, $0 - 1))] == " " || $0 == 0 }
            #expect(starts.allSatisfy { $0 }, "\(line)")
        }
        #expect(lines.contains { $0.contains("the nodes cost 0.40 USD, charged 0.40 (off by 0.000 %)") })
        #expect(lines.contains { $0.hasPrefix("wasted 0.10") && $0.hasSuffix(": Starting") })
    }

    @Test("only the time that was asked for is counted")
    func since() {
        let report = CostReport(ledger(), prices: PriceSheet(), by: .namespace, since: .seconds(60), now: start + 200)
        #expect(report.price < 0.25 && report.price > 0.11)
        #expect(abs(report.charged - report.price) < 1e-9)
    }
}
