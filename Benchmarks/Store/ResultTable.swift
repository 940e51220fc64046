/// Names with figures, printed in columns.
struct ResultTable {
    private var rows: [(name: String, value: String)] = []

    mutating func add(_ name: String, _ value: Double, _ unit: String) {
        rows.append((name, "\(Self.rounded(value)) \(unit)"))
    }

    func print() {
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows {
            let gap = String(repeating: " ", count: width - row.name.count + 2)
            Swift.print(row.name + gap + row.value)
        }
    }

    private static func rounded(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String((value * 100).rounded() / 100)
    }
}
