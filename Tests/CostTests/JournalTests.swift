import Cost
import Foundation
import Testing

/// A folder that is gone after the test.
final class BooksFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.path + "/gantry-cost-" + UUID().uuidString

    deinit {
        // Nothing in it is of use to anybody.
        try? FileManager.default.removeItem(atPath: path)
    }

    var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

private func node(_ name: String) -> LedgerEvent {
    var facts = NodeFacts(name: name, uid: name, rate: NodeRate(gpuHour: 1, coreHour: 0, gibHour: 0))
    facts.gpus = 1
    facts.healthyGPUs = 1
    return .node(facts)
}

@Suite struct JournalTests {
    private let folder = BooksFolder()

    private func open(
        _ reports: inout [String], now: Double = 1000
    ) throws -> (journal: CostJournal, ledger: Ledger) {
        try CostJournal.open(folder: folder.path, now: now) { reports.append($0) }
    }

    @Test("what was written is there after a kill, before and after a checkpoint")
    func kills() throws {
        var reports: [String] = []
        var (journal, ledger) = try open(&reports)
        for round in 0..<3 {
            for number in 0..<5 {
                let entry = LedgerEntry(1000 + Double(round * 10 + number), node("n\(round)-\(number)"))
                try journal.append([entry])
                ledger.apply(entry)
            }
            let names = ledger.nodeFacts.map(\.name)
            journal.close()
            (journal, ledger) = try open(&reports, now: 5000)
            #expect(ledger.nodeFacts.map(\.name) == names)
            if round == 1 {
                try journal.checkpoint(ledger)
                #expect(folder.files == ["books.json", "journal-2.jsonl"])
            }
        }
        #expect(ledger.nodeFacts.count == 15)
        #expect(ledger.opened == 1000)
        #expect(reports.isEmpty)
        journal.close()
    }

    @Test("half a line at the end is cut off, and what follows is whole")
    func torn() throws {
        var reports: [String] = []
        var (journal, _) = try open(&reports)
        try journal.append([LedgerEntry(1000, node("a"))])
        try journal.append([LedgerEntry(1001, node("b"))])
        journal.close()
        let path = folder.path + "/journal-1.jsonl"
        let bytes = try #require(FileManager.default.contents(atPath: path))
        try bytes.dropLast(7).write(to: URL(fileURLWithPath: path))
        let again = try open(&reports)
        journal = again.journal
        #expect(again.ledger.nodeFacts.map(\.name) == ["a"])
        try journal.append([LedgerEntry(1002, node("c"))])
        journal.close()
        let last = try open(&reports)
        #expect(last.ledger.nodeFacts.map(\.name) == ["a", "c"])
        #expect(reports.isEmpty)
        last.journal.close()
    }

    @Test("a damaged checkpoint is kept aside and told of")
    func damaged() throws {
        var reports: [String] = []
        var (journal, ledger) = try open(&reports)
        ledger.apply(LedgerEntry(1000, node("a")))
        try journal.checkpoint(ledger)
        journal.close()
        try Data("{".utf8).write(to: URL(fileURLWithPath: folder.path + "/books.json"))
        let again = try open(&reports)
        #expect(again.ledger.nodeFacts.isEmpty)
        #expect(reports.count == 1)
        #expect(folder.files.contains("books-damaged-1000.json"))
        again.journal.close()
    }

    @Test("a folder that cannot be made is an error")
    func noFolder() {
        #expect(throws: CostJournal.Failure.self) {
            try CostJournal.open(folder: "/proc/nowhere/cost", now: 0) { _ in }
        }
    }
}
