/// Names with figures.
struct ResultTable {
    private var rows: [(name: String, value: String, unit: String)] = []

    mutating func add(_ name: String, _ value: Double, _ unit: String) {
        rows.append((name, Self.rounded(value), unit))
    }

    /// In columns.
    var text: String {
        let width = rows.map(\.name.count).max() ?? 0
        let lines = rows.map { row in
            row.name + String(repeating: " ", count: width - row.name.count + 2) + row.value + " " + row.unit
        }
        return lines.joined(separator: "\n")
    }

    /// An array of objects. Names and units need no escapes.
    var json: String {
        let objects = rows.map { row in
            #"{"name":"\#(row.name)","value":\#(row.value),"unit":"\#(row.unit)"}"#
        }
        return "[" + objects.joined(separator: ",\n ") + "]"
    }

    private static func rounded(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String((value * 100).rounded() / 100)
    }
}
