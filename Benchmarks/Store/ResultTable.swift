/// Names with figures.
struct ResultTable {
    /// What a figure must be.
    enum Limit {
        case atLeast(Double)
        case atMost(Double)
    }

    private var rows: [(name: String, value: String, unit: String, verdict: String)] = []
    private(set) var failures = 0

    mutating func add(_ name: String, _ value: Double, _ unit: String, _ limit: Limit? = nil) {
        rows.append((name, Self.rounded(value), unit, limit.map { verdict(value, $0) } ?? ""))
    }

    private mutating func verdict(_ value: Double, _ limit: Limit) -> String {
        let (holds, text) =
            switch limit {
            case .atLeast(let bound): (value >= bound, "at least \(Self.rounded(bound))")
            case .atMost(let bound): (value <= bound, "at most \(Self.rounded(bound))")
            }
        if !holds { failures += 1 }
        return "\(text): \(holds ? "pass" : "FAIL")"
    }

    /// In columns.
    var text: String {
        let width = rows.map(\.name.count).max() ?? 0
        let lines = rows.map { row in
            row.name + String(repeating: " ", count: width - row.name.count + 2) + row.value + " " + row.unit
                + (row.verdict.isEmpty ? "" : "   (\(row.verdict))")
        }
        return lines.joined(separator: "\n")
    }

    /// An array of objects. Names and units need no escapes.
    var json: String {
        let objects = rows.map { row in
            #"{"name":"\#(row.name)","value":\#(row.value),"unit":"\#(row.unit)","verdict":"\#(row.verdict)"}"#
        }
        return "[" + objects.joined(separator: ",\n ") + "]"
    }

    private static func rounded(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String((value * 100).rounded() / 100)
    }
}
