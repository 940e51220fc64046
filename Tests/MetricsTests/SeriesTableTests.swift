import Metrics
import Testing

@Suite("Series of a metric")
struct SeriesTableTests {
    @Test("equal labels lead to the same cell, from however many threads, and nothing is lost")
    func shares() async {
        let table = SeriesTable<LabelValues, Counter>(capacity: 256) { Counter() }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for number in 0..<20_000 { table.cell(LabelValues("\(number % 100)")).add() }
                }
            }
        }
        #expect(table.all.count == 100)
        for (_, cell) in table.all { #expect(cell.value == 1600) }
        #expect(table.known(LabelValues("7"))?.value == 1600)
        #expect(table.known(LabelValues("none")) == nil)
    }

    @Test("whatever clients come up with, the table does not grow, and counts on in one cell")
    func isBounded() {
        let table = SeriesTable<LabelValues, Counter>(capacity: 16) { Counter() }
        for number in 0..<1000 { table.cell(LabelValues("\(number)")).add() }
        let all = table.all
        #expect(all.count <= 13)
        #expect(all.filter { $0.key == nil }.count == 1)
        #expect(all.reduce(0) { $0 + $1.cell.value } == 1000)
    }
}
